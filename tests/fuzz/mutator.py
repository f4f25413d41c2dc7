"""The mutator: texts spliced, repeated, indented and broken by what readers find hard.

It draws from a `random.Random`, which hypothesis can control: the same function serves both, and what
hypothesis finds it shrinks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    #: Takes a text, other texts of its kind, and chance; returns another text.
    Mutation = Callable[[str, Sequence[str], Random], str]

#: What means something to one of the readers, or ends what it reads.
NASTY = (
    *"\n\t\r\0\x07\x0b\x0c\x1b\x7f\x85\x9b\u00a0\u061c\u200b\u200e\u2028\u202e\u3000\ufeff\ufffe\U0001f600\u212aé",
    *"`*_{}[]()<>#+-.!|~@:,;%&'\"\\/$^=? ",
    *("\r\n", "\n\n", "\n\n\n", "  \n", "\n---\n", "\n***\n", "\n===\n"),
    *("---\n", "title: x\n", "a: &a [*a]\n", "? [a]\n", "- - - ", "{{{", "[[[", "!!python/name:os.system\n", "<<: *a\n"),
    *("```\n", "````\n", "```http\n", "```json\n", "````markdown\n", "~~~\n", "`` ` ``"),
    *("> ", ">\n", "* ", "- ", "1. ", "    ", "\t- ", "   ", "# ", "## ", "###### ", "#\n"),
    *("<!--", "-->", "->", "<!-", "<pre>\n", "</pre>", "<script>", "<a id=x>", "<details>\n", "&quot;", "&#0;", "&amp;"),
    *("[a](b.md)", "[a](", "](", "[a]: b.md\n", "[a][b]", "![", "[!INCLUDE [a](b)]", "[](x.md)", "(a)[b.md]", "#anchor"),
    *("|a|b|c|\n|:-|:-|:-|\n|d|e|f|\n", "|", "\\|", "||", "|\n", "|:---|:---|:---|\n", "|id|String|The `id`.|\n"),
    *("# [HTTP](#tab/http)\n", ':::zone pivot="a"\n', ":::zone-end\n", ":::\n", "::: moniker\n", "{#x}"),
    *('<!-- { "blockType": "request", "name": "a" } -->\n', '<!-- { "blockType": "response" } -->\n', "<!-- { blockType: "),
    *('"blockType"', '"@odata.type": "microsoft.graph.thing"', '"name": ["a", "b"]', '"truncated": "true"', '"baseType"'),
    *("<!-- docextract-disable wrong-type -->\n", "<!-- docextract-enable -->\n", "<!-- docextract-disable-next-block"),
    *("<!-- docextract-disable-line json-syntax -->", "docextract-", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "TODO"),
    *("HTTP/1.1 200 OK\n", "HTTP 204\n", "HTTP/1.1", " 200 ", "GET /a/{b}\n", "POST https://x.example/v1.0/a?b=c\n"),
    *("Content-Type: application/json\n", "Content-Type: application/http\n", "Content-Length: 5\n", ": ", "a" * 300),
    *("null", "true", "NaN", "-0", "1e999", "1" * 40, "\\u0000", "\\ud800", "\\ud83d\\ude00", "...", "…", "// x\n", "/* "),
    *('{"a":', '"a": 1,\n', "[1,", ",,", "{}", "[]", '""', "'", "\u201c", "\u201d", '"@odata.type"', '{"value": [', "}]}"),
    *("Possible values are: `a`, `b`.", "Inherited from ", "Not nullable. ", "Optional. ", "e.g. ", "Read-only", "returns `204"),
    *("Collection(", "String collection", "Int32", "Edm.", "microsoft.graph.", "thing", "(key)", "/{id}/", "('x')", "?$"),
    *("::error::x", "##[error]x", "##vso[task]", "\x1b]0;x\x07", "%0A", "\\x1b[31m", "-rf", "../", "/", "C:\\", "con.aux"),
)  # fmt: skip
#: What a line of a list, a quotation or code begins with.
PREFIXES = ("> ", "    ", "\t", "- ", "   ", " ", "1. ", "* > ", "| ")
#: No text grows longer: the cost of long pages is the matter of tests/test_growth.py.
LONGEST = 8192


def mutated(text: str, others: Sequence[str], chance: Random) -> str:
    """Return a text after one to eight mutations; `others` are what it is spliced with."""
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        text = chance.choice(MUTATIONS)(text, others, chance)
    return text[:LONGEST]


def _span(text: str, chance: Random, longest: int = 200) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, min(len(text), start + chance.randint(0, longest))


def _splice(text: str, others: Sequence[str], chance: Random) -> str:
    other = chance.choice(others)
    return text[: chance.randint(0, len(text))] + other[chance.randint(0, len(other)) :]


def _graft(text: str, others: Sequence[str], chance: Random) -> str:
    other, at = chance.choice(others), chance.randint(0, len(text))
    start, end = _span(other, chance, 600)
    return text[:at] + other[start:end] + text[at:]


def _insert(text: str, _: Sequence[str], chance: Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(NASTY) + text[at:]


def _replace(text: str, _: Sequence[str], chance: Random) -> str:
    start, end = _span(text, chance, 3)
    return text[:start] + chance.choice(NASTY) + text[end:]


def _delete(text: str, _: Sequence[str], chance: Random) -> str:
    start, end = _span(text, chance, chance.choice((1, 1, 5, 80)))
    return text[:start] + text[end:]


def _repeat(text: str, _: Sequence[str], chance: Random) -> str:
    start, end = _span(text, chance, chance.choice((1, 8, 80)))
    return text[:end] + text[start:end] * chance.choice((1, 2, 40)) + text[end:]


def _move_line(text: str, _: Sequence[str], chance: Random) -> str:
    lines = text.split("\n")
    lines.insert(chance.randint(0, len(lines)), lines.pop(chance.randrange(len(lines))))
    return "\n".join(lines)


def _double_line(text: str, _: Sequence[str], chance: Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    return "\n".join(lines[: at + 1] + lines[at:])


def _indent(text: str, _: Sequence[str], chance: Random) -> str:
    lines, prefix = text.split("\n"), chance.choice(PREFIXES)
    start = chance.randrange(len(lines))
    end = chance.randint(start, len(lines))
    return "\n".join([*lines[:start], *(prefix + line for line in lines[start:end]), *lines[end:]])


def _replace_all(text: str, _: Sequence[str], chance: Random) -> str:
    start, end = _span(text, chance, 2)
    return text.replace(text[start:end], chance.choice(NASTY), chance.choice((1, 3, -1))) if start < end else text


def _change_line_ends(text: str, _: Sequence[str], chance: Random) -> str:
    return text.replace("\n", chance.choice(("\r\n", "\r", "\n\n", "", " \n", "\u2028")), chance.choice((1, -1)))


MUTATIONS: tuple[Mutation, ...] = (
    _splice,
    _graft,
    _insert,
    _insert,
    _replace,
    _replace,
    _delete,
    _repeat,
    _move_line,
    _double_line,
    _indent,
    _replace_all,
    _change_line_ends,
)
