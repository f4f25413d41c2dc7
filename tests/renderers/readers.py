"""Readers of the formats for programs, each as strict as the program that it stands for."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema

from tests.consumers import library
from tests.helpers import ROOT

SCHEMAS = ROOT / "tests" / "data" / "schemas"
#: The formats of which every finding is an entry.
WHOLE = ("concise", "json", "jsonl", "gitlab", "junit", "sarif", "rdjson")


class Entry(NamedTuple):
    """A finding as a program sees it; a format that shows no columns gives 0."""

    check: str
    severity: str
    path: str
    line: int
    column: int


@cache
def schema(name: str) -> jsonschema.protocols.Validator:
    """Return a validator for a JSON Schema."""
    value = json.loads((SCHEMAS / name).read_text("utf-8"))
    return jsonschema.validators.validator_for(value)(value)


@cache
def junit_schema():
    """Return the schema of JUnit reports."""
    return library("xmlschema").XMLSchema10(str(SCHEMAS / "junit-10.xsd"))


def validate(form: str, text: str) -> None:
    """Hold the output of a format against its schema or grammar."""
    if form == "junit":
        junit_schema().validate(text)
    elif form == "github":
        assert all(command(line) for line in text.splitlines())
    elif form in ("gitlab", "rdjson", "sarif"):
        name = {"gitlab": "gitlab-code-quality.json", "rdjson": "rdjson.json", "sarif": "sarif-2.1.0-rtm.5.json"}[form]
        schema(name).validate(json.loads(text))
    read(form, text)


def read(form: str, text: str) -> list[Entry]:
    """Return the findings in an output."""
    return globals()[f"read_{form}"](text)


def read_concise(text: str) -> list[Entry]:
    form = re.compile(r"(.*):(\d+):(\d+): (\w+)\[([\w-]+)\] .+")
    found = [form.fullmatch(line) for line in text.split("\n")[:-1]]
    return [Entry(one[5], one[4], one[1], int(one[2]), int(one[3])) for one in found]


def read_json(text: str) -> list[Entry]:
    return [entry_of(finding) for finding in json.loads(text)["findings"]]


def read_jsonl(text: str) -> list[Entry]:
    return [entry_of(json.loads(line)) for line in text.split("\n")[:-1]]


def entry_of(finding) -> Entry:
    return Entry(*(finding[name] for name in ("check", "severity", "path", "line", "column")))


def read_gitlab(text: str) -> list[Entry]:
    entries = json.loads(text)
    prints = [entry["fingerprint"] for entry in entries]
    assert len({*prints}) == len(prints)
    names = {"major": "error", "minor": "warning", "info": "info"}
    return [
        Entry(
            entry["check_name"],
            names[entry["severity"]],
            entry["location"]["path"],
            entry["location"]["lines"]["begin"],
            0,
        )
        for entry in entries
    ]


def read_junit(text: str) -> list[Entry]:
    root = ElementTree.fromstring(text.encode("utf-8"))
    form = re.compile(r"(.*?):(\d+):(\d+): (\w+)\[([\w-]+)\] ")
    entries = []
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.get("tests")) == len(cases)
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("skipped")) == len(suite.findall("testcase/skipped"))
        named = [(case.get("classname"), case.get("name")) for case in cases]
        assert len({*named}) == len(named)
        for outcome in suite.findall("testcase/*"):
            found = form.match(outcome.text)
            entries.append(Entry(found[5], outcome.get("type"), found[1], int(found[2]), int(found[3])))
    assert int(root.get("failures")) == len(root.findall(".//failure"))
    return entries


def read_sarif(text: str) -> list[Entry]:
    [run] = json.loads(text)["runs"]
    names = {"error": "error", "warning": "warning", "note": "info"}
    entries = []
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        if result["suppressions"]:
            continue
        place = result["locations"][0]["physicalLocation"]
        where = place["region"]
        path = unquote(place["artifactLocation"]["uri"], errors="surrogateescape").removeprefix("file://")
        entries.append(Entry(result["ruleId"], names[result["level"]], path, where["startLine"], where["startColumn"]))
    return entries


def read_rdjson(text: str) -> list[Entry]:
    return [
        Entry(
            one["code"]["value"],
            one["severity"].lower(),
            one["location"]["path"],
            one["location"]["range"]["start"]["line"],
            one["location"]["range"]["start"].get("column", 0),
        )
        for one in json.loads(text)["diagnostics"]
    ]


def read_github(text: str) -> list[Entry]:
    names = {"error": "error", "warning": "warning", "notice": "info"}
    commands = [command(line) for line in text.split("\n")[:-1]]
    return [
        Entry(given["title"], names[name], given["file"], int(given["line"]), int(given.get("col", 0)))
        for name, given, _ in commands
        if "file" in given
    ]


class Command(NamedTuple):
    """A workflow command: its name, its properties and its data."""

    name: str
    properties: dict[str, str]
    data: str


#: What the runner does something about, as it reads logs.
KNOWN = ("error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "echo", "stop-commands", "set-output")


def command(line: str) -> Command | None:
    """Return the command that the runner of GitHub Actions finds in a line of a log (its class ActionCommand)."""
    if line.lstrip().startswith("::"):
        info, found, data = line.lstrip()[2:].partition("::")
        name, _, given = info.partition(" ")
        if found and name.casefold() in KNOWN:
            pairs = (pair.split("=", 1) for pair in given.strip().split(",") if pair)
            return Command(name, {pair[0]: unescaped(pair[1]) for pair in pairs if len(pair) == 2}, unescaped(data))
    _, found, rest = line.partition("##[")
    info, closed, data = rest.partition("]")
    name = info.partition(" ")[0]
    return Command(name, {}, data) if found and closed and name.casefold() in KNOWN else None


def unescaped(text: str) -> str:
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, char)
    return text
