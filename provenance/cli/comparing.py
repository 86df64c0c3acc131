"""Two renderings held against each other."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli._input import database
from provenance.cli._output import dumps


@click.command()
@database
@click.argument("earlier", metavar="QUOTE-ID|TEXT")
@click.argument("later", metavar="QUOTE-ID|TEXT")
@click.option("--json", "as_json", is_flag=True, help="JSON for other programs.")
def diff(path: Path, earlier: str, later: str, as_json: bool) -> None:
    """Show word by word what became of one quote in another: lost, added, reworded.

    The first is held to be the earlier, whichever was published first. Quote texts with
    spaces. In a pipe, lost words stand in [-…-] and added ones in {+…+}.

    \b
    provenance diff 47 44
    provenance diff 47 "They will take part in combat"
    """
    from provenance import questions
    from provenance.cli._paint import show
    from provenance.export import answers
    from provenance.store import open_store

    asked = [int(one) if one.isdecimal() else one for one in (earlier, later)]
    if any(isinstance(one, int) for one in asked):
        with open_store(path, create=False, read_only=True) as store:
            found = questions.diff(store, *asked)
    else:
        found = questions.diff(None, *asked)
    if as_json:
        click.echo(dumps(answers.diff(found), indent=2))
        return
    from provenance.cli._answers import compared

    show(compared(found))
