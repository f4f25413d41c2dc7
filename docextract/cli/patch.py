"""The changes to a page as a unified diff that `git apply` and `patch -p1` take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What a file name in a diff must not hold unquoted (git-diff, "Generating patch text").
_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\\]')


def patch(path: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of the diff of a page; they end with LF, and what stands before it is part of the line."""
    import difflib

    names = _name(f"a/{path}"), _name(f"b/{path}")
    for line in difflib.unified_diff(_lines(before), _lines(after), *names):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Return the lines of a text with their ends, of which only LF counts; the last one may have none."""
    *lines, last = text.split("\n")
    return [f"{line}\n" for line in lines] + [last] * bool(last)


def _name(path: str) -> str:
    """Return a file name as git writes it: quoted if it holds odd characters, with a tab behind it if blanks."""
    if _UNSAFE.search(path):
        return '"' + _UNSAFE.sub(lambda match: f"\\{ord(match[0]):03o}", path) + '"'
    return f"{path}\t" if " " in path else path
