"""Outlets a sentence names though nothing came through them: whose owner or editor speaks,
whose forum somebody spoke at."""

from __future__ import annotations

import re

from provenance.quoting._page import Page, Sentence

# Tokens between a noun for who runs an outlet, or for what it holds, and its name.
_RUN, _HELD = 4, 7
# Tokens of an event's own name behind the outlet that holds it: "the Reuters NEXT conference".
_TITLE = 4
_LINKS = frozenset(
    {"relays.of", "relays.works", "relays.paper", "relays.channel", "speakers.determiners"}
)
_CUES = frozenset({"verbs.say", "relays.report", "relays.citing"})


def in_passing(page: Page, sentence: Sentence, first: int, last: int) -> bool:
    """Whether the outlet at tokens ``first:last`` is only named: "the owner of Fox News",
    "at a Reuters event"."""
    return (
        _run_by(page, sentence, first)
        or _holds_before(page, sentence, first)
        or _behind(page, sentence, last)
    )


def _run_by(page: Page, sentence: Sentence, first: int) -> bool:
    """Whether right before it stands who runs it: "владелец британской газеты The Sun"."""
    for place in range(first - 1, max(-1, first - _RUN - 1), -1):
        token = sentence.tokens[place]
        labels = page.lexicon.labels(token.normal)
        if "relays.staff" in labels:
            return True
        epithet = token.word and not token.capital
        epithet = epithet and token.normal.endswith(page.lexicon.adjectives)
        if token.word and not labels & _LINKS and not epithet:
            return False
        if not token.word and token.text in ".,;:!?—–":
            return False
    return False


def _holds_before(page: Page, sentence: Sentence, first: int) -> bool:
    """Whether what it holds stands before it: "на форуме, который проводит РБК"."""
    parted = held = False
    for place in range(first - 1, max(-1, first - _HELD - 1), -1):
        labels = _labels(page, sentence, place)
        if "relays.event" in labels:
            return held or not parted
        if labels & _CUES or sentence.tokens[place].text in ".;:!?":
            return False
        parted |= sentence.tokens[place].text == ","
        held |= "relays.held" in labels
    return False


def _behind(page: Page, sentence: Sentence, last: int) -> bool:
    """Whether who runs it or what it holds stands behind: "Reuters event", "新华社主办的论坛"."""
    genitive = page.lexicon.verb_final and _of(sentence, last)
    for place in range(last, min(len(sentence.tokens), last + _TITLE)):
        token, labels = sentence.tokens[place], _labels(page, sentence, place)
        if labels & _PASSING and (genitive or not page.lexicon.verb_final):
            return True
        if labels & _CUES or not (genitive or token.capital or token.text in "'’s"):
            return False
    return False


# Endings of whose something is: "Hürriyet'in", "gazetesinin".
_GENITIVE = re.compile(r"(?:'n?|n)[iuü]n$")
_PASSING = frozenset({"relays.event", "relays.held", "relays.staff"})


def _of(sentence: Sentence, last: int) -> bool:
    """Whether a Turkish outlet or its noun before token `last`, or that noun there, is genitive."""
    near = sentence.tokens[max(0, last - 1) : last + 1]
    return any(_GENITIVE.search(token.normal) for token in near)


def _labels(page: Page, sentence: Sentence, place: int) -> frozenset[str]:
    """Labels of the token at `place` and of the phrases that begin there."""
    begun = [one.labels for one in sentence.found if one.first == place]
    return page.lexicon.labels(sentence.tokens[place].normal).union(*begun)
