"""The worked case: the whole flow on articles that come with the tool, offline."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli._input import data_folder


@click.command()
@click.option(
    "-d",
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to build it; else demo.db in the user's data folder, made anew each time.",
)
@click.option("--explain", is_flag=True, help="Show the evidence of every hop with its weight.")
def demo(database: Path | None, explain: bool) -> None:
    """Run the whole flow on the worked case: invented articles in five languages.

    \b
    provenance demo
    provenance explore -d demo.db
    """
    from provenance import pipeline, questions
    from provenance.cli._paint import show
    from provenance.cli._report import statement
    from provenance.store import open_store

    path = database or _fresh(data_folder() / "demo.db")
    with open_store(path) as store:
        pipeline.demo(store)
        for travelled in questions.statements(store):
            show(statement(travelled, questions.english(store, travelled), explain))
    click.echo(f"Look closer:\n  provenance explore -d {path}\n  provenance trace -d {path} 1")


def _fresh(path: Path) -> Path:
    """`path` without what an earlier demo left there; only ever our own demo file."""
    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        name.unlink(missing_ok=True)
    return path
