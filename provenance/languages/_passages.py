"""Where a text changes language: cut into units, then the likeliest sequence of languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log

from provenance.languages._scripts import scripts
from provenance.model import Span

# A unit ends after a sentence, a line, and on either side of quotation marks.
_CUT = re.compile(
    r"[.!?…؟۔][\"'»”’)\]]*(?=\s)|[。！？][」』”）]?|\n+|(?<=[»”“」』])|(?=[«„“「『])|(?<=\s)(?=\")|(?<=\")(?=[\s,.])"
)
_SPACE = re.compile(r"\s+")
_SIGNS = " \t\n\r\u00a0.,;:!?…—–-«»„“”‚‘’\"'()[]「」『』。，、！？؟،"
_NEAR = 8
_WORD = re.compile(r"[^\W\d_]+")
# So many words of another script in a row are a phrase in it, not a name.
_PHRASE = 4
# What changing the language costs, in log-odds; the most a unit may say against a
# language, as a whole, for each word, for each word in a script that language does not
# use; what a capitalised word counts. Of a
# grid, the values at which mixtures of development spans come apart best while articles
# in one language stay whole (`python -m benchmarks.language`).
_CHANGE = 2.5
_MOST = 8.0
_A_WORD = 1.5
_A_FOREIGN_WORD = 3.0
_NAME = 0.25


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch expected to be in one language: what was heard of it, and how much it says.

    `ranking` is empty and `script` ``Zyyy`` where it has no letters.
    """

    ranking: Sequence[tuple[str, float]]
    script: str
    substance: float


def units(text: str) -> list[Span]:
    """Spans that tile `text`, none of which is expected to change language inside."""
    cuts = {0, len(text), *(match.end() for match in _CUT.finditer(text)), *_script_changes(text)}
    return [Span(start, end) for start, end in pairwise(sorted(cuts))]


def substance(passage: str) -> float:
    """How many words of a language a unit holds: a capitalised one, which may be a name in
    any language, counts for a fraction, and so does a letter of a script without spaces."""
    return sum(
        len(word) / 2 if "\u2e80" <= word[0] <= "\u9fff" else _NAME if word[0].isupper() else 1.0
        for word in _WORD.findall(passage)
    )


def likeliest(units_: Sequence[Unit]) -> list[str]:
    """The language of each unit: the best path, where changing language has its price.

    Viterbi's algorithm over the languages that lead some unit. A unit without letters
    takes the language around it; ``und`` when none has any.
    """
    scripts_of: dict[str, set[str]] = {}
    for unit in units_:
        if unit.ranking:
            scripts_of.setdefault(unit.ranking[0][0], set()).add(unit.script)
    languages = sorted(scripts_of) or ["und"]
    best = dict.fromkeys(languages, 0.0)
    steps: list[dict[str, str]] = []
    for unit in units_:
        leader = max(best, key=best.__getitem__)
        stays = {language: best[language] >= best[leader] - _CHANGE for language in languages}
        steps.append({language: language if stays[language] else leader for language in languages})
        best = {
            language: (best[language] if stays[language] else best[leader] - _CHANGE)
            + _evidence(unit, language, unit.script in scripts_of.get(language, ()))
            for language in languages
        }
    return _path(best, steps)


def _evidence(unit: Unit, language: str, its_script: bool) -> float:
    """Log-probability of `language` in `unit`, held back by how little the unit says.

    Latin words stand in texts of every script; Cyrillic ones in an English text do not.
    """
    if not unit.ranking:
        return 0.0
    a_word = _A_WORD if its_script or unit.script == "Latn" else _A_FOREIGN_WORD
    least = exp(-min(_MOST, a_word * unit.substance))
    return log(max(dict(unit.ranking).get(language, 0.0), least))


def seam(text: str, at: int) -> int:
    """Where near `at`, between the same two words, one passage had better end: after the
    punctuation that closes it, before the mark that opens the next."""
    before = text[max(0, at - _NEAR) : at]
    start = at - len(before) + len(before.rstrip(_SIGNS))
    after = text[at : at + _NEAR]
    gap = text[start : at + len(after) - len(after.lstrip(_SIGNS))]
    space = _SPACE.search(gap)
    return start + space.end() if space else at


def _path(best: dict[str, float], steps: list[dict[str, str]]) -> list[str]:
    label = max(best, key=best.__getitem__)
    labels: list[str] = []
    for came in reversed(steps):
        labels.append(label)
        label = came[label]
    return labels[::-1]


def _script_changes(text: str) -> list[int]:
    """Where a phrase in another script begins and ends inside a sentence."""
    of = scripts().of
    cuts: list[int] = []
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if run and of(word[0][0]) != of(run[-1][0][0]):
            cuts += _ends(run)
            run = []
        run.append(word)
    return cuts + _ends(run)


def _ends(run: list[re.Match[str]]) -> list[int]:
    return [run[0].start(), run[-1].end()] if len(run) >= _PHRASE else []
