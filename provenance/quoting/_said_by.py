"""The speaker of a claim: the phrase cut to who is meant, and that resolved."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from provenance.model import Span, Speaker
from provenance.quoting import _leftward
from provenance.quoting._addressees import labelled
from provenance.quoting._claims import Claim
from provenance.quoting._page import Page
from provenance.quoting._speakers import Resolver
from provenance.quoting._tokens import Token, normal
from provenance.quoting._unspaced import phrase


def said_by(laid: Page, claim: Claim, resolver: Resolver) -> Speaker | None:
    """The claim's speaker; "who" takes the name of what it relates to."""
    if claim.speaker is None:
        return None
    span = _trimmed(laid, claim.speaker)
    if claim.rule == "nested quote" and laid.lexicon.labels(
        normal(laid.text[span.start : span.end])
    ) & {"pronouns.he", "pronouns.she"}:
        # Inside a quotation a pronoun is whom the speaker means, whom the text rarely says.
        text = laid.text[span.start : span.end]
        return Speaker(span.start, span.end, text, text, "person")
    antecedent = _antecedent(laid, claim.sentence, span)
    if antecedent is None:
        unnamed = _unnamed(laid, claim)
        adds = claim.cue is not None and labelled(laid, claim.cue, "verbs.adds")
        reports = reporting(laid, claim)
        return resolver.speaker(span, reporting=reports, unnamed=unnamed, adds=adds)
    meant = resolver.speaker(antecedent)
    return replace(meant, start=span.start, end=span.end, text=laid.text[span.start : span.end])


def _trimmed(laid: Page, span: Span) -> Span:
    """A speaker's phrase without what begins the next clause or led up to this one:
    "some allies, who", "among diplomats", "the minister said"."""
    words = phrase(laid.text[span.start : span.end], laid.lexicon)
    first, last = 0, len(words)
    while last - first > 1 and (
        _loose(laid, words[last - 1], _TRAILING)
        or _age(words[last - 2], words[last - 1])
        or _determines(laid, words[last - 1])
        or _full_stop(words[last - 2], words[last - 1])
    ):
        last -= 1
    while last - first > 1 and _loose(laid, words[first], _LEADING, first):
        first += 1
    last = _before_recipient(laid, words, first, last)
    if (first, last) == (0, len(words)):
        return span
    return Span(span.start + words[first].start, span.start + words[last - 1].end)


def _determines(laid: Page, token: Token) -> bool:
    """Whether a word at a phrase's end is an article whose noun was cut off: "Berg der"."""
    labels = laid.lexicon.labels(token.normal)
    articles = {"speakers.articles", "speakers.inside"} & labels
    return bool(articles) and "speakers.determiners" in labels and not token.capital


def _age(before: Token, token: Token) -> bool:
    """Whether a number behind a comma ends a phrase: "Berg, 71"."""
    return before.text == "," and token.text.isdigit()


def _full_stop(before: Token, token: Token) -> bool:
    """Whether a stop ends a sentence after an acronym, as in "NATO.", unlike "U.S."."""
    return token.text == "." and len(before.text) > 2 and before.text.isupper()


def _before_recipient(laid: Page, words: list[Token], first: int, last: int) -> int:
    """Where a name ends and the paper it was told to begins: "Anna Dupont der Agentur"."""
    for place in range(first + 1, last):
        if "relays.paper" not in laid.lexicon.labels(words[place].normal):
            continue
        edge = place
        while edge > first + 1 and not words[edge - 1].capital:
            edge -= 1
        labels = laid.lexicon.labels(words[edge - 1].normal)
        named = words[edge - 1].capital and not labels & _NO_NAME
        named &= edge < place or not words[place].capital  # "Europejska Agencja Leków"
        if edge == first + 1 and laid.lexicon.adjectives:
            # "Американският вестник"
            endings = tuple(one for one in laid.lexicon.adjectives if len(one) >= _ADJECTIVE)
            named &= not (endings and words[first].normal.endswith(endings))
        # English says "told"; "the Russian state news agency TASS" tells nobody.
        between = (laid.lexicon.labels(word.normal) for word in words[edge:place])
        cases = bool(laid.lexicon.adjectives) or laid.lexicon.nouns_capitalised
        named &= cases or any(labels & _TO for labels in between)
        return edge if named and place - edge <= _RECIPIENT else last
    return last


_TO = frozenset({"relays.interview", "relays.to", "speakers.articles", "speakers.determiners"})
# Letters of an adjective's ending that no name has.
_ADJECTIVE = 4
_NO_NAME = frozenset({"speakers.roles", "speakers.determiners"})
# Words between a name and the noun for who was told: "à l'", "der deutschen".
_RECIPIENT = 3


def _loose(laid: Page, token: Token, wanted: frozenset[str], at: int = 1) -> bool:
    """Whether a word at a phrase's edge is a mark or carries one of the labels `wanted`."""
    if not token.word:
        return token.text in ",;:—–-،、"
    labels = laid.lexicon.labels(token.normal)
    opens = not at and bool(labels & {"speakers.stop"})  # "Aus dem Auswärtigen Amt hieß es"
    named = token.capital and "pronouns.who" not in labels and not opens
    return bool(labels & wanted) and not named and not labels & _NOMINAL


_TRAILING = frozenset({"pronouns.who", "verbs.say", "speakers.inside", "clause.break"})
_LEADING = frozenset({"speakers.inside", "frames.before"})
_NOMINAL = frozenset(
    {"speakers.roles", "speakers.determiners", "speakers.groups", "speakers.documents",
     "speakers.anonymous", "pronouns.he", "pronouns.she", "pronouns.they"}
)  # fmt: skip


def _antecedent(laid: Page, index: int, span: Span) -> Span | None:
    """The phrase before a relative pronoun."""
    if "pronouns.who" not in laid.lexicon.labels(normal(laid.text[span.start : span.end])):
        return None
    sentence = laid.sentences[index]
    place = bisect_left(sentence.tokens, span.start, key=lambda token: token.start) - 1
    if not 0 <= place < len(sentence.tokens) - 1:
        return None
    place -= sentence.tokens[place].text == ","
    phrase = _leftward.before(sentence, laid.lexicon, place) if place >= 0 else None
    if phrase is None:
        return None
    return Span(sentence.tokens[phrase[0]].start, sentence.tokens[phrase[1] - 1].end)


def _unnamed(laid: Page, claim: Claim) -> bool:
    """Whether the attribution says that the speaker would not be named."""
    sentence = laid.sentences[claim.sentence]
    if claim.cue is None:
        return False
    return any(
        "speakers.unnamed" in one.labels
        and sentence.quoted[one.first] < 0
        and not spoken(claim, sentence.tokens[one.first].start)
        for one in sentence.found
    )


def spoken(claim: Claim, offset: int) -> bool:
    return any(span.start <= offset < span.end for span in claim.spans)


def reporting(laid: Page, claim: Claim) -> bool:
    """Whether the cue is a verb that outlets are the subject of."""
    if claim.cue is None:
        return False
    word = normal(laid.text[claim.cue.start : claim.cue.end])
    return "relays.report" in laid.lexicon.labels(word)


def first_person(laid: Page, claim: Claim) -> bool:
    """Whether the subject is "I" or "we", outside any quotation: whoever wrote the text."""
    speaker = claim.speaker
    if speaker is None or not laid.lexicon.adjectives:
        return False
    word = normal(laid.text[speaker.start : speaker.end])
    return "pronouns.i" in laid.lexicon.labels(word)


def own_outlet(laid: Page, claim: Claim, own: frozenset[str]) -> Speaker | None:
    """The text's own outlet as speaker, where it is known: "Ранее мы сообщали"."""
    names = sorted(name for name in own if name and "." not in name)
    if claim.speaker is None or not names:
        return None
    start, end = claim.speaker.start, claim.speaker.end
    return Speaker(start, end, laid.text[start:end], names[0], "outlet")
