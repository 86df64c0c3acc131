"""Start Datasette on a database: nothing can be written, nothing leaves the machine."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from threading import Thread
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

# For Datasette's own pages; ours bring a stricter policy. Their inline scripts only polish
# menus, so that the browser is told to run none, and to fetch nothing from elsewhere
# (w3.org/TR/CSP3); styles some of them need.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
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
    address = f"http://{host}:{listening.getsockname()[1]}/{NAME}/-/statements"
    print(f"{path} is open at {address} (Ctrl-C stops)", flush=True)
    Thread(target=_warm, daemon=True).start()
    if open_browser:
        _open_browser(address)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
    with suppress(KeyboardInterrupt):  # the way to end it
        server.run(sockets=[listening])


def _warm() -> None:
    """Read the tables that gloss foreign stations, while nobody has asked for a page yet: the
    first chain would wait a fifth of a second for them."""
    from provenance.translating import gloss, glossed

    for code in glossed():
        gloss("", code)


def application(path: str | Path) -> Datasette:
    """Datasette with the database at `path` as its only one, under the name `provenance`.

    Raises `StoreError` when `path` is not a database of ours.
    """
    from datasette.app import Datasette
    from datasette.plugins import pm
    from datasette.utils import parse_metadata

    from provenance.explore import plugin
    from provenance.explore._database import ReadOnly

    with open_store(path, create=False, read_only=True):
        pass
    _hush()
    if not pm.is_registered(plugin):  # from a checkout that was not installed
        pm.register(plugin)
    text = (files(__package__) / "metadata.yaml").read_text(encoding="utf-8")
    served = Datasette(**_told(parse_metadata(text)), settings=_SETTINGS, memory=False)
    if "_memory" in served.databases:  # 0.65 adds it all the same
        served.remove_database("_memory")
    served.add_database(ReadOnly(served, str(path)), name=NAME)
    return served


def _told(metadata: dict[str, Any]) -> dict[str, Any]:
    """What our metadata say, under the names this version of Datasette takes it by: from 1.0
    on ready questions are no metadata but configuration."""
    from datasette.app import Datasette

    if not hasattr(Datasette, "add_query"):
        return {"metadata": metadata}
    queries = metadata["databases"][NAME].pop("queries")
    return {"metadata": metadata, "config": {"databases": {NAME: {"queries": queries}}}}


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
                given = message.get("headers", [])
                names = {name.lower() for name, _ in given}
                missing = [header for header in _HEADERS if header[0] not in names]
                message["headers"] = [*given, *missing]
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
