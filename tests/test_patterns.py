"""No regular expression of the package goes over a text again and again: each is held against its worst texts."""

from __future__ import annotations

import re
import time

import pytest

from tests.patterns import ANCHORED, Use, uses, worst

USES = [use for use in uses() if isinstance(use.pattern.pattern, str)]
#: Patterns that get no longer texts, so that they may look at them more than once.
BOUNDED = {
    # Of what announces a list: `_Lists._announces` looks at its length first.
    **{f"reading/prose.py: {name}": 80 for name in ("_FILLER", "_FILLER_ABROAD", "_CAN_BE_FILLER")},
    # Of type cells: `typeref.parse` takes longer ones for no type.
    **{
        f"reading/typeref.py: {name}": 300
        for name in (
            "_OPTIONAL",
            "_LAST_NOTE",
            "_COLLECTION",
            "_COLLECTION_OF",
            "_COLLECTION_ABROAD",
            "_AFTER_COMMA",
            "_OR",
        )
    },
}
#: Patterns whose texts hold no such part, because their callers cut it off.
ENDED = {"markdown/heading.py: _MARKUP": ">"}
FEW, TIMES = 700, 8


def seconds(use: Use, text: str) -> float:
    start = time.process_time()
    for method in use.methods:
        if method in ANCHORED:
            getattr(use.pattern, method)(text)
        else:
            for _ in use.pattern.finditer(text):
                pass
    return time.process_time() - start


def slow(use: Use, few: int, times: int) -> str | None:
    """Return a text on which a pattern takes much more than `times` as long if it is as much longer; None if none."""
    end = ENDED.get(use.where, "")
    for short, long in zip(worst(use.pattern, few), worst(use.pattern, few * times), strict=True):
        took = seconds(use, long + end)
        if took < 0.002:
            continue
        took, before = (min(seconds(use, text + end) for _ in range(3)) for text in (long, short))
        if took > 0.002 and took > before * times * 2:
            return short
    return None


@pytest.mark.parametrize("use", [use for use in USES if use.where not in BOUNDED], ids=lambda use: use.where)
def test_a_pattern_takes_as_long_as_its_text(use):
    assert slow(use, FEW, TIMES) is None


@pytest.mark.parametrize("use", [use for use in USES if use.where in BOUNDED], ids=lambda use: use.where)
def test_a_pattern_of_bounded_texts_takes_little(use):
    assert max(seconds(use, text) for text in worst(use.pattern, BOUNDED[use.where])) < 0.1


def test_all_patterns_are_found():
    """Those of modules, and those that functions make: of the latter all can be made of examples."""
    assert len(USES) > 300
    made_of_others = [use.where.partition(":")[0] for use in USES if "is not defined" in use.where]
    # Of what the keys of the configuration hold, and by a function whose patterns are names of modules.
    assert made_of_others == ["project/shape.py", "project/shape.py", "reading/prose.py"]
    assert {*BOUNDED, *ENDED} <= {use.where for use in USES}


@pytest.mark.parametrize("pattern", [r"\s*,", r"<[^>]+>", r"a+\s*\s*$", r"\[[^\]]*\]\("])
def test_a_pattern_that_takes_longer_is_found(pattern):
    assert slow(Use("here", re.compile(pattern), frozenset(("search",))), FEW, TIMES)
