"""`docextract serve`: the documented exchanges, answered over HTTP."""

from __future__ import annotations

import contextlib
import gc
import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from docextract.cli.arguments import selections
from docextract.cli.completion import files
from docextract.cli.exit import CLEAN, Unusable, notice
from docextract.cli.watching import folders_of, named, watcher
from docextract.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from docextract.serving.server import Server
    from docextract.serving.service import Service

_PORT = 4010
_PATH = re.compile(r"/[^?#\s]*")


@click.command()
@click.argument("paths", nargs=-1, shell_complete=files)
@click.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    show_default=True,
    help="The address to serve on; by default only this machine can ask.",
)
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    default=_PORT,
    show_default=True,
    help="The port; 0 is any that is free.",
)
@click.option(
    "--base-path", metavar="PREFIX", default="", help="What clients put before the paths of the pages, such as /v1.0."
)
@click.option("--reload", "reloads", is_flag=True, help="Read the pages again whenever one is saved.")
@click.option("--no-validate", is_flag=True, help="Answer also to requests whose bodies contradict the tables.")
def serve(paths: tuple[str, ...], host: str, port: int, base_path: str, reloads: bool, no_validate: bool) -> int:
    """Serve the documented exchanges of PATHS over HTTP: a mock server, until Ctrl-C."""
    try:
        from docextract.serving.server import BindError, Server
    except ImportError:
        raise Unusable("serve needs starlette and uvicorn: python -m pip install 'docextract[serve]'") from None
    if base_path and not _PATH.fullmatch(base_path):
        raise Unusable(f"--base-path: '{base_path}' is no path, such as /v1.0")
    changes = watcher("--reload") if reloads else None
    reader = _Reader(paths, host, base_path, not no_validate)
    service, folders = reader.read(notice)
    try:
        server = Server(service, host, port, _log)
    except BindError as error:
        raise Unusable(str(error)) from error
    # What the pages say lives as long as the server; what requests leave does not.
    gc.freeze()
    gc.enable()
    notice(f"{_counts(service)} at {server.url}; Ctrl-C ends")
    if changes:
        threading.Thread(
            target=_reload, args=(server, reader, changes(folders, threading.Event())), daemon=True
        ).start()
    server.run()
    return CLEAN


@dataclass(frozen=True)
class _Reader:
    """Reads the pages that are served, as often as it is asked to."""

    paths: tuple[str, ...]
    host: str
    base: str
    validates: bool

    def read(self, notify: Callable[[str], None]) -> tuple[Service, list[str]]:
        """Return what the pages say now, and their folders. Raises Unusable."""
        from docextract.serving.service import Service

        selected = selections(self.paths, notify=notify)
        service = Service.of(selected, host=self.host, base=self.base, validates=self.validates)
        if not service.routes.examples:
            raise Unusable("no page shows a request, so there is nothing to serve")
        return service, folders_of(selected)


def _reload(server: Server, reader: _Reader, changes: Iterable[Sequence[str]]) -> None:
    """Read the pages again after each change; what cannot be used just now is told, and the old routes stay."""
    for changed in changes:
        try:
            service, _ = reader.read(lambda _: None)
        except Unusable as error:
            notice(f"{error.message}; the routes stay as they were")
            continue
        server.application.service = service
        notice(f"{named(changed)}: {_counts(service)}")
        gc.unfreeze()
        gc.collect()
        gc.freeze()


def _counts(service: Service) -> str:
    return f"{plural(len(service.routes), 'route')}, {plural(len(service.routes.examples), 'example')}"


def _log(line: str) -> None:
    # A server outlives those who read what it says.
    with contextlib.suppress(OSError):
        click.echo(line, err=True)
