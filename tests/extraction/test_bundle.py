"""The schemas beside fixtures: valid, whole, and of one mind with `check`."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.extraction.schemas import validator
from tests.helpers import SEEDS, extract, of_check, report, run, write
from tests.pages import THINGS, operation, resource, typed

BODY_CHECKS = ("expected-", "wrong-", "enum-", "not-nullable", "null-", "out-of-range", "placeholder", "undeclared-")
BODY_CHECKS += ("property-case", "type-mismatch", "unknown-type", "wrapped-entity", "collection-undeclared", "untagged")


def written(folder, page, pages=THINGS, settings=""):
    """Extract the fixture of a page, and return it with the test of its schema."""
    docs = write(folder / "docs", {**pages, "api/op.md": page, "docextract.toml": settings})
    [entry], _ = extract(docs, folder / "out")
    bundle = json.loads((folder / "out" / "schemas.json").read_text("utf-8"))
    return json.loads((folder / "out" / entry["file"]).read_text("utf-8")), validator(bundle)


def is_clean(docs):
    findings = report(docs)["findings"]
    return not [f for f in findings if f["path"].endswith("op.md") and f["check"].startswith(BODY_CHECKS)]


ADA = {"id": "1", "age": 36}
FITTING = [
    {"id": "1"},
    {"name": None, "size": 5, "ratio": "INF", "done": True, "made": "2020-01-02T03:04:05Z", "day": "2020-01-02"},
    {"clock": "10:11:12", "lasts": "PT1H", "key": "0f8fad5b-d9cb-469f-a165-70867728950e", "blob": "QUJD"},
    {"tags": ["a", "b"], "state": "open", "kind": "small", "owner": ADA, "members": [ADA, ADA], "free": [1], "odd": 3},
    {"owner": {**ADA, "grade": 2, "@odata.type": "#microsoft.graph.student"}},
    {"@odata.type": "#microsoft.graph.thing", "name@odata.bind": "x", "#action": {}, "extension_0a1b2c3d_x": 1},
]
MISFITS = [
    {"id": None},
    {"id": 1},
    {"size": 2**31},
    {"ratio": "many"},
    {"made": "yesterday"},
    {"day": "2020-02-30"},
    {"key": "x-1"},
    {"tags": "a"},
    {"tags": None},
    {"tags": [1]},
    {"state": "ajar"},
    {"kind": "SMALL"},
    {"owner": [ADA]},
    {"owner": {**ADA, "grade": 2}},
    {"owner": {**ADA, "rank": 2, "@odata.type": "#microsoft.graph.student"}},
    {"members": [ADA, {"age": "old"}]},
    {"surplus": 1},
    {"NAME": "x"},
    {"value": [{"id": "1"}]},
]


@pytest.mark.parametrize("body", FITTING, ids=json.dumps)
def test_what_check_finds_clean_fits(tmp_path, body):
    fixture, fits = written(tmp_path, operation(json.dumps(body), keys=typed("thing")))
    assert fixture["schema"] == {"$ref": "../../schemas.json#/$defs/microsoft.graph.thing"}
    assert is_clean(tmp_path / "docs")
    assert fits(fixture)


@pytest.mark.parametrize("body", MISFITS, ids=json.dumps)
def test_what_check_reports_does_not_fit(tmp_path, body):
    fixture, fits = written(tmp_path, operation(json.dumps(body), keys=typed("thing")))
    assert not is_clean(tmp_path / "docs")
    assert not fits(fixture)


@pytest.mark.parametrize(
    ("allowed", "body", "fitting"),
    [
        ('type = "thing", property = "surplus"', {"surplus": 1}, True),
        ('type = "*", property = "surplus"', {"surplus": 1}, True),
        ('type = "microsoft.graph.Thing", property = "*"', {"surplus": 1, "more": {}}, True),
        ('type = "thing", property = "*"', {"surplus": 1, "size": "big"}, False),
        ('type = "thing", property = "surplus"', {"more": 1}, False),
        ('type = "person", property = "surplus"', {"surplus": 1}, False),
        ('type = "person", property = "surplus"', {"owner": {"surplus": 1}}, True),
    ],
)
def test_what_the_configuration_allows_fits(tmp_path, allowed, body, fitting):
    page = operation(json.dumps(body), keys=typed("thing"))
    fixture, fits = written(tmp_path, page, settings=f"allow = [{{ {allowed} }}]\n")
    assert is_clean(tmp_path / "docs") is fitting
    assert fits(fixture) is fitting


NAMES = st.sampled_from(["id", "name", "size", "done", "made", "tags", "state", "owner", "members", "free", "age", "x"])
SCALARS = st.sampled_from([None, True, 0, 7, 2**40, 1.5, "", "a", "open", "2020-01-02T03:04:05Z"])
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=3))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(NAMES, VALUES, max_size=4), st.booleans())
def test_schemas_and_check_are_of_one_mind(tmp_path_factory, body, collection):
    folder = tmp_path_factory.mktemp("mind")
    shown = json.dumps({"value": [body]} if collection else body)
    fixture, fits = written(folder, operation(shown, keys=typed("thing", collection=collection)))
    assert fits(fixture) == is_clean(folder / "docs")


@pytest.mark.parametrize(
    ("body", "keys", "name"),
    [
        ('{"value": [{"id": "1"}]}', typed("thing", collection=True), "Collection(microsoft.graph.thing)"),
        ('[{"id": "1"}]', typed("thing", collection=True), "Collection(microsoft.graph.thing)"),
        (
            '{"things": [{"id": "1"}]}',
            typed("thing", collection=True) + ', "collectionProperty": "things"',
            "Collection(microsoft.graph.thing).things",
        ),
    ],
)
def test_the_schema_of_a_list_is_that_of_its_envelope(tmp_path, body, keys, name):
    fixture, fits = written(tmp_path, operation(body, keys=keys))
    assert fixture["schema"] == {"$ref": f"../../schemas.json#/$defs/{name}"}
    assert fits(fixture)
    fixture["response"]["body"] = json.loads(body.replace('"1"', "1"))
    assert not fits(fixture)


def test_the_table_of_the_page_is_a_schema_of_its_own(tmp_path):
    page = operation('{"sum": 3}', keys='"@odata.type": "example.total", "truncated": true')
    own = "## Request body\n\n|Parameter|Type|Description|\n|:---|:---|:---|\n|sum|Int32|The sum.|\n\n## Examples"
    fixture, fits = written(tmp_path, page.replace("## Examples", own))
    assert fixture["schema"] == {"$ref": "../../schemas.json#/$defs/page:api~1op"}
    assert fits(fixture)
    fixture["response"]["body"] = {"sum": "3"}
    assert not fits(fixture)


def test_what_nothing_describes_has_no_schema(tmp_path):
    fixture, _ = written(tmp_path, operation('{"id": "1"}', keys='"@odata.type": "microsoft.graph.nowhere"'))
    assert fixture["schema"] is None


def test_a_definition_says_where_it_comes_from_and_what_is_deprecated(tmp_path):
    rows = ["|id|String|The id.|", "|old|String|Deprecated. Use **id**.|", "|kind|String|The value x is deprecated.|"]
    docs = write(tmp_path, {"thing.md": resource("thing", rows)})
    code, out, err = run("schema", docs)
    assert (code, err) == (0, "")
    bundle = json.loads(out)
    assert bundle["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    thing = bundle["$defs"]["microsoft.graph.thing"]
    members = thing["$defs"]["members"]["properties"]
    assert [name for name, member in members.items() if member.get("deprecated")] == ["old"]
    assert thing["$comment"].endswith("thing.md:10")
    assert [member["$comment"].rpartition(":")[2] for member in members.values()] == ["12", "13", "14"]


def test_derived_types_build_on_their_base(tmp_path):
    docs = write(tmp_path, THINGS)
    bundle = json.loads(run("schema", docs, "--type", "student")[1])
    assert set(bundle["$defs"]) == {"microsoft.graph.person", "microsoft.graph.student"}
    student = bundle["$defs"]["microsoft.graph.student"]["$defs"]["members"]
    assert student["allOf"] == [{"$ref": "#/$defs/microsoft.graph.person/$defs/members"}]
    assert set(student["properties"]) == {"grade"}


def test_a_type_that_no_page_defines_is_told(tmp_path):
    code, out, err = run("schema", write(tmp_path, THINGS), "--type", "nowhere")
    assert (code, out, err) == (2, "", "docextract: no page defines a type 'nowhere'\n")


def test_schema_prints_what_extract_writes(tmp_path):
    extract(SEEDS / "library", tmp_path)
    bundle = json.loads((tmp_path / "schemas.json").read_text("utf-8"))
    printed = json.loads(run("schema", SEEDS / "library")[1])
    assert bundle["$defs"].items() <= printed["$defs"].items()
    assert all(references(printed["$defs"]) <= set(one["$defs"]) for one in (bundle, printed))


def references(value):
    """Return the names of the definitions that a schema refers to."""
    if isinstance(value, list):
        return {name for item in value for name in references(item)}
    if not isinstance(value, dict):
        return set()
    own = {value["$ref"].split("/")[2]} if "$ref" in value else set()
    return own.union(*(references(item) for item in value.values()))


def test_two_versions_have_definitions_of_their_own(tmp_path):
    entries, _ = extract(SEEDS / "versions", tmp_path)
    assert {entry["type"] for entry in entries} == {"example.people.person"}
    names = json.loads((tmp_path / "schemas.json").read_text("utf-8"))["$defs"]
    assert sorted(name.rpartition("/")[2] for name in names) == [
        "beta:example.people.person",
        "v1.0:example.people.person",
    ]


def test_a_part_keeps_the_definitions_of_the_other_fixtures(tmp_path):
    pages = {f"api/{name}.md": operation('{"id": "1"}', keys=typed(name)) for name in ("thing", "bag")}
    docs = write(tmp_path / "docs", {**THINGS, **pages, "docextract.toml": ""})
    extract(docs, tmp_path / "out")
    before = (tmp_path / "out" / "schemas.json").read_bytes()
    assert b"microsoft.graph.bag" in before
    extract(docs / "api/thing.md", tmp_path / "out")
    assert (tmp_path / "out" / "schemas.json").read_bytes() == before
    assert of_check(report(docs), "wrong-type") == []
