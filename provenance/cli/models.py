"""Argos Translate packages: what is installed, what can be, and whether it is sound.

Only `search` and `install FROM TO` use the network, because the user asked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from provenance.cli._failing import NO, tell
from provenance.cli._output import Format, formatted
from provenance.cli._progress import downloading
from provenance.errors import TranslationError

if TYPE_CHECKING:
    from provenance.translating import Package


@click.group()
def models() -> None:
    """List, install and check Argos Translate packages.

    \b
    provenance models list
    provenance models install ru en
    provenance models install translate-ru_en-1_9.argosmodel
    """


@models.command("list")
@formatted
def list_packages(form: Format) -> None:
    """Installed packages, and the languages the built-in gloss knows."""
    from provenance.translating import broken, packages, server

    form.write([*map(_installed, packages()), *_glossed()])
    if address := server():
        tell(f"For other pairs the LibreTranslate server at {address} is asked.")
    for stray in broken():
        tell(f"Warning: {stray.source} is not a package: {stray.reason}")


@models.command()
@click.argument("language", required=False)
@formatted
def search(language: str | None, form: Format) -> None:
    """Packages the public index offers, read over the network."""
    from provenance.translating.models import available

    found = [o for o in available() if language in (None, o.source, o.target)]
    form.write(
        {"from": offer.source, "to": offer.target, "version": offer.version, "languages": names}
        for offer in found
        for names in [f"{offer.source_name} to {offer.target_name}"]
    )
    if language and not found:
        tell(f"The index offers nothing for {language!r}; it wants a code, as ru or de.")


@models.command()
@click.argument("what", nargs=-1, required=True, metavar="FROM TO | FILE.argosmodel | FOLDER")
def install(what: tuple[str, ...]) -> None:
    """Install a package from the public index, or from a file brought on a stick.

    A folder is a model of your own converted for CTranslate2 (OPUS-MT, NLLB).
    """
    from provenance.translating.models import install, install_file

    if len(what) == 1:
        package = install_file(what[0])
    elif len(what) == 2:
        package = install(what[0], what[1], downloading())
    else:
        raise click.UsageError("give two language codes (ru en) or one file or folder")
    click.echo(f"installed {package.name} in {package.path}")


@models.command()
@click.argument("source")
@click.argument("target")
def remove(source: str, target: str) -> None:
    """Delete the installed packages of a pair."""
    from provenance.translating.models import remove

    for package in remove(source, target):
        click.echo(f"removed {package.name}")


@models.command()
@click.argument("source")
@click.argument("target")
@formatted
def info(source: str, target: str, form: Format) -> None:
    """What is known of an installed package."""
    from provenance.translating.models import info

    form.write(info(package) for package in _pair(source, target))


@models.command()
@click.argument("pair", nargs=-1, metavar="[FROM TO]")
def verify(pair: tuple[str, ...]) -> None:
    """Check installed packages: no file changed, the model loads and answers."""
    from provenance.translating import broken, packages
    from provenance.translating.models import verify

    if len(pair) not in (0, 2):
        raise click.UsageError("give two language codes, or nothing to check all")
    unsound = 0
    found = _pair(*pair) if pair else packages()
    if not found:
        tell("No package is installed.")
    for package in found:
        wrong = verify(package)
        unsound += bool(wrong)
        click.echo(f"{package.name}: {'; '.join(wrong) or 'sound'}")
    for stray in () if pair else broken():
        unsound += 1
        click.echo(f"{stray.source}: {stray.reason}")
    if unsound:
        sys.exit(NO)


def _installed(package: Package) -> dict[str, Any]:
    return {
        "from": package.source,
        "to": package.target,
        "kind": "package",
        "version": package.version,
        "megabytes": round(package.size / 1e6, 1),
    }


def _glossed() -> Iterator[dict[str, Any]]:
    from provenance.translating import glossed

    for code in glossed():
        yield {"from": code, "to": "en", "kind": "gloss", "version": "built in", "megabytes": None}


def _pair(source: str, target: str) -> list[Package]:
    from provenance.translating import packages

    found = [p for p in packages() if (p.source, p.target) == (source, target)]
    if not found:
        raise TranslationError(f"no package {source} to {target} is installed")
    return found
