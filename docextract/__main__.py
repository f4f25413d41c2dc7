"""Where the process starts and exits: `docextract` and `python -m docextract`."""

from __future__ import annotations

import gc
import sys

from docextract.cli import main as run


def main() -> None:
    """Run the command line of this process and exit with its code."""
    # Values make no cycles, and walking a million of them again and again takes a fifth of a run.
    gc.disable()
    raise SystemExit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
