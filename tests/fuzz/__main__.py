"""`python -m tests.fuzz [TARGET...] [--runs N | --seconds N]`: run targets and print what they came to.

Each target runs in a process of its own, guided by coverage where atheris is installed (`pip install
'.[fuzz]'`). Inputs that fail are kept, the smallest of each kind; `--again FILE` runs the target on one.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
from pathlib import Path

from tests.fuzz import worker
from tests.fuzz.session import Budget, Outcome

_ROW = "| {:14} | {:>11} | {:>9} | {:>9} | {:>8} |"


def main() -> int:
    """Run the targets that the arguments name, all by default; return 1 if an input failed."""
    asked = _arguments()
    if asked.worker:
        worker.main(asked.targets[0], Budget(asked.runs, asked.seconds), asked.keep, asked.corpus)
    from tests.fuzz.targets import TARGETS

    names = asked.targets or list(TARGETS)
    if unknown := [name for name in names if name not in TARGETS]:
        sys.exit(f"no such target: {unknown[0]}; there are {', '.join(TARGETS)}")
    if asked.again:
        TARGETS[names[0]].check(asked.again.read_bytes())
        return 0
    print(_ROW.format("target", "executions", "seconds", "slowest s", "failures"))
    print("|:--|--:|--:|--:|--:|")
    rows = [_run(name, asked) for name in names]
    print(_ROW.format("all", f"{sum(one.executions for one in rows):,}", *_cost(rows), _count(rows)))
    for kind, file in sorted({item for one in rows for item in one.failures.items()}):
        print(f"\n{kind}: {file}")
        told = Path(f"{file}.txt")
        print(told.read_text("utf-8") if told.is_file() else repr(Path(file).read_bytes()))
    return 1 if _count(rows) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="default: all")
    parser.add_argument("--runs", type=int, metavar="N", help="end each target after so many executions")
    parser.add_argument("--seconds", type=float, metavar="N", help="end each target after so many seconds")
    parser.add_argument("--keep", type=Path, default=Path(".fuzz"), metavar="DIR", help="keep failing inputs here")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="keep inputs that reach new code here")
    parser.add_argument("--again", type=Path, metavar="FILE", help="run the one TARGET on the input in a file")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.runs is None and asked.seconds is None:
        asked.seconds = 10.0
    if asked.again and len(asked.targets) != 1:
        parser.error("--again needs one TARGET")
    return asked


def _run(name: str, asked: argparse.Namespace) -> Outcome:
    """Run a target in a process of its own, and print its row."""
    command = [sys.executable, "-m", "tests.fuzz", "--worker", name, "--keep", asked.keep]
    command += [word for key in ("runs", "seconds") if (value := vars(asked)[key]) for word in (f"--{key}", str(value))]
    if asked.corpus:
        corpus = asked.corpus / name
        corpus.mkdir(parents=True, exist_ok=True)
        command += ["--corpus", corpus]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    outcome = _read(name, done, asked.keep)
    print(_ROW.format(name, f"{outcome.executions:,}", *_cost([outcome]), _count([outcome])), flush=True)
    return outcome


def _read(name: str, done: subprocess.CompletedProcess[str], keep: Path) -> Outcome:
    """Return the outcome that a process told; one that died has failed with its last input."""
    if done.returncode == 0:
        return Outcome(**json.loads(done.stdout.splitlines()[-1]))
    sys.stderr.write(done.stdout[-4000:] + done.stderr[-4000:])
    how = signal.Signals(-done.returncode).name if done.returncode < 0 else f"exit {done.returncode}"
    return Outcome(failures={f"{name} died: {how}": str(keep / f"{name}.current")})


def _cost(rows: list[Outcome]) -> tuple[str, str]:
    return f"{sum(one.seconds for one in rows):,.0f}", f"{max(one.slowest for one in rows):.2f}"


def _count(rows: list[Outcome]) -> int:
    return sum(len(one.failures) for one in rows)


if __name__ == "__main__":
    sys.exit(main())
