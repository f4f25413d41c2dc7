"""`docextract config --import`: files of API Doctor, of the form that real doc sets have, as our configuration."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import pytest

from tests.helpers import report, run, write
from tests.pages import CLEAN, DIRTY

TABLES = {
    "tableDefinitions": {
        "tables": [
            {"type": "AuthScopes", "titles": ["Permissions"], "parseAs": "AuthScopeDefinition"},
            {"type": "EnumerationValues", "titles": ["{x} values"], "parents": ["{x} enum type"]},
            {"type": "ResourcePropertyDescriptions", "titles": ["Properties", "Particulars", "{x} facts"]},
        ],
        "parsingRules": [{"type": "ParameterDefinition", "columns": {"name": ["Parameter Name"]}}],
    }
}
SCHEMA = {
    "schemaConfig": {
        "defaultNamespace": "microsoft.graph",
        "baseUrls": ["https://graph.microsoft.com/v1.0"],
        "foldersToSkip": ["drafts", "includes", "old/x [1]"],
        "filesToSkip": ["readme.md", "index.md", "#1.md"],
        "treatErrorsAsWarningsWorkloads": ["intune"],
        "requiredYamlHeaders": ["title", "ms.prod"],
        "somethingNew": 1,
    },
    "schemaDiffConfig": {"dropElementsContaining": []},
}
LINKS = {"pathsToIgnore": ["/azure", "https://example.org", "media/"]}


def imported(folder, **files):
    """Import files; return the configuration, and the comments on what is not in it."""
    for name, document in files.items():
        write(folder, {f"{name}.json": json.dumps(document)})
    code, out, err = run("config", "--import", *(folder / f"{name}.json" for name in files))
    assert (code, err) == (0, "")
    _, _, left = out.partition("# not carried over:\n")
    return tomllib.loads(out), [line.removeprefix(f"# {folder}/") for line in left.splitlines()]


def test_what_can_be_said_is_carried_over_and_the_rest_is_told(tmp_path):
    table, left = imported(tmp_path, tables=TABLES, schema=SCHEMA, links=LINKS)
    assert table == {
        "table-headings": ["Particulars"],
        "exclude": ["drafts/", "**/old/x \\[1\\]/", "index.md", "\\#1.md"],
        "required-front-matter": ["title", "ms.prod"],
    }
    assert [line.rpartition(": ")[0] for line in left] == [
        "tables.json: AuthScopes",
        "tables.json: EnumerationValues",
        "tables.json: ResourcePropertyDescriptions titles Properties",
        "tables.json: ResourcePropertyDescriptions titles {x} facts",
        "tables.json: parsingRules",
        "schema.json: defaultNamespace",
        "schema.json: baseUrls",
        "schema.json: schemaConfig.foldersToSkip includes",
        "schema.json: schemaConfig.filesToSkip readme.md",
        "schema.json: treatErrorsAsWarningsWorkloads",
        "schema.json: somethingNew",
        "schema.json: schemaDiffConfig",
        "links.json: pathsToIgnore /azure, https://example.org",
        "links.json: pathsToIgnore media/",
    ]


def test_the_configuration_can_be_used_and_does_what_it_says(tmp_path, monkeypatch):
    drafts = {f"drafts/{name}": text for name, text in DIRTY.items()}
    folder = write(tmp_path / "docs", {**CLEAN, **drafts, "index.md": "# Index\n"})
    assert report(folder)["summary"]["pages"] == 5
    write(tmp_path, {"schema.json": json.dumps(SCHEMA)})
    write(folder, {"docextract.toml": run("config", "--import", tmp_path / "schema.json")[1]})
    found = report(folder)
    assert found["summary"]["pages"] == 2
    assert {finding["check"] for finding in found["findings"]} == {"front-matter-required"}


def test_two_files_say_the_same_once(tmp_path):
    table, _ = imported(tmp_path, a=SCHEMA, b=SCHEMA)
    assert table["exclude"] == ["drafts/", "**/old/x \\[1\\]/", "index.md", "\\#1.md"]


def test_where_nothing_is_needed_that_is_told(tmp_path):
    table, left = imported(tmp_path, requirements={"api-requirements": {}}, links=LINKS)
    assert (table, len(left)) == ({}, 3)


def test_names_in_the_files_control_nothing(tmp_path):
    name = "\x1b[31m\n##[error]\u202e"
    table, _ = imported(tmp_path, schema={"schemaConfig": {"requiredYamlHeaders": [name], name: 1}})
    assert table == {"required-front-matter": [name]}
    out = run("config", "--import", tmp_path / "schema.json")[1]
    assert all(line.isprintable() and "##[" not in line for line in out.splitlines())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, ": cannot be read: No such file or directory"),
        ('{\n"schemaConfig": {},}', ":2: not JSON: "),
        ("[" * 100_000, ": not JSON"),
        ("[]", ": expected an object"),
        (
            '{"a": 1}',
            ": expected a file of API Doctor with one of the keys tableDefinitions, schemaConfig, pathsToIgnore",
        ),
        ('{"schemaConfig": []}', ": schemaConfig: expected an object, found []"),
        (
            '{"schemaConfig": {"filesToSkip": "x"}}',
            ": schemaConfig.filesToSkip: expected an array of strings, found 'x'",
        ),
        ('{"pathsToIgnore": [1]}', ": pathsToIgnore: expected an array of strings, found [1]"),
        ('{"tableDefinitions": {"tables": {}}}', ": tableDefinitions.tables: expected an array, found {}"),
        ('{"tableDefinitions": {"tables": [{}]}}', ": tableDefinitions.tables[0].type: expected a string, found None"),
        (
            '{"tableDefinitions": {"tables": [{"type": "x", "titles": [1]}]}}',
            ": tableDefinitions.tables[0].titles: expected an array of strings, found [1]",
        ),
    ],
)
def test_a_file_that_is_none_is_2(tmp_path, text, said):
    if text is not None:
        write(tmp_path, {"config.json": text})
    code, out, err = run("config", "--import", tmp_path / "config.json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert f"{tmp_path / 'config.json'}{said}" in err


@pytest.mark.skipif("DOCEXTRACT_CORPUS" not in os.environ, reason="DOCEXTRACT_CORPUS names no folder")
def test_real_files_are_read():
    names = ("table-header-config.json", "schema-config.json", "link-validation-config.json")
    files = [file for name in names for file in Path(os.environ["DOCEXTRACT_CORPUS"]).rglob(name)]
    assert files
    for file in files:
        code, out, err = run("config", "--import", file)
        assert (code, err) == (0, "")
        tomllib.loads(out)
        assert "known here" not in out
