"""Opening the database in Datasette."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli._input import database


@click.command()
@database
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("-p", "--port", default=8765, show_default=True, type=click.IntRange(0, 65535))
@click.option("--open", "open_browser", is_flag=True, help="Open a browser on it.")
def explore(path: Path, host: str, port: int, open_browser: bool) -> None:
    """Open the database in Datasette, read-only, on this machine.

    \b
    provenance explore
    provenance explore -d case.db --open
    """
    from provenance.explore import explore as serve

    serve(path, host, port, open_browser)
