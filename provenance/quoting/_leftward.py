"""The noun phrase that ends before a cue, read leftward: "the mayor of X, Jane Roe, said"."""

from __future__ import annotations

from provenance.quoting._lexicon import Lexicon
from provenance.quoting._page import Sentence
from provenance.quoting._particles import listed
from provenance.quoting._phrases import (
    EDGE,
    HEADS,
    LONGEST,
    SUBJECTS,
    abbreviation,
    nominal,
    one_of,
    quoted_name,
)
from provenance.quoting._tokens import Token


def before(sentence: Sentence, words: Lexicon, last: int, first: int = 0) -> tuple[int, int] | None:
    """Tokens of the noun phrase that ends at token `last`, going left no further than `first`."""
    if last < first:
        return None
    if sentence.tokens[last].text in ",—–)":
        outer = _before_apposition(sentence, last, first)
        return before(sentence, words, outer, first) if outer is not None else None
    if words.labels(sentence.tokens[last].normal) & SUBJECTS and sentence.quoted[last] < 0:
        one = last - first > 1 and one_of(sentence, words, last)
        return (last - 2 if one else last), last + 1
    edge = last
    while edge > first and last - edge < LONGEST and _joins_left(sentence, words, edge - 1, last):
        edge -= 1
    edge = _up_to_marks(sentence, words, _trim(sentence, words, edge, last), first)
    if words.adjectives:
        last = _before_place(sentence, words, edge, last)
    return (edge, last + 1) if edge <= last and nominal(sentence, words, edge, last + 1) else None


def _up_to_marks(sentence: Sentence, words: Lexicon, edge: int, first: int) -> int:
    """The token a phrase begins with, where nothing but words that describe its role stands between
    a quotation and the phrase: "“…,” regional environment chief Ann Roe said"."""
    if words.nouns_capitalised or words.caseless or words.adjectives or edge <= first:
        return edge
    place = edge
    while place > max(first, edge - _DESCRIBING):
        token = sentence.tokens[place - 1]
        labels = words.labels(token.normal)
        opens = "speakers.determiners" in labels and place > 1
        if opens and sentence.tokens[place - 2].text == "," and token.word:
            return place - 1  # "…, the city's environment senator Ann Roe said"
        owner = token.normal in _OWNER  # "the city's"
        if not (token.word or owner) or token.capital or (labels - _DESCRIBES and not owner):
            break
        place -= 1
    behind = place < edge and place > first and sentence.quoted[place - 1] >= 0
    return place if behind else edge


# Words that describe a role right behind a quotation: "former party leader and ex-".
_DESCRIBING = 6


def _before_place(sentence: Sentence, words: Lexicon, edge: int, last: int) -> int:
    """The last token of the name that opens a phrase, where a preposition follows the name:
    "Schetyna w wywiadzie dla „Rz” stwierdził"."""
    if not sentence.tokens[edge].capital or sentence.quoted[edge] >= 0:
        return last
    for place in range(edge + 1, last):
        token = sentence.tokens[place]
        labels = words.labels(token.normal)
        if not token.capital and "speakers.stop" in labels and "speakers.inside" not in labels:
            named = all(one.capital for one in sentence.tokens[edge:place] if one.word)
            return place - 1 if named else last
    return last


def _before_apposition(sentence: Sentence, last: int, first: int) -> int | None:
    """The token before ", the head of X," when `last` is its closing comma."""
    mark = sentence.tokens[last].text
    opening = "(" if mark == ")" else mark
    for place in range(last - 1, max(first, last - 25), -1):
        if sentence.tokens[place].text == opening:
            return place - 1 if place - 1 >= first else None
    return None


def _joins_left(sentence: Sentence, words: Lexicon, place: int, last: int) -> bool:
    """Whether token `place` belongs to the phrase that runs from ``place + 1`` to `last`."""
    token, right = sentence.tokens[place], sentence.tokens[place + 1]
    if sentence.quoted[place] >= 0:
        return quoted_name(sentence, place)
    if token.text in EDGE and sentence.quoted[place + 1] < 0 and token.text not in '“”«»"':
        return abbreviation(sentence, words, place)
    labels, after = words.labels(token.normal), words.labels(right.normal)
    within = _within_name(sentence, place)
    if not within and _begins(words, token, right, labels, after):
        of = {"speakers.inside", "speakers.determiners"} <= after and words.inverts
        if not of or words.nouns_capitalised or not _governed(sentence, words, place + 1):
            return False  # "la cheffe de file des députés" is one phrase
    if within or token.capital or labels & _BEFORE_NAME:
        return "speakers.lead" not in labels or place > 0
    if labels & {"speakers.inside", "speakers.determiners", "verbs.say", "clause.auxiliaries"}:
        return bool(labels & {"speakers.inside", "speakers.determiners"})
    governed = bool(words.adjectives) and _governed(sentence, words, place)
    governed |= any(
        one.first <= place < one.last and "speakers.roles" in one.labels for one in sentence.found
    )  # "porte-parole"
    described = bool(after & _DESCRIBED) or _news_agency(sentence, words, place, last)
    described |= _in_office_of(sentence, words, place) or _of_body(sentence, words, place, last)
    return governed or described or not _plain_name(sentence, words, last)


def _news_agency(sentence: Sentence, words: Lexicon, place: int, last: int) -> bool:
    """Whether token `place` describes a noun for an outlet two tokens on: "state news agency"."""
    if place + 2 > last or sentence.tokens[place + 1].capital:
        return False
    return "relays.paper" in words.labels(sentence.tokens[place + 2].normal)


def _in_office_of(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether token `place` says of what an office is, before the name of who holds it:
    "the Minister of Energy of the republic Jane Roe"."""
    tied = False
    for left in range(place - 1, max(-1, place - _WHERE), -1):
        token = sentence.tokens[left]
        labels = words.labels(token.normal)
        if "speakers.roles" in labels:
            return tied
        if not tied and not labels & {"speakers.inside", "speakers.determiners"}:
            return False
        tied |= "speakers.inside" in labels
        if not token.word or (not token.capital and not labels & _LINKS):
            return False
    return False


def _of_body(sentence: Sentence, words: Lexicon, place: int, last: int) -> bool:
    """Whether token `place` describes the body of a role: "foreign ministry spokeswoman"."""
    if place + 2 > last:
        return False
    body, role = (words.labels(one.normal) for one in sentence.tokens[place + 1 : place + 3])
    return "speakers.groups" in body and "speakers.roles" in role


_LINKS = frozenset({"speakers.inside", "speakers.determiners"})
# Tokens from a role to the end of what it is of: "Minister of Energy of the republic".
_WHERE = 8
# Nouns that stand before a name, and those that words before them may describe: "state news
# agency IRNA".
_BEFORE_NAME = frozenset({"speakers.roles", "speakers.groups", "relays.paper", "relays.channel"})
_DESCRIBED = frozenset({"speakers.roles", "relays.paper", "relays.channel"})
_DESCRIBES = _BEFORE_NAME | {
    "clause.break", "clause.joins", "speakers.inside", "speakers.portfolios",
    "posts.former", "posts.head",
}  # fmt: skip
_OWNER = frozenset({"'s", "’s"})


def _within_name(sentence: Sentence, place: int) -> bool:
    """Whether token `place` is a particle between the words of a name: "von", "der"."""
    particles = listed("particles")
    left = right = place
    while left > 0 and sentence.tokens[left].normal in particles:
        left -= 1
    while right < len(sentence.tokens) - 1 and sentence.tokens[right].normal in particles:
        right += 1
    return left < place < right and sentence.tokens[left].capital and sentence.tokens[right].capital


def _governed(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a common noun depends on a body named to its left: "министерстве
    иностранных дел Молдовы"."""
    for left in range(place - 1, max(-1, place - 4), -1):
        if sentence.tokens[left].text in EDGE:
            return False
        if words.labels(sentence.tokens[left].normal) & HEADS:
            return True
        if any(one.last == left + 1 and one.labels & HEADS for one in sentence.found):
            return True
    return False


def _begins(
    words: Lexicon, token: Token, right: Token, labels: frozenset[str], after: frozenset[str]
) -> bool:
    """Whether the phrase begins at `right`: after a determiner, a conjunction, or where a
    role has nothing before it that may qualify it."""
    inside = "speakers.inside" in labels
    determined = "speakers.determiners" in after and not right.capital
    if determined and "speakers.inside" in after and labels & HEADS:
        return False  # "le ministère des Affaires étrangères"
    if (determined or "clause.break" in labels) and not inside:
        return True
    roled = "speakers.roles" in after and bool(words.adjectives)
    return roled and not _qualifies(words, token, labels)


def _qualifies(words: Lexicon, token: Token, labels: frozenset[str]) -> bool:
    """Whether a word may stand before a role: another role, or an adjective."""
    if labels & {"speakers.roles", "speakers.determiners"}:
        return True
    return token.normal.endswith(words.adjectives)


def _plain_name(sentence: Sentence, words: Lexicon, last: int) -> bool:
    token = sentence.tokens[last]
    labels = words.labels(token.normal)
    return token.capital and not words.nouns_capitalised and "speakers.roles" not in labels


def _trim(sentence: Sentence, words: Lexicon, edge: int, last: int) -> int:
    """Past conjunctions, adverbs and prepositions that stand before the phrase proper."""
    while edge < last:
        token = sentence.tokens[edge]
        labels = words.labels(token.normal)
        starts = "speakers.determiners" in labels or "speakers.roles" in labels
        loose = labels & {"speakers.lead", "speakers.inside", "clause.break", "speakers.stop"}
        if (loose and not starts) or not (
            token.word or sentence.quoted[edge] >= 0 or token.text[0].isdigit()
        ):
            edge += 1
        else:
            break
    return edge
