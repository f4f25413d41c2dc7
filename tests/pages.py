"""The pages of the tests: the parts that real pages are made of, and whole pages of the usual kinds.

Annotation keys are given as they stand on a page (`'"truncated": true'`), so that a test can damage
them as an author does.
"""

from __future__ import annotations

NAMESPACE = "microsoft.graph"


def typed(name: str, *, collection: bool = False, truncated: bool = True) -> str:
    """Return the annotation keys of a body of a type, which shows part of its members unless told otherwise."""
    flags = [('"truncated": true', truncated), ('"isCollection": true', collection)]
    return ", ".join([f'"@odata.type": "{NAMESPACE}.{name}"', *(flag for flag, wanted in flags if wanted)])


def annotation(kind: str, keys: str = "") -> str:
    """Return the comment that says what the block below it is."""
    return f'<!-- {{ "blockType": "{kind}"{", " * bool(keys)}{keys} }} -->'


def fence(text: str, info: str = "http") -> str:
    """Return a code block."""
    return f"```{info}\n{text}\n```\n"


def block(kind: str, text: str, keys: str = "", *, info: str = "http") -> str:
    """Return a code block below its annotation."""
    return f"{annotation(kind, keys)}\n{fence(text, info)}"


def table(rows: list[str], head: str = "|Property|Type|Description|") -> str:
    """Return a table of rows as they stand below a header of three columns."""
    return "\n".join([head, "|:---|:---|:---|", *rows]) + "\n"


def message(status: str, body: str = "", media_type: str = "application/json") -> str:
    """Return a response as it is sent."""
    return f"HTTP/1.1 {status}" + (f"\nContent-Type: {media_type}\n\n{body}" if body else "")


def request(line: str, body: str) -> str:
    """Return a request with a JSON body."""
    return f"{line}\nContent-Type: application/json\n\n{body}"


def resource(name: str, rows: list[str], *, keys: str = "", representation: str = "{}") -> str:
    """Return the page of a type: its properties table and its JSON representation."""
    shown = block(
        "resource", representation, ", ".join(filter(None, (typed(name, truncated=False), keys))), info="json"
    )
    return f"""---
title: "{name} resource type"
doc_type: resourcePageType
---

# {name} resource type

## Properties

{table(rows)}
## JSON representation

{shown}"""


def definitions(types: dict[str, list[str]]) -> str:
    """Return a page that defines several types by their full names, each with its rows in a section of its own."""
    parts = ["# Types"]
    for name, rows in types.items():
        shown = block("resource", "{}", f'"@odata.type": "{name}"', info="json")
        parts += [f"## {name}", table(rows), shown]
    return "\n\n".join(parts)


def operation(
    body: str,
    *,
    keys: str = "",
    request: str = "GET /things/{id}",
    status: str = "200 OK",
    notes: str = "",
) -> str:
    """Return the page of an operation with one exchange; `keys` are those of the response's annotation."""
    return f"""---
title: "An operation"
doc_type: apiPageType
---

# An operation

## HTTP request

{block("ignored", request.split(chr(10))[0])}
## Examples

### Request

{block("request", request, '"name": "an_operation"')}
### Response

{notes}

{block("response", f"HTTP/1.1 {status}{chr(10)}Content-Type: application/json{chr(10) * 2}{body}", keys)}"""


def above_examples(page: str, title: str, text: str) -> str:
    """Return the page of an operation with a section before its examples."""
    return page.replace("## Examples", f"## {title}\n\n{text}\n\n## Examples")


def exchange(response: str, request: str = "POST /things", *, prose: str = "", keys: str = "") -> str:
    """Return a page that shows one exchange; `prose` is what its Response section says."""
    shown = block("request", request) + "\n" + block("response", response, keys)
    return f"# A page\n\n## Response\n\n{prose}\n\n## Example\n\n{shown}"


def examples(templates: str, *lines: str, status: str = "204 No Content") -> str:
    """Return the page of an operation with its path templates, and an example for each request line."""
    shown = "".join(
        f"### Request {i}\n\n{block('request', line, name)}\n### Response {i}\n\n{block('response', message(status), name)}\n"
        for i, line in enumerate(lines, 1)
        for name in [f'"name": "example{i}"']
    )
    return f"# An operation\n\n## HTTP request\n\n{fence(templates)}\n## Examples\n\n{shown}"


#: The types of a doc set: one with a property of each kind, an entity and what derives from it, an open
#: type, one whose base type is missing, one with a property `value`, and an enum.
THINGS = {
    "resources/thing.md": resource(
        "thing",
        [
            "|id|String|The id. Not nullable.|",
            "|name|String|The name.|",
            "|size|Int32|The size.|",
            "|ratio|Double|A ratio.|",
            "|done|Boolean|Whether it is done.|",
            "|made|DateTimeOffset|When it was made.|",
            "|day|Date|A day.|",
            "|clock|TimeOfDay|A time.|",
            "|lasts|Duration|How long.|",
            "|key|Guid|A key.|",
            "|blob|Edm.Binary|Bytes.|",
            "|tags|String collection|Tags.|",
            "|state|String|The state. Possible values are: `open`, `closed`.|",
            "|kind|thingKind|The kind.|",
            "|owner|[person](person.md)|The owner.|",
            "|members|[person](person.md) collection|The members.|",
            "|free|Json|Anything.|",
            "|odd|some text here|Unknown type.|",
        ],
    ),
    "resources/person.md": resource("person", ["|id|String|The id.|", "|age|Int32|The age.|"]),
    "resources/student.md": resource("student", ["|grade|Int32|The grade.|"], keys=f'"baseType": "{NAMESPACE}.person"'),
    "resources/bag.md": resource("bag", ["|displayName|String|Name.|"], keys='"openType": true'),
    "resources/orphan.md": resource("orphan", ["|x|String|X.|"], keys=f'"baseType": "{NAMESPACE}.missing"'),
    "resources/valued.md": resource("valued", ["|value|String|The value.|", "|id|String|Id.|"]),
    "resources/enums.md": "# Enums\n\n### thingKind values\n\n|Member|\n|:---|\n|small|\n|large|\n",
}
THING = typed("thing")
#: A page of two types with one last segment, so that it alone names neither.
PAIRS = definitions({"example.a.pair": ["|left|String|L.|"], "example.b.pair": ["|right|String|R.|"]})

#: A doc set without a finding, and its twin with one: a number for a String.
CLEAN = {
    "resources/thing.md": resource("thing", ["|id|String|The id.|"], representation='{"id": "string"}'),
    "api/get.md": operation('{"id": "1"}', keys=typed("thing", truncated=False)),
}
DIRTY = {**CLEAN, "api/get.md": CLEAN["api/get.md"].replace('{"id": "1"}', '{"id": 1}')}
