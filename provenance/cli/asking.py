"""Questions about whole statements and outlets: in time, onward, whom an outlet relies on."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import click

from provenance.cli import _rows
from provenance.cli._asked import asked, asking
from provenance.cli._input import database
from provenance.cli._output import Format, dumps, formatted

_JSON = click.option("--json", "as_json", is_flag=True, help="JSON for other programs.")


@click.command()
@database
@asking
@_JSON
@formatted
def timeline(path: Path, what: str, as_json: bool, form: Format) -> None:
    """Show every rendering of a statement in order of time, and where each came from.

    \b
    provenance timeline 12
    provenance timeline --csv "We will not send combat troops"
    """
    from provenance import questions
    from provenance.cli._paint import show
    from provenance.export import answers
    from provenance.store import open_store

    with open_store(path, create=False, read_only=True) as store:
        found = [item for one in asked(what) for item in questions.timeline(store, one)]
        if as_json or form != Format():
            moments = (answers.timeline(item, store.document_ids) for item in found)
            form.write(chain.from_iterable(moments), _rows.in_words)
            return
        from provenance.cli._answers import in_time

        for item in found:
            show(in_time(item))
        if not found:
            show("No quotes found in it.")


@click.command()
@database
@asking
@click.option("--explain", is_flag=True, help="Show the evidence of every hop with its weight.")
@_JSON
def spread(path: Path, what: str, explain: bool, as_json: bool) -> None:
    """Show who carried a quote on, in which languages, and what changed on the way.

    Of words that are not stored, the spread of the text they go back to is shown.

    \b
    provenance spread 12
    provenance spread https://www.example.org/speech
    """
    from provenance import questions
    from provenance.cli._paint import show
    from provenance.export import answers
    from provenance.store import open_store

    with open_store(path, create=False, read_only=True) as store:
        found = [item for one in asked(what) for item in questions.spread(store, one)]
        english = [questions.english(store, item.chain) for item in found]
        if as_json:
            pairs = zip(found, english, strict=True)
            shapes = [answers.spread(item, store.document_ids, said) for item, said in pairs]
            click.echo(dumps(shapes[0] if len(shapes) == 1 else shapes, indent=2))
            return
        from provenance.cli._answers import onward

        for item, said in zip(found, english, strict=True):
            show(onward(item, said, explain))
        if not found:
            show("No quotes found in it.")


@click.command()
@database
@click.argument("outlet", nargs=-1, required=True)
@_JSON
@formatted
def sources(path: Path, outlet: tuple[str, ...], as_json: bool, form: Format) -> None:
    """Show whom an outlet relies on, how far it is from the original, how often it alters.

    The outlet may be given by any of its names, or by its address.

    \b
    provenance sources TASS
    provenance sources -t tass.ru
    """
    from provenance import questions
    from provenance.cli._paint import show
    from provenance.export import answers
    from provenance.store import open_store

    with open_store(path, create=False, read_only=True) as store:
        found = questions.sources(store, " ".join(outlet))
    shape = answers.sources(found)
    if as_json:
        click.echo(dumps(shape, indent=2))
    elif form != Format():
        form.write(shape["sources"], _rows.in_words)
    else:
        from provenance.cli._answers import relied_on

        show(relied_on(found))
