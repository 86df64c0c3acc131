"""Through whom a document says it got the words: the relay chain, from the speaker outward.

A sentence "…, сообщает РБК со ссылкой на Financial Times" names two outlets; the one cited
stands nearer the speaker than the one that cites. Agency datelines, sign-offs and a credit
in the first paragraph ("Об этом сообщает ТАСС") govern every quote of the document and
stand furthest out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from provenance.model import Relay, Span
from provenance.quoting import _leftward, _phrases, _rightward
from provenance.quoting._asides import past_citing
from provenance.quoting._dialogue import attribution
from provenance.quoting._governing import OPENING, REPORTS, Credit, credit, leads_on, signed
from provenance.quoting._headlines import signing
from provenance.quoting._lexicon import NOTHING
from provenance.quoting._lexicon import Found as Lexical
from provenance.quoting._ordering import order, relay
from provenance.quoting._outlets import Mention, Mentions
from provenance.quoting._page import Page, Sentence
from provenance.quoting._passing import in_passing
from provenance.quoting._tokens import Token
from provenance.quoting._told import told_to

# How many tokens may stand between a relay cue and the outlet it governs:
# "со ссылкой на британскую газету The Telegraph".
_REACH = 5
# Further tokens where a noun of the trade stands before the name: "told the Russian state
# news agency TASS".
_EPITHETS = 2


class Sources(NamedTuple):
    """Relays by sentence, those that sign the whole document, those credited at its head, and
    cited phrases that are no outlet ("со ссылкой на пресс-службу")."""

    by_sentence: dict[int, list[Relay]]
    document: list[Relay]
    head: Credit
    cited: dict[int, Span]


def sources(page: Page, outlets: Mentions, stated: Sequence[Relay] = ()) -> Sources:
    """All relays the page names, and those `stated` of its document elsewhere."""
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
    _hand_down(page, by_sentence)
    document = order([*signed(page, outlets), *stated])
    return Sources(by_sentence, document, credit(page, by_sentence), cited)


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


def _hand_down(page: Page, by_sentence: dict[int, list[Relay]]) -> None:
    """ "TASS reported, citing The Telegraph. “…”, a diplomat was quoted as saying.": words that are
    said to have been quoted came through whom the sentence before credits."""
    for sentence in page.sentences[1:]:
        before = credited_before(by_sentence, sentence.index)
        if before and sentence.index not in by_sentence and _hearsay(page, sentence):
            by_sentence[sentence.index] = before


def _hearsay(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence says outside quotation marks that it has its words at second hand."""
    label = "relays.hearsay"
    phrases = [one.first for one in sentence.found if label in one.labels]
    words = [
        place
        for place, token in enumerate(sentence.tokens)
        if label in page.lexicon.labels(token.normal)
    ]
    return any(sentence.quoted[place] < 0 for place in [*phrases, *words])


def credited_before(by_sentence: dict[int, list[Relay]], index: int) -> list[Relay]:
    """The outlets that the sentence before credits with what it says."""
    return [one for one in by_sentence.get(index - 1, ()) if one.relation in REPORTS]


def _points_back(sentence: Sentence) -> bool:
    """Whether a sentence is about what was said before it."""
    return not leads_on(sentence) and any(
        "frames.back" in one.labels and one.first < OPENING and sentence.quoted[one.first] < 0
        for one in sentence.found
    )


def _tells_all(sentence: Sentence, before: Sentence, relays: Sequence[Relay]) -> bool:
    """Whether a sentence ends with whom something was told, and what was told stands in the
    quotation before it."""
    told = any(
        relay.relation in ("told", "interview") and (relay.end or 0) >= sentence.tokens[-2].start
        for relay in relays
        if len(sentence.tokens) > 1
    )
    said_here = any(place >= 0 for place in sentence.quoted)
    said_here |= any(token.text == "," for token in sentence.tokens)  # "…, X told the Gazette."
    return told and not said_here and any(place >= 0 for place in before.quoted)


def _in_sentence(page: Page, sentence: Sentence, outlets: Mentions) -> list[Relay]:
    found = []
    for mention in outlets.within(sentence.start, sentence.end):
        relation = _relation(page, sentence, mention)
        if relation:
            found.append(relay(mention, relation))
    return order(found)


def _relation(page: Page, sentence: Sentence, mention: Mention) -> str:
    """How the sentence puts the outlet: by the cue before it, else the verb beside it."""
    first = bisect_left(sentence.tokens, mention.start, key=lambda token: token.start)
    last = bisect_left(sentence.tokens, mention.end, key=lambda token: token.start)
    if first < len(sentence.tokens) and _spoken(sentence, first, last):
        return _aside(page, sentence, mention, first)
    if any("relays.own" in page.lexicon.labels(word.normal) for word in _nearby(sentence, first)):
        return ""  # "в своём телеграм-канале": whoever speaks publishes there
    if in_passing(page, sentence, first, last):
        return ""
    marked = first < len(sentence.tokens) and sentence.quoted[first] >= 0
    begin = sentence.held[sentence.quoted[first]][0] if marked else first
    labels = _cue_before(page, sentence, begin) or _cue_behind(page, sentence, last)
    relation = _by_cue(page, sentence, mention, labels) or _hears(page, sentence, last)
    if not relation and (told_to(page, sentence, mention) or _behind_verb(page, sentence, first)):
        return "told"
    named = _reports(page, sentence, first, last) or _signs(page, sentence, mention)
    return relation or ("reported" if named else "")


def _signs(page: Page, sentence: Sentence, mention: Mention) -> bool:
    """Whether the headline ends with the outlet behind a dash: "… — Axios"."""
    alone = sentence.index == 0 and not sentence.dialogue
    alone &= len(page.sentences) < 2 or page.sentences[1].block > sentence.block
    return alone and signing(sentence, mention) > 0


def _hears(page: Page, sentence: Sentence, last: int) -> str:
    """Whether an ending says that something was told to the outlet before token `last`:
    "Sporx'e, “…” dedi"."""
    if not 0 < last < len(sentence.tokens):
        return ""
    dative = "speakers.dative" in page.lexicon.labels(sentence.tokens[last - 1].normal)
    apart = sentence.tokens[last].text == "," or sentence.quoted[last] >= 0
    return "told" if dative and apart and _says(page, sentence) else ""


def _behind_verb(page: Page, sentence: Sentence, first: int) -> bool:
    """Whether an outlet that does not decline stands behind a verb whose subject stands before
    it: "Губернатор Елена Гнатюк рассказала ТАСС, что …"."""
    place = first - 1
    if not page.lexicon.comma_clauses or place < 1 or sentence.quoted[first - 1] >= 0:
        return False
    if "verbs.say" not in page.lexicon.labels(sentence.tokens[place].normal):
        return False
    asides = (one.first - 1 for one in sentence.found if _set_off(sentence, one, place))
    edge = max(next(asides, place), 1)
    phrase = _leftward.before(sentence, page.lexicon, edge - 1)
    if phrase is None or phrase[1] != edge:
        return False
    opening = [page.lexicon.labels(token.normal) for token in sentence.tokens[: phrase[0]]]
    placed = bool(opening) and bool(opening[-1] & {"speakers.stop", "speakers.inside"})
    as_told = any("frames.as" in labels for labels in opening)
    return not placed and not as_told and sentence.tokens[phrase[1] - 1].word


def _set_off(sentence: Sentence, one: Lexical, verb: int) -> bool:
    """Whether an aside between commas stands before token `verb`: ", в свою очередь,"."""
    aside = "speakers.aside" in one.labels and one.last == verb - 1
    return aside and sentence.tokens[verb - 1].text == ","


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
            if labels >= _CARRIED and _behind_quotation(sentence, place):
                return _CREDITED
            return labels if place >= best[0] else best[2]
    return best[2]


# "„…“, zitiert dpa den Minister": the outlet is who quotes, not who is quoted.
_CARRIED, _CREDITED = frozenset({"relays.citing", "relays.carry"}), frozenset({"relays.by"})


def _behind_quotation(sentence: Sentence, place: int) -> bool:
    """Whether token `place` stands right behind a quotation, a comma between or none."""
    before = place - 1 - (place > 0 and sentence.tokens[place - 1].text in ",–—-")
    return before >= 0 and sentence.quoted[before] >= 0


def _cue_behind(page: Page, sentence: Sentence, last: int) -> frozenset[str]:
    """Labels of the cue right behind the outlet, where verbs and what governs names stand
    last: "BBC'ye konuşan", "CNN'e dayandırdığı"."""
    late = page.lexicon.verb_final or page.lexicon.roles_behind
    if not late or last >= len(sentence.tokens):
        return NOTHING
    if page.lexicon.particles:
        last = _past_programme(page, sentence, last)
    particle = "clause.enclitic" in page.lexicon.labels(sentence.tokens[last].normal)
    if page.lexicon.particles and particle and last + 1 < len(sentence.tokens):
        behind = [one.labels for one in sentence.found if one.first == last]
        if not any(labels & _BEHIND for labels in behind):
            last += 1  # "로이터통신을 인용해"
    behind = [one.labels for one in sentence.found if one.first == last]
    behind.append(page.lexicon.labels(sentence.tokens[last].normal))
    return next((labels for labels in behind if labels & _BEHIND), NOTHING)


def _past_programme(page: Page, sentence: Sentence, last: int) -> int:
    """Past "radio" and a programme's name behind a station: "KBS 라디오 '전격시사'에"."""
    end = len(sentence.tokens) - 1
    while last < end and "relays.paper" in page.lexicon.labels(sentence.tokens[last].normal):
        last += 1
    if sentence.quoted[last] >= 0 and _phrases.quoted_name(sentence, last):
        return min(sentence.held[sentence.quoted[last]][1], end)
    if sentence.tokens[last].text in "'‘":
        near = range(last + 1, min(last + _PROGRAMME, end))
        return next((at + 1 for at in near if sentence.tokens[at].text[-1] in "'’"), last)
    return last


_PROGRAMME = 6  # tokens of its name with the marks


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


_REPORTING = frozenset({"relays.report", "relays.carry", "verbs.say", "frames.after"})


def _reports(page: Page, sentence: Sentence, first: int, last: int) -> bool:
    """Whether a reporting verb stands right after the outlet, or right before it."""
    words = page.lexicon
    if _published(page, sentence, first):
        return True
    last = _past_aside(page, sentence, last)
    if words.caseless and _phrase_behind(sentence, last):
        return True
    last = _past_aside(page, sentence, last)
    late = words.verb_final or (words.caseless and not words.verb_first)
    late = late or bool(past_citing(sentence, page.lexicon, last))
    reach = _VERB_AFAR if late else _VERB_NEAR
    topic = sentence.tokens[last : last + 1] if words.particles else []
    if any("clause.topic" in words.labels(token.normal) for token in topic):
        reach = len(sentence.tokens)  # "교도통신은 … 보도했다": the verb ends the sentence
    if words.verb_final and last < len(sentence.tokens) and sentence.tokens[last].text == ",":
        last += 1  # "Reuters, … haberinde …"
    for place in range(last, min(len(sentence.tokens), last + reach)):
        labels = page.lexicon.labels(sentence.tokens[place].normal)
        if sentence.quoted[place] < 0 and labels & _REPORTING:
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


_LINKS = frozenset({"relays.of", "relays.paper", "speakers.determiners"})


def _published(page: Page, sentence: Sentence, first: int) -> bool:
    """Whether the sentence says what stands in a piece of the outlet: "говорится в статье X"."""
    noun = first - 1
    while noun > 0 and page.lexicon.labels(sentence.tokens[noun].normal) & _LINKS:
        noun -= 1
    if noun < 0 or "speakers.documents" not in page.lexicon.labels(sentence.tokens[noun].normal):
        return False
    return sentence.quoted[noun] < 0 and _says(page, sentence)


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
            phrase = _leftward.before(sentence, page.lexicon, cue.first - 1)
        else:
            phrase = _rightward.after(sentence, page.lexicon, cue.last)
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
