"""What `docextract config --import` prints: files of API Doctor as a configuration of ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from docextract.cli.exit import Unusable
from docextract.project.api_doctor import Carried, Left, carry_over
from docextract.project.config import ConfigError
from docextract.project.keys import KEYS
from docextract.renderers.visible import visible
from docextract.text.toml import toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def imported(files: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a configuration that says what files of API Doctor say; comments tell what it cannot say.

    Raises Unusable for a file that cannot be read or is none of API Doctor, before anything is yielded.
    """
    if not files:
        raise Unusable("--import needs the files to import, such as config/schema-config.json")
    parts = [(file, part) for file in files for part in _parts(file)]
    carried = [(file, part) for file, part in parts if isinstance(part, Carried)]
    left = [(file, part) for file, part in parts if isinstance(part, Left)]
    yield "# docextract.toml; in pyproject.toml, put it below [tool.docextract]"
    for key in KEYS:
        of_key = [(file, part) for file, part in carried if part.key == key]
        if of_key:
            yield ""
            for file, part in of_key:
                yield f"# {visible(f'{file}: {part.source}')}"
            yield f"{key} = {toml(list(dict.fromkeys(item for _, part in of_key for item in part.items)))}"
    if not carried:
        yield "# nothing needs to be configured"
    if left:
        yield ""
        yield "# not carried over:"
    for file, kept in left:
        yield f"# {visible(f'{file}: {kept.source}: {kept.reason}')}"


def _parts(file: str) -> list[Carried | Left]:
    try:
        return list(carry_over(json.loads(Path(file).read_text("utf-8-sig"))))
    except OSError as error:
        raise Unusable(f"{file}: cannot be read: {error.strerror or error}") from error
    except json.JSONDecodeError as error:
        raise Unusable(f"{file}:{error.lineno}: not JSON: {error.msg}") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise Unusable(f"{file}: not JSON") from error
    except ConfigError as error:
        raise Unusable(f"{file}: {error}") from error
