"""The command line: parses, calls, prints, nothing else.

Commands load when they are asked for, so that ``provenance --help`` is instant.
"""

from __future__ import annotations

import gc
import os

import click

from provenance.cli._lazy import LazyGroup

_COMMANDS = {
    "add": ("storing", "Store documents and everything derived from them."),
    "audit": ("tracing", "Give a verdict on every quote of a draft."),
    "demo": ("demo", "Run the whole flow on the worked case, offline."),
    "diff": ("comparing", "Show word by word what became of one quote in another."),
    "detect": ("reading", "Say which language each document is in."),
    "explore": ("exploring", "Open the database in Datasette, read-only."),
    "match": ("storing", "Find the stored passages that render a text."),
    "export": ("exporting", "Write chains for other tools, in eight formats."),
    "models": ("models", "List, install and check Argos Translate packages."),
    "names": ("reading", "Say whether two names name the same person or outlet."),
    "origin": ("reading", "Say whether a document is an original, a relay or a translation."),
    "path": ("storing", "Print where the database is."),
    "quotes": ("reading", "Extract quotes: who said it, via whom."),
    "report": ("reporting", "Write one file that proves a chain, for an editor."),
    "review": ("reviewing", "Accept, reject or add a hop, signed; or list what was decided."),
    "sources": ("asking", "Show whom an outlet relies on, and how often it alters."),
    "spread": ("asking", "Show who carried a quote on, and what changed."),
    "statements": ("storing", "List what was said, each once, with its renderings."),
    "status": ("storing", "Say what the database holds and which models made it."),
    "timeline": ("asking", "Show every rendering of a statement in order of time."),
    "trace": ("tracing", "Trace a quote back to its earliest known source."),
    "translate": ("reading", "Translate locally, or gloss where no package is installed."),
    "unreview": ("reviewing", "Take a decision back; both stay on record."),
}


@click.group(cls=LazyGroup, commands_by_module=_COMMANDS)
@click.version_option(package_name="provenance-tracker", prog_name="provenance")
def cli() -> None:
    """Who said it, in which language, via whom, and what changed on the way.

    Everything runs on this machine; nothing leaves it. Start with `provenance demo`.
    """


def main() -> None:
    """Run the command line; the console script's entry point."""
    # NumPy's products here are small: one thread takes a third of the time that threads
    # waiting for each other take on a busy machine. It is read when NumPy is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Huge pages would make a query a fiftieth cheaper where a million texts are stored; to make
    # room for them the kernel may tidy the memory of a busy machine for a third of a second.
    os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")
    # Tables make many objects and throw none away: looking for garbage among them less often
    # saves a tenth of a command's time (paired runs of `report`).
    gc.set_threshold(100_000, 20, 20)
    cli(prog_name="provenance")
