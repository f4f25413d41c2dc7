"""Values as JSON that is safe wherever it is shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from docextract.renderers.visible import CONTROL

if TYPE_CHECKING:
    import re


def json_text(value: object) -> str:
    """Return a value as JSON on one line; what could control a terminal or a CI job is an escape of JSON in it.

    Such an escape stands for the same character, so the value read back is equal. (UTF-8 could not
    encode lone surrogates either.)
    """
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() and "##" not in text else CONTROL.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
