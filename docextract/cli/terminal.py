"""What the terminal behind stdout can show: colours, columns, hyperlinks."""

from __future__ import annotations

import os
import sys

#: Set by terminals that follow OSC 8 hyperlinks, and their values of TERM_PROGRAM.
_LINKING = ("VTE_VERSION", "KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "DOMTERM", "FORCE_HYPERLINK")
_LINKING_PROGRAMS = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio")
#: Narrower terminals are treated as if they had so many columns.
_FEWEST = 40


def shows_color(choice: str = "auto") -> bool:
    """Whether output to stdout is painted: by `choice` (always, never, auto), else by the environment.

    NO_COLOR (https://no-color.org) prevails over FORCE_COLOR (https://force-color.org) and CLICOLOR_FORCE
    (https://bixense.com/clicolors/), these over what the terminal can do.
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") not in ("", "0", "false") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and os.environ.get("CLICOLOR") != "0"


def columns() -> int | None:
    """Return the width of the terminal; None if stdout goes elsewhere."""
    if not sys.stdout.isatty():
        return None
    import shutil

    return max(shutil.get_terminal_size().columns, _FEWEST)


def follows_links() -> bool:
    """Whether stdout is a terminal that is known to follow OSC 8 hyperlinks."""
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return False
    return os.environ.get("TERM_PROGRAM") in _LINKING_PROGRAMS or any(map(os.environ.get, _LINKING))
