"""`python -m tests.faults.saboteur FAULT NUMBER ARGUMENT...`: docextract, with a fault at its NUMBERth change to the file system.

FAULT is `kill` (SIGKILL just before the change), or the name of an error (`ENOSPC`, `EROFS`), which this change
and all after it raise; `none` only counts the changes, and prints their number to stderr at the end.
"""

from __future__ import annotations

import errno
import os
import signal
import sys

_CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "os.link", "os.symlink")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Saboteur:
    """A hook of the interpreter, which is called before each change."""

    def __init__(self, fault: str, number: int) -> None:
        self.fault = fault
        self.number = number
        self.changes = 0

    def __call__(self, event: str, details: tuple[object, ...]) -> None:
        """Count a change, and do to it what is wanted."""
        if not _is_change(event, details):
            return
        self.changes += 1
        if self.changes < self.number or self.fault == "none":
            return
        if self.fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        number = getattr(errno, self.fault)
        raise OSError(number, os.strerror(number), details[0] if isinstance(details[0], str) else None)


def _is_change(event: str, details: tuple[object, ...]) -> bool:
    if event == "open":
        path, _, flags = details
        return bool(isinstance(flags, int) and flags & _WRITES) and not str(path).startswith("/dev/")
    return event in _CHANGES


def main() -> None:
    """Run docextract with the arguments of this process."""
    fault, number, *arguments = sys.argv[1:]
    from docextract.cli.main import main as run

    saboteur = Saboteur(fault, int(number))
    sys.addaudithook(saboteur)
    code = run(arguments)
    if fault == "none":
        print(saboteur.changes, file=sys.stderr)
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
