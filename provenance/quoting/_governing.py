"""Relays that govern a whole document: agency datelines, sign-offs, a credit near the top."""

from __future__ import annotations

import re
import sys
from typing import NamedTuple

from provenance.model import Document, Relay
from provenance.quoting._ordering import order, relay
from provenance.quoting._outlets import Mention, Mentions
from provenance.quoting._page import Page, Sentence

# Datelines stand within the first words, sign-offs in a last line of their own.
_DATELINE, _SIGN_OFF = 90, 60
# Tokens within which a sentence that points back does so: "В среду об этом сообщил …".
OPENING = 4


def signed(page: Page, outlets: Mentions) -> list[Relay]:
    """The outlets that a dateline or the last words of a document name."""
    return order([*_dateline(page, outlets), *_sign_off(page, outlets)])


def forwarded(document: Document) -> list[Relay]:
    """The channel that a message says it was forwarded from, which no words of it name."""
    from provenance.naming import outlets

    written = document.meta.get("forwarded source", "")
    listed = outlets.lookup(written) if written else None
    name = listed.name if listed is not None else written
    return [Relay(name, "outlet", written, "forwarded")] if name else []


def leads_on(sentence: Sentence) -> bool:
    """Whether a sentence leads to what it quotes itself: "Об этом сообщает X: «…»"."""
    return any(
        before.text in ":：" and index >= 0
        for before, index in zip(sentence.tokens, sentence.quoted[1:], strict=False)
    )


def _says_itself(sentence: Sentence) -> bool:
    """Whether a sentence points back at the quotation it begins with: "«…», — приводит его слова
    газета X"."""
    return bool(sentence.quoted) and sentence.quoted[0] >= 0


_AGENCY_DASH = re.compile(r"\s*\)?\s*[.,]?\s*(?:[-–—―]|\))")


def _dateline(page: Page, outlets: Mentions) -> list[Relay]:
    """ "MOSCOW, March 2 (Reuters) —", "МОСКВА, 2 мар — РИА Новости." """
    for sentence in page.sentences[:2]:
        for mention in outlets.within(
            sentence.start, min(sentence.end, sentence.start + _DATELINE)
        ):
            before = page.text[sentence.start : mention.start]
            after = page.text[mention.end : mention.end + 4]
            bracketed = before.rstrip().endswith("(") and _AGENCY_DASH.match(after)
            dashed = re.search(r"\d.{0,12}[-–—/]\s*$", before) and re.match(r"\s*[.,]", after)
            if bracketed or dashed or _wired(sentence, mention):
                return [relay(mention, "dateline")]
    return []


def _wired(sentence: Sentence, mention: Mention) -> bool:
    """Whether the outlet opens the sentence and its wire is named: "新华社北京3月2日电"."""
    return mention.start == sentence.start and any(
        "relays.wire" in one.labels
        and sentence.tokens[one.last - 1].end <= sentence.start + _DATELINE
        for one in sentence.found
    )


# "Source: ", in any language: one word and a colon, right before the name that ends the text.
_LABEL = re.compile(r"\w:\s*[«“„\"]?$")


def _sign_off(page: Page, outlets: Mentions) -> list[Relay]:
    """ "(avec AFP)", "dpa/afp", "(PAP)", "Source: dpa" as last words of the document."""
    if not page.sentences:
        return []
    last = page.sentences[-1]
    found = outlets.within(max(last.start, last.end - _SIGN_OFF), last.end)
    relays = []
    for mention in found:
        if _pictured(page, last, mention):
            continue
        bracket = page.text[max(last.start, mention.start - 12) : mention.start]
        after = page.text[mention.end : last.end].strip(" ).\n")
        labelled = _LABEL.search(bracket) and not after
        if len(after) <= _TRAILING and (_signs(page, last) or labelled or "(" in bracket):
            relays.append(relay(mention, "sign-off"))
    return relays


# Characters of a place or date behind the name.
_TRAILING = 12
# Words of a signature that stands at the end of a line: "With material by dpa" has a line.
_SIGNATURE = 3
_ACTORS = frozenset({"pronouns.he", "pronouns.she", "pronouns.they", "pronouns.i"})


def _signs(page: Page, sentence: Sentence) -> bool:
    """Whether the last sentence is a signature: short, on a line of its own or of a few words,
    and nobody does anything in it ("She works for Reuters.")."""
    if sentence.end - sentence.start > _SIGN_OFF or len(sentence.tokens) > 6:
        return False
    words = [token.normal for token in sentence.tokens if token.word]
    told = any(page.lexicon.labels(word) & _ACTORS for word in words)
    return not told and (sentence.opens_block or len(words) <= _SIGNATURE)


def _pictured(page: Page, sentence: Sentence, mention: Mention) -> bool:
    """Whether an outlet is thanked for a picture: "Фото: TV8", "AP Photo"."""
    return any(
        "relays.photo" in page.lexicon.labels(token.normal)
        for token in sentence.tokens
        if abs(token.start - mention.start) <= _CAPTION
    )


# Characters between "photo" and the name of whose it is.
_CAPTION = 24
REPORTS = frozenset({"reported", "citing", "quoted by"})


def _tells_earlier(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence tells what an outlet knew before, not how the news came: "Как ранее
    сообщало агентство Bloomberg, переговоры шли с весны"."""
    back = any("frames.back" in one.labels for one in sentence.found)
    opening = sentence.tokens[:OPENING]
    return not back and any(
        "relays.earlier" in page.lexicon.labels(token.normal) for token in opening
    )


class Credit(NamedTuple):
    """The outlets credited near the top of a text, and the sentences ``first:last`` that came
    through them."""

    relays: list[Relay]
    first: int = 0
    last: int = sys.maxsize

    def governs(self, sentence: int) -> bool:
        """Whether what the sentence of that number says came through them."""
        return self.first <= sentence < self.last


def credit(page: Page, by_sentence: dict[int, list[Relay]]) -> Credit:
    """ "Об этом сообщает ТАСС." near the top, or the one outlet a text credits at all, when it
    does so there, or whom somebody gave an interview: everything below comes from there.
    Where `one_source` is false, news credit the same way for one statement only."""
    every = {
        one.name for relays in by_sentence.values() for one in relays if one.relation in REPORTS
    }
    last = _background(page)
    for sentence in page.sentences[:4]:
        relays = by_sentence.get(sentence.index, [])
        given = any("relays.given" in one.labels for one in sentence.found)
        if given and any(one.relation == "interview" for one in relays):
            told = [one for one in relays if one.relation in REPORTS | {"interview"}]
            return Credit(told, 0, last)
        if not any(one.relation in REPORTS for one in relays) or _tells_earlier(page, sentence):
            continue
        first = not any(index < sentence.index for index in by_sentence)
        alone = first and (len(every) == 1 or sentence.index == 0)
        if _credits_all(page, sentence):
            # "Как передаёт X, об этом он заявил в интервью Y": all that follows was told to Y.
            wanted = REPORTS | {"told", "interview"}
        elif alone and page.lexicon.one_source:
            wanted = REPORTS
        else:
            continue
        return Credit([one for one in relays if one.relation in wanted], 0, last)
    return Credit([])


def _credits_all(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence credits what was said before it and goes on below."""
    backward = any("frames.back" in one.labels for one in sentence.found)
    backward = backward and not leads_on(sentence) and not _says_itself(sentence)
    return backward and (page.lexicon.one_source or sentence.index <= 1)


_BACKGROUND = frozenset({"relays.recap", "relays.earlier"})


def _background(page: Page) -> int:
    """The sentence with which the paper's own background begins: "Напомним, …", or a paragraph
    "Ранее …"."""
    for sentence in page.sentences[1:]:
        first = sentence.tokens[0].normal if sentence.tokens else ""
        labels = page.lexicon.labels(first) & _BACKGROUND
        if "relays.recap" in labels or (labels and sentence.opens_block):
            return sentence.index
    return sys.maxsize
