"""The table of keys: what reads a configuration and its JSON Schema are one, so they must agree."""

from __future__ import annotations

import re
import tomllib

import pytest
from jsonschema import Draft202012Validator

from docextract.findings import CheckId
from docextract.project.config import Config, ConfigError
from docextract.project.keys import FORMATS, KEYS, config_schema, read_settings
from docextract.renderers import RENDERERS
from tests.helpers import ROOT

GOOD = [
    "",
    "docs = ['docs', 'a/b', '.', '..a/b..', 'a.b']\nversions = ['v1.0', 'beta/']",
    "exclude = ['drafts/', '!README.md', '**/x?.md', '[ab]', '', '#', 'a\\ ', '!!', '\\!', ' ! x']",
    "table-headings = ['Eigenschaften', '']",
    "max-page-size = 1",
    "page-budget = 1",
    "select = ['wrong-type', 'leftover']\nignore = ['link-case']",
    "severity = { '*' = 'info', wrong-type = 'error', leftover = 'warning', link-case = 'off' }",
    "overrides = [{ paths = ['a/'] }, { types = ['t'], paths = [], severity = { '*' = 'off' }, ignore = ['leftover'] }]",
    "allow = [{ type = '*', property = 'x' }]",
    "allow = []\noverrides = []",
    "required-front-matter = ['title']",
    "required-front-matter = { title = [], doc_type = ['apiPageType'] }",
    "required-front-matter = {}",
    *(f"fail-on = '{level}'" for level in ("error", "warning", "info", "never")),
    *(f"min-severity = '{level}'" for level in ("error", "warning", "info")),
    "baseline = 'a/baseline.json'",
    "baseline = '../baseline.json'",
    "output = []",
    "output = ['text', 'sarif=report.sarif', 'json=out/a=b.json', 'gitlab=..gl']",
    *(f"output = ['{name}']" for name in FORMATS),
]
BAD = [
    "exlude = []",
    "table_headings = []",
    "docs = 'docs'",
    "docs = [1]",
    "docs = [[]]",
    *(f"docs = [{name!r}]" for name in ("../other", "a/../b", "..", "/v1.0", "\\\\server", "a\\..", "C:/x", "")),
    "versions = ['/v1.0']",
    "exclude = ['!']",
    "exclude = ['! ']",
    "exclude = ['a\\']",
    "exclude = ['a', 1]",
    "exclude = {}",
    "table-headings = 'Fields'",
    *(f"max-page-size = {value}" for value in ("'10 MB'", "true", "0", "-1", "1.5")),
    *(f"page-budget = {value}" for value in ("'many'", "0", "1.5")),
    "select = ['wrong-typ']",
    "select = ['WRONG-TYPE']",
    "ignore = ['*']",
    "severity = 'error'",
    "severity = { wrong-type = 'fatal' }",
    "severity = { wrong-type = 'ERROR' }",
    "severity = { wrong-type = true }",
    "severity = { wrong-type = ['error'] }",
    "severity = { wrong-kind = 'error' }",
    "allow = [{ type = 'user' }]",
    "allow = [{ type = 'user', property = 1 }]",
    "allow = [{ type = 'user', property = 'x', extra = 1 }]",
    "allow = ['user']",
    "allow = { type = 'user', property = 'x' }",
    "overrides = [{ severity = {} }]",
    "overrides = [{ paths = [], types = [] }]",
    "overrides = [{ path = ['x'] }]",
    "overrides = [{ paths = ['!'] }]",
    "overrides = [{ types = ['t'], ignore = ['*'] }]",
    "overrides = [{ types = ['t'], severity = { wrong-type = 'never' } }]",
    "required-front-matter = 'title'",
    "required-front-matter = [1]",
    "required-front-matter = { title = 'x' }",
    "fail-on = 'off'",
    "fail-on = 3",
    "min-severity = 'never'",
    "min-severity = []",
    "baseline = ''",
    "baseline = '/etc/baseline.json'",
    "baseline = ['a.json']",
    "baseline = 'C:\\b.json'",
    "output = 'text'",
    "output = ['txt']",
    "output = ['text=']",
    "output = ['=a']",
    "output = ['json=/etc/x']",
    "output = ['json=../x']",
    "output = ['json=a/../../x']",
    "output = ['json=C:x']",
    "output = ['text', 'json']",
]
#: What a JSON Schema cannot tell, or not in a few lines.
ONLY_READ = ["exclude = ['[z-a]']", "select = ['leftover']\nignore = ['leftover']"]


def is_read(table):
    try:
        read_settings(table)
    except ConfigError:
        return False
    return True


@pytest.fixture(scope="module")
def validator():
    Draft202012Validator.check_schema(config_schema())
    return Draft202012Validator(config_schema())


@pytest.mark.parametrize("text", GOOD)
def test_what_can_be_said_is_read_and_valid(validator, text):
    table = tomllib.loads(text)
    assert (is_read(table), [error.message for error in validator.iter_errors(table)]) == (True, [])


@pytest.mark.parametrize("text", BAD)
def test_what_cannot_be_said_is_neither(validator, text):
    table = tomllib.loads(text)
    assert (is_read(table), validator.is_valid(table)) == (False, False)


@pytest.mark.parametrize("text", ONLY_READ)
def test_the_schema_never_refuses_what_is_read(validator, text):
    table = tomllib.loads(text)
    assert (is_read(table), validator.is_valid(table)) == (False, True)


def test_every_key_is_tried_and_so_is_every_wrong_kind_of_value(validator):
    for key in KEYS:
        assert any(key in tomllib.loads(text) for text in GOOD)
        for value in (1.5, [[1]], {"a": {"b": 1}}, True, ["x", {}]):
            assert (is_read({key: value}), validator.is_valid({key: value})) == (False, False), (key, value)


def test_defaults_can_be_said_and_change_nothing():
    told = {name: key.default for name, key in KEYS.items() if key.default is not None}
    assert Config(**read_settings(told)) == Config()


def test_the_formats_are_those_that_have_a_renderer():
    assert tuple(RENDERERS) == FORMATS


def test_the_schema_names_what_an_editor_completes():
    schema = config_schema()
    assert set(schema["properties"]) == set(KEYS)
    assert schema["properties"]["ignore"]["items"]["enum"] == [*map(str, CheckId)]
    assert all(key["description"].endswith(".") for key in schema["properties"].values())


def test_the_readme_tells_of_every_key():
    text = (ROOT / "README.md").read_text("utf-8")
    section = text.partition("## Configuration\n")[2].partition("\n## ")[0]
    for key in KEYS:
        assert re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", section), key
