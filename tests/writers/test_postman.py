"""The collection opens as one of Postman: newman runs it and judges the answers."""

from __future__ import annotations

import json
import subprocess

from tests.consumers import program
from tests.helpers import write
from tests.writers.server import serving
from tests.writers.shop import SHOP, extracted


def collection(folder):
    return json.loads((folder / "docextract.postman_collection.json").read_text("utf-8"))


def newman(folder, url, report):
    """Run a collection against a service; return the exit code, and the summary of the run."""
    command = program("newman", brought_by="npm install -g newman")
    options = ("--env-var", f"baseUrl={url}", "--reporters", "json", "--reporter-json-export", report)
    file = folder / "docextract.postman_collection.json"
    done = subprocess.run([command, "run", file, *options], capture_output=True, text=True, timeout=120)
    assert report.exists(), done.stderr
    return done.returncode, json.loads(report.read_text("utf-8"))["run"]


def test_a_folder_for_each_page_and_an_example_for_each_answer(tmp_path):
    said = extracted(write(tmp_path / "docs", SHOP), tmp_path / "out", "--format", "postman")
    made = collection(tmp_path / "out")
    assert made["info"]["schema"] == "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    assert [folder["name"] for folder in made["item"]] == ["api/get", "api/list", "api/make", "api/tell"]
    one, none, part, unknown = made["item"][0]["item"]
    assert [(example["code"], example["name"]) for example in one["response"]] == [
        (200, "api/get/one"),
        (410, "api/get/same"),
    ]
    assert one["response"][0]["body"] == '{"id": "1", "name": "Pen", "price": 1.50}'
    assert none["request"]["url"]["raw"] == "{{baseUrl}}/things/:thing_id_name"
    assert none["request"]["url"]["variable"] == [{"key": "thing_id_name", "value": "{thing id | name}"}]
    assert part["request"]["url"]["query"] == [{"key": "from", "value": "{n}"}]
    assert unknown["response"] == []
    assert said[0] == "1 left out, no request: api/alone/response"
    assert "1 written all the same, no response: api/get/unknown" in said


def test_the_service_is_a_variable_and_other_hosts_are_not(tmp_path):
    extracted(
        write(tmp_path / "docs", SHOP), tmp_path / "out", "--format", "postman", "--base-url", "https://h.example/v1"
    )
    made = collection(tmp_path / "out")
    assert made["variable"] == [{"key": "baseUrl", "value": "https://h.example"}]
    urls = [item["request"]["url"]["raw"] for folder in made["item"] for item in folder["item"]]
    assert urls[0] == "{{baseUrl}}/v1/things/1"
    assert urls[-1] == "https://calls.example.net/told"


def test_newman_sends_what_the_pages_show(tmp_path):
    docs = write(tmp_path / "docs", {name: page for name, page in SHOP.items() if name != "api/tell.md"})
    extracted(docs, tmp_path / "out", "--format", "postman")
    with serving() as server:
        code, found = newman(tmp_path / "out", server.url, tmp_path / "report.json")
    assert [(one.method, one.target) for one in server.asked] == [
        ("GET", "/things/1"),
        ("GET", "/things/%7Bthing%20id%20|%20name%7D"),
        ("GET", "/things(name='%7Bn%7D')?from={n}"),
        ("GET", "/things/2"),
        ("GET", "/things"),
        ("GET", "/things?$filter=name%20eq%20%27Pen%27&$top=2"),
        ("GET", "/things/$count"),
        ("POST", "/things"),
        ("POST", "/things"),
        ("PUT", "/things/1/photo"),
        ("PUT", "/things/1/note"),
    ]
    assert server.asked[7].body == '{\n  "name": "Pen"\n}'
    # The server answers all with 200: a test fails where the page says otherwise.
    wrong = [failure["error"]["test"] for failure in found["failures"]]
    assert (code, wrong) == (1, ["answers 404", "answers 201", "answers 400", "answers 204", "answers 204"])


def test_newman_is_content_with_a_service_that_does_as_documented(tmp_path):
    docs = write(tmp_path / "docs", {"docextract.toml": "", "api/list.md": SHOP["api/list.md"]})
    extracted(docs, tmp_path / "out", "--format", "postman")
    with serving() as server:
        code, found = newman(tmp_path / "out", server.url, tmp_path / "report.json")
    assert (code, found["failures"], found["stats"]["assertions"]["total"]) == (0, [], 3)
