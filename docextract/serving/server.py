"""The server: a socket, and uvicorn on it, in this thread or in one of its own."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import threading
import time
from typing import TYPE_CHECKING, Self

import uvicorn

from docextract.serving.application import Application
from docextract.serving.connection import Connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from docextract.serving.service import Service

#: This machine, as the only one that can ask.
LOOPBACK = "127.0.0.1"
#: Seconds for which an idle connection stays, and in which requests must be answered when the server ends.
_KEPT, _GRACE = 15, 2
#: More connections at a time are answered with 503, so that slow clients cannot use up the files of the process.
_CONNECTIONS, _WAITING = 500, 1024
#: Bytes of the start line and the header of a request.
_HEADER = 65_536
#: Seconds between two looks whether the server has started.
_STEP = 0.01


class BindError(OSError):
    """The server cannot be bound to its address; the message is one clear sentence."""


class Server:
    """A server of a service, bound to an address: port 0 means any that is free.

    Raises BindError. `log` takes a line for each request.
    """

    def __init__(self, service: Service, host: str, port: int, log: Callable[[str], None]) -> None:
        self.application = Application(service, log)
        self._host = host
        self._socket = _bound(host, port)
        self._server = uvicorn.Server(
            uvicorn.Config(
                self.application,
                http=Connection,
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                limit_concurrency=_CONNECTIONS,
                timeout_keep_alive=_KEPT,
                timeout_graceful_shutdown=_GRACE,
                h11_max_incomplete_event_size=_HEADER,
            )
        )
        self._thread = threading.Thread(target=self._run, name="docextract-server", daemon=True)

    @property
    def url(self) -> str:
        """Where clients on this machine find it, without a slash at the end."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._host, self._host)
        port = self._socket.getsockname()[1]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def run(self) -> None:
        """Serve until an interrupt (SIGINT) or a request to end (SIGTERM)."""
        with _heard():
            self._run()

    def _run(self) -> None:
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()
            self.application.close()

    def __enter__(self) -> Self:
        """Serve in a thread of its own."""
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(_STEP)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End it."""
        self._server.should_exit = True
        self._thread.join()


@contextlib.contextmanager
def _heard() -> Iterator[None]:
    """Let the signals that end uvicorn end nothing else: it raises them again when it has ended."""
    kinds = (signal.SIGINT, signal.SIGTERM)
    usual = {kind: signal.signal(kind, lambda *_: None) for kind in kinds}
    try:
        yield
    finally:
        for kind, handler in usual.items():
            signal.signal(kind, handler)


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket that is bound to the first address of a host. Raises BindError."""
    try:
        found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM, socket.IPPROTO_TCP, socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
    except (OSError, UnicodeError) as error:
        raise BindError(f"--host: no address is known for '{host}'") from error
    # Where the protocol is not named, asyncio leaves it at sending small packets late.
    bound = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            # A port of which only old connections are left is free; on Windows the option means another thing.
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        # From here on clients wait instead of being refused.
        bound.listen(_WAITING)
    except OSError as error:
        bound.close()
        why = (
            "is in use; choose another one with --port"
            if error.errno in _IN_USE
            else f"cannot be used: {error.strerror}"
        )
        raise BindError(f"port {port} of {host} {why}") from error
    return bound


#: EADDRINUSE, and what Windows calls it.
_IN_USE = (errno.EADDRINUSE, 10048)
