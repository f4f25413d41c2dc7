"""A failure of docextract itself: what is said of it."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
#: What to do about it.
REPORT_IT = "Please report it, with the page if you can"
#: So much is told of what an error says, which may be a text of a page.
_LONGEST = 200


def in_words(error: BaseException) -> str:
    """Return the kind of an error, the innermost place of docextract that it passed, and what it says."""
    import traceback

    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(_HERE)
    ]
    where = ""
    if frames:
        inside = Path(frames[-1].filename).relative_to(_HERE.parent).as_posix()
        where = f" at {inside}:{frames[-1].lineno}"
    says = str(error)[:_LONGEST]
    return f"{type(error).__name__}{where}{f' ({says})' if says else ''}"
