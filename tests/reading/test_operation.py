"""What a page says of its operation."""

from __future__ import annotations

import pytest
from hypothesis import given

from docextract.reading import operation
from tests.reading.sentences import FRAGMENTS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Returns a [user](../resources/user.md) object.", [("user", "../resources/user.md")]),
        ("Returns [`user`](../resources/user.md).", [("user", "../resources/user.md")]),
        ("See [this](/x.md), then [terms](../resources/x-terms.md).", [("terms", "../resources/x-terms.md")]),
        ("Returns a [Drive][drive-resource].", [("Drive", "../resources/drive.md")]),
        ("Returns a [drive-resource].", [("drive-resource", "../resources/drive.md")]),
        ("Returns a [user](https://example.com/resources/user.md).", []),
        ("Errors: [x](../resources/planner-overview.md#errors).", []),
        ("One of [kind](../resources/tag.md#kind-values).", []),
        ("See [get user](../api/user-get.md).", []),
        ("![user](../resources/user.md)", []),
        ("Returns a [user].", []),
        ("", []),
        (
            "A list of [user](../resources/user.md) and/or [group](../resources/group.md) objects.",
            [("user", "../resources/user.md"), ("group", "../resources/group.md")],
        ),
        (
            "A [user](../resources/user.md) object, or a [group](../resources/group.md).",
            [("user", "../resources/user.md"), ("group", "../resources/group.md")],
        ),
        (
            "A [user](../resources/user.md) of the [group](../resources/group.md).",
            [("user", "../resources/user.md")],
        ),
    ],
)
def test_resource_links(text: str, expected: list[tuple[str, str]]) -> None:
    found = operation.resource_links(text, {"DRIVE-RESOURCE": "../resources/drive.md"})
    assert [(word.text, target) for word, target in found] == expected
    assert all(text[word.start : word.end] == word.text for word, _ in found)


@given(FRAGMENTS)
def test_links_lie_in_the_text(text: str) -> None:
    for word, target in operation.resource_links(text, {}):
        assert text[word.start : word.end] == word.text
        assert target in text
