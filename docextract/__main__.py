"""Where the process starts and exits: `docextract` and `python -m docextract`."""

from __future__ import annotations

import contextlib
import gc
import os
import sys

from docextract.cli.main import main as run


def main() -> None:
    """Run the command line of this process and exit with its code."""
    # Values make no cycles, and walking a million of them again and again takes a fifth of a run;
    # so does taking them apart one by one at the end.
    gc.disable()
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
