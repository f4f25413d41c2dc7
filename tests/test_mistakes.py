"""Mistakes that people make in good faith: none is passed over, and the first finding at the place names the cause.

Each is an edit of a doc set that is clean but for one known finding on a page of its own (`good.md`), which
must be found beside every mistake.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from tests.helpers import ROOT, report, write

FOLDER = ROOT / "tests" / "data" / "mistakes"
PAGES = {path.relative_to(FOLDER).as_posix(): path.read_text("utf-8") for path in FOLDER.rglob("*.md")}
GET, ITEM = "api/item-get.md", "resources/item.md"
GOOD = [("api/good.md", "wrong-type", 30, 11)]

_REQUEST = '<!-- { "blockType": "request", "name": "get_item" } -->'
_RESPONSE = '<!-- { "blockType": "response", "name": "get_item", "@odata.type": "example.shop.item" } -->'
_LIST = '"name": "list_items", "@odata.type": "example.shop.item", "isCollection": true, "truncated": true } -->'
_LINE = "GET https://api.example.org/items/1\n"
_OK = "HTTP/1.1 200 OK\n"
_TYPE = "Content-Type: application/json\n"
_BODY = PAGES[GET].partition("json\n\n")[2].partition("```")[0]
_END = '    "phone": "555-0100"\n  }\n}\n'
_SIZE = "|size|Int32|The size in pixels.|\n"
_NAME = "|displayName|String|The name.|\n"
_KIND = "|kind|String|The kind. Possible values are: `small`, `large`, `none`.|\n"
_TABLE = PAGES[ITEM].partition("## Properties\n\n")[2].partition("\n## JSON")[0]
_ROWS = [line.strip("|").split("|") for line in _TABLE.splitlines()]
_HTML = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in (_ROWS[0], *_ROWS[2:]))


@dataclass(frozen=True)
class Mistake:
    """An edit of a page, and where which check names its cause, in a message that holds `says`.

    `at` is the line and column of the finding, on `page` unless it is `found` elsewhere, `related` the page and
    line of its first related place; `edits` are further edits of the page that belong to the mistake, `also` the
    checks that report something of it beside. `everywhere` replaces the text wherever it stands.
    """

    page: str
    old: str
    new: str
    check: str
    at: tuple[int, int]
    says: str
    related: tuple[str, int] | None = None
    edits: tuple[tuple[str, str], ...] = ()
    everywhere: bool = False
    also: tuple[str, ...] = ()
    found: str = ""

    def made(self) -> dict[str, str]:
        """Return the pages with the mistake in them."""
        text = PAGES[self.page]
        for old, new in ((self.old, self.new), *self.edits):
            assert old in text, old
            text = text.replace(old, new) if self.everywhere else text.replace(old, new, 1)
        return {**PAGES, self.page: text}


def in_get(old, new, check, at, says, **more):
    return Mistake(GET, old, new, check, at, says, **more)


def in_item(old, new, check, at, says, **more):
    return Mistake(ITEM, old, new, check, at, says, **more)


MISTAKES = {
    # Annotations
    "request and response annotations swapped": in_get(
        _REQUEST,
        "<the other>",
        "http-syntax",
        (29, 1),
        "annotated as response holds a request",
        edits=((_RESPONSE, _REQUEST), ("<the other>", _RESPONSE)),
        related=("api/item-get.md", 27),
    ),
    "annotation closed by ->": in_get(
        _RESPONSE,
        _RESPONSE.replace("-->", "->"),
        "annotation-syntax",
        (32, 88),
        "not closed and swallows its code block; add '-->'",
    ),
    "annotation opened by <!-": in_get(
        _RESPONSE, _RESPONSE.replace("<!--", "<!-"), "annotation-syntax", (32, 5), "stands outside a comment"
    ),
    "annotation without its last brace": in_get(
        _RESPONSE, _RESPONSE.replace(" } -->", " -->"), "annotation-syntax", (32, 86), "'{' is never closed"
    ),
    "annotation with typographic quotes": in_get(
        _RESPONSE, _RESPONSE.replace('"response"', "“response”"), "annotation-syntax", (32, 21), "typographic quotes"
    ),
    "annotation with a no-break space": in_get(
        _RESPONSE, _RESPONSE.replace("{ ", "{\u00a0"), "annotation-syntax", (32, 7), "U+00A0"
    ),
    "block type misspelt": in_get(
        _RESPONSE,
        _RESPONSE.replace('"response"', '"respones"'),
        "annotation-block-type",
        (32, 21),
        "did you mean 'response'?",
    ),
    "annotation key misspelt": in_get(
        _RESPONSE,
        _RESPONSE.replace("blockType", "blockTyp"),
        "annotation-block-type",
        (32, 8),
        "annotation key 'blockTyp', expected 'blockType'",
    ),
    "true as a string": in_get(
        _LIST,
        _LIST.replace("true, ", '"true", '),
        "annotation-key",
        (60, 107),
        "holds the string 'true', expected true or false",
    ),
    "two annotations above one block": in_get(
        _RESPONSE, f"{_RESPONSE}\n{_RESPONSE}", "annotation-unbound", (32, 1), "binds no code block"
    ),
    "annotation below its block": in_get(
        f"{_RESPONSE}\n",
        "",
        "annotation-unbound",
        (51, 1),
        "binds no code block",
        edits=((f"{_BODY}```\n", f"{_BODY}```\n{_RESPONSE}\n"),),
        also=("half-annotated-exchange",),
    ),
    "response names another request": in_get(
        _RESPONSE,
        _RESPONSE.replace("get_item", "get_items"),
        "unknown-name",
        (32, 41),
        "no request of this page has that name",
    ),
    "type misspelt in an annotation": in_get(
        _RESPONSE,
        _RESPONSE.replace("shop.item", "shop.itme"),
        "unknown-type",
        (32, 68),
        "did you mean example.shop.item?",
    ),
    "a resource's own type misspelt": in_item(
        'shop.item"', 'shop.itme"', "page-type-mismatch", (26, 48), "titled 'item resource type', but declares itme"
    ),
    "one object called a collection": in_get(
        _RESPONSE,
        _RESPONSE.replace(" }", ', "isCollection": true }'),
        "expected-collection",
        (37, 1),
        "the body is one object, expected a collection",
        related=("api/item-get.md", 32),
    ),
    "a collection called one object": in_get(
        ', "isCollection": true', "", "collection-undeclared", (60, 70), 'add "isCollection": true'
    ),
    # Start lines and header
    "status of four digits": in_get(
        _OK, _OK.replace("200", "2000"), "http-syntax", (34, 10), "'2000' is no status code"
    ),
    "status with letters": in_get(_OK, _OK.replace("200", "2OO"), "http-syntax", (34, 10), "'2OO' is no status code"),
    "status runs into the version": in_get(
        _OK, _OK.replace("1 2", "12"), "http-form", (34, 1), "no blank between 'HTTP/1.1' and the status code"
    ),
    "protocol misspelt": in_get(_OK, _OK.replace("HTTP", "HTTTP"), "http-form", (34, 1), "expected 'HTTP/1.1'"),
    "protocol in small letters": in_get(_OK, _OK.replace("HTTP", "http"), "http-form", (34, 1), "expected 'HTTP/1.1'"),
    "protocol without its slash": in_get(_OK, _OK.replace("/", " "), "http-form", (34, 1), "expected 'HTTP/1.1'"),
    "no-break space in a status line": in_get(
        _OK, _OK.replace(" 2", "\u00a02"), "http-form", (34, 9), "U+00A0 (no-break space)"
    ),
    "404 OK": in_get(_OK, _OK.replace("200", "404"), "reason-phrase", (34, 1), "expected 'Not Found'"),
    "201 where 200 is promised": in_get(
        _OK,
        _OK.replace("200 OK", "201 Created"),
        "status-prose",
        (34, 1),
        "promises 200",
        related=("api/item-get.md", 21),
    ),
    "two status lines, 100 and 200": in_get(
        _OK,
        f"HTTP/1.1 100 Continue\n\n{_OK}",
        "http-form",
        (34, 1),
        "interim response 100",
        related=("api/item-get.md", 36),
    ),
    "two status lines, one below the other": in_get(
        _OK,
        f"HTTP/1.1 100 Continue\n{_OK}",
        "http-form",
        (34, 1),
        "interim response 100",
        related=("api/item-get.md", 35),
    ),
    "header without a colon": in_get(
        _TYPE,
        _TYPE.replace(":", ""),
        "http-form",
        (35, 1),
        "without a colon, expected 'Content-Type: application/json'",
    ),
    "header of one word without a colon": in_get(
        _TYPE,
        f"{_TYPE}Location https://api.example.org/items/1\n",
        "http-form",
        (36, 1),
        "without a colon, expected 'Location: https",
    ),
    "header of a request without a colon": in_get(
        _LINE,
        f"{_LINE}Authorization Bearer token\n",
        "http-form",
        (30, 1),
        "without a colon, expected 'Authorization: Bearer token'",
    ),
    "header misspelt": in_get(
        _TYPE, _TYPE.replace("Type", "Typ"), "http-form", (35, 1), "did you mean 'Content-Type'?"
    ),
    "method with letters swapped": in_get(
        _LINE, _LINE.replace("GET", "GTE"), "http-syntax", (29, 1), "did you mean 'GET'?"
    ),
    "method in small letters": in_get(
        _LINE, _LINE.replace("GET", "get"), "http-syntax", (29, 1), "did you mean 'GET'?"
    ),
    "method misspelt in a path template": in_get(
        "GET /items/{id}", "GTE /items/{id}", "http-syntax", (15, 1), "did you mean 'GET'?"
    ),
    "method without a blank": in_get(
        _LINE, _LINE.replace(" ", ""), "http-syntax", (29, 1), "without a blank between it and GET"
    ),
    "method missing": in_get(_LINE, _LINE.removeprefix("GET "), "http-syntax", (29, 1), "a URL without a method"),
    "curl in place of the request": in_get(
        _LINE, _LINE.replace("GET", "curl"), "http-syntax", (29, 1), "a command of curl"
    ),
    "no-break space in a request line": in_get(
        _LINE, _LINE.replace(" ", "\u00a0"), "http-form", (29, 4), "U+00A0 (no-break space)"
    ),
    "URL with a segment in the singular": in_get(
        _LINE,
        _LINE.replace("items", "item"),
        "url-mismatch",
        (29, 5),
        "'item' where the nearest path template has 'items'",
        related=("api/item-get.md", 15),
    ),
    "placeholder of a path template not closed": in_get(
        "/items/{id}", "/items/{id", "url-mismatch", (15, 5), "the brace of '{id' is never closed"
    ),
    "other method than the path template": in_get(
        _LINE, _LINE.replace("GET", "POST"), "method-mismatch", (29, 1), "says GET", related=("api/item-get.md", 15)
    ),
    "response forgotten": in_get(
        f"{_RESPONSE}\n```http\n{_OK}{_TYPE}\n{_BODY}```\n",
        "",
        "missing-response",
        (29, 1),
        "no response block follows it",
    ),
    "body forgotten": in_get(
        f"\n{_BODY}", "", "body-missing", (34, 1), "promises a body", related=("api/item-get.md", 32)
    ),
    # JSON
    "two bodies in one response": in_get(
        _END, f'{_END}\n{{\n  "id": "2"\n}}\n', "json-syntax", (52, 1), "show one value in a block"
    ),
    "last brace missing": in_get(
        _END, _END.removesuffix("}\n"), "json-syntax", (49, 3), "'{' is never closed", related=("api/item-get.md", 37)
    ),
    "inner object at the end not closed": in_get(
        _END,
        _END.replace("  }\n", ""),
        "json-syntax",
        (48, 23),
        "a '}' is missing here",
        related=("api/item-get.md", 46),
    ),
    "inner object in the middle not closed": in_get(
        _BODY,
        _BODY.replace(_END, "")
        .replace('  "place": {\n    "city": "Rome",\n', "")
        .replace('  "wait"', '  "place": {\n    "city": "Rome"\n  "wait"')
        .replace('"sea"],', '"sea"]')
        + "}\n",
        "json-syntax",
        (45, 18),
        "a '}' is missing here",
        related=("api/item-get.md", 44),
    ),
    "array not closed": in_get(
        '"sea"],', '"sea",', "json-syntax", (45, 26), "a ']' is missing here", related=("api/item-get.md", 45)
    ),
    "array closed by a brace": in_get('"sea"]', '"sea"}', "json-syntax", (45, 27), "'}' does not close '['"),
    "comma between members missing": in_get(
        '"A photo",', '"A photo"', "json-syntax", (39, 26), 'missing comma before "size"'
    ),
    "comma after the last member": in_get(
        _END, _END.replace('0100"', '0100",'), "json-syntax", (48, 24), "trailing comma"
    ),
    "colon missing": in_get('"size": 1024', '"size" 1024', "json-syntax", (40, 3), '"size" has no colon'),
    "semicolon after the JSON": in_get(_END, _END[:-1] + ";\n", "json-syntax", (50, 2), 'text after the JSON: ";"'),
    "comment": in_get("1024,", "1024, // pixels", "json-syntax", (40, 17), "comment, which JSON does not have"),
    "literal of Python": in_get('["summer", "sea"]', "None", "json-syntax", (45, 11), "None is written null in JSON"),
    "Windows path not escaped": in_get("A photo", r"C:\data", "json-syntax", (39, 21), 'invalid escape "\\d"'),
    "octal number": in_get("1024", "05", "json-syntax", (40, 11), "leading zero"),
    "single quotes": in_get('"A photo"', "'A photo'", "json-syntax", (39, 18), "single quotes"),
    "typographic quotes": in_get('"A photo"', "“A photo”", "json-syntax", (39, 18), "typographic quotes"),
    "no-break space in a body": in_get('  "size": 1024', '\u00a0 "size": 1024', "json-syntax", (40, 1), "U+00A0"),
    "body in YAML": in_get(_BODY, 'id: "1"\ndisplayName: A photo\n', "json-syntax", (37, 1), 'not JSON: "id:'),
    "body in XML": in_get(_BODY, "<item><id>1</id></item>\n", "json-syntax", (37, 1), 'not JSON: "<item>'),
    "body encoded twice": in_get(
        _BODY, json.dumps(_BODY) + "\n", "wrong-type", (37, 1), "the body is a string that holds JSON"
    ),
    "member encoded twice": in_get(
        _BODY.partition('"place": ')[2].removesuffix("}\n"),
        r'"{\"city\": \"Rome\"}"' + "\n",
        "wrong-type",
        (46, 12),
        "'place' is a string that holds JSON",
        related=("resources/item.md", 22),
    ),
    "merge conflict": in_get(
        '  "size": 1024,\n',
        '<<<<<<< HEAD\n  "size": 1024,\n=======\n  "size": 1025,\n>>>>>>> topic\n',
        "merge-conflict",
        (40, 1),
        "keep one side",
    ),
    # Bodies
    "member of the inner object at the top": in_get(
        _END,
        '  },\n  "phone": "555-0100"\n}\n',
        "undeclared-property",
        (49, 3),
        "'phone' is not in the properties table of item",
        edits=(('"Rome",', '"Rome"'),),
    ),
    "member in PascalCase": in_get(
        "displayName",
        "DisplayName",
        "property-case",
        (39, 3),
        "differs in case from 'displayName'",
        related=("resources/item.md", 15),
    ),
    "member misspelt": in_get(
        "displayName",
        "displyName",
        "undeclared-property",
        (39, 3),
        "did you mean 'displayName'?",
        also=("missing-property",),
    ),
    "member with a blank at its end": in_get(
        "displayName",
        "displayName ",
        "undeclared-property",
        (39, 3),
        "did you mean 'displayName'?",
        also=("missing-property",),
    ),
    "date of the United States": in_get(
        "2024-01-31T08:30:00Z", "12/31/2024 8:00 AM", "wrong-format", (42, 14), "a date and time such as"
    ),
    "date without a time zone": in_get(
        "08:30:00Z", "08:30:00", "wrong-format", (42, 14), "a date and time such as 2024-01-31T08:30:00Z"
    ),
    "GUID one digit short": in_get("c3301", "c330", "wrong-format", (43, 10), "a GUID such as"),
    "duration in words": in_get("PT1H", "1 hour", "wrong-format", (44, 11), "an ISO 8601 duration such as"),
    "list in a string": in_get(
        '["summer", "sea"]',
        '"summer, sea"',
        "expected-collection",
        (45, 11),
        "expected an array",
        related=("resources/item.md", 21),
    ),
    "array of arrays": in_get(
        '["summer", "sea"]',
        '[["summer", "sea"]]',
        "expected-object",
        (45, 12),
        "flat collection",
        related=("resources/item.md", 21),
    ),
    "array of arrays in the envelope": in_get(
        '{ "id": "1", "size": 5 }',
        '[{ "id": "1", "size": 5 }]',
        "expected-object",
        (67, 5),
        "an item of the collection is an array",
    ),
    "only the second item is wrong": in_get(
        '"size": 6',
        '"size": "6"',
        "wrong-type",
        (68, 26),
        'the string "6", expected Int32',
        related=("resources/item.md", 16),
    ),
    "values for value": in_get(
        '"value": [',
        '"values": [',
        "expected-collection",
        (66, 3),
        "stand under 'values'",
        related=("api/item-get.md", 60),
    ),
    "nextLink that is an object": in_get(
        '"value": [', '"@odata.nextLink": {}, "value": [', "control-information", (66, 22), "expected a URL"
    ),
    "body in an array": in_get(
        _BODY, f"[{_BODY.strip()}]\n", "expected-object", (37, 1), "the body is an array, expected one object"
    ),
    "number in quotes": in_get(
        "1024", '"1024"', "wrong-type", (40, 11), 'the string "1024", expected Int32', related=("resources/item.md", 16)
    ),
    "enum member misspelt": in_get(
        '"small"', '"smal"', "enum-value", (41, 11), "did you mean 'small'?", related=("resources/item.md", 17)
    ),
    "enum member misspelt in the table": in_item(
        "`small`",
        "`smal`",
        "enum-value",
        (41, 11),
        "did you mean 'smal'?",
        related=("resources/item.md", 17),
        found="api/item-get.md",
    ),
    "error misspelt": in_get(
        f"{_OK}{_TYPE}\n{_BODY}",
        f'HTTP/1.1 404 Not Found\n{_TYPE}\n{{\n  "eror": {{ "code": "none", "message": "No." }}\n}}\n',
        "control-information",
        (38, 3),
        "did you mean 'error'?",
    ),
    # Code blocks
    "four backticks closed by three": in_get(
        f"{_RESPONSE}\n",
        f"{_RESPONSE}\n`",
        "unclosed-fence",
        (33, 1),
        "opened by 4 backticks and the line that should close it has fewer",
        related=("api/item-get.md", 51),
    ),
    "three backticks closed by two": in_get(
        f"{_BODY}`", _BODY, "unclosed-fence", (33, 1), "not closed by ``; write ```", related=("api/item-get.md", 51)
    ),
    "backticks closed by tildes": in_get(
        f"{_BODY}```",
        f"{_BODY}~~~",
        "unclosed-fence",
        (33, 1),
        "not closed by ~~~; write ```",
        related=("api/item-get.md", 51),
    ),
    "opened by two backticks": in_get(
        f"{_RESPONSE}\n`", f"{_RESPONSE}\n", "unclosed-fence", (33, 1), "opened by 2 backticks, expected three"
    ),
    "last block opened by two backticks": in_get(
        f"{_LIST}\n`", f"{_LIST}\n", "unclosed-fence", (61, 1), "opened by 2 backticks, expected three"
    ),
    "opening fence behind a tab": in_get(
        f"{_RESPONSE}\n", f"{_RESPONSE}\n\t", "unclosed-fence", (33, 2), "indented by four blanks or more"
    ),
    "both fences behind tabs": in_get(
        f"{_RESPONSE}\n",
        f"{_RESPONSE}\n\t",
        "unclosed-fence",
        (33, 2),
        "indented by four blanks or more",
        edits=((f"{_BODY}", f"{_BODY}\t"),),
    ),
    "opening fence behind four blanks": in_get(
        f"{_LIST}\n", f"{_LIST}\n    ", "unclosed-fence", (61, 5), "indented by four blanks or more"
    ),
    "fence not closed": in_get(
        f"{_BODY}```\n",
        _BODY,
        "unclosed-fence",
        (33, 1),
        "not closed and swallows what follows",
        related=("api/item-get.md", 52),
    ),
    "opening fence forgotten": in_get(
        f"{_RESPONSE}\n```http\n", f"{_RESPONSE}\n", "unclosed-fence", (33, 1), "write a line of three backticks above"
    ),
    # Tables
    "bar in a code span": in_item(
        "in pixels", "`a|b`", "table-row", (16, 1), "escape a pipe", related=("resources/item.md", 12)
    ),
    "type and description swapped": in_item(
        _SIZE,
        "|size|The size in pixels.|Int32|\n",
        "table-row",
        (16, 1),
        "swap the two",
        related=("resources/item.md", 12),
    ),
    "link of the type and description swapped": in_item(
        "[place](place.md)|Where it is kept.",
        "Where it is kept.|[place](place.md)",
        "table-row",
        (22, 1),
        "swap the two",
        related=("resources/item.md", 12),
    ),
    "type cell left empty": in_item(
        "Int32", "", "table-row", (16, 1), "the Type cell of 'size' is empty", related=("resources/item.md", 12)
    ),
    "type misspelt": in_item("Int32", "Itn32", "unknown-type", (16, 7), "did you mean Int32?"),
    "type of a link misspelt": in_item(
        "[place](place.md)|", "[palce](place.md)|", "unknown-type", (22, 8), "did you mean example.shop.place?"
    ),
    "collection misspelt": in_item(
        "String collection", "String colection", "unknown-type", (21, 7), "did you mean 'String collection'?"
    ),
    "two names in one cell": in_item(
        _NAME,
        "|displayName, kind|String|The names.|\n",
        "table-row",
        (15, 1),
        "2 names stand in one cell: displayName, kind",
        edits=((_KIND, ""),),
        related=("resources/item.md", 12),
    ),
    "two names and two types in one row": in_item(
        _NAME,
        "|displayName, size|String, Int32|The names.|\n",
        "table-row",
        (15, 1),
        "2 names stand in one cell: displayName, size",
        edits=((_SIZE, ""),),
        related=("resources/item.md", 12),
    ),
    "two names in one cell, on two lines": in_item(
        _NAME,
        "|displayName<br>kind|String|The names.|\n",
        "table-row",
        (15, 1),
        "give each a row of its own",
        edits=((_KIND, ""),),
        related=("resources/item.md", 12),
    ),
    "row broken in its description": in_item(
        _SIZE,
        _SIZE.replace(" in", "\nin"),
        "table-row",
        (17, 1),
        "a cell cannot hold a line break",
        related=("resources/item.md", 12),
    ),
    "row broken before its description": in_item(
        _SIZE,
        _SIZE.replace("|The", "|\nThe"),
        "table-row",
        (17, 1),
        "a cell cannot hold a line break",
        related=("resources/item.md", 12),
    ),
    "blank line inside the table": in_item(
        _SIZE,
        f"\n{_SIZE}",
        "table-lost",
        (17, 1),
        "a blank line ends the table above",
        related=("resources/item.md", 12),
    ),
    "delimiter row too short": in_item(
        "|:---|:---|:---|", "|:---|:---|", "table-lost", (12, 1), "the header has 3 cells, the delimiter row below it 2"
    ),
    "delimiter row forgotten": in_item(
        "|:---|:---|:---|\n", "", "table-lost", (12, 1), "no delimiter row below the header"
    ),
    "second row for a property": in_item(
        _SIZE,
        f"{_SIZE}|size|Int64|The size.|\n",
        "duplicate-property",
        (17, 1),
        "'size' of example.shop.item has a second row",
        related=("resources/item.md", 16),
    ),
    "property that only the JSON shows": in_item(
        '  "size": 1024,\n',
        '  "size": 1024,\n  "weight": 5,\n',
        "representation-undeclared",
        (32, 3),
        "'weight' of the JSON representation is in no table",
        related=("resources/item.md", 12),
    ),
    "property that the JSON lacks": in_item(
        '  "size": 1024,\n',
        "",
        "representation-missing",
        (16, 1),
        "not in its JSON representation",
        related=("resources/item.md", 27),
    ),
    "property misspelt in the table": in_item(
        "|displayName",
        "|displyName",
        "representation-undeclared",
        (30, 3),
        "did you mean 'displyName'?",
        related=("resources/item.md", 15),
        also=("missing-property",),
    ),
    "table in HTML": in_item(
        _TABLE, f"<table>\n{_HTML}</table>\n", "table-unread", (12, 1), "a table of properties in HTML is not read"
    ),
    "table of fullwidth bars": in_item(
        _TABLE, _TABLE.replace("|", "\uff5c"), "table-lost", (12, 1), "(U+FF5C) parts no cells of a table; write '|'"
    ),
    "row of fullwidth bars": in_item(
        _SIZE,
        _SIZE.replace("|", "\uff5c"),
        "table-row",
        (16, 1),
        "(U+FF5C) parts no cells of a table; write '|'",
        related=("resources/item.md", 12),
        also=("representation-undeclared",),
    ),
    # Text
    "colon in a title": in_item(
        '"item resource type"', "item: resource type", "front-matter", (2, 1), "a colon in the value; quote the value"
    ),
    "tab in the front matter": in_get(
        'title: "Get item"', 'title:\n\t"Get item"', "front-matter", (3, 2), "a tab, where only blanks may stand"
    ),
    "quote of a title not closed": in_get(
        'Get item"', "Get item", "front-matter", (2, 1), "a quote is opened and not closed"
    ),
    "front matter closed by two hyphens": in_get(
        "Type\n---\n",
        "Type\n--\n",
        "front-matter",
        (5, 1),
        "'--' does not close the front matter, expected '---'",
        related=("api/item-get.md", 1),
    ),
    "front matter closed by four hyphens": in_get(
        "Type\n---\n",
        "Type\n----\n",
        "front-matter",
        (5, 1),
        "'----' does not close the front matter",
        related=("api/item-get.md", 1),
    ),
    "front matter not closed": in_get("Type\n---\n", "Type\n", "front-matter", (1, 1), "front matter is not closed"),
    "key of the front matter misspelt": in_get(
        "title:", "tittle:", "front-matter-required", (2, 1), "did you mean 'title'?"
    ),
    "page type misspelt": in_get(
        "apiPageType", "apiPage", "front-matter-required", (4, 1), "did you mean apiPageType?"
    ),
    "no-break space after the number signs": in_item(
        "## Properties", "##\u00a0Properties", "heading-lost", (10, 1), "U+00A0 stands between"
    ),
    "no blank after the number signs": in_item(
        "## Properties", "##Properties", "heading-lost", (10, 1), "no blank stands between"
    ),
    "link to a page with a slip": in_get(
        "resources/item.md), or",
        "resources/itm.md), or",
        "broken-link",
        (9, 15),
        "did you mean '../resources/item.md'?",
    ),
    "link to a heading with a slip": in_get("(#list-items)", "(#list-item)", "broken-anchor", (9, 58), "no heading of"),
    "brackets of a link swapped": in_get(
        "[item](../resources/item.md), or",
        "(item)[../resources/item.md], or",
        "broken-link",
        (9, 15),
        "write '[item](../resources/item.md)'",
    ),
    "line ends CR CR LF": in_get(
        "\n", "\r\r\n", "page-unreadable", (1, 1), "each line end was written twice", everywhere=True
    ),
    "line ends LF CR": in_item(
        "\n",
        "\n\r",
        "page-unreadable",
        (1, 1),
        "each line end was written twice",
        everywhere=True,
        also=("table-lost",),
    ),
}

#: What looks like one of these mistakes and is none: page, text, and what takes its place.
FINE = {
    "a paragraph begins with the name of a type": (GET, "Get an [item]", "#example.shop.item is an [item]"),
    "number signs in code": (GET, _LINE, _LINE + "X-Channel: ##General\n"),
    "JSON in a String": (GET, '"A photo"', json.dumps('{"a": 1}')),
    "braces in a String": (GET, '"A photo"', '"{name}"'),
    "JSON on one line": (GET, _BODY, json.dumps(json.loads(_BODY)) + "\n"),
    "JSON without indentation": (GET, _BODY, "\n".join(map(str.strip, _BODY.split("\n")))),
    "JSON indented at random": (GET, _BODY, _BODY.replace("    ", " ").replace('  "size"', '      "size"')),
    "an array over several lines": (GET, '["summer", "sea"]', '[\n"summer",\n    "sea"\n]'),
    "a null among the items": (GET, '{ "id": "2", "size": 6 }', "null"),
    "a path template with two keys": (GET, "GET /items\n", "GET /items\nGET /items/{id}/parts/{part-id}\n"),
    "a header whose value holds blanks": (GET, _LINE, _LINE + "Prefer: wait=10, respond-async\n"),
    "a paragraph in two backticks": (GET, "## Response", "``GET /items``\n\n## Response"),
    "hyphens in the front matter": (GET, '"Get an item or all of them."', '"Get an item -- or all of them ----."'),
    "a description of one word": (ITEM, "The size in pixels.", "Pixels"),
    "a description that is a link": (ITEM, "Where it is kept.", "[place](place.md)"),
    "a description that is a type": (ITEM, "The size in pixels.", "Int32"),
    "a comma in a description": (ITEM, "The size in pixels.", "The width, height or size, in pixels."),
    "a fullwidth bar in a description": (ITEM, "The size in pixels.", "The size\uff5cin pixels."),
    "a table in HTML of something else": (
        ITEM,
        "## JSON",
        "<table>\n<tr><th>Name</th><th>Use</th></tr>\n</table>\n\n## JSON",
    ),
    "rows without outer bars": (ITEM, _SIZE, "size|Int32|The size in pixels.\n"),
    "a type with a blank after it": (ITEM, "|Int32|", "|Int32 |"),
    "a name in bold": (ITEM, "|displayName|", "|**displayName**|"),
    "paragraphs of one line each": (GET, "## Response\n", "## Response\n\nOne.\n\nTwo.\n"),
}


def _places(found):
    """Return (page, check, line, column) of what is found, without infos."""
    return [
        (f["path"].partition("docs/")[2], f["check"], f["line"], f["column"])
        for f in found["findings"]
        if f["severity"] != "info"
    ]


def test_without_a_mistake_only_the_known_finding_is_there(tmp_path):
    found = report(write(tmp_path / "docs", PAGES))
    assert _places(found) == GOOD
    assert found["summary"]["infos"] == 0


@pytest.mark.parametrize("name", MISTAKES)
def test_the_mistake_is_named_where_it_is_made(tmp_path, name):
    mistake = MISTAKES[name]
    found = report(write(tmp_path / "docs", mistake.made()))
    page = mistake.found or mistake.page
    first = next(f for f in found["findings"] if f["path"].endswith(page) and f["line"] == mistake.at[0])
    assert (first["check"], first["line"], first["column"]) == (mistake.check, *mistake.at)
    assert mistake.says in first["message"]
    if mistake.related:
        path, line = mistake.related
        assert first["related"][0]["path"].endswith(path)
        assert first["related"][0]["line"] == line
    others = {check for path, check, *_ in _places(found) if path != "api/good.md"}
    assert others == {mistake.check, *mistake.also}
    assert [place for place in _places(found) if place[0] == "api/good.md"] == GOOD


@pytest.mark.parametrize("name", FINE)
def test_what_only_looks_like_a_mistake_is_none(tmp_path, name):
    page, old, new = FINE[name]
    assert old in PAGES[page]
    found = report(write(tmp_path / "docs", {**PAGES, page: PAGES[page].replace(old, new, 1)}))
    assert _places(found) == GOOD
