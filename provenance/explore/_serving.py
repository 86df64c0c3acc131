"""Start Datasette on a database: nothing can be written, nothing leaves the machine."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.errors import ProvenanceError
from provenance.store import open_store

if TYPE_CHECKING:
    from datasette.app import Datasette

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Message, Any, Send], Awaitable[None]]

# The database's name in addresses and in the metadata, whatever the file is called.
NAME = "provenance"

# A question over 200,000 quotes takes up to three seconds: let it. A page with four facets
# should not, and goes without those that are slow. Articles are cut in tables, never on
# their own pages.
_SETTINGS = {
    "sql_time_limit_ms": 4_000,
    "facet_time_limit_ms": 400,
    "truncate_cells_html": 280,
    "default_page_size": 50,
}

# Datasette's pages use inline scripts and styles of their own, and nothing from elsewhere;
# the browser is told to fetch nothing from elsewhere either (w3.org/TR/CSP3).
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def explore(path: str | Path, host: str, port: int, open_browser: bool) -> None:
    """Serve the database at `path` until interrupted; port 0 takes any that is free.

    Raises `StoreError` when there is no such database, `ProvenanceError` when the port is
    taken.
    """
    import uvicorn

    app = guarded(application(path).app())
    listening = _listen(host, port)
    address = f"http://{host}:{listening.getsockname()[1]}/{NAME}"
    print(f"{path} is open at {address} (Ctrl-C stops)", flush=True)
    if open_browser:
        _open_browser(address)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
    with suppress(KeyboardInterrupt):  # the way to end it
        server.run(sockets=[listening])


def application(path: str | Path) -> Datasette:
    """Datasette with the database at `path` as its only one, under the name `provenance`.

    Raises `StoreError` when `path` is not a database of ours.
    """
    from datasette.app import Datasette
    from datasette.plugins import pm
    from datasette.utils import parse_metadata

    from provenance.explore import _cells
    from provenance.explore._database import ReadOnly

    with open_store(path, create=False, read_only=True):
        pass
    _hush()
    if not pm.is_registered(_cells):
        pm.register(_cells)
    metadata = (files(__package__) / "metadata.yaml").read_text(encoding="utf-8")
    served = Datasette(metadata=parse_metadata(metadata), settings=_SETTINGS, memory=False)
    served.remove_database("_memory")
    served.add_database(ReadOnly(served, str(path)), name=NAME)
    return served


def _hush() -> None:
    """Without `rich` Datasette no longer prints all variables for every page that is missing.

    Not before Datasette is loaded: importing this module of its first leaves it without
    its error pages.
    """
    from datasette import handle_exception

    handle_exception.rich = None


def guarded(app: Asgi) -> Asgi:
    """`app` with the policy on every page that nothing is fetched from elsewhere."""

    async def answering(scope: Message, receive: Any, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_HEADERS]
            await send(message)

        await app(scope, receive, marked)

    return answering


_HEADERS = [
    (b"content-security-policy", _POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
]


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        reason = error.strerror or error
        raise ProvenanceError(
            f"cannot listen on {host} port {port} ({reason}); choose another with --port"
        ) from error


def _open_browser(address: str) -> None:
    """Once the server answers; it does so as soon as it listens, which it does already."""
    import webbrowser

    webbrowser.open(address)
