"""Whether two names stand for one state: the state, or the capital it is governed from.

"Britain will pay" and "Лондон заплатит" name one actor in two ways, which changes no claim.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from provenance.languages import table
from provenance.languages.words import fold, words


def states(text: str, language: str) -> frozenset[str]:
    """The states that a text names, by themselves or by where they are governed from: ISO codes."""
    exact, begun = _forms(language)
    found: set[str] = set()
    for word in words(text, language):
        folded = fold(text[word.start : word.end])
        found.update(exact.get(folded, ()))
        found.update(code for beginning, code in begun if folded.startswith(beginning))
    return frozenset(found)


@cache
def _forms(language: str) -> tuple[dict[str, tuple[str, ...]], tuple[tuple[str, str], ...]]:
    """Whole words with the states they name, and beginnings of words."""
    exact: dict[str, tuple[str, ...]] = {}
    begun: list[tuple[str, str]] = []
    for code, form in _listed(language):
        if form.endswith("*"):
            begun.append((fold(form[:-1]), code))
        else:
            exact[fold(form)] = (*exact.get(fold(form), ()), code)
    return exact, tuple(begun)


def _listed(language: str) -> Iterable[tuple[str, str]]:
    for code, written in table(language, "meaning").get("seats", {}).items():
        yield from ((code, form) for form in written.split())
    for code, forms in table(language, "quoting").get("countries", {}).items():
        yield from ((code, form) for form in forms if " " not in form)
