"""The YAML front matter of a page, with the line of each key and each of its defects.

python-frontmatter passes over a byte order mark, an unclosed fence, duplicate keys and scalars in
silence, raises on `no:` as a key and loses the lines; the handler here turns these into defects.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from docextract.findings import CheckId, Defect, Related
from docextract.markdown.page import FrontMatter

if TYPE_CHECKING:
    from yaml.nodes import Node

    from docextract.text.source import Source, Span

_FENCE = re.compile(r"---[ \t]*$")
#: Characters that end a line in YAML, or that it does not allow.
_ODD = r"\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_SIMPLE = (
    rf"(?P<key>[A-Za-z_][\w.-]*):(?: +(?:\"(?P<quoted>[^\"\\{_ODD}]*)\""
    rf"|(?P<plain>[A-Za-z0-9](?:[^ :#\t{_ODD}]++| ++(?![ \t\n]|\Z))*+)))?[ \t]*+\n"
)
_SIMPLE_LINE = re.compile(f"^{_SIMPLE}", re.MULTILINE)
_SIMPLE_BLOCK = re.compile(rf"\ufeff?---[ \t]*+\n(?:{_SIMPLE})*+(?P<end>---[ \t]*+)(?:\n|\Z)")
#: What was meant to be one: too few or too many hyphens, or a dash that an editor made of them.
_ALMOST_FENCE = re.compile(r"[ \t]*(?:--|-{4,}|[-\u2013\u2014]{1,3}|={3,})[ \t]*$")
_STRAY = re.compile(r"(?P<text>\S.{0,40}?)---[ \t]*$")
_LOOKS_YAML = re.compile(r"[A-Za-z_][\w.-]*\s*:(\s|$)")
_HEADING = re.compile(r"#{1,6} \S")
#: What may begin a collection inside another, and how many of these libyaml bears: it recurses without a limit, and
#: dies with the whole process. PyYAML's own loader raises RecursionError, but takes ten times as long.
_NESTING, _DEEP = re.compile(r"[\[{]|[-?:]\s"), 5000
#: YAML 1.1 ends lines at these, YAML 1.2 and everybody else do not (YAML 1.2.2, section 5.4).
_NO_LINE_ENDS = str.maketrans(dict.fromkeys("\x85\u2028\u2029", "\ufffd"))
_NO_KEYS = "front matter holds no keys, expected 'key: value' lines"
#: Characters. More is no front matter but a mistake, and YAML takes its time.
_LARGEST = 100_000
_KEY_LINE = re.compile(r"\s*[\w.-]+\s*:\s*(?P<value>.*)$")


def read_front_matter(source: Source) -> tuple[FrontMatter, list[Defect]]:
    """Read the front matter; without one, for it may be absent, an empty value that ends at line 0."""
    if (simple := _simple(source.text)) is not None:
        return simple, []
    lines = source.lines
    first = next((i for i, line in enumerate(lines[:5]) if line.strip("\ufeff \t")), None)
    if first is None:
        return FrontMatter(), []
    defects = list(_before_fence(source, first))
    if defects and not _FENCE.match(lines[first].strip("\ufeff \t")) and not _STRAY.match(lines[first]):
        first = next(i for i, line in enumerate(lines) if _FENCE.match(line))
    if not _FENCE.match(lines[first].strip("\ufeff \t")) and not _STRAY.match(lines[first]):
        return _unopened(source, first)
    end = next((i for i in range(first + 1, len(lines)) if _FENCE.match(lines[i])), None)
    if end is None or not _plausible(lines[first + 1 : end]):
        return FrontMatter(), [*defects, *_unclosed(source, first)]
    return _load(source, first, end, defects)


def _unopened(source: Source, first: int) -> tuple[FrontMatter, list[Defect]]:
    """Take several `key: value` lines down to a `---` as front matter that lost its first line."""
    keys = list(itertools.takewhile(_LOOKS_YAML.match, source.lines[first:]))
    end = first + len(keys)
    if len(keys) < 2 or end >= len(source.lines) or not _FENCE.match(source.lines[end]):
        return FrontMatter(), []
    message = "front matter is not opened, expected a line '---' above it"
    return _load(source, first - 1, end, [Defect(CheckId.FRONT_MATTER, message, source.line_span(first + 1))])


def _before_fence(source: Source, first: int) -> list[Defect]:
    """Text or blank lines before the first `---`: publishing tools then show the block as text."""
    line = source.lines[first]
    stripped = line.strip("\ufeff \t")
    if _FENCE.match(stripped):
        if first or line.startswith((" ", "\t")):
            return [
                Defect(
                    CheckId.FRONT_MATTER,
                    "blank space before the front matter, expected '---' at the start of line 1",
                    source.line_span(first + 1),
                )
            ]
        return []
    following = source.lines[first + 1] if first + 1 < len(source.lines) else ""
    if (stray := _STRAY.match(line)) and _LOOKS_YAML.match(following):
        text = f"{stray['text']!r} stands before the '---' that opens the front matter; remove it"
        return [Defect(CheckId.FRONT_MATTER, text, source.line_span(first + 1))]
    fence = next(
        (i for i, text in enumerate(source.lines[first + 1 : first + 4], first + 1) if _FENCE.match(text)),
        None,
    )
    if fence is None or len(source.lines) <= fence + 1 or not _LOOKS_YAML.match(source.lines[fence + 1]):
        return []
    return [
        Defect(
            CheckId.FRONT_MATTER,
            f"text before the front matter: {stripped[:40]!r}, expected '---' at the start of line 1",
            source.line_span(first + 1),
        )
    ]


def _plausible(block: list[str]) -> bool:
    filled = [line for line in block if line.strip()]
    return not filled or any(_LOOKS_YAML.match(line) for line in filled[:3])


def _unclosed(source: Source, first: int) -> list[Defect]:
    following = source.lines[first + 1] if first + 1 < len(source.lines) else ""
    if not _LOOKS_YAML.match(following):
        return []
    keys = itertools.takewhile(lambda line: line.strip() and not _HEADING.match(line), source.lines[first + 1 :])
    if (end := next((i for i, line in enumerate(keys, first + 2) if _ALMOST_FENCE.match(line)), None)) is not None:
        text = f"{source.lines[end - 1].strip()!r} does not close the front matter, expected '---'"
        related = (Related(source.line_span(first + 1), "opened here"),)
        return [Defect(CheckId.FRONT_MATTER, text, source.line_span(end), related)]
    return [
        Defect(
            CheckId.FRONT_MATTER,
            "front matter is not closed, expected a line '---' after it",
            source.line_span(first + 1),
        )
    ]


def _load(source: Source, first: int, end: int, defects: list[Defect]) -> tuple[FrontMatter, list[Defect]]:
    import frontmatter

    handler = _handler()(source, first)
    text = "\n".join(["---", *source.lines[first + 1 : end + 1]])
    values, _ = frontmatter.parse(text, handler=handler)
    if handler.unreadable and any(map(_HEADING.match, source.lines[first + 1 : end])):
        # The line `---` is a rule further down the page.
        return FrontMatter(), [*defects, *_unclosed(source, first)]
    return FrontMatter(values, handler.lines, end + 1), [*defects, *handler.defects]


@cache
def _handler() -> Any:
    """Give the class of a python-frontmatter handler that keeps places and never raises."""
    import yaml
    from frontmatter.default_handlers import SafeLoader, YAMLHandler

    class Handler(YAMLHandler):
        lines: dict[str, int]
        defects: list[Defect]
        unreadable: bool

        def __init__(self, source: Source, first: int) -> None:
            super().__init__()
            self.source, self.first = source, first
            self.lines, self.defects, self.unreadable = {}, [], False

        def split(self, text: str) -> tuple[str, str]:
            lines = text.split("\n")
            return "\n".join(lines[1:-1]), ""

        def load(self, fm: str, **_: object) -> dict[str, object]:
            if len(fm) > _LARGEST:
                self.defects.append(_too_large(len(fm), self.source.line_span(self.first + 1)))
                return {}
            fm = fm.translate(_NO_LINE_ENDS)
            try:
                node = yaml.compose(fm, Loader=SafeLoader if len(_NESTING.findall(fm)) < _DEEP else yaml.SafeLoader)
                return self._values(node)
            except (yaml.YAMLError, ValueError, RecursionError) as error:
                self.unreadable = True
                self.defects.append(_unreadable(self.source, self.first, fm, error))
                return {}

        def _values(self, node: Node | None) -> dict[str, object]:
            if node is None:
                return {}
            if not isinstance(node, yaml.MappingNode):
                where = self.source.line_span(self.first + 2 + node.start_mark.line)
                self.defects.append(Defect(CheckId.FRONT_MATTER, _NO_KEYS, where))
                return {}
            return dict(self._pair(key, value) for key, value in node.value)

        def _pair(self, key: Node, value: Node) -> tuple[str, object]:
            line = self.first + 2 + key.start_mark.line
            where = self.source.line_span(line)
            if not isinstance(key, yaml.ScalarNode):
                self.defects.append(_no_word("a list" if isinstance(key, yaml.SequenceNode) else "a mapping", where))
                return "", ""
            name = str(key.value)
            if name in self.lines:
                related = (Related(self.source.line_span(self.lines[name]), "the first one"),)
                self.defects.append(
                    Defect(CheckId.FRONT_MATTER, f"key {name!r} stands twice in the front matter", where, related)
                )
            if "\\" in name:
                message = f"front matter key {name!r} holds a backslash, did you mean '{name.replace(chr(92), '')}'?"
                self.defects.append(Defect(CheckId.FRONT_MATTER, message, where))
            self.lines[name] = line
            return name, value.value if isinstance(value, yaml.ScalarNode) else _plain(value)

    return Handler


def _simple(text: str) -> FrontMatter | None:
    """Read front matter that is nothing but `key: text` lines, as nearly all is; YAML takes ten times as long.

    None for anything that YAML could read otherwise: other quotes, indicators, tabs. Numbers do not
    matter, for the values of front matter are only compared as texts.
    """
    block = _SIMPLE_BLOCK.match(text)
    if block is None:
        return None
    pairs = _SIMPLE_LINE.findall(text, text.index("\n") + 1, block.start("end"))
    values: dict[str, object] = {key: quoted or plain for key, quoted, plain in pairs}
    if len(values) < len(pairs):
        return None
    return FrontMatter(values, dict(zip(values, range(2, len(pairs) + 2), strict=True)), len(pairs) + 2)


def _too_large(size: int, where: Span) -> Defect:
    message = f"front matter has {size:,} characters; more than {_LARGEST:,} are not read"
    return Defect(CheckId.FRONT_MATTER, message, where)


def _no_word(shape: str, where: Span) -> Defect:
    return Defect(CheckId.FRONT_MATTER, f"front matter key is {shape}, expected a word: 'key: value'", where)


def _plain(node: Node) -> object:
    """Give a YAML collection as lists and texts; only its shape matters to the checks."""
    if isinstance(node.value, list):
        return [str((item[0] if isinstance(item, tuple) else item).value) for item in node.value]
    return node.value


def _unreadable(source: Source, first: int, text: str, error: Exception) -> Defect:
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if mark is None or "could not find expected ':'" in str(getattr(error, "problem", "")):
        # The line that has no colon, not the one where the search for it ended.
        mark = context
    quote = _open_quote(text)
    number = quote if quote is not None else min(mark.line if mark else 0, text.count("\n"))
    problem = "a quote is opened and not closed" if quote is not None else _in_plain_words(error, text, number)
    return Defect(CheckId.FRONT_MATTER, f"front matter is not YAML: {problem}", source.line_span(first + 2 + number))


def _in_plain_words(error: Exception, text: str, number: int) -> str:
    """Say what keeps a line from being YAML; `number` is its index in the text."""
    line = text.split("\n")[number]
    problem = str(getattr(error, "problem", None) or "it cannot be read").split("\n")[0]
    value = (match["value"] if (match := _KEY_LINE.match(line)) else "").strip()
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in problem:
        return "a tab, where only blanks may stand; write blanks"
    if value[:1] in tuple("@`%&*!|>[]{},"):
        return f"a value may not begin with {value[0]!r}; quote the value"
    if "mapping values" in problem:
        return "a colon in the value; quote the value"
    if "could not find expected ':'" in problem:
        return "a line without a colon after the key"
    if "block" in problem or "expected key" in problem:
        return "a line that is neither 'key: value' nor indented as the lines above it"
    return problem


def _open_quote(text: str) -> int | None:
    """Give the first line whose value opens a quote that it does not close (PyYAML marks the end)."""
    for number, line in enumerate(text.split("\n")):
        match = _KEY_LINE.match(line)
        value = match["value"].strip() if match else ""
        quote = value[:1]
        if quote in ("'", '"') and (len(value) == 1 or not re.search(rf"(?<!\\){quote}\s*(#.*)?$", value[1:])):
            return number
    return None
