"""One process that runs one target: guided by coverage where atheris is installed, else by chance alone.

Run by `python -m tests.fuzz`; its last line of stdout is the outcome as JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import sys
import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from tests.fuzz.mutator import LONGEST, mutated
from tests.fuzz.session import Budget, Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fuzz.targets import Target

try:
    import atheris
except ImportError:  # It has wheels for few platforms.
    atheris = None


def main(name: str, budget: Budget, kept: Path, corpus: Path | None) -> NoReturn:
    """Run a target until its budget is spent; `corpus` is where inputs that reach new code are kept for later runs."""
    with atheris.instrument_imports(include=["docextract"]) if atheris else contextlib.nullcontext():
        from tests.fuzz.targets import TARGETS
    target = TARGETS[name]
    session = Session(name, target.check, budget, kept)
    for text in target.seeds():
        session(text.encode("utf-8"))
    if atheris:
        _guided(session, target, corpus)
    else:
        _blind(session, target.seeds())
    _leave(session)


def _leave(session: Session) -> NoReturn:
    session.close()
    print(json.dumps(session.outcome.as_json()), flush=True)
    os._exit(0)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace" if any("\ud800" <= char < "\udc80" for char in text) else "surrogateescape")


def _blind(session: Session, seeds: Sequence[str]) -> None:
    """Run a target on mutations of its seeds, the same ones each time."""
    for number in count():
        if session.is_over:
            return
        chance = random.Random(number)
        session(_bytes(mutated(chance.choice(seeds), seeds, chance)))


def _guided(session: Session, target: Target, corpus: Path | None) -> None:
    """Run a target on mutations of what reached new code before."""
    seeds = target.seeds()

    def run(data: bytes) -> None:
        if session.is_over:
            _leave(session)
        session(data)

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        return _bytes(mutated(_text(data), seeds, random.Random(seed)))[:longest]

    with tempfile.TemporaryDirectory() as begin:
        for number, text in enumerate(seeds):
            (Path(begin) / str(number)).write_bytes(_bytes(text)[:LONGEST])
        folders = [str(corpus), begin] if corpus else [begin]
        options = ["-timeout=0", "-rss_limit_mb=4096", f"-max_len={LONGEST}", "-print_final_stats=0", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *options, *folders], run, custom_mutator=mutate)
        atheris.Fuzz()
