"""Pages that hold one thing as often as a size allows, or one thing that is as long as that, by what it is.

Each is a function from a number of characters to a page of about as many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pages import annotation, block, fence, message, operation, resource, table, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Kind = Callable[[int], str]

THING = typed("thing")
WHOLE = typed("thing", truncated=False)
ROW = "|id|String|The id.|"


def fill(piece: str, size: int) -> str:
    """Return a piece over and over, of a size."""
    return piece * (size // len(piece))


def many(piece: str, size: int, between: str = "\n") -> str:
    """Return a piece with the numbers from 0 in the place of `@`, up to a size."""
    length = len(piece) + len(between) + 3
    return between.join(piece.replace("@", str(number)) for number in range(size // length))


def split(pieces: Iterable[str], size: int) -> str:
    """Return pieces one after another, up to a size."""
    taken = []
    for piece in pieces:
        size -= len(piece)
        if size < 0:
            break
        taken.append(piece)
    return "".join(taken)


def growing(mark: str, size: int) -> str:
    """Return runs of a mark, each longer than the last."""
    return split((mark * n + "a " for n in range(1, size)), size)


def typed_body(body: str, rows: list[str], keys: str = THING) -> str:
    """Return a page with a type and an exchange that shows it."""
    return resource("thing", rows) + "\n" + operation(body, keys=keys)


def described(text: str) -> str:
    """Return a page with a type that has a description."""
    return typed_body('{"id": "a"}', [f"|id|String|Possible values are: `a`, `b`. {text}|"])


def of_type(text: str) -> str:
    """Return a page with a property whose type cell is given."""
    return typed_body('{"id": "a"}', [f"|id|{text}|The id.|"])


def promised(text: str) -> str:
    """Return the page of an operation whose Response section says something, and whose response has no type."""
    shown = block("request", "GET /a") + block("response", message("200 OK", '{"id": 1}'))
    return f"# A\n\n## Response\n\n{text}\n\n## Examples\n\n{shown}"


def linked(text: str) -> str:
    """Return a page with a text, and with a link to one of its headings."""
    return f"# A\n\n[a](#nowhere)\n\n{text}\n"


def shown(start: str) -> str:
    """Return a page with a request of a text."""
    return "# A\n\n## HTTP request\n\n" + fence("GET /a/{id}") + "\n## Examples\n\n" + block("request", start)


def rows(size: int, row: str = "|p@|String|T.|") -> list[str]:
    return many(row, size).split("\n")


def chain(size: int) -> str:
    """Return types that each derive from the next."""
    one = block("resource", "{}", '"@odata.type": "n.t@", "baseType": "n.t#"', info="json")
    number = size // (len(one) + 30)
    parts = (f"## t{n}\n\n" + one.replace("@", str(n)).replace("#", str(n + 1)) for n in range(number))
    return "# A\n\n" + "\n".join(parts)


def templates_and_misfits(size: int) -> str:
    """Return templates and as many examples that fit none of them."""
    asked = many(block("request", "GET /x@/y", '"name": "n@"'), size * 5 // 6)
    return "# A\n\n## HTTP request\n\n" + fence(many("GET /a@/b", size // 6)) + "\n## Examples\n\n" + asked


def enum_and_misfits(size: int) -> str:
    """Return the members of an enum and as many values that are none of them."""
    members = table(rows(size // 2, "|member@|M.|"), "|Member|Description|").replace("|:---|:---|:---|", "|:---|:---|")
    values = many('"wrong@"', size // 2, ", ")
    own = resource("thing", ["|kinds|thingKind collection|K.|"])
    return f"{own}\n### thingKind values\n\n{members}\n" + operation(f'{{"kinds": [{values}]}}', keys=THING)


def deep_and_wide(size: int) -> str:
    """Return JSON that is nested 190 deep, and wide at the bottom."""
    return "{}".format('{"a":' * 190 + "[" + fill("1,", size) + "1]" + "}" * 190)


def annotated(keys: str) -> str:
    return "# A\n\n" + block("request", "GET /a") + block("response", message("200 OK", "{}"), keys)


def examples(size: int, keys: str) -> str:
    one = block("request", "GET /a", keys) + block("response", message("204 No Content"), keys)
    return "# A\n\n## Examples\n\n" + many(one, size)


def growing_comment(size: int) -> str:
    return "# A\n\na " + growing("`", size) + "<!-- a -->\n"


#: What a session of hostile reading found to grow faster than the page.
KINDS: dict[str, Kind] = {
    # type cells, names
    "type cell: blanks in a link": lambda n: of_type("[a](" + " " * n + "("),
    "type cell: links": lambda n: of_type(fill("[a](b) ", n)),
    "type cell: brackets": lambda n: of_type(fill("(", n)),
    "type cell: words": lambda n: of_type(fill("a ", n)),
    "type cell: collections": lambda n: of_type(fill("Collection(", n)),
    "type cell: alternatives": lambda n: of_type(fill("a or ", n)),
    "type cell: backslashes": lambda n: of_type(fill("\\", n)),
    "name cell: blanks and a bracket": lambda n: resource("thing", ["|id" + " " * n + "(|String|T.|"]),
    "name cell: joined names": lambda n: resource("thing", ["|" + fill("ab, ", n) + "|String|T.|"]),
    "name cell: blanks between names": lambda n: resource("thing", ["|ab" + " " * n + "cd|String|T.|"]),
    "long names, a letter apart": lambda n: typed_body(
        f'{{"{"a" * (n // 2)}c": 1}}', [f"|{'a' * (n // 2)}b|String|T.|"]
    ),
    "header cell: <<<<": lambda n: (
        f"# thing resource type\n\n|Property{'<' * n}|Type|Description|\n|:--|:--|:--|\n{ROW}\n"
    ),
    "cells in a row": lambda n: resource("thing", ["|id|String|T" + fill("|a", n) + "|"]),
    "rows": lambda n: resource("thing", rows(n)),
    "rows of one name": lambda n: resource("thing", rows(n, "|id|String|T.|")),
    # prose
    "description: e.g.": lambda n: described(fill("e.g. ", n)),
    "description: code spans": lambda n: described(fill("```a```a", n)),
    "description: growing backticks": lambda n: described(growing("`", n)),
    "description: possible values": lambda n: described("Possible values are: " + many("`v@`", n, ", ") + "."),
    "description: possible values, again": lambda n: described(fill("Possible values are: `a`, `b`. ", n)),
    "description: brackets": lambda n: described(fill("(", n)),
    "description: blanks": lambda n: described("a" + " " * n + "b"),
    "description: <<<<": lambda n: described("<a" * (n // 2)),
    "description: [[[[": lambda n: described("[a](" * (n // 4)),
    "description: deprecated": lambda n: described(fill("this property is ", n)),
    "description: unix": lambda n: typed_body('{"id": 1}', [f"|id|DateTimeOffset|{fill('unix ', n)}|"]),
    "description: derives from": lambda n: "# thing resource type\n\n" + fill("Inherits from [a](a.md). ", n) + "\n",
    "description: base type of": lambda n: "# thing resource type\n\n" + fill("base type for ", n) + "\n",
    "response prose: e.g.": lambda n: promised(fill("e.g. ", n)),
    "response prose: statuses": lambda n: promised("returns " + fill("`200 OK`, ", n)),
    "response prose: bare statuses": lambda n: promised("returns " + fill("200 ", n)),
    "response prose: stars in links": lambda n: promised("[" + fill("**", n)),
    "response prose: link without an end": lambda n: promised("[a](" + "b" * n),
    "response prose: links without an end": lambda n: promised(fill("[a](bbbb", n)),
    "response prose: links": lambda n: promised("returns " + fill("[a](../resources/a.md) ", n)),
    "response prose: brackets": lambda n: promised(fill("[", n)),
    "response prose: backticks": lambda n: promised(fill("[`", n)),
    "response prose: names": lambda n: promised(fill("a **thing** object ", n)),
    "response prose: sentences": lambda n: promised(fill("It returns `200 OK`. ", n)),
    # links and anchors
    "links on a line": lambda n: "# A\n\n" + fill("[a](b.md) ", n) + "\n",
    "links on a line, different": lambda n: "# A\n\n" + many("[a](b@.md)", n, " ") + "\n",
    "links on a line, with !": lambda n: "# A\n\n" + fill("![a](b.md) ", n) + "\n",
    "links on lines": lambda n: "# A\n\n" + fill("[a](b.md)\n", n) + "\n",
    "links: titles without an end": lambda n: "# A\n\n" + fill("](a '", n) + "\n",
    "links: brackets and parentheses": lambda n: "# A\n\n" + fill("(a)[b ", n) + "\n",
    "links: parentheses": lambda n: "# A\n\n" + fill("](a(", n) + "\n",
    "links: blanks": lambda n: "# A\n\n](" + fill(" ", n) + "\n",
    "links: blanks after a target": lambda n: "# A\n\n](a" + fill(" ", n) + "\n",
    "links: ]: and [a": lambda n: "# A\n\n" + fill("[a\n]: b\n", n),
    "links: definitions": lambda n: "# A\n\n" + many("[a@]: b@.md", n) + "\n",
    "links: [!INCLUDE [a": lambda n: "# A\n\n" + fill("[!INCLUDE [a", n) + "\n",
    "links: [!INCLUDE [a, on lines": lambda n: "# A\n\n" + fill("[!INCLUDE [a\n", n) + "\n",
    "links: includes": lambda n: "# A\n\n" + fill("[!INCLUDE [a](b.md)] ", n) + "\n",
    "links: definitions not closed": lambda n: "# A\n\n" + fill("[a\n", n) + "\n",
    "links: anchors": lambda n: "# A\n\n" + many("[a](#b@)", n) + "\n",
    "anchors: <a <a": lambda n: linked(fill("<a ", n)),
    "anchors: <a id": lambda n: linked(fill("<a id", n)),
    "anchors: heading [[[[": lambda n: linked("## " + fill("[", n)),
    "anchors: heading <<<<": lambda n: linked("## " + fill("<", n)),
    "anchors: heading {#{#": lambda n: linked("## " + fill("{#a", n)),
    "anchors: heading <a <a": lambda n: linked("## " + fill("<a ", n)),
    "anchors: heading ----": lambda n: linked("## a" + fill("-1", n)),
    "headings, equal": lambda n: linked(fill("## B\n\n", n)),
    "headings, different": lambda n: linked(many("## B@\n", n)),
    "headings, nested": lambda n: linked(fill("# A\n## B\n### C\n#### D\n##### E\n###### F\n", n)),
    "heading: blanks": lambda n: "# a" + " " * n + "b\n",
    "heading: ####": lambda n: "# a " + "#" * n + "b\n",
    "heading: names": lambda n: "# " + fill("a, ", n) + "resource type\n",
    # comments and annotations
    "comment: braces and letters": lambda n: "# A\n\n<!-- {" + fill("a", n) + " -->\n",
    "comment: braces and dots": lambda n: "# A\n\n<!-- {" + fill("a.", n) + " -->\n",
    "comment: quotes": lambda n: "# A\n\n<!-- {" + fill('"a" ', n) + " -->\n",
    "comment: without an end": lambda n: "# A\n\n" + fill("<!-- ", n) + "\n",
    "comments": lambda n: "# A\n\n" + fill("<!-- a -->\n\n", n) + "\n",
    "comments on a line": lambda n: "# A\n\na" + fill("<!-- a -->", n) + "\n",
    "comment: growing backticks": growing_comment,
    "annotation: without an end": lambda n: (
        '# A\n\n<!-- {"blockType": "request"' + fill("\n", n) + "```\nGET /a\n```\n"
    ),
    "annotation: without an end, block types": lambda n: (
        "# A\n\n<!-- { " + fill('"blockType": ', n) + "```\nGET /a\n```\n"
    ),
    "annotation: without an end, dashes": lambda n: (
        '# A\n\n<!-- {"blockType": "a"' + fill("- ", n) + "```\nGET /a\n```\n"
    ),
    "annotation: without a comment": lambda n: "# A\n\na " + fill('{"blockType": ', n) + "`\n",
    "annotation: without a comment, letters": lambda n: "# A\n\n" + fill("a", n) + ' "blockType": `\n',
    "annotation: optional properties": lambda n: annotated('"optionalProperties": [' + many('"a@"', n, ",") + "]"),
    "annotation: keys": lambda n: annotated(many('"a@": 1', n, ", ")),
    "annotation: one key": lambda n: annotated(fill('"a": 1, ', n) + '"b": 1'),
    "annotation: blanks": lambda n: annotated('"a": 1' + " " * n),
    "annotations": lambda n: "# A\n\n" + fill(annotation("request") + "\n\n", n),
    "annotation: words before a name": lambda n: "# A\n\n" + fill('"blockType": "resource", ', n) + "\n",
    "annotation: resource words in a comment": lambda n: "# A\n\n<!-- " + fill('"blockType": "resource" ', n) + "-->\n",
    "annotation: resources without an end": lambda n: "# A\n\n" + fill('<!-- { "blockType": "resource"\n', n),
    "suppression: blanks": lambda n: "# A\n\n<!-- docextract" + " " * n + "a -->\n",
    "suppression: blanks after a word": lambda n: "# A\n\n<!-- docextract-disable a" + " " * n + "-- b -->\n",
    "suppression: dashes": lambda n: "# A\n\n<!-- docextract-disable a " + fill("-- ", n) + "-->\n",
    "suppression of many checks": lambda n: "# A\n\n<!-- docextract-disable " + many("a@", n, ", ") + " -->\n",
    "suppressions": lambda n: (
        "# A\n\n" + fill("<!-- docextract-disable todo -->\n\n<!-- docextract-enable todo -->\n\n", n)
    ),
    "suppressions and findings": lambda n: (
        "# A\n\n" + fill("<!-- docextract-disable-next-line leftover-text -- a -->\nTODO: b\n\n", n)
    ),
    "suppressions beside findings": lambda n: (
        "# A\n\n" + fill("<!-- docextract-disable-next-line wrong-type -- a -->\nTODO: b\n\n", n)
    ),
    "leftovers": lambda n: "# A\n\n" + fill("**TODO** x\n\n<!-- y -->\n", n),
    "leftovers on a line": lambda n: "# A\n\n" + fill("TBD ", n) + "\n",
    "leftovers: stars": lambda n: "# A\n\n" + fill("**TODO ", n) + "\n",
    "leftovers: <Unknown": lambda n: "# A\n\n" + fill("<Unknown Primitive Type ", n) + "\n",
    # messages
    "fence: GET a    b": lambda n: "# A\n\n" + fence("GET /a" + " " * n + "b"),
    "request line: blanks": lambda n: shown("GET /a" + " " * n + "b"),
    "request line: [[[[": lambda n: shown("GET /a" + fill("[", n)),
    "request line: brackets": lambda n: shown("GET /a" + fill("(", n)),
    "request line: quotes": lambda n: shown("GET /a('" + fill("'", n)),
    "request line: braces": lambda n: shown("GET /a" + fill("{", n)),
    "request line: segments": lambda n: shown("GET " + fill("/a", n)),
    "request line: slashes": lambda n: shown("GET " + fill("/", n)),
    "request line: query": lambda n: shown("GET /a?" + fill("a=1&", n)),
    "request line: options": lambda n: shown("GET /a?" + fill("$a = ", n)),
    "request line: roots": lambda n: shown("GET /a/" + fill("root:", n)),
    "request: query lines": lambda n: shown("GET /a" + fill("\n?a=b", n)),
    "request: long segment near a template": lambda n: (
        "# A\n\n## HTTP request\n\n"
        + fence("GET /" + "a" * (n // 2) + "b")
        + "\n## Examples\n\n"
        + block("request", "GET /" + "a" * (n // 2) + "c")
    ),
    "request: lines in a block": lambda n: shown(many("GET /a@", n)),
    "request: lines in a block, equal": lambda n: shown(fill("GET /a\n", n)),
    "request: fields": lambda n: shown("GET /a\n" + many("A@: b", n)),
    "response: reason with blanks": lambda n: "# A\n\n" + block("response", "HTTP/1.1 200 OK" + " " * n + "b"),
    "response: field with blanks": lambda n: "# A\n\n" + block("response", "HTTP/1.1 200 OK\na" + " " * n + "b"),
    "response: value with blanks": lambda n: "# A\n\n" + block("response", "HTTP/1.1 200 OK\na: b" + " " * n + "b"),
    "response: field of dashes": lambda n: "# A\n\n" + block("response", "HTTP/1.1 200 OK\na" + fill("-a", n) + " ?"),
    "response: blank lines": lambda n: "# A\n\n" + block("response", "HTTP/1.1 200 OK" + "\n" * n + "a"),
    "responses only": lambda n: "# A\n\n" + fill(block("response", message("204 No Content")), n),
    "requests only": lambda n: "# A\n\n" + fill(block("request", "GET /a"), n),
    "path templates": lambda n: "# A\n\n## HTTP request\n\n" + fence(many("GET /a@", n)),
    "path templates in blocks": lambda n: "# A\n\n## HTTP request\n\n" + many(fence("GET /a@"), n),
    "path templates: optional": lambda n: "# A\n\n## HTTP request\n\n" + fence("GET /a" + fill("[/b]", n)),
    "templates, and examples that fit none": templates_and_misfits,
    "exchanges, no names": lambda n: examples(n, ""),
    "exchanges, one name": lambda n: examples(n, '"name": "a"'),
    "exchanges, many names": lambda n: examples(n, '"name": "a@"'),
    "exchanges below headings": lambda n: (
        "# A\n\n## Examples\n\n"
        + many("### Example @\n\n" + block("request", "GET /a") + block("response", message("204 No Content")), n)
    ),
    # JSON
    "JSON: members undeclared, on a line": lambda n: typed_body("{" + many('"m@": 1', n, ",") + "}", [ROW]),
    "JSON: members undeclared, on lines": lambda n: typed_body("{" + many('"m@": 1', n, ",\n") + "}", [ROW]),
    "JSON: members undeclared, table as long": lambda n: typed_body(
        "{" + many('"m@": 1', n // 2, ",\n") + "}", rows(n // 2)
    ),
    "JSON: members near rows": lambda n: typed_body(
        "{" + many('"someName@y": 1', n // 2, ",\n") + "}", rows(n // 2, "|someName@x|String|T.|")
    ),
    "JSON: members in 2 cases": lambda n: typed_body("{" + many('"m@": 1,"M@": 1', n, ",\n") + "}", [ROW]),
    "JSON: members of another case": lambda n: typed_body("{" + many('"P@": "a"', n // 2, ",\n") + "}", rows(n // 2)),
    "JSON: values of a wrong type": lambda n: typed_body("{" + many('"p@": 1', n // 2, ",\n") + "}", rows(n // 2)),
    "JSON: values of a wrong type, on a line": lambda n: typed_body(
        "{" + many('"p@": 1', n // 2, ",") + "}", rows(n // 2)
    ),
    "JSON: members missing": lambda n: typed_body("{}", rows(n), WHOLE),
    "JSON: members again": lambda n: typed_body("{" + fill('"id": "1", ', n) + '"id": "a"}', [ROW]),
    "JSON: items": lambda n: typed_body(
        '{"value": [' + fill('{"id": "1"}, ', n) + "{}]}", [ROW], THING + ', "isCollection": true'
    ),
    "JSON: items with an undeclared member": lambda n: typed_body(
        '{"value": [' + fill('{"ie": "1"},\n', n) + "{}]}", [ROW], THING + ', "isCollection": true'
    ),
    "JSON: wrong enum values": enum_and_misfits,
    "JSON: representation of many members": lambda n: resource(
        "thing", [ROW], representation="{" + many('"m@": "String"', n, ", ") + "}"
    ),
    "JSON: representation of a table": lambda n: resource(
        "thing", rows(n // 2), representation="{" + many('"p@": "String"', n // 2, ",\n") + "}"
    ),
    "JSON: long key with an array": lambda n: typed_body(
        f'{{"id": 1, "{"a" * (n // 2)}": [' + fill("1,", n // 2) + "1]}", [ROW]
    ),
    "JSON: deep and wide": lambda n: typed_body(deep_and_wide(n), [ROW]),
    "JSON: [[[[": lambda n: typed_body("[" * n, [ROW]),
    "JSON: {{{{": lambda n: typed_body('{"a":' * (n // 5), [ROW]),
    "JSON: strings without an end": lambda n: typed_body(fill('{"a": "b\n', n), [ROW]),
    "JSON: quotes": lambda n: typed_body("{" + fill('"', n), [ROW]),
    "JSON: curly quotes": lambda n: typed_body("{" + fill("\u201ca", n), [ROW]),
    "JSON: apostrophes": lambda n: typed_body("{" + fill("'a", n), [ROW]),
    "JSON: blanks": lambda n: typed_body('{"id"' + " " * n + "1}", [ROW]),
    "JSON: commas": lambda n: typed_body('{"id": "1"' + fill(",\n", n) + "}", [ROW]),
    "JSON: no commas": lambda n: typed_body("{" + fill('"id": "1" ', n) + "}", [ROW]),
    "JSON: comments": lambda n: typed_body("{" + fill("// a\n", n) + '"id": "1"}', [ROW]),
    "JSON: block comments": lambda n: typed_body("{" + fill("/* a ", n) + '"id": "1"}', [ROW]),
    "JSON: dots": lambda n: typed_body("{" + fill("... ", n) + "}", [ROW]),
    "JSON: digits": lambda n: typed_body('{"id": 0' + fill("1", n) + "}", [ROW]),
    "JSON: words": lambda n: typed_body('{"id": ' + fill("a ", n) + "}", [ROW]),
    "JSON: bare keys": lambda n: typed_body("{" + fill("a: 1, ", n) + "}", [ROW]),
    "JSON: placeholders": lambda n: typed_body('{"id": ' + fill("{a ", n) + "}", [ROW]),
    "JSON: array placeholders": lambda n: typed_body('{"id": ' + fill("[a b ", n) + "}", [ROW]),
    "JSON: sets of strings": lambda n: typed_body('{"id": {' + fill('"a", ', n) + '"b": 1}}', [ROW]),
    "JSON: long value": lambda n: typed_body(f'{{"id": "{"a" * n}"}}', ["|id|DateTimeOffset|The id.|"]),
    "JSON: long dotted value": lambda n: typed_body(f'{{"id": "{"a." * (n // 2)}"}}', ["|id|Int32|The id.|"]),
    "JSON: long bracketed value": lambda n: typed_body(f'{{"id": "{"a (" * (n // 3)}"}}', ["|id|Int32|The id.|"]),
    "JSON: long value of words": lambda n: typed_body(f'{{"id": "{"a value " * (n // 8)}"}}', ["|id|Int32|The id.|"]),
    "JSON: untyped": lambda n: promised("a") + fence("{" + many('"m@": 1', n, ",\n") + "}", "json"),
    # types
    "chain of base types": chain,
    "resources on one page": lambda n: (
        "# A\n\n" + many(block("resource", "{}", '"@odata.type": "n.t@"', info="json"), n)
    ),
    "resources on one page, with tables": lambda n: (
        "# A\n\n"
        + many(
            "## t@\n\n" + table([ROW]) + "\n" + block("resource", '{"id": "a"}', '"@odata.type": "n.t@"', info="json"),
            n,
        )
    ),
    "resources of one name on one page": lambda n: (
        "# A\n\n" + fill(block("resource", "{}", '"@odata.type": "n.t"', info="json"), n)
    ),
    "resources in one section": lambda n: (
        "# A\n\n## B\n\n" + many(table([ROW]) + "\n" + block("resource", "{}", '"@odata.type": "n.t@"', info="json"), n)
    ),
    "tables in one section": lambda n: resource("thing", [ROW]) + "\n" + fill(table([ROW]) + "\n", n),
    "resources of all parts": lambda n: (
        "# A\n\n"
        + many(
            "## t@\n\nA thing.\n\n"
            + table([ROW, "|p@|n.u@|The possible values are: `a`, `b`.|", "|b|Strin|B.|"])
            + "\n"
            + block("resource", '{"id": "a", "q@": "b"}', '"@odata.type": "n.t@", "baseType": "n.t0"', info="json"),
            n,
        )
    ),
    "exchanges of all parts": lambda n: (
        resource("thing", [ROW, "|size|Int32|S.|"])
        + "\n## HTTP request\n\n"
        + fence("GET /a/{id}\nPOST /a\n")
        + "\n## Response\n\nReturns `200 OK`.\n\n## Examples\n\n"
        + many(
            "### Example @\n\nAn example.\n\n"
            + block("request", "GET /a/@?$select=id\nAccept: application/json", '"name": "a@"')
            + "\nThe response.\n\n"
            + block("response", message("200 OK", '{"id": 1, "siz": 5}'), THING + ', "name": "a@"'),
            n,
        )
    ),
    "rows parted from their table": lambda n: resource("thing", [ROW]) + fill("\n|id|String|T.|\n", n),
    "rows parted from tables": lambda n: "# A\n\n" + fill(table([ROW]) + "\n|id|String|T.|\n\n", n),
    "tables without a delimiter row": lambda n: "# A\n\n" + fill("|Property|Type|\n|id|String|\n\n", n),
    "requests with long lists of headers": lambda n: (
        "# A\n\n- a\n\n  ```http\n  GET /a\n" + many("  A@: b", n) + "\n  ```\n"
    ),
    "JSON in a list": lambda n: "# A\n\n- a\n\n  ```json\n  {\n" + many('  "a@": 1,', n) + '\n  "b": 2}\n  ```\n',
    "JSON: long names of objects": lambda n: typed_body(
        f'{{"{"a" * (n // 3)}": [' + fill('{"b": 1},', n // 3) + "{}]}", [f"|{'a' * (n // 3)}|thing collection|T.|"]
    ),
    "JSON: ellipses below a long name": lambda n: typed_body(
        f'{{"{"a" * (n // 2)}": [' + fill("[...],", n // 2) + "1]}", [ROW]
    ),
    "enums on one page": lambda n: "# A\n\n" + many("### e@ values\n\n|Member|\n|:---|\n|a|\n", n),
    "properties of unknown types": lambda n: resource("thing", rows(n, "|p@|microsoft.graph.t@|T.|")),
    "properties of types of the page": lambda n: (
        resource("thing", rows(n // 4, "|p@|n.t@|T.|"))
        + many(block("resource", "{}", '"@odata.type": "n.t@"', info="json"), n * 3 // 4)
    ),
    # front matter
    "front matter: blanks": lambda n: "---\ntitle: a" + " " * n + "b\n---\n\n# A\n",
    "front matter: blanks before a comment": lambda n: "---\ntitle: 'a'" + " " * n + "b\n---\n\n# A\n",
    "front matter: quotes": lambda n: "---\ntitle: " + fill("'a' ", n) + "\n---\n\n# A\n",
    "front matter: [[[[": lambda n: "---\ntitle: " + fill("[", n) + "\n---\n\n# A\n",
    "front matter: {{{{": lambda n: "---\ntitle: " + fill("{", n) + "\n---\n\n# A\n",
    "front matter: {a: {a:": lambda n: "---\ntitle: " + fill("{a: ", n) + "\n---\n\n# A\n",
    "front matter: - - - -": lambda n: "---\ntitle:\n  " + fill("- ", n) + "\n---\n\n# A\n",
    "front matter: keys": lambda n: "---\n" + many("k@: a", n) + "\n---\n\n# A\n",
    "front matter: one key": lambda n: "---\n" + fill("k: a\n", n) + "---\n\n# A\n",
    "front matter: aliases": lambda n: (
        "---\na: &a [b]\n" + many("k@: &k@ [*a, *a, *a, *a, *a, *a, *a, *a, *a]", n) + "\n---\n\n# A\n"
    ),
    "front matter: no end": lambda n: "---\n" + fill("k: a\n", n),
    # blocks
    "list items with fences": lambda n: "# A\n\n" + fill("- a\n\n  ```http\n  GET /a\n  ```\n\n", n),
    "steps with fences": lambda n: "# A\n\n" + many("1. a\n\n   ```json\n   {}\n   ```\n", n),
    "list items": lambda n: "# A\n\n" + fill("- a\n", n),
    "lists, nested": lambda n: "# A\n\n" + split(("  " * d + "- a\n" for d in range(n)), n) + "\n",
    "lists, nested on a line": lambda n: "# A\n\n" + fill("- ", n) + "a\n",
    "quotes, nested": lambda n: "# A\n\n" + fill(">", n) + "a\n",
    "quotes": lambda n: "# A\n\n" + fill("> a\n", n),
    "quotes with fences": lambda n: "# A\n\n" + fill("> ```http\n> GET /a\n> ```\n\n", n),
    "fences": lambda n: "# A\n\n" + fill(fence("GET /a") + "\n", n),
    "fences without an end": lambda n: "# A\n\n" + fill("````http\nGET /a\n\n# B\n\n", n),
    "fences without an end, annotated": lambda n: (
        "# A\n\n" + fill(annotation("request") + "\n```http\nGET /a\n\n# B\n\n", n)
    ),
    "fences closed short": lambda n: "# A\n\n" + fill("````http\nGET /a\n```\n\n", n),
    "fences of tildes": lambda n: "# A\n\n" + fill("~~~\na\n~~~\n", n),
    "indented code": lambda n: "# A\n\n" + fill("    GET /a\n\na\n\n", n),
    "paragraphs": lambda n: "# A\n\n" + fill("a\n\n", n),
    "long line": lambda n: "# A\n\n" + "a" * n + "\n",
    "words": lambda n: "# A\n\n" + fill("word ", n) + "\n",
    "delimiter rows": lambda n: "# A\n\n|a|\n|" + fill(" - |", n) + "x\n",
    "delimiter row: blanks": lambda n: "# A\n\n|a|\n|" + " " * n + "x\n",
    "table rows of one cell": lambda n: resource("thing", rows(n, "group @")),
    "pipes": lambda n: "# A\n\n" + fill("|", n) + "\n",
    "backslashes": lambda n: "# A\n\n|a|\n|---|\n|" + fill("\\", n) + "\n",
    "stars": lambda n: "# A\n\n" + fill("*", n) + "\n",
    "backticks": lambda n: "# A\n\n" + fill("`", n) + "\n",
    "growing backticks": lambda n: "# A\n\n" + growing("`", n) + "\n",
    "zones": lambda n: "# A\n\n" + fill("::: zone pivot\n\na\n\n::: zone-end\n\n", n),
    "zones, nested": lambda n: "# A\n\n" + fill("::: zone pivot\n\n", n),
    "zones: colons": lambda n: "# A\n\n" + fill(":", n) + "\n",
    "html blocks": lambda n: "# A\n\n" + fill("<div>\n\n", n),
    "html without an end": lambda n: "# A\n\n" + fill("<pre>\n", n),
    "plain text": lambda n: "# A\n\n" + fill("Some words of text make a line, and that is all.\n\n", n),
}
