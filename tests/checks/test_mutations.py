"""Every clean response of the seeds, spoiled in one place by each operator: the right check says so on the right line."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.helpers import SEEDS, report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_MEMBER = re.compile(r'(?P<indent> +)"(?P<name>\w+)": (?P<value>.*?)(?P<comma>,?)$')
#: Members that no table of a seed declares by name: those of a dictionary and of schema extensions.
_FREE = {"theme", "volume", "shoeSize", "code", "extension_0123456789abcdef0123456789abcdef_room", "ext1a2b3c4d_course"}
_ENVELOPE = {"value", "error", "message", "reason"}
#: What a spoiled line may cause besides: a renamed member is missing; the block after a lost fence is bound by none.
#: Nor does a table declare what stands in an object that took the place of an array.
ALSO = {
    "undeclared-property": {"missing-property"},
    "unclosed-fence": {"annotation-unbound"},
    "expected-collection": {"undeclared-property"},
}


@dataclass(frozen=True)
class Mutation:
    """A page with one line spoiled (or one put in), and where which check has to say so."""

    lines: tuple[str, ...]
    check: str
    line: int


@dataclass(frozen=True)
class Example:
    """The lines of a page, and the line indexes of one response: annotation, status line, body, closing fence."""

    page: str
    lines: tuple[str, ...]
    comment: int
    fence: int
    body: range
    open: bool

    @property
    def request(self) -> int:
        """The index of the request line that the response answers."""
        return max(i for i in range(self.comment) if re.match(r"[A-Z]+ https?://", self.lines[i]))

    def spoiled(self, index: int, new: str, check: str, at: int | None = None) -> Mutation:
        """Put `new` in the place of a line; the finding is expected there, or at the index `at`."""
        lines = (*self.lines[:index], *([new] if new else []), *self.lines[index + 1 :])
        return Mutation(lines, check, (index if at is None else at) + 1)

    def members(self) -> Iterator[tuple[int, re.Match[str]]]:
        """Return the members of the body that a table declares."""
        for index in self.body:
            match = _MEMBER.match(self.lines[index])
            if match and match["name"] not in _FREE | _ENVELOPE:
                yield index, match

    def scalars(self, pattern: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Return the members whose value matches a pattern."""
        return ((i, m) for i, m in self.members() if re.fullmatch(pattern, m["value"]))


def _member(match: re.Match[str], *, name: str = "", value: str = "") -> str:
    return f'{match["indent"]}"{name or match["name"]}": {value or match["value"]}{match["comma"]}'


def rename(one: Example) -> Iterator[Mutation]:
    for index, match in one.members():
        if not one.open:
            yield one.spoiled(index, _member(match, name="unheardOf"), "undeclared-property")


def change_case(one: Example) -> Iterator[Mutation]:
    for index, match in one.members():
        yield one.spoiled(index, _member(match, name=match["name"].title()), "property-case")


def number_for_string(one: Example) -> Iterator[Mutation]:
    for index, match in one.scalars('".*"'):
        yield one.spoiled(index, _member(match, value="17"), "wrong-type")


def string_for_number(one: Example) -> Iterator[Mutation]:
    for index, match in one.scalars(r"[\d.]+|true"):
        yield one.spoiled(index, _member(match, value='"seventeen"'), "wrong-type")


def out_of_range(one: Example) -> Iterator[Mutation]:
    for index, match in one.scalars(r"\d+"):
        if match["name"] != "fees":  # a Double
            yield one.spoiled(index, _member(match, value="1" + "0" * 19), "out-of-range")


def bad_date(one: Example) -> Iterator[Mutation]:
    for index, match in one.scalars(r'"\d{4}-\d\d-\d\d.*"'):
        yield one.spoiled(index, _member(match, value=re.sub(r"-\d\d-", "-13-", match["value"])), "wrong-format")


def bad_guid(one: Example) -> Iterator[Mutation]:
    for index, match in one.scalars(r'"[0-9a-f-]{36}"'):
        yield one.spoiled(index, _member(match, value=match["value"].replace("-", "", 1)), "wrong-format")


def enum_non_member(one: Example) -> Iterator[Mutation]:
    for index, match in one.members():
        if match["name"] in ("state", "format"):
            yield one.spoiled(index, _member(match, value='"vanished"'), "enum-value")


def object_for_array(one: Example) -> Iterator[Mutation]:
    for index, _ in one.scalars(r"\["):
        text = "\n".join(one.lines[index:])
        whole = re.match(r"[^\[]*(\[[^\]]*\])", text)
        assert whole
        new = text.replace(whole[1], '{ "first": 1 }', 1).split("\n")
        yield Mutation((*one.lines[:index], *new), "expected-collection", index + 1)


def array_for_object(one: Example) -> Iterator[Mutation]:
    for index, _ in one.scalars(r"\{"):
        text = "\n".join(one.lines[index:])
        whole = re.match(r"[^{]*(\{[^{}]*\})", text)
        assert whole
        new = text.replace(whole[1], f"[{whole[1]}]", 1).split("\n")
        yield Mutation((*one.lines[:index], *new), "expected-object", index + 1)


def array_for_body(one: Example) -> Iterator[Mutation]:
    start, end = one.body[0], one.body[-1]
    if (
        '"value":' in one.lines[start + 1]
        or "error" in one.lines[start + 1]
        or "@odata.context" in one.lines[start + 1]
    ):
        return
    lines = [*one.lines]
    lines[start], lines[end] = '{ "value": [ {', "} ] }"
    yield Mutation(tuple(lines), "collection-undeclared", one.comment + 1)


def delete_comma(one: Example) -> Iterator[Mutation]:
    for index in one.body:
        if one.lines[index].endswith(","):
            yield one.spoiled(index, one.lines[index][:-1], "json-syntax")


def add_comma(one: Example) -> Iterator[Mutation]:
    for index in one.body[1:-1]:
        follower = one.lines[index + 1].strip()
        if follower[0] in "]}" and one.lines[index].strip()[-1] not in "[{":
            yield one.spoiled(index, one.lines[index] + ",", "json-syntax")


def duplicate_member(one: Example) -> Iterator[Mutation]:
    for index, match in one.scalars(r'".*"|[\d.]+|true'):
        line = one.lines[index].rstrip(",")
        yield one.spoiled(index, f"{line},\n{line}{match['comma']}", "json-duplicate-member", index + 1)


def wrong_status(one: Example) -> Iterator[Mutation]:
    status = one.fence + 1
    if re.search(r" 20[01] ", one.lines[status]):
        yield one.spoiled(status, "HTTP/1.1 202 Accepted", "status-prose")


def wrong_reason(one: Example) -> Iterator[Mutation]:
    status = one.fence + 1
    yield one.spoiled(status, one.lines[status] + " then", "reason-phrase")


def wrong_method(one: Example) -> Iterator[Mutation]:
    line = one.lines[one.request]
    yield one.spoiled(one.request, "PUT" + line[line.index(" ") :], "method-mismatch")


def wrong_version(one: Example) -> Iterator[Mutation]:
    """Only where other URLs of the doc set or its folders tell the version."""
    line = one.lines[one.request]
    if one.page.startswith(("library/", "versions/v1.0/")):
        yield one.spoiled(one.request, line.replace("/v1.0/", "/v3.0/"), "version-mismatch")


def drop_fence(one: Example) -> Iterator[Mutation]:
    lines = (*one.lines[: one.body[-1] + 1], *one.lines[one.body[-1] + 2 :], "## See also", "", "The other pages.", "")
    yield Mutation(lines, "unclosed-fence", one.fence + 1)


def break_annotation(one: Example) -> Iterator[Mutation]:
    line = one.lines[one.comment]
    yield one.spoiled(one.comment, line.replace('"blockType"', "blockType"), "annotation-syntax")
    yield one.spoiled(one.comment, line.replace(" }", ", }"), "annotation-syntax")
    yield one.spoiled(one.comment, line.replace('"response"', '"respone"'), "annotation-block-type")


def _examples(page: str, text: str) -> Iterator[Example]:
    lines = tuple(text.split("\n"))
    for index, line in enumerate(lines):
        if not re.match(r'<!-- \{ "blockType": "response".*\} -->$', line):
            continue
        close = lines.index("```", index + 2)
        start = next((i for i in range(index, close) if lines[i] == "{"), None)
        if start:
            yield Example(page, lines, index, index + 1, range(start, close), "example.open.profile" in line)


def _pages() -> dict[str, list[Example]]:
    names = sorted(path.relative_to(SEEDS).as_posix() for path in SEEDS.rglob("api/*.md"))
    found = {name: list(_examples(name, (SEEDS / name).read_text("utf-8"))) for name in names}
    return {name: examples for name, examples in found.items() if examples}


#: Each operator, and how many mutations it makes of the seeds: with fewer it would have run past them.
OPERATORS: dict[Callable[[Example], Iterator[Mutation]], int] = {
    rename: 64,
    change_case: 67,
    number_for_string: 51,
    string_for_number: 9,
    out_of_range: 7,
    bad_date: 4,
    bad_guid: 1,
    enum_non_member: 8,
    object_for_array: 3,
    array_for_object: 4,
    array_for_body: 7,
    delete_comma: 67,
    add_comma: 37,
    duplicate_member: 60,
    wrong_status: 13,
    wrong_reason: 15,
    wrong_method: 15,
    wrong_version: 6,
    drop_fence: 15,
    break_annotation: 45,
}


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the seeds to spoil."""
    return shutil.copytree(SEEDS, tmp_path_factory.mktemp("mutations") / "seeds")


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda one: one.__name__)
def test_each_mutation_is_found_on_its_line_by_its_check(operator, sets):
    made = 0
    for name, examples in _pages().items():
        page = sets / name
        clean = page.read_text("utf-8")
        for mutation in (one for example in examples for one in operator(example)):
            made += 1
            page.write_text("\n".join(mutation.lines), "utf-8")
            found = {(f["check"], f["line"]) for f in report(page)["findings"] if f["severity"] != "info"}
            also = {one for one in found if one[0] in ALSO.get(mutation.check, ())}
            assert found - also == {(mutation.check, mutation.line)}, name
        page.write_text(clean, "utf-8")
    assert made == OPERATORS[operator]
