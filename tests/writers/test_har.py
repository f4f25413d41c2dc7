"""The archive is HAR 1.2, holds every exchange, and stays the same."""

from __future__ import annotations

import json

import jsonschema
from referencing import Registry
from referencing.jsonschema import DRAFT6

from tests.helpers import ROOT, write
from tests.writers.shop import SHOP, extracted

SCHEMAS = json.loads((ROOT / "tests" / "data" / "schemas" / "har-schema-2.0.0.json").read_text("utf-8"))
#: What the schemas of the npm package call optional is no keyword; they name each other by their files.
REGISTRY = Registry().with_resources((f"{name}#", DRAFT6.create_resource(one)) for name, one in SCHEMAS.items())


def archive(folder):
    """Return the log of an archive, which must hold against the schemas that har-validator uses."""
    value = json.loads((folder / "docextract.har").read_text("utf-8"))
    jsonschema.Draft6Validator(SCHEMAS["har.json"], registry=REGISTRY).validate(value)
    return value["log"]


def entries(folder):
    return {entry["_id"]: entry for entry in archive(folder)["entries"]}


def test_the_schemas_find_what_is_wrong(tmp_path):
    extracted(write(tmp_path / "docs", SHOP), tmp_path / "out", "--format", "har")
    value = {"log": archive(tmp_path / "out")}
    del value["log"]["entries"][0]["request"]["cookies"]
    found = jsonschema.Draft6Validator(SCHEMAS["har.json"], registry=REGISTRY).iter_errors(value)
    assert [error.message for error in found] == ["'cookies' is a required property"]


def test_an_exchange_as_a_browser_records_it(tmp_path):
    extracted(write(tmp_path / "docs", SHOP), tmp_path / "out", "--format", "har", "--base-url", "https://h.example/v1")
    made, some = (entries(tmp_path / "out")[name] for name in ("api/make/make", "api/list/some"))
    assert made["request"]["url"] == "https://h.example/v1/things"
    assert made["request"]["postData"] == {"mimeType": "application/json", "text": '{\n  "name": "Pen"\n}'}
    assert made["request"]["headers"][0] == {"name": "Prefer", "value": "return=representation"}
    assert (made["response"]["status"], made["response"]["statusText"]) == (201, "Created")
    assert made["response"]["content"]["text"] == '{"id": "1", "name": "Pen", "price": 1.50}'
    assert made["response"]["content"]["size"] == made["response"]["bodySize"] == 41
    assert made["comment"].startswith("Example: make (")
    assert made["comment"].endswith("/api/make.md:15)")
    assert some["request"]["url"] == "https://h.example/v1/things?$filter=name%20eq%20'Pen'&$top=2"
    assert some["request"]["queryString"] == [
        {"name": "$filter", "value": "name eq 'Pen'"},
        {"name": "$top", "value": "2"},
    ]


def test_what_an_archive_cannot_hold_is_told(tmp_path):
    said = extracted(write(tmp_path / "docs", SHOP), tmp_path / "out", "--format", "har")
    assert said == [
        "1 left out, no request: api/alone/response",
        "12 written all the same, a relative URL, which --base-url makes absolute: such as api/get/one",
        "1 written all the same, no response: api/get/unknown",
        "1 written all the same, the page shows a text in place of a binary body: api/make/photo",
    ]
    found = entries(tmp_path / "out")
    assert len(found) == 13
    assert found["api/get/unknown"]["response"]["status"] == 0
    assert found["api/get/one"]["request"]["url"] == "http://localhost/things/1"
    assert found["api/tell/post"]["request"]["url"] == "https://calls.example.net/told"


def test_no_length_is_told_that_is_not_so(tmp_path):
    extracted(write(tmp_path / "docs", SHOP), tmp_path / "out", "--format", "har")
    photo = entries(tmp_path / "out")["api/make/photo"]["request"]
    assert "Content-Length: 7" in SHOP["api/make.md"]
    assert [header["name"] for header in photo["headers"]] == ["Content-Type"]
