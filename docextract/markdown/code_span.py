"""Code spans (CommonMark 6.1): text between runs of backticks of one length."""

from __future__ import annotations

import re

#: The pattern of a code span, for other patterns too; they need `re.DOTALL`.
CODE_SPAN = r"(?<!`)(?P<ticks>`+)(?!`)(?:[^`]++|.+?(?<!`))(?P=ticks)(?!`)"
_CODE_SPAN = re.compile(CODE_SPAN, re.DOTALL)


def without_code(text: str) -> str:
    """Return a text with blanks in place of its code spans, so that offsets stay."""
    return _CODE_SPAN.sub(lambda span: " " * len(span[0]), text) if "`" in text else text
