"""The entry point of the process: `docextract` and `python -m docextract`."""

from __future__ import annotations

import contextlib
import gc
import os
import sys

from docextract.cli.exit import TERMINATED, heed_signals
from docextract.cli.main import main as run


def main() -> None:
    """Run the command line with the arguments of this process, and exit with its code."""
    # Our values form no cycles: collecting garbage among a million of them would take a fifth of a
    # run, and so would freeing them one by one at exit.
    gc.disable()
    if sys.stdout is None or sys.stderr is None:
        # Whoever closed them does not want to read anything.
        nowhere = open(os.devnull, "w")  # noqa: SIM115
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    heed_signals()
    code = run(sys.argv[1:])
    # Who terminates this process may be who does not read its output any more.
    for stream in (sys.stdout, sys.stderr) if code != TERMINATED else ():
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
