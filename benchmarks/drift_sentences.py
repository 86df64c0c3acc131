"""Sentences put into a statement or left out: ``python -m benchmarks.drift_sentences [CODE ...]``.

Three neighbouring sentences of FLORES in their language beside the English of all three, then
with the sentence that comes next in the article put in, and with the middle one left out, both
ways; and whole passages of speeches, where every sentence that is told is invented. The bounds
were found on the first half of Russian, Persian, Chinese and Turkish; what is measured here is
the second half of all.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import islice

from benchmarks import records
from provenance.languages.sentences import sentences
from provenance.matching import compare_parts
from provenance.model import Rendering

_CODES = ("ru", "uk", "de", "fr", "es", "it", "pl", "tr", "ar", "fa", "zh")
_FROM = 500  # of 997 items
_GROUPS = 60  # of three sentences and the next, each way
_PASSAGES = 250
_SAME = 0.5  # probability from which two texts are taken for one statement


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("codes", nargs="*", default=_CODES)
    for code in parser.parse_args().codes:
        both = list(_groups(code))
        pairs = [*both, *(tuple(reversed(pair)) for pair in both)]
        whole = [_told(one[:3], other[:3]) for one, other in pairs]
        more = ["added" in _told([*one[:1], one[3], *one[1:3]], other[:3]) for one, other in pairs]
        less = ["lost" in _told([one[0], one[2]], other[:3]) for one, other in pairs]
        invented = f"{sum(map(bool, whole))} of {len(pairs)} whole ones accused"
        print(
            f"{code}: put in {_share(more)}, left out {_share(less)} told; {invented}", flush=True
        )
    _speeches()


_Text = tuple[str, str]  # a sentence and its language


def _groups(code: str) -> Iterator[tuple[list[_Text], list[_Text]]]:
    """Four neighbouring sentences, and their English."""
    items = [
        item for item in records(f"eval/translate/flores_dev.{code}-en.jsonl.xz") if item.get("ref")
    ]
    for first in islice(range(_FROM, len(items) - 3, 4), _GROUPS):
        four = items[first : first + 4]
        yield [(item["src"], code) for item in four], [(item["ref"], "en") for item in four]


def _told(later: Sequence[_Text], earlier: Sequence[_Text]) -> set[str]:
    """Kinds of change that are told of whole sentences."""
    ours, theirs = _rendering(later), _rendering(earlier)
    spans = {
        *sentences(ours.text, ours.language),
        *sentences(theirs.text, theirs.language),
    }
    found = compare_parts(ours, theirs)
    return {item.kind for item in found.drift if {item.from_span, item.to_span} & spans}


def _rendering(texts: Sequence[_Text]) -> Rendering:
    return Rendering(0, 0, " ".join(text for text, _ in texts), texts[0][1])


def _share(told: Sequence[bool]) -> str:
    return f"{sum(told) / len(told):.2f}"


def _speeches() -> None:
    """Passages of two sentences and more beside their official English."""
    several = (
        [[(item["uk"], "uk")], [(item["en"], "en")]]
        for item in records("eval/match/zelenskyy_uk_en.jsonl.xz")
        if len(sentences(item["uk"], "uk")) > 1
    )
    accused = [bool(_told(*pair)) for pair in islice(several, _PASSAGES)]
    print(f"speeches: {sum(accused)} of {len(accused)} passages accused")


if __name__ == "__main__":
    main()
