"""Which of two texts is the translation, by the models that translate either way.

A translation is likelier given its source than the source is given the translation: what is
hard to guess in an original, its translator made plainer. Wastl, Vamvas & Sennrich, "Machine
Translation Models are Zero-Shot Detectors of Translation Direction" (2024), find so the
direction of 82 to 96 in 100 machine translations and of 60 to 81 in 100 human ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from provenance.translating._engine import Engine
from provenance.translating._packages import Package, packages


def direction(
    pairs: Sequence[tuple[str, str]], one: str, other: str
) -> tuple[float | None, ...] | None:
    """How much more each second text, in language `other`, looks translated from the first,
    in `one`, than the first from the second: nats a token, negative where less.

    None where no Argos packages for both directions are installed, and for a pair of which
    a text is longer than a model reads at once. Raises `TranslationError` on a broken package.
    """
    there, back = _installed(one, other), _installed(other, one)
    if there is None or back is None:
        return None
    forward = Engine(there).likelihoods(pairs)
    backward = Engine(back).likelihoods([(second, first) for first, second in pairs])
    return tuple(
        a - b if a is not None and b is not None else None
        for a, b in zip(forward, backward, strict=True)
    )


def _installed(source: str, target: str) -> Package | None:
    """The newest Argos package for a pair: its one tokenizer cuts both languages."""
    found = (p for p in packages() if (p.source, p.target, p.engine) == (source, target, "argos"))
    return next(found, None)
