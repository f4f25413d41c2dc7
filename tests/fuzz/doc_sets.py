"""Whole doc sets for hypothesis: types, operations that show them rightly or wrongly, and pages that are damaged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.fuzz import seeds
from tests.fuzz.mutator import mutated
from tests.pages import annotation, block, fence, message, operation, request, resource, typed

if TYPE_CHECKING:
    from collections.abc import Sequence

_TYPES = ("thing", "person", "part", "Box", "noteItem")
_NAMES = ("id", "name", "size", "made", "tags", "owner", "state", "@odata.type", "größe", "a.b", "value")
#: Type cells, and values that fit them and others.
_CELLS = {
    "String": '"x"',
    "Int32": "5",
    "Boolean": "true",
    "DateTimeOffset": '"2024-01-31T08:00:00Z"',
    "Guid": '"3f2504e0-4f89-11d3-9a0c-0305e82c3301"',
    "String collection": '["a"]',
    "[person](person.md)": '{"id": "1"}',
    "[part](../resources/part.md) collection": '[{"id": "1"}]',
    "Box": "null",
    "Edm.Double": "1.5",
    "odd cell": "{}",
}
_DESCRIPTIONS = (
    "The id.",
    "Not nullable.",
    "Possible values are: `x`, `y`.",
    "Optional. Read-only.",
    "Inherited from [person](person.md).",
)
_FOLDERS = ("", "api/", "resources/", "v1.0/api/", "beta/resources/", "Über/a b/", ".hidden/", "includes/")
_STATUSES = ("200 OK", "201 Created", "204 No Content", "404 Not Found", "200", "999 Odd")
_LINES = (
    "GET /things/{id}",
    "GET https://x.example/v1.0/things/1?$top=5",
    "POST /things",
    "DELETE /beta/things('a b')",
)
_FLAGS = ('"truncated": true', '"isCollection": true', '"name": "get_thing"', '"truncated": "true"', '"odd": 1')
_BASES = ("", '"baseType": "microsoft.graph.person"', '"openType": true', '"keyProperty": "id"')
_LINKS = ("", "\n[a](person.md)\n", "\n[a](../resources/thing.md#properties)\n", "\n[a](nowhere.md) [b](#c)\n")


@st.composite
def _types(draw: st.DrawFn) -> str:
    """Return the page of a type."""
    names = draw(st.lists(st.sampled_from(_NAMES), max_size=5))
    rows = [f"|{name}|{draw(st.sampled_from([*_CELLS]))}|{draw(st.sampled_from(_DESCRIPTIONS))}|" for name in names]
    return resource(
        draw(st.sampled_from(_TYPES)), rows, keys=draw(st.sampled_from(_BASES)), representation=draw(_objects)
    )


def _json(members: Sequence[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{json.dumps(name)}: {value}" for name, value in members) + "}"


_objects = st.lists(st.tuples(st.sampled_from(_NAMES), st.sampled_from([*_CELLS.values()])), max_size=5).map(_json)
_bodies = st.one_of(_objects, st.lists(_objects, max_size=3).map(lambda items: f'{{"value": [{", ".join(items)}]}}'))


@st.composite
def _operations(draw: st.DrawFn) -> str:
    """Return the page of an operation: with one annotated exchange, or with several messages of any kind."""
    keys = ", ".join([typed(draw(st.sampled_from(_TYPES))), *draw(st.lists(st.sampled_from(_FLAGS), max_size=2))])
    if draw(st.booleans()):
        line = draw(st.sampled_from(_LINES))
        return operation(draw(_bodies), keys=keys, request=line, status=draw(st.sampled_from(_STATUSES)))
    return "# An operation\n\n" + "\n".join(draw(st.lists(_messages(keys), max_size=4)))


@st.composite
def _messages(draw: st.DrawFn, keys: str) -> str:
    asked = request(draw(st.sampled_from(_LINES)), draw(_bodies))
    answered = message(draw(st.sampled_from(_STATUSES)), draw(_bodies))
    kind, text = draw(st.sampled_from([("request", asked), ("response", answered)]))
    return draw(
        st.sampled_from([fence(text), block(kind, text, keys), f"{annotation(kind, keys)}\n\nText.\n\n{fence(text)}"])
    )


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Return a page: made whole, from the seeds, or either of them damaged."""
    text = draw(st.one_of(_types(), _operations(), st.sampled_from(seeds.pages()))) + draw(st.sampled_from(_LINKS))
    damaged = draw(st.booleans())
    return mutated(text, seeds.pages(), draw(st.randoms(use_true_random=False))) if damaged else text


_paths = st.builds(
    "{}{}.md".format, st.sampled_from(_FOLDERS), st.sampled_from([*_TYPES, "get", "Get", "über-a", "x.y", "README"])
)
#: Pages by their paths; some are left out by default, or differ in case alone, but one is always there.
doc_sets = st.builds(lambda one, more: {**more, "start.md": one}, pages(), st.dictionaries(_paths, pages(), max_size=5))
