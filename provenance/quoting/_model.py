"""Claims by the trained tagger: spans from its labels, speakers from its links.

The rules' claims are features of the tagger, so what they know is not lost; where the
tagger finds reported words the rules have no shape for, they are claims of their own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from provenance.model import Evidence, Span
from provenance.quoting import _features, _links
from provenance.quoting._claims import Claim, kind_of, log_odds
from provenance.quoting._closing import closes
from provenance.quoting._names import may_name
from provenance.quoting._page import Page
from provenance.quoting._rulebook import SURE
from provenance.quoting._tagger import Tagger, Tags, link_weights, tag
from provenance.quoting._tokens import Token

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OUT, _BEGIN, _INSIDE, _CUE, _SOURCE, _AGAIN = range(6)
_WORDS = frozenset({_BEGIN, _INSIDE, _AGAIN})
# Below this chance of being right a speaker is not named.
_SURE = 0.3
# Words likelier than this to name a source are candidates, wherever they stand.
_NAMED = 0.5


class _Flat(NamedTuple):
    """A page by token: its tokens, the sentence of each, where paragraphs begin and end."""

    tokens: list[Token]
    sentence: list[int]
    block: list[int]
    quoted: list[bool]
    blocks: list[tuple[int, int]]


def claims(page: Page, ruled: list[Claim], model: Tagger) -> list[Claim]:
    """The tagger's claims on `page`; `ruled` are those of the rules."""
    flat = flatten(page)
    if not flat.tokens:
        return []
    base = _features.arrays(page, ruled, model.vocabulary, model.kinds)
    tags = tag(model, base, flat.blocks)
    groups = _ended(page, flat, groups_of(tags.labels, flat.blocks))
    if page.lexicon.exact_words:
        groups = sorted([*groups, *_passages(page, flat, groups, tags)])
    groups = sorted([*groups, *_closed(page, flat, ruled, groups, tags)])
    groups = _rejoined(flat, ruled, groups)
    return _linked(page, flat, ruled, groups, tags)


def flatten(page: Page) -> _Flat:
    tokens = [token for one in page.sentences for token in one.tokens]
    sentence = [one.index for one in page.sentences for _ in one.tokens]
    block = [one.block for one in page.sentences for _ in one.tokens]
    quoted = [index >= 0 for one in page.sentences for index in one.quoted]
    cuts = [place for place in range(1, len(block)) if block[place] != block[place - 1]]
    edges = [0, *cuts, len(block)]
    return _Flat(tokens, sentence, block, quoted, list(pairwise(edges)) if tokens else [])


def groups_of(
    labels: Sequence[int], blocks: Sequence[tuple[int, int]]
) -> list[list[tuple[int, int]]]:
    """Reported words by quote: each a list of token stretches, in text order.

    A continuation joins the quote before it in its paragraph; a paragraph that begins
    inside goes on from the last.
    """
    groups: list[list[tuple[int, int]]] = []
    opened = {start for start, _ in blocks}
    floor = 0
    for place, label in enumerate(labels):
        if place in opened:
            floor = place
        if label not in _WORDS:
            continue
        running = bool(groups) and groups[-1][-1][1] == place
        if label == _INSIDE and running:
            groups[-1][-1] = (groups[-1][-1][0], place + 1)
        elif label == _AGAIN and groups and groups[-1][-1][1] >= floor:
            groups[-1].append((place, place + 1))
        else:
            groups.append([(place, place + 1)])
    return groups


def _ended(
    page: Page, flat: _Flat, groups: list[list[tuple[int, int]]]
) -> list[list[tuple[int, int]]]:
    """`groups` with each quotation ended where its marks and its sentence end: the next sentence
    is reported, if at all, as a quote of its own, which its mood must show."""
    parted: list[list[tuple[int, int]]] = []
    for parts in groups:
        first, last = parts[-1]
        edge = next((place for place in range(first + 1, last) if not flat.quoted[place]), last)
        whole = edge < last and flat.quoted[first] and flat.sentence[edge] > flat.sentence[edge - 1]
        parted.append([*parts[:-1], (first, edge)] if whole else parts)
        moods = (page.lexicon.labels(token.normal) for token in flat.tokens[edge:last])
        if whole and any("clause.subjunctive" in labels for labels in moods):
            parted.append([(edge, last)])
    return parted


# Chance of being reported that suffices for words between marks that are no name. Of the 10 on
# two folds of the German training articles it lets in, 8 were marked as direct quotes.
_MARKED = 0.2


def _passages(
    page: Page, flat: _Flat, groups: list[list[tuple[int, int]]], tags: Tags
) -> Iterator[list[tuple[int, int]]]:
    """Words between quotation marks that touch none of `groups` and yet may well be reported:
    two or more, begun in small letters, as no name is ("warned of “reckless cuts”")."""
    held = {place for parts in groups for first, last in parts for place in range(first, last)}
    chance = tags.marginals[:, sorted(_WORDS)].sum(axis=1)
    begun = 0
    for sentence in page.sentences:
        for first, last in sentence.held:
            places = range(begun + first, begun + last)
            words = [place for place in places if flat.tokens[place].word]
            named = len(words) < _TWO or flat.tokens[words[0]].capital
            if not named and held.isdisjoint(places) and chance[words].mean() >= _MARKED:
                yield [(places[0], places[-1] + 1)]
        begun += len(sentence.tokens)


# Words of the shortest such passage.
_TWO = 2


def _closed(
    page: Page, flat: _Flat, ruled: list[Claim], groups: list[list[tuple[int, int]]], tags: Tags
) -> Iterator[list[tuple[int, int]]]:
    """Sentences that a plain attribution closes, touch none of `groups` and are half believed."""
    held = {place for parts in groups for first, last in parts for place in range(first, last)}
    starts = [token.start for token in flat.tokens]
    for claim in ruled:
        if not closes(page, claim):
            continue
        first, last = bisect_left(starts, claim.start), bisect_left(starts, claim.end)
        chance = tags.marginals[first:last, sorted(_WORDS)].sum(axis=1).mean()
        if chance >= _CLOSED and held.isdisjoint(range(first, last)):
            yield [(first, last)]


# Chance of being reported that suffices before such an attribution. On the English development
# articles one untagged sentence has the shape, at .31, and is reported.
_CLOSED = 0.3


def _rejoined(
    flat: _Flat, ruled: list[Claim], groups: list[list[tuple[int, int]]]
) -> list[list[tuple[int, int]]]:
    """Neighbouring groups joined where a rule finds one sentence with an attribution amid:
    "We have the money," she said, "but no engineers"."""
    split = [claim for claim in ruled if len(claim.spans) == 2 and claim.type == "direct"]
    joined: list[list[tuple[int, int]]] = []
    place = 0
    for parts in groups:
        start, end = flat.tokens[parts[0][0]].start, flat.tokens[parts[-1][1] - 1].end
        while place < len(split) and split[place].end < start:
            place += 1
        last = joined[-1] if joined else None
        if last is not None and place < len(split):
            before, behind = split[place].spans
            opened = flat.tokens[last[0][0]].start
            here = start < behind.end and behind.start < end and start > before.end
            if (
                here
                and _lower(flat, parts)
                and opened < before.end
                and flat.tokens[last[-1][1] - 1].end <= start
            ):
                last.extend(parts)
                continue
        joined.append(list(parts))
    return joined


def _lower(flat: _Flat, parts: list[tuple[int, int]]) -> bool:
    words = [flat.tokens[place] for place in range(*parts[0]) if flat.tokens[place].word]
    return bool(words) and not words[0].capital


def segments(labels: Sequence[int], wanted: int) -> list[tuple[int, int]]:
    segments: list[tuple[int, int]] = []
    for place, label in enumerate(labels):
        if label != wanted:
            continue
        if segments and segments[-1][1] == place:
            segments[-1] = (segments[-1][0], place + 1)
        else:
            segments.append((place, place + 1))
    return segments


def layout(
    page: Page, flat: _Flat, groups: Sequence[Sequence[tuple[int, int]]], cues: Sequence[bool]
) -> _links.Layout:
    """What the link features look at."""
    held = [-1] * len(flat.tokens)
    for number, parts in enumerate(groups):
        for first, last in parts:
            held[first:last] = [number] * (last - first)
    pronouns = [bool(page.lexicon.labels(token.normal) & _PRONOUNS) for token in flat.tokens]
    capitals = [token.capital for token in flat.tokens]
    return _links.Layout(flat.sentence, flat.block, cues, held, pronouns, capitals, flat.quoted)


_PRONOUNS = frozenset({"pronouns.he", "pronouns.she", "pronouns.they", "pronouns.it", "pronouns.i"})


def _linked(
    page: Page, flat: _Flat, ruled: list[Claim], groups: list[list[tuple[int, int]]], tags: Tags
) -> list[Claim]:
    """A claim for every group of words, with the source that fits it best."""
    weights = link_weights(page.language)
    sources = segments(
        [
            label == _SOURCE or named
            for label, named in zip(tags.labels, tags.sources >= _NAMED, strict=True)
        ],
        True,
    )
    sources = [(first, _noun(page, flat, first, last)) for first, last in sources]
    placed = layout(page, flat, groups, [label == _CUE for label in tags.labels])
    made: list[Claim] = []
    before: _links.Candidate | None = None
    for number, parts in enumerate(groups):
        rule = ruled_for(flat, ruled, parts)
        options = candidates(flat, parts, sources, rule, before)
        link = _choose(parts, number, options, placed, weights)
        if (
            rule is not None
            and rule.speaker is not None
            and (rule.rule in SURE or _addressee(page, flat, rule, link[0]))
        ):
            link = (_by_offset(flat, rule.speaker), rule.confidence)
        head = _heading(page, flat, parts[0][0])
        if head is not None:
            link = (_by_offset(flat, head), _HEADING)
        made.append(_claim(flat, parts, rule, link, tags))
        before = link[0] or before
    return made


# A name alone before a colon and a quotation is hardly ever anybody but who speaks.
_HEADING = 0.9
_NAME = 4  # words of the longest


def _heading(page: Page, flat: _Flat, first: int) -> Span | None:
    """The name of several words that alone heads a quotation: "Angela Merkel: “…”"."""
    place = first - 1
    while place >= 0 and flat.tokens[place].text in _MARKS:
        place -= 1
    if page.lexicon.nouns_capitalised or place < _TWO or flat.tokens[place].text not in ":：":
        return None
    begun = place
    while begun and flat.sentence[begun - 1] == flat.sentence[place] and place - begun <= _NAME:
        begun -= 1
    named = flat.tokens[begun:place]
    proper = all(may_name(token, page.lexicon) for token in named)
    if not proper or not _TWO <= len(named) <= _NAME:
        return None
    return Span(named[0].start, named[-1].end)


def _noun(page: Page, flat: _Flat, first: int, last: int) -> int:
    """Where a source ends of which only the article is tagged: past the noun behind it, or the
    name between marks: "die „Frankfurter Rundschau“"; and before a mark that opens speech."""
    if last - first > 1 and last < len(flat.tokens):
        mark, behind = flat.tokens[last - 1 : last + 1]
        return last - (mark.text in _MARKS and mark.end == behind.start and behind.word)
    token = flat.tokens[first]
    article = "speakers.determiners" in page.lexicon.labels(token.normal)
    if last - first > 1 or not article:
        return last
    if not page.lexicon.nouns_capitalised:
        behind = flat.tokens[min(last, len(flat.tokens) - 1)]
        return last + bool(page.lexicon.labels(behind.normal) & _SOURCES)
    for place in range(last, min(len(flat.tokens), last + _NOUN)):
        token = flat.tokens[place]
        if flat.block[place] != flat.block[first] or not (token.word or token.text in _MARKS):
            break
        if token.capital:
            return place + 1
    return last


_SOURCES = frozenset({"relays.paper", *(f"speakers.{one}" for one in ("roles", "groups"))})
# Tokens within which an article has its noun: an adjective or a mark may stand between.
_NOUN = 2
# Characters a determiner takes between a verb and whom it was said to.
_DETERMINER = 5


def _addressee(page: Page, flat: _Flat, rule: Claim, source: _links.Candidate | None) -> bool:
    """Whether `source` is a paper or agency that it was said to: "X sagte der Agentur Y, …"."""
    if source is None or source.ruled or rule.cue is None or rule.speaker is None:
        return False
    subject = rule.speaker.end <= rule.cue.start and rule.cue.start - rule.speaker.end <= 1
    gap = source.span.start - rule.cue.end
    if not subject or not 0 <= gap <= _DETERMINER or source.span.end > rule.start:
        return False
    words = (token.normal.rpartition("-")[2] for token in flat.tokens[source.first : source.last])
    return any("relays.paper" in page.lexicon.labels(word) for word in words)


def ruled_for(flat: _Flat, ruled: list[Claim], parts: list[tuple[int, int]]) -> Claim | None:
    """The rules' claim that shares most with `parts`, if it shares half."""
    start, end = flat.tokens[parts[0][0]].start, flat.tokens[parts[-1][1] - 1].end
    best, most = None, 0.5
    for claim in ruled:
        shared = min(end, claim.end) - max(start, claim.start)
        share = shared / max(end - start, claim.end - claim.start)
        if share > most:
            best, most = claim, share
    return best


def candidates(
    flat: _Flat,
    parts: Sequence[tuple[int, int]],
    sources: Sequence[tuple[int, int]],
    rule: Claim | None,
    before: _links.Candidate | None,
) -> list[_links.Candidate]:
    """Tagged sources within reach, the rule's speaker, and the source of the quote before."""
    low, high = parts[0][0] - _links.REACH, parts[-1][1] + _links.REACH
    speaker = rule.speaker if rule is not None else None
    options: list[_links.Candidate] = []
    matched = False
    for first, last in sources:
        if last < low or first > high:
            continue
        span = Span(flat.tokens[first].start, flat.tokens[last - 1].end)
        same = speaker is not None and span.start < speaker.end and speaker.start < span.end
        inherited = before is not None and before.first == first
        matched = matched or same
        options.append(_links.Candidate(first, last, span, same, True, inherited))
    if speaker is not None and not matched:
        options.append(_by_offset(flat, speaker))
    if before is not None and all(one.first != before.first for one in options):
        options.append(before._replace(ruled=False, tagged=True, inherited=True))
    return options


def _by_offset(flat: _Flat, span: Span) -> _links.Candidate:
    first = bisect_left(flat.tokens, span.start, key=lambda token: token.start)
    last = bisect_left(flat.tokens, span.end, key=lambda token: token.start)
    return _links.Candidate(first, max(first + 1, last), span, ruled=True, tagged=False)


def _choose(
    parts: list[tuple[int, int]],
    number: int,
    options: list[_links.Candidate],
    placed: _links.Layout,
    weights: dict[str, float],
) -> tuple[_links.Candidate | None, float]:
    rows = _links.features(parts, number, options, placed)
    found = _links.chances(rows, weights)
    most = max(range(len(options)), key=lambda place: found[place], default=None)
    if most is None or found[most] < _SURE:
        return None, found[-1]
    return options[most], found[most]


def confidence(marginals: NDArray[Any], parts: Sequence[tuple[int, int]]) -> float:
    """How sure the tagger is of a quote: the mean probability that its words are reported.

    On English development articles it tells right quotes from wrong ones better than how
    sure its two edges are (area under the curve .764 against .746 for indirect quotes).
    """
    reported = marginals[:, [_BEGIN, _INSIDE, _AGAIN]].sum(axis=1)
    held = sum(float(reported[first:last].sum()) for first, last in parts)
    mean = held / sum(last - first for first, last in parts)
    return min(max(mean, 1e-6), 1 - 1e-6)


def _claim(
    flat: _Flat,
    parts: list[tuple[int, int]],
    rule: Claim | None,
    link: tuple[_links.Candidate | None, float],
    tags: Tags,
) -> Claim:
    """The claim that tokens `parts` are reported, with the reasons for it."""
    source, chance = link
    sure = confidence(tags.marginals, parts)
    inside = sum(
        flat.quoted[place]
        for first, last in parts
        for place in range(first, last)
        if flat.tokens[place].word
    )
    words = sum(flat.tokens[place].word for first, last in parts for place in range(first, last))
    sort = kind_of(inside, words - inside)
    edges = _EDGES | _MARKS if sort == "direct" else _EDGES
    spans = tuple(_span(flat, first, last, edges) for first, last in parts)
    evidence = [
        Evidence("model", "the trained tagger marks these words as reported", log_odds(sure))
    ]
    if rule is not None:
        evidence.append(Evidence("rule", rule.rule, log_odds(rule.confidence)))
    if source is not None:
        evidence.append(
            Evidence("link", _links.reason(parts, source), log_odds(min(chance, 0.999)))
        )
    return Claim(
        flat.sentence[parts[0][0]],
        spans,
        sort,
        rule.rule if rule is not None else "tagger",
        sure,
        _cue(flat, parts, rule, tags.labels),
        source.span if source is not None else None,
        rule.label if rule is not None else "",
        tuple(evidence),
    )


def _cue(
    flat: _Flat, parts: list[tuple[int, int]], rule: Claim | None, labels: list[int]
) -> Span | None:
    """The stretch tagged as cue nearest to the quote in its sentence, else the rule's."""
    edge = _cue_place(flat, parts, labels)
    if edge is None:
        return rule.cue if rule is not None else None
    first = last = edge
    while first > 0 and labels[first - 1] == _CUE:
        first -= 1
    while last + 1 < len(labels) and labels[last + 1] == _CUE:
        last += 1
    return Span(flat.tokens[first].start, flat.tokens[last].end)


def _cue_place(flat: _Flat, parts: list[tuple[int, int]], labels: list[int]) -> int | None:
    """The token tagged as cue nearest to a quote, in the sentence the quote begins in."""
    first, last = parts[0][0], parts[-1][1]
    home = flat.sentence[first]
    around = range(max(0, first - 20), min(len(labels), last + 20))
    places = [place for place in around if labels[place] == _CUE and flat.sentence[place] == home]
    return min(places, key=lambda place: min(abs(place - first), abs(place - last)), default=None)


def _span(flat: _Flat, first: int, last: int, edges: frozenset[str]) -> Span:
    """Tokens ``first:last`` without what stands in `edges` at either end."""
    while last - first > 1 and flat.tokens[last - 1].text in edges:
        last -= 1
    while last - first > 1 and flat.tokens[first].text in edges:
        first += 1
    return Span(flat.tokens[first].start, flat.tokens[last - 1].end)


_EDGES = frozenset(",;:—–-،")
_MARKS = frozenset("\"'“”„‟«»‹›‚‘’「」『』〝〟＂")
