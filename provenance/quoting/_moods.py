"""Speech that goes on by its mood alone: "… sagte, die Halle sei alt. Das Dach sei undicht."."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from provenance.quoting._claims import Claim, trimmed
from provenance.quoting._lexicon import lexicon
from provenance.quoting._page import Page, Sentence
from provenance.quoting._rulebook import ruled

# Words a sentence has at least that is more than an exclamation.
_WORDS = 3


def continued(page: Page, found: list[Claim]) -> Iterator[Claim]:
    """Sentences in the mood of reported speech, without a cue of their own, that follow
    words somebody is said to have spoken, in the same paragraph: they are his too."""
    if not _has_mood(page.language):
        return
    speaking = {claim.sentence: claim for claim in found if claim.speaker is not None}
    claimed = {claim.sentence for claim in found}
    for sentence in page.sentences:
        before = speaking.get(sentence.index - 1)
        if before is None or before.speaker is None or sentence.index in claimed:
            continue
        if page.sentences[sentence.index - 1].block != sentence.block:
            continue
        if _reported(page, sentence):
            span = trimmed(sentence, 0, len(sentence.tokens))
            claim = ruled(sentence, [span], "mood", None, before.speaker)
            speaking[sentence.index] = claim
            yield claim


@cache
def _has_mood(language: str) -> bool:
    return bool(lexicon(language).words("clause.subjunctive"))


def _reported(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence without quotation marks has a verb in the mood of reported speech."""
    if sentence.passages or sum(token.word for token in sentence.tokens) < _WORDS:
        return False
    return any(
        "clause.subjunctive" in page.lexicon.labels(token.normal) for token in sentence.tokens
    )
