"""Noun phrases beside a verb: who speaks, found without a parser.

A subject is read off word order: the capitalised words, roles, determiners and the little
words that hold a name together, up to the clause's edge. This is coarse and cheap; what it
gets wrong is mostly how much of an apposition it takes, seldom whom. Here stands what is true
of a phrase whichever way it is read: `_leftward` reads it back from its end, `_rightward` on
from its beginning.
"""

from __future__ import annotations

from provenance.quoting._lexicon import NOTHING, Lexicon
from provenance.quoting._page import Sentence
from provenance.quoting._particles import listed

EDGE = frozenset(',;:.!?…—–―()[]{}«»“”„"،؛؟。，；：！？、')
# No speaker phrase seen in the training sets is longer than this many tokens.
LONGEST = 16
# A quoted name inside a phrase (the newspaper "Kommersant") has few words.
_NAME_LENGTH = 4
OF = 2  # tokens of "one of"


def one_of(sentence: Sentence, words: Lexicon, last: int) -> bool:
    """Whether a pronoun stands behind "one of": "Один із них"."""
    if not OF <= last < len(sentence.tokens):
        return False
    one, of = sentence.tokens[last - 2 : last]
    tied = "speakers.inside" in words.labels(of.normal)
    return tied and "speakers.determiners" in words.labels(one.normal)


HEADS = frozenset({"speakers.groups", "speakers.roles"})


def abbreviation(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """A full stop inside a name: "J.", "Mr.", "U.S.", or behind a short title: "mł. asp."."""
    token = sentence.tokens[place]
    if token.text != "." or place == 0 or place + 1 >= len(sentence.tokens):
        return False
    left = sentence.tokens[place - 1]
    titled = left.capital or "speakers.roles" in words.labels(left.normal)
    titled |= left.normal in listed("titles")
    titled &= sentence.tokens[place + 1].text not in "-–—"  # "KIEV.- El presidente"
    return left.end == token.start and titled and len(left.text) <= (4 if left.capital else _TITLE)


# Letters of a title that is cut short: "ppłk", "podkom".
_TITLE = 6


def quoted_name(sentence: Sentence, place: int) -> bool:
    """Whether the passage around token `place` is a name between marks, not a quotation."""
    passage = sentence.passages[sentence.quoted[place]]
    first, last = sentence.held[sentence.quoted[place]]
    held = last - first
    spoken = held > _SINGLE and sentence.tokens[last - 2].text in ".!?…"  # « Très bien. »
    short = held <= _NAME_LENGTH + 2 and passage.closed and not spoken
    return short and _capital_inside(sentence, place)


_SINGLE = 4  # tokens of one word, its stop and its marks


def _capital_inside(sentence: Sentence, place: int) -> bool:
    """Whether the passage around token `place` begins as a name does (or has no case)."""
    first, last = sentence.held[sentence.quoted[place]]
    if sentence.tokens[first + 1].text.isdigit():
        return True  # „24 часа“
    inner = [token for token in sentence.tokens[first:last] if token.word][:1]
    return bool(inner) and (inner[0].capital or inner[0].text.lower() == inner[0].text.upper())


PRONOUNS = frozenset({"pronouns.he", "pronouns.she", "pronouns.they", "pronouns.it", "pronouns.i"})
SUBJECTS = frozenset({"pronouns.he", "pronouns.they"})
_NOMINAL = PRONOUNS | {
    "pronouns.there",
    "speakers.roles",
    "speakers.groups",
    "speakers.documents",
    "speakers.anonymous",
    "relays.paper",
}
_NOUNS = frozenset({"speakers.roles", "speakers.groups"})


def nominal(sentence: Sentence, words: Lexicon, first: int, last: int) -> bool:
    """Whether some token of the phrase can name somebody."""
    for place in range(first, last):
        token = sentence.tokens[place]
        labels = words.labels(token.normal) if sentence.quoted[place] < 0 else NOTHING
        if labels & _NOMINAL or (sentence.quoted[place] >= 0 and quoted_name(sentence, place)):
            return True
        if sentence.quoted[place] >= 0:
            continue
        if token.capital and not labels & {"speakers.lead", "clause.break", "clause.that"}:
            return True
        if words.caseless and token.word:
            return True
        if "speakers.determiners" in labels and last - first > 1:
            return True
    # "държавният глава": a noun of two words
    return any(
        first <= one.first < one.last <= last and one.labels & _NOUNS for one in sentence.found
    )
