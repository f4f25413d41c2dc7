"""The sixteen usual causes of false positives, and bodies of other kinds: each a clean page.

Each page is followed by its spoiled twin, which must be found: a page that is silent because it was
not looked at proves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.helpers import places, report, write
from tests.pages import above_examples, block, operation, resource, table, typed

PERSON = resource("person", ["|id|String|The id.|", "|name|String|The name.|"])


@dataclass(frozen=True)
class Cause:
    """A situation: its types, its body, and the spoiled body with the check that has to speak."""

    pages: dict[str, str]
    body: str
    spoiled: str
    check: str
    keys: str = typed("thing")
    infos: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)
    checked: int = 1


def _inherits(phrase: str) -> dict[str, str]:
    thing = resource("thing", ["|size|Int32|The size.|"]).replace("## Properties", f"{phrase}\n\n## Properties")
    return {"resources/person.md": PERSON, "resources/thing.md": thing}


def _listing(prose: str) -> dict[str, str]:
    return {"resources/thing.md": resource("thing", [f"|state|String|{prose}|"])}


_INHERITED = ('{"size": 1, "name": "Ann"}', '{"size": 1, "nome": "Ann"}', "undeclared-property")
_DERIVED = {
    "resources/thing.md": resource("thing", ["|id|String|The id.|"]),
    "resources/box.md": resource("box", ["|width|Int32|Width.|"], keys='"baseType": "microsoft.graph.thing"'),
    "resources/bag.md": resource("bag", ["|litres|Int32|Size.|"], keys='"baseType": "microsoft.graph.thing"'),
}
_VALUED = {"resources/thing.md": resource("thing", ["|value|String|The value.|", "|id|String|The id.|"])}
_ENUM_PAGE = (
    resource("owner", ["|id|String|The id.|"]) + "\n### thingKind values\n\n|Member|\n|:---|\n|small|\n|large|\n"
)
_PROSE = "returns a `200 OK` response code and a list of [person](../resources/person.md) and/or [group]"

CAUSES = {
    "1 a subclass of": Cause(_inherits("A subclass of [person](person.md)."), *_INHERITED),
    "1 derived from": Cause(_inherits("This resource is derived from [person](person.md)."), *_INHERITED),
    "1 inherits from": Cause(_inherits("Inherits from [person](person.md)."), *_INHERITED),
    "1 inherited in rows": Cause(
        {
            "resources/person.md": PERSON,
            "resources/thing.md": resource(
                "thing", ["|size|Int32|The size.|", "|id|String|The id. Inherited from [person](person.md).|"]
            ),
        },
        *_INHERITED,
    ),
    "1 a base that nothing defines": Cause(
        {
            "resources/thing.md": resource("thing", ["|size|Int32|The size.|"]).replace(
                "## Properties", "Inherits from [missing](missing.md).\n\n## Properties"
            )
        },
        '{"size": 1, "surplus": "x"}',
        '{"size": "large", "surplus": "x"}',
        "wrong-type",
        options={"ignore": "broken-link"},
    ),
    "1 an x that": Cause(_inherits("A [person](person.md) that can be measured."), *_INHERITED),
    "2 an entity with a property value, wrapped": Cause(
        _VALUED,
        '{"value": {"@odata.type": "#microsoft.graph.thing", "id": "1", "value": "x"}}',
        '{"value": {"@odata.type": "#microsoft.graph.thing", "id": 1, "value": "x"}}',
        "wrong-type",
        warnings=("wrapped-entity",),
    ),
    "2 an entity with a property value, bare": Cause(
        _VALUED, '{"id": "1", "value": "x"}', '{"id": "1", "value": 5}', "wrong-type"
    ),
    "3 an enum section on another type's page": Cause(
        {
            "resources/owner.md": _ENUM_PAGE,
            "resources/thing.md": resource("thing", ["|kind|[thingKind](owner.md#thingkind-values)|The kind.|"]),
        },
        '{"kind": "small"}',
        '{"kind": "huge"}',
        "enum-value",
    ),
    "4 a row that is no property": Cause(
        {"resources/thing.md": resource("thing", ["|id|String|The id.|", "|**Contact details**|||"])},
        '{"id": "1"}',
        '{"id": 1}',
        "wrong-type",
        keys='"@odata.type": "microsoft.graph.thing"',
        options={"ignore": "table-row"},
    ),
    "5 a table of something else": Cause(
        {
            "resources/thing.md": resource("thing", ["|id|String|The id.|"])
            + "\n## Properties of a column definition\n\n"
            + table(["|id|Int32|No.|"])
        },
        '{"id": "1"}',
        '{"id": 1}',
        "wrong-type",
    ),
    "5 a table of operations": Cause(
        {
            "resources/thing.md": resource("thing", ["|id|String|The id.|"])
            + "\n## Operations\n\n"
            + table(["|id|Int32|No.|"], head="|Operation|Returns|Description|")
        },
        '{"id": "1"}',
        '{"id": 1}',
        "wrong-type",
    ),
    "5 a table in an example of something else": Cause(
        {
            "resources/thing.md": resource("thing", ["|id|String|The id.|"])
            + "\n## Properties of a column definition\n\n### Example\n\n"
            + table(["|id|Int32|No.|"])
        },
        '{"id": "1"}',
        '{"id": 1}',
        "wrong-type",
    ),
    "6 a type without a table": Cause(
        {
            "resources/thing.md": resource("thing", ["|fields|[fieldSet](fieldset.md)|Columns.|", "|id|String|Id.|"]),
            "resources/fieldset.md": "# fieldSet resource type\n\nColumns by name.\n\n"
            + block("resource", "{}", typed("fieldSet", truncated=False), info="json"),
        },
        '{"fields": {"Title": "x", "Amount": 5}}',
        '{"fields": {"Title": "x"}, "id": 5}',
        "wrong-type",
    ),
    "6 a member of an open type": Cause(
        {"resources/thing.md": resource("thing", ["|createdDateTime|String|When.|"], keys='"openType": true')},
        '{"colour": "red"}',
        '{"createDateTime": "2024-01-31T08:30:00Z"}',
        "open-near-miss",
        infos=("undeclared-open",),
    ),
    "7 names of extensions": Cause(
        {"resources/thing.md": resource("thing", ["|id|String|The id.|"])},
        '{"extension_0123456789abcdef0123456789abcdef_room": "B2", "ext12345678_course": {"a": 1}}',
        '{"extended_room": "B2"}',
        "undeclared-property",
    ),
    "8 items of several derived types": Cause(
        _DERIVED,
        '{"value": [{"@odata.type": "#microsoft.graph.box", "width": 1},'
        ' {"@odata.type": "microsoft.graph.bag", "litres": 2}]}',
        '{"value": [{"@odata.type": "#microsoft.graph.box", "litres": 1}]}',
        "undeclared-property",
        keys=typed("thing", collection=True),
    ),
    "9 placeholders": Cause(
        {
            "resources/person.md": PERSON,
            "resources/thing.md": resource(
                "thing",
                [
                    "|a|Int32|A.|",
                    "|b|DateTimeOffset|B.|",
                    "|c|Guid|C.|",
                    "|d|Edm.Binary|D.|",
                    "|e|[person](person.md)|E.|",
                ],
            ),
        },
        '{"a": "Integer", "b": "String (timestamp)", "c": "{id}", "d": "VGhpcyBp...", "e": "microsoft.graph.person"}',
        '{"b": "last Tuesday"}',
        "wrong-format",
        infos=("placeholder",),
        warnings=("placeholder",),
    ),
    "9 a time as a number": Cause(
        {
            "resources/thing.md": resource(
                "thing", ["|a|timestamp|A.|", "|b|Date|Milliseconds since 1970.|", "|c|Date|A day.|"]
            )
        },
        '{"a": 1700000000, "b": 1700000000000, "c": "2024-01-31"}',
        '{"a": 1700000000, "b": 1700000000000, "c": 1700000000}',
        "wrong-type",
    ),
    "9 a value with a part left out": Cause(
        {"resources/thing.md": resource("thing", ["|blob|Edm.Binary|Bytes.|"])},
        '{"blob": "iVBORw0KGgo<<-----Removed----->>>>Jggg=="}',
        '{"blob": "iVBORw0KGgo<<-----Kept----->>>>Jggg=="}',
        "wrong-format",
        infos=("placeholder",),
    ),
    "10 two lists in one description": Cause(
        _listing("For B2B the possible values are: `new`, `old`. For B2C the possible values are: `red`."),
        '{"state": "red"}',
        '{"state": "blue"}',
        "enum-value",
    ),
    "10 flags": Cause(
        _listing("Possible values are: `new`, `old`."), '{"state": "new,old"}', '{"state": "new,odd"}', "enum-value"
    ),
    "10 prose without code spans": Cause(
        _listing("Possible values are new and old."), '{"state": "red"}', '{"state": 5}', "wrong-type"
    ),
    "11 null": Cause(
        {"resources/thing.md": resource("thing", ["|id|String|The id. Not nullable.|", "|size|Int32|The size.|"])},
        '{"size": null}',
        '{"id": null}',
        "not-nullable",
    ),
    "12 a member of the JSON representation": Cause(
        {
            "resources/thing.md": resource(
                "thing", ["|id|String|The id.|"], representation='{ "id": "string", "size": 1 }'
            )
        },
        '{"id": "1", "size": 2}',
        '{"id": "1", "sise": 2}',
        "undeclared-property",
        options={"ignore": "representation-undeclared"},
    ),
    "13 a derived type without its tag": Cause(
        _DERIVED,
        '{"id": "1", "width": 5}',
        '{"id": "1", "depth": 5}',
        "undeclared-property",
        infos=("untagged-derived",),
    ),
    "14 case, number sign and namespace of a name": Cause(
        _DERIVED,
        '{"@odata.type": "#Microsoft.Graph.BOX", "width": 5}',
        '{"@odata.type": "#Microsoft.Graph.BOX", "depth": 5}',
        "undeclared-property",
        keys='"@odata.type": "Thing", "truncated": true',
    ),
    "15 an entity set in the context": Cause(
        {"resources/person.md": PERSON, "resources/thing.md": resource("thing", ["|size|Int32|The size.|"])},
        '{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#persons/$entity", "size": 5}',
        '{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#persons/$entity", "size": "large"}',
        "wrong-type",
    ),
    "16 two links in the prose": Cause(
        {
            "resources/person.md": PERSON,
            "resources/group.md": resource("group", ["|mail|String|The address.|"]),
        },
        '{"value": [{"name": "Ann"}, {"mail": "all@example.org"}]}',
        '{"value": [{"name": 5}]}',
        "wrong-type",
        keys='"truncated": true, "isCollection": true',
        options={"prose": f"If successful, this method {_PROSE}(../resources/group.md) objects in the response body."},
    ),
}


def _page(cause: Cause, body: str) -> str:
    page = operation(body, keys=cause.keys)
    prose = cause.options.get("prose")
    return above_examples(page, "Response", prose) if prose else page


def _found(tmp_path, cause, body):
    folder = write(tmp_path, {**cause.pages, "api/op.md": _page(cause, body)})
    found = report(folder, *(("--ignore", cause.options["ignore"]) if "ignore" in cause.options else ()))
    # What the resource pages lack to be whole is not the matter here.
    return found, [f for f in found["findings"] if f["path"].endswith("op.md")]


@pytest.mark.parametrize("name", CAUSES)
def test_a_cause_of_false_positives_is_known(tmp_path, name):
    cause = CAUSES[name]
    whole, findings = _found(tmp_path, cause, cause.body)
    expected = [(check, "info") for check in cause.infos] + [(check, "warning") for check in cause.warnings]
    assert sorted((f["check"], f["severity"]) for f in findings) == expected
    assert whole["summary"]["checked"] == cause.checked


@pytest.mark.parametrize("name", CAUSES)
def test_its_spoiled_twin_is_found(tmp_path, name):
    cause = CAUSES[name]
    _, findings = _found(tmp_path, cause, cause.spoiled)
    loud = [f for f in findings if f["severity"] != "info" and f["check"] not in cause.warnings]
    line = _page(cause, cause.spoiled).split("\n").index(cause.spoiled) + 1
    assert [(f["check"], f["line"]) for f in loud] == [(cause.check, line)]


def test_all_sixteen_causes_are_here():
    assert {int(name.split()[0]) for name in CAUSES} == set(range(1, 17))


ERROR = '{"error": {"code": "notFound", "message": "None.", "innerError": {"date": "2024-01-31T08:30:00"}}}'
BATCH = """{
  "responses": [
    {"id": "1", "status": 200, "headers": {"Content-Type": "application/json"}, "body": {"surplus": 1}},
    {"id": "2", "status": 404, "body": {"error": {"code": "notFound", "message": "None."}}}
  ]
}"""
MULTIPART = """POST /things/{id}
Content-Type: multipart/form-data; boundary=part

--part
Content-Disposition: form-data; name="presentation"
Content-Type: text/html

<p>{ "not": json }</p>

--part
Content-Disposition: form-data; name="data"
Content-Type: application/json

{ "a": 1 }
--part--"""
OTHER = {
    "an error by its status": operation(ERROR, status="404 Not Found"),
    "an error that is expected": operation(ERROR, status="404 Not Found", keys='"expectError": true'),
    "an error below a declared type": operation(ERROR, status="409 Conflict", keys=typed("thing")),
    "a batch of responses": operation(BATCH, request="POST /$batch"),
    "a body in parts": operation('{"id": "1"}', keys=typed("thing"), request=MULTIPART),
    "a stream": operation("BINARY", keys='"@odata.type": "stream"').replace(
        "Content-Type: application/json", "Content-Type: application/octet-stream"
    ),
    "text": operation("5", keys='"@odata.type": "Edm.Int32"').replace("application/json", "text/plain"),
}


@pytest.mark.parametrize("name", OTHER)
def test_bodies_of_other_kinds_are_read_without_alarms(tmp_path, name):
    pages = {"resources/thing.md": resource("thing", ["|id|String|The id.|"]), "api/op.md": OTHER[name]}
    found = report(write(tmp_path, pages))
    assert places(found, page="op.md") == []
    assert (found["summary"]["requests"], found["summary"]["responses"]) == (1, 1)
