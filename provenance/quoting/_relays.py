"""Through whom a document says it got the words: the relay chain, from the speaker outward.

A sentence "…, сообщает РБК со ссылкой на Financial Times" names two outlets; the one cited
stands nearer the speaker than the one that cites. Agency datelines, sign-offs and a credit
in the first paragraph ("Об этом сообщает ТАСС") govern every quote of the document and
stand furthest out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from provenance.model import Relay, Span
from provenance.quoting import _phrases
from provenance.quoting._asides import past_citing
from provenance.quoting._dialogue import attribution
from provenance.quoting._lexicon import NOTHING
from provenance.quoting._lexicon import Found as Lexical
from provenance.quoting._outlets import Mention, Mentions
from provenance.quoting._page import Page, Sentence
from provenance.quoting._tokens import Token

# How many tokens may stand between a relay cue and the outlet it governs:
# "со ссылкой на британскую газету The Telegraph".
_REACH = 5
# Further tokens where a noun of the trade stands before the name: "told the Russian state
# news agency TASS".
_EPITHETS = 2
# Datelines stand within the first words, sign-offs in a last line of their own.
_DATELINE, _SIGN_OFF = 90, 60
_NEARER = ("told", "interview", "citing", "quoted by", "reported", "dateline", "sign-off")


class Sources(NamedTuple):
    """Relays by sentence, those that govern the whole document, and cited phrases that
    are no outlet ("со ссылкой на пресс-службу")."""

    by_sentence: dict[int, list[Relay]]
    document: list[Relay]
    cited: dict[int, Span]


def sources(page: Page, outlets: Mentions) -> Sources:
    """All relays the page names."""
    by_sentence: dict[int, list[Relay]] = {}
    cited: dict[int, Span] = {}
    for sentence in page.sentences:
        relays = _in_sentence(page, sentence, outlets)
        if relays:
            by_sentence[sentence.index] = relays
        phrase = _cited_phrase(page, sentence, outlets)
        if phrase is not None:
            cited[sentence.index] = phrase
    _hand_back(page, by_sentence)
    _hand_on(page, by_sentence)
    return Sources(by_sentence, _governing(page, outlets, by_sentence), cited)


def _hand_back(page: Page, by_sentence: dict[int, list[Relay]]) -> None:
    """ "Его слова приводит газета The Guardian.", "He told the Gazette.": such a sentence tells
    how the one before it came."""
    for index in sorted(by_sentence):
        sentence = page.sentences[index]
        if index == 0:
            continue
        before = page.sentences[index - 1]
        if not _points_back(sentence) and not _tells_all(sentence, before, by_sentence[index]):
            continue
        if before.block >= sentence.block - 1:
            by_sentence[before.index] = order(
                [*by_sentence.get(before.index, []), *by_sentence[index]]
            )


def _hand_on(page: Page, by_sentence: dict[int, list[Relay]]) -> None:
    """ "In an interview with the Gazette he spoke of prices. “…”": the quotation right behind a
    sentence that tells of an interview was said there."""
    for index in sorted(by_sentence):
        told = [one for one in by_sentence[index] if one.relation == "interview"]
        after = page.sentences[index + 1] if index + 1 < len(page.sentences) else None
        if not told or after is None or after.index in by_sentence:
            continue
        sentence = page.sentences[index]
        opens = after.block == sentence.block and bool(after.quoted) and after.quoted[0] >= 0
        if opens and all(place < 0 for place in sentence.quoted):
            by_sentence[after.index] = told


# Tokens within which a sentence that points back does so: "В среду об этом сообщил …".
_OPENING = 4


def _points_back(sentence: Sentence) -> bool:
    """Whether a sentence is about what was said before it."""
    return not _leads_on(sentence) and any(
        "frames.back" in one.labels and one.first < _OPENING and sentence.quoted[one.first] < 0
        for one in sentence.found
    )


def _leads_on(sentence: Sentence) -> bool:
    """Whether a sentence leads to what it quotes itself: "Об этом сообщает X: «…»"."""
    return any(
        before.text in ":：" and index >= 0
        for before, index in zip(sentence.tokens, sentence.quoted[1:], strict=False)
    )


def _says_itself(sentence: Sentence) -> bool:
    """Whether a sentence points back at the quotation it begins with: "«…», — приводит его слова
    газета X"."""
    return bool(sentence.quoted) and sentence.quoted[0] >= 0


def _tells_all(sentence: Sentence, before: Sentence, relays: Sequence[Relay]) -> bool:
    """Whether a sentence ends with whom something was told, and what was told stands in the
    quotation before it."""
    told = any(
        relay.relation in ("told", "interview") and (relay.end or 0) >= sentence.tokens[-2].start
        for relay in relays
        if len(sentence.tokens) > 1
    )
    said_here = any(place >= 0 for place in sentence.quoted)
    return told and not said_here and any(place >= 0 for place in before.quoted)


def _in_sentence(page: Page, sentence: Sentence, outlets: Mentions) -> list[Relay]:
    found = []
    for mention in outlets.within(sentence.start, sentence.end):
        relation = _relation(page, sentence, mention)
        if relation:
            found.append(_relay(mention, relation))
    return order(found)


def _relay(mention: Mention, relation: str) -> Relay:
    return Relay(mention.name, "outlet", mention.text, relation, mention.start, mention.end)


def order(relays: list[Relay]) -> list[Relay]:
    """From the speaker outward, each outlet once: interviewer, cited outlets (the last
    cited is nearest), then those that report."""
    ranked = sorted(relays, key=_rank)
    kept: list[Relay] = []
    for relay in ranked:
        if all(relay.name != other.name for other in kept):
            kept.append(relay)
    return kept


def _rank(relay: Relay) -> tuple[int, int]:
    """The nearer the relation, the nearer the relay; of outlets cited the last stands nearest,
    of those that report the first: "El Norte пишет о плане, сообщает ТГК «Тихий голос»"."""
    start = relay.start or 0
    return _NEARER.index(relay.relation), start if relay.relation == "reported" else -start


def _relation(page: Page, sentence: Sentence, mention: Mention) -> str:
    """How the sentence puts the outlet: by the cue before it, else the verb beside it."""
    first = bisect_left(sentence.tokens, mention.start, key=lambda token: token.start)
    last = bisect_left(sentence.tokens, mention.end, key=lambda token: token.start)
    if first < len(sentence.tokens) and _spoken(sentence, first, last):
        return _aside(page, sentence, mention, first)
    if any("relays.own" in page.lexicon.labels(word.normal) for word in _nearby(sentence, first)):
        return ""  # "в своём телеграм-канале": whoever speaks publishes there
    marked = first < len(sentence.tokens) and sentence.quoted[first] >= 0
    begin = sentence.held[sentence.quoted[first]][0] if marked else first
    labels = _cue_before(page, sentence, begin) or _cue_behind(page, sentence, last)
    relation = _by_cue(page, sentence, mention, labels) or _hears(page, sentence, last)
    return relation or ("reported" if _reports(page, sentence, first, last) else "")


def _hears(page: Page, sentence: Sentence, last: int) -> str:
    """Whether an ending says that something was told to the outlet before token `last`:
    "Sporx'e, “…” dedi"."""
    if not 0 < last < len(sentence.tokens):
        return ""
    dative = "speakers.dative" in page.lexicon.labels(sentence.tokens[last - 1].normal)
    apart = sentence.tokens[last].text == "," or sentence.quoted[last] >= 0
    return "told" if dative and apart and _says(page, sentence) else ""


def _nearby(sentence: Sentence, first: int) -> list[Token]:
    return sentence.tokens[max(0, first - 3) : first]


def _aside(page: Page, sentence: Sentence, mention: Mention, first: int) -> str:
    """How an attribution inside the marks puts an outlet: "…, — сказал X в эфире Y. — …»"."""
    low, high = sentence.held[sentence.quoted[first]]
    if not page.lexicon.inside_marks:
        return ""
    inner = replace(sentence, quoted=[-1] * len(sentence.tokens))
    cut = attribution(page, inner, low + 1, high)
    if cut is None or not cut.start <= first < cut.end:
        return ""
    return _by_cue(page, inner, mention, _cue_before(page, inner, first))


def _by_cue(page: Page, sentence: Sentence, mention: Mention, labels: frozenset[str]) -> str:
    if "relays.citing" in labels:
        return "citing"
    if "relays.on" in labels:
        return "interview" if mention.kind in _AIRED and _says(page, sentence) else ""
    if labels & {"relays.interview", "relays.air"}:
        return "interview" if "verbs.tell" not in labels else "told"
    if "relays.quoted" in labels:
        return "quoted by"
    return "reported" if labels & {"relays.by", "frames.before"} else ""


# What one speaks on: "заявил на RLive TV", "said on CNN".
_AIRED = frozenset({"broadcaster", "telegram"})


def _says(page: Page, sentence: Sentence) -> bool:
    """Whether somebody speaks in the sentence, outside quotation marks."""
    return any(
        sentence.quoted[place] < 0 and "verbs.say" in page.lexicon.labels(token.normal)
        for place, token in enumerate(sentence.tokens)
    )


def _spoken(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the mention is part of a longer quotation rather than a quoted name."""
    index = sentence.quoted[first]
    if index < 0:
        return False
    held = sentence.held[index]
    return held[1] - held[0] > last - first + 4


def _cue_before(page: Page, sentence: Sentence, first: int) -> frozenset[str]:
    """Labels of the nearest relay cue that ends at most a few tokens before `first`."""
    best: tuple[int, int, frozenset[str]] = (-1, 0, NOTHING)
    for one in sentence.found:
        gap = first - one.last
        if 0 <= gap <= _REACH and one.labels & _CUES and _unbroken(sentence, one.last, first):
            best = max(best, (one.last, one.last - one.first, one.labels), key=lambda b: b[:2])
    described = first > 0 and "relays.paper" in page.lexicon.labels(
        sentence.tokens[first - 1].normal
    )
    reach = _REACH + _EPITHETS * described
    for place in range(first - 1, max(-1, first - reach - 1), -1):
        if place < best[0]:
            break
        labels = page.lexicon.labels(sentence.tokens[place].normal)
        if labels & _CUES and _unbroken(sentence, place + 1, first):
            near = labels & {"relays.interview", "relays.on"}
            if near and first - place > (reach if described else 2 + ("verbs.tell" in labels) * 3):
                continue
            return labels if place >= best[0] else best[2]
    return best[2]


def _cue_behind(page: Page, sentence: Sentence, last: int) -> frozenset[str]:
    """Labels of the cue right behind the outlet, where verbs and what governs names stand
    last: "BBC'ye konuşan", "CNN'e dayandırdığı"."""
    if not page.lexicon.verb_final or last >= len(sentence.tokens):
        return NOTHING
    particle = "clause.enclitic" in page.lexicon.labels(sentence.tokens[last].normal)
    if page.lexicon.particles and particle and last + 1 < len(sentence.tokens):
        behind = [one.labels for one in sentence.found if one.first == last]
        if not any(labels & _BEHIND for labels in behind):
            last += 1  # "로이터통신을 인용해"
    behind = [one.labels for one in sentence.found if one.first == last]
    behind.append(page.lexicon.labels(sentence.tokens[last].normal))
    return next((labels for labels in behind if labels & _BEHIND), NOTHING)


_BEHIND = frozenset({"relays.interview", "relays.citing", "relays.by"})


_CUES = frozenset(
    {
        "relays.citing",
        "relays.by",
        "relays.quoted",
        "relays.interview",
        "relays.on",
        "relays.air",
        "relays.report",
        "frames.before",
    }
)


def _unbroken(sentence: Sentence, first: int, last: int) -> bool:
    return all(token.text not in ",;:.!?—–" for token in sentence.tokens[first:last])


# Words between an outlet and its verb, and where verbs come late ("رویترز به نقل از … نوشت") or
# what is cited stands between ("X со ссылкой на Y сообщает").
_VERB_NEAR, _VERB_AFAR = 4, 10


def _phrase_behind(sentence: Sentence, last: int) -> bool:
    """Whether a verb of several tokens stands right behind the outlet: "路透社援引"."""
    wanted = {"relays.report", "relays.carry", "verbs.say"}
    return any(0 <= one.first - last <= 2 and one.labels & wanted for one in sentence.found)


def _reports(page: Page, sentence: Sentence, first: int, last: int) -> bool:
    """Whether a reporting verb stands right after the outlet, or right before it."""
    words = page.lexicon
    last = _past_aside(page, sentence, last)
    if words.caseless and _phrase_behind(sentence, last):
        return True
    last = _past_aside(page, sentence, last)
    late = words.verb_final or (words.caseless and not words.verb_first)
    late = late or bool(past_citing(sentence, page.lexicon, last))
    reach = _VERB_AFAR if late else _VERB_NEAR
    for place in range(last, min(len(sentence.tokens), last + reach)):
        labels = page.lexicon.labels(sentence.tokens[place].normal)
        if sentence.quoted[place] < 0 and labels & {"relays.report", "verbs.say", "frames.after"}:
            return True
        if sentence.tokens[place].text in ",;.":
            break
    for place in range(first - 1, max(-1, first - 7), -1):
        labels = page.lexicon.labels(sentence.tokens[place].normal)
        if "relays.report" in labels:
            return True
        if sentence.tokens[place].text in ",;.":
            break
    return False


def _past_aside(page: Page, sentence: Sentence, last: int) -> int:
    """Past ", citing Y," between an outlet and its verb."""
    if last >= len(sentence.tokens) or sentence.tokens[last].text != ",":
        return last
    if not past_citing(sentence, page.lexicon, last + 1):
        return last
    for place in range(last + 2, min(len(sentence.tokens), last + 10)):
        if sentence.tokens[place].text == ",":
            return place + 1
    return last


def _cited_phrase(page: Page, sentence: Sentence, outlets: Mentions) -> Span | None:
    """What "citing" governs when it is no outlet: a source, a ministry, a paper."""
    cues = [one for one in sentence.found if "relays.citing" in one.labels]
    cues += [
        Lexical(place, place + 1, labels)
        for place, token in enumerate(sentence.tokens)
        if "relays.citing" in (labels := page.lexicon.labels(token.normal))
    ]
    for cue in cues:
        if sentence.quoted[cue.first] >= 0:
            continue
        if page.lexicon.verb_final:  # "iki diplomata dayandırdığı"
            phrase = _phrases.before(sentence, page.lexicon, cue.first - 1)
        else:
            phrase = _phrases.after(sentence, page.lexicon, cue.last)
        if phrase is None:
            continue
        last = _before_verb(page, sentence, *phrase)
        span = Span(sentence.tokens[phrase[0]].start, sentence.tokens[last - 1].end)
        if not outlets.within(span.start, span.end):
            return span
    return None


def _before_verb(page: Page, sentence: Sentence, first: int, last: int) -> int:
    """The token after whom a phrase at tokens `first:last` names, without the verb or "the words"
    behind: "das sich auf zwei Diplomaten beruft", "两名外交官的话", "دو دیپلمات گزارش داد"."""
    if page.lexicon.nouns_capitalised:
        capitals = [place for place in range(first, last) if sentence.tokens[place].capital]
        return max(capitals, default=last - 1) + 1
    verb = page.lexicon.labels(sentence.tokens[last - 1].normal) & _BEHIND_CITED
    if page.lexicon.comma_clauses and verb and last - first > 1:
        return last - 1
    spoken = (one for one in sentence.found if first < one.first < last <= one.last)
    return next((one.first for one in spoken if one.labels & _BEHIND_CITED), last)


_BEHIND_CITED = frozenset({"verbs.say", "relays.report", "relays.words"})


# ---------------------------------------------------------------- the whole document


def _governing(page: Page, outlets: Mentions, by_sentence: dict[int, list[Relay]]) -> list[Relay]:
    governing = [*_dateline(page, outlets), *_sign_off(page, outlets), *_credit(page, by_sentence)]
    return order(governing)


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
                return [_relay(mention, "dateline")]
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
            relays.append(_relay(mention, "sign-off"))
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
_REPORTS = frozenset({"reported", "citing", "quoted by"})


def _credit(page: Page, by_sentence: dict[int, list[Relay]]) -> list[Relay]:
    """ "Об этом сообщает ТАСС." near the top, or the one outlet a text credits at all, when it
    does so there, or whom somebody gave an interview: everything below comes from there.
    Where `one_source` is false, news credit the same way for one statement only."""
    every = {
        one.name for relays in by_sentence.values() for one in relays if one.relation in _REPORTS
    }
    for sentence in page.sentences[:4]:
        relays = by_sentence.get(sentence.index, [])
        given = any("relays.given" in one.labels for one in sentence.found)
        if given and any(one.relation == "interview" for one in relays):
            return [one for one in relays if one.relation in _REPORTS | {"interview"}]
        if not any(one.relation in _REPORTS for one in relays):
            continue
        backward = any("frames.back" in one.labels for one in sentence.found)
        backward = backward and not _leads_on(sentence) and not _says_itself(sentence)
        backward = backward and (page.lexicon.one_source or sentence.index <= 1)
        first = not any(index < sentence.index for index in by_sentence)
        alone = first and (len(every) == 1 or sentence.index == 0)
        if backward or (alone and page.lexicon.one_source):
            # "Как передаёт X, об этом он заявил в интервью Y": all that follows was told to Y.
            wanted = _REPORTS | {"told", "interview"} if backward else _REPORTS
            return [one for one in relays if one.relation in wanted]
    return []
