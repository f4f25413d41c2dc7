"""Repairs of JSON text: which of those that the scanner proposes are certain."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from docextract.text.json_scanner import MAX_DEFECTS, Scanner
from docextract.text.source import changed

if TYPE_CHECKING:
    from docextract.text.json_values import JSONDefect, Reading

#: Characters. In longer texts repairs are only tried all at once: each trial reads the whole text.
_LONGEST = 100_000


def certain(text: str, reading: Reading) -> Reading:
    """Return a reading whose defects keep only repairs that are certain.

    Repairs are certain if the text with them reads as the same value, with fewer defects.
    """
    proposed = [defect for defect in reading.defects if defect.repair]
    if not proposed or _holds(text, reading, proposed):
        return reading
    held: list[JSONDefect] = []
    for defect in proposed if len(text) <= _LONGEST else ():
        # Two repairs that hold each by itself need not do so together: `{,,a}` is an object, `{a}` a placeholder.
        if _holds(text, reading, [*held, defect]):
            held.append(defect)
    kept = {defect.repair for defect in held}
    defects = tuple(defect if defect.repair in kept else replace(defect, repair=()) for defect in reading.defects)
    return replace(reading, defects=defects)


def _holds(text: str, reading: Reading, repaired: list[JSONDefect]) -> bool:
    mended = Scanner(changed(text, (change for defect in repaired for change in defect.repair))).run().reading()
    # Of a text with more defects than are told, repairs bring up further ones.
    fewer = len(mended.defects) <= len(reading.defects) - len(repaired) or len(reading.defects) == MAX_DEFECTS
    return fewer and mended.readable and json.dumps(mended.value) == json.dumps(reading.value)
