"""Who a speaker phrase names: what kind of source, and the fullest name the text gives.

Short forms go to the full name with the same last word, roles to the name that stood with
that role, pronouns to the person who spoke last. Recency is a baseline that is hard to beat
in news, where the sentence before has the one who speaks on (Lappin and Leass 1994 give
the same order of preference: recent, subject, human).
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from dataclasses import replace

from provenance.model import Span, Speaker, SpeakerKind
from provenance.quoting import _caseless, _offices, _particled, _phrases
from provenance.quoting._lexicon import Lexicon
from provenance.quoting._names import (
    Named,
    Names,
    abroad_in,
    core,
    given,
    may_name,
    name_text,
    of_role,
    past_place,
)
from provenance.quoting._outlets import Mention, Mentions
from provenance.quoting._page import Page, Sentence
from provenance.quoting._particles import listed, names_body
from provenance.quoting._subjects import topic
from provenance.quoting._tokens import Token, tokens
from provenance.quoting._turns import questions
from provenance.quoting._unspaced import phrase

# Characters of a foreign name in Chinese, parts joined by a dot.
_FOREIGN = 14
# Words of a name behind a role, characters of a foreign surname: "伊万科维奇".
_NAME, _SYLLABLES = 4, 6
# Words of a surname: "عبد العاطي".
_SHORT = 2
# Persons of one text remembered by role and surname where no spaces part words.
_REMEMBERED = 200
# Two sentences of news.
_NEAR = 300
# Characters of a rank or party before a name in apposition.
_RANK = 50
# Tokens of a phrase that points to a person named before: article, noun, adjective.
_POINTING = 3
# Sentences looked through for the body that "there" stands for, its own the last.
_BODY = 4
# Words of a full name, particles too: "Maria del Carmen de la Vega".
_LONGEST_NAME = 6
_OPENS = frozenset('„«»“"‚‘')
_PLACING = frozenset({"in", "im", "am", "beim"})  # where or when, behind a full name
_INDEFINITE = frozenset({"un", "una", "uno", "une", "um", "uma", "a", "an", "ein", "eine"})
_FULL = 2  # words of a full name, at least
# The pronoun that stands for who bears a name of a list.
_GIVEN = {"women_given": "pronouns.she", "men_given": "pronouns.he"}
_HE = frozenset({"pronouns.he", "pronouns.she"})
_STANDING = _HE | {"pronouns.they", "pronouns.i", "pronouns.there", "pronouns.who", "pronouns.it"}
_IN_OFFICE = frozenset({"speakers.roles", "relays.staff"})
_COMPLEMENTS = frozenset({"speakers.groups", "speakers.inside"})
_BODIES = frozenset({"speakers.groups", "speakers.documents"})
_DEFINITE = frozenset({"speakers.articles", "speakers.definite"})
_BODILY = frozenset({"group", "outlet", "document"})  # what a pronoun without gender may be


class Resolver:
    """Turns speaker spans of one page into speakers, in text order.

    It remembers who spoke last, so `speaker` must be called in the order of the text.
    """

    def __init__(self, page: Page, outlets: Mentions) -> None:
        self._page = page
        self._words = page.lexicon
        self._outlets = outlets
        self._names = Names(page, outlets)
        self._last: Speaker | None = None
        self._last_group: Speaker | None = None
        self._last_unnamed: Speaker | None = None
        self._genders: dict[str, str] = {}
        self._spoken: list[str] = []
        self._bearers: dict[str, str] = {}
        self._asked: int | None = None

    def speaker(self, span: Span, *, reporting: bool = False, unnamed: bool = False) -> Speaker:
        """The speaker that the phrase at `span` stands for.

        `unnamed` says that the words around it withhold the name ("on condition of anonymity").
        `reporting` says that the verb is one outlets are the subject of ("пишет"): then a
        name in Latin letters amid Cyrillic is an outlet, though no table lists it.
        """
        span = self._less_hearer(span) if self._words.nouns_capitalised else span
        text = self._page.text[span.start : span.end]
        words = phrase(text, self._words)
        labels = [self._words.labels(token.normal) for token in words]
        found = self._resolve(span, text, words, labels)
        foreign = bool(self._words.adjectives) and _latin_amid_cyrillic(self._page.text, text)
        if reporting and foreign and found.kind in {"person", "group"}:
            kind: SpeakerKind = "group" if names_body(text) else "outlet"
            found = replace(found, kind=kind, name=text)
        if (
            unnamed
            and found.kind in {"person", "group"}
            and found.name in _plain(text, words, self._words)
            and not self._personal(words)
        ):
            found = replace(found, kind="anonymous")
        if found.kind == "person":
            self._last = found
        elif found.kind in _BODILY:
            self._last_group = found
        elif found.kind == "anonymous" and not self._several(words):
            self._last_unnamed = found
        return found

    def _several(self, words: list[Token]) -> bool:
        """Whether a phrase is of several people: "two officials"."""
        labels = (self._words.labels(token.normal) for token in words)
        return any({"speakers.groups", "speakers.anonymous"} <= its for its in labels)

    def _unnamed(self, offset: int) -> Speaker | None:
        """The unnamed source that spoke last, after any person, near before `offset`."""
        one, last = self._last_unnamed, self._last
        if one is None or not 0 <= offset - one.end <= _NEAR:
            return None
        return one if last is None or last.end < one.start else None

    def _less_hearer(self, span: Span) -> Span:
        """A phrase up to whom it was told to, or where: "sagte Berg Journalisten", "sagte Minister
        Jan Roth in Bonn"."""
        words = tokens(self._page.text, self._page.language, span.start, span.end)
        for before, token, mark in zip(words, words[1:], words[2:], strict=False):
            if token.normal == "dem" and not mark.word and mark.text in _OPENS and before.capital:
                return Span(span.start, before.end)  # "sagte Berg dem „Boten“"
        for place in range(_FULL, len(words) - 1):
            name = words[place - _FULL : place]
            known = any(self._words.labels(token.normal) for token in name)
            placed = words[place].normal in _PLACING and not known
            if placed and all(may_name(token, self._words) for token in name):
                return Span(span.start, name[-1].end)
        if len(words) > _FULL and words[-2].normal == "am":
            return Span(span.start, words[-3].end)
        for before, token in itertools.pairwise(words):
            if "speakers.dative" in self._words.labels(token.normal) and before.capital:
                return Span(span.start, before.end)
        return span

    def titled(self) -> Speaker | None:
        """Whose words a text of nothing but a heading and quotations gives: the one person whom
        the heading names."""
        below = [one for one in self._page.sentences if one.block]
        if not below or any(min(one.quoted) < 0 for one in below):
            return None
        return self.interviewed(below[0].start)

    def interviewed(self, offset: int) -> Speaker | None:
        """Who answers where turns only say "answer": the one person the text names before the
        first question."""
        if self._asked is None:
            self._asked = min((span.start for span in questions(self._page.text)), default=offset)
        before = min(offset, self._asked)
        named = [name for name in self._names.all if name.start < before and not name.quoted]
        if len({name.text.split()[-1] for name in named}) != 1:
            return None
        full = max(named, key=lambda name: len(name.text))
        text = self._page.text[full.start : full.end]
        return Speaker(full.start, full.end, text, full.text, "person")

    def recent(self, offset: int) -> Speaker | None:
        """The person who spoke last, when that was in the sentence or two before `offset`."""
        near = self._last is not None and 0 <= offset - self._last.end < _NEAR
        return self._last if near else None

    def _resolve(
        self, span: Span, text: str, words: list[Token], labels: list[frozenset[str]]
    ) -> Speaker:
        if len(words) == 1 and labels[0] & _STANDING:
            return self._standing(span, text, labels[0])
        outlet = self._outlet(span, words)
        if outlet is not None:
            # "According to X, this news …": the phrase ends where its outlet does.
            cut = outlet.end < span.end and self._page.text.startswith(",", outlet.end)
            start, end = (
                (outlet.start, outlet.end) if cut else (span.start, max(span.end, outlet.end))
            )
            return Speaker(start, end, self._page.text[start:end], outlet.name, "outlet")
        phrases = [one.labels for one in self._words.phrases(words)]
        every: frozenset[str] = frozenset().union(*labels, *phrases)
        unnamed = "speakers.unnamed" in every
        name = self._personal(self._outside(span, words))
        if name and not unnamed and not self._names_body(words, name):
            span, text = self._past_outlet(span, text)
            return self._person(span, text, name, words)
        again = "" if unnamed else self._again(span, words, labels)
        lone = len(words) == 1 and bool(self._words.adjectives)
        if again and (lone or labels[0] & _DEFINITE):
            return Speaker(span.start, span.end, text, again, "person")
        if unnamed or "speakers.anonymous" in every:
            return Speaker(
                span.start, span.end, text, _plain(text, words, self._words), "anonymous"
            )
        return self._described(span, text, words, labels, every)

    def _standing(self, span: Span, text: str, labels: frozenset[str]) -> Speaker:
        """Whom a single word stands for that names nobody: "they", "there", "he"."""
        if "pronouns.they" in labels:
            group = self._last_group
            near = group is not None and span.start - group.end <= _NEAR
            name = group.name if group is not None and near else text
            return Speaker(span.start, span.end, text, name, "group")
        if "pronouns.i" in labels:
            return Speaker(span.start, span.end, text, text, "person")
        if "pronouns.there" in labels:
            return self._body(span, text)
        if "pronouns.it" in labels:
            return self._thing(span, text)
        return self._pronoun(span, text, labels)

    def _thing(self, span: Span, text: str) -> Speaker:
        """What a pronoun of a thing is: the body that spoke last."""
        group = self._last_group
        near = group is not None and 0 <= span.start - group.end <= _NEAR
        return Speaker(span.start, span.end, text, group.name if group and near else text, "group")

    def _outlet(self, span: Span, words: list[Token]) -> Mention | None:
        """The outlet the phrase ends in, unless a personal name stands beside it."""
        inside = self._outlets.within(span.start, span.end)
        if not inside:
            return None
        outlet = inside[-1]
        if self._page.text.startswith(",", outlet.end):
            behind = [token for token in words if token.start + span.start >= outlet.end]
            if not self._personal(behind):
                words = words[: len(words) - len(behind)]
        rest = [
            token
            for token in words
            if not outlet.start <= token.start + span.start < outlet.end
            and "speakers.documents" not in self._words.labels(token.normal)
        ]
        held = [self._words.labels(token.normal) for token in rest]
        held += [one.labels for one in self._words.phrases(rest)]
        roles = any(labels & _IN_OFFICE for labels in held)
        after = [token for token in rest if token.start + span.start >= outlet.end and token.word]
        noun = any("relays.paper" in its for its in held)
        adjective = noun and len(after) == 1 and after[0].normal.startswith(("ال", "ה"))
        if roles or (after and not adjective):
            return None
        # "the Russian state news agency TASS": the capital before the noun is nobody's name.
        called = bool(rest) and "relays.paper" in self._words.labels(rest[-1].normal)
        return outlet if called or not self._personal(rest) else None

    def _past_outlet(self, span: Span, text: str) -> tuple[Span, str]:
        """A person's phrase less the outlet at either end: "цитирует Рейтер Стармера",
        "цитирует премьера Тарасова Рейтер"."""
        start, end = span.start, span.end
        for one in self._outlets.within(span.start, span.end):
            if one.start == start and one.end < end:
                start = one.end
            elif one.end == end and one.start > start:
                end = one.start
        text = self._page.text[start:end]
        start = end - len(text.lstrip())
        end = start + len(text.strip())
        return Span(start, end), self._page.text[start:end]

    def carriers(self, span: Span) -> list[Mention]:
        """The outlets named in a speaker's phrase that is a person's."""
        return self._outlets.within(span.start, span.end)

    def _outside(self, span: Span, words: list[Token]) -> list[Token]:
        """The words of a phrase that name no outlet: "цитирует Рейтер Стармера"."""
        inside = self._outlets.within(span.start, span.end)
        return [
            token
            for token in words
            if not any(one.start <= token.start + span.start < one.end for one in inside)
        ]

    def _personal(self, words: list[Token]) -> str:
        """The personal name in a phrase: the last run of capitalised words that may name."""
        if self._words.particles:
            return _particled.name(words, self._words, self._spoken)
        if self._words.caseless:
            return self._after_role(words) or self._without_role(words)
        words = _less_place(_less_brackets(words), self._words)
        return self._behind_office(words) or self._before_comma(words) or self._last_name(words)

    def _behind_office(self, words: list[Token]) -> str:
        """The full name in apposition to an office of a place or a body, with a comma between or,
        behind a country, without: "the head of the Ministry of Foreign Affairs, Jane Roe"."""
        comma = max((place for place, token in enumerate(words) if token.text == ","), default=0)
        office, name = words[:comma], words[comma + 1 :]
        if not office or not 2 <= len(name) <= _LONGEST_NAME or not self._of_something(office):
            return ""
        whole = all(
            may_name(token, self._words) or token.normal in listed("particles") for token in name
        )
        return name_text(name, self._words) if whole and may_name(name[-1], self._words) else ""

    def _of_something(self, words: list[Token]) -> bool:
        """Whether words begin with an office and say of what it is: "the mayor of Springfield"."""
        labels = [self._words.labels(token.normal) for token in words]
        role = next((n for n, its in enumerate(labels) if "speakers.roles" in its), len(words))
        named = any(may_name(token, self._words) for token in words[:role])
        return not named and any("speakers.inside" in its for its in labels[role + 1 :])

    def _before_comma(self, words: list[Token]) -> str:
        """The full name that stands before an apposition: "Jane Roe, a Democrat from Ohio"."""
        comma = next((place for place, token in enumerate(words) if token.text == ","), 0)
        name = self._last_name(words[:comma]) if comma else ""
        if comma == 1 and self._surnamed(words):
            return words[0].text  # "Berg, die Präsidentin des Amtes"
        return name if " " in name and words[comma - 1].text == name.split()[-1] else ""

    def _surnamed(self, words: list[Token]) -> bool:
        """Whether a word before a comma is a surname: one no table knows, an article and an office
        behind it."""
        behind = [self._words.labels(token.normal) for token in words[2:]]
        office = bool(behind) and "speakers.determiners" in behind[0]
        office = office and any("speakers.roles" in labels for labels in behind)
        return office and words[0].capital and not self._words.labels(words[0].normal)

    def _last_name(self, words: list[Token]) -> str:
        run: list[Token] = []
        best: list[Token] = []
        for token in words:
            if may_name(token, self._words):
                run.append(token)
                best = run
            elif token.normal in listed("particles") and run:
                run.append(token)
            else:
                run = []
        while best and best[-1].normal in listed("particles"):
            best.pop()
        if best:
            place = next(n for n, token in enumerate(words) if token is best[0])
            past = abroad_in(best, self._words)  # "… дел Российской Федерации Анна Берг"
            behind = bool(past) and len(best) - past >= _FULL
            behind &= bool(self._words.adjectives) or bool(
                given(name_text(best[past:], self._words))
            )
            if self._heads_a_body(words, place + len(best)) or 1 < len(best) <= past:
                return ""
            of_body = self._of_a_body(words, place) or self._within_body(words, place, best)
            known = len(best) > _FULL and bool(given(name_text(best[-_FULL:], self._words)))
            if known and not self._words.adjectives:
                place += len(best) - _FULL
                best = best[-_FULL:]  # "of the Commission for Energy Regulation Jane Roe"
            elif not behind and (of_body or self._body_of(words, place, best)):
                return ""
            best = core(past_place(words, place, place + len(best), self._words))
            if len(best) <= 2 and best[0] is words[place] and of_role(words, place, self._words):
                return ""  # "the mayor of Tel Aviv", "a lawyer for Jane Roe"
        if len(best) > 1 and not self._words.nouns_capitalised:
            return name_text(best, self._words)
        if not best or (len(best) == 1 and not self._closes(words, best[0])):
            return ""
        text = name_text(best, self._words)
        return text if self._names.fullest(text) or len(best) > 1 else ""

    def _within_body(self, words: list[Token], place: int, run: list[Token]) -> bool:
        """Whether capitals go on with a body's name behind its noun, of which an office is: "la
        presidenta de la Oficina Federal de Túneles"."""
        if place < _POINTING or not self._words.inverts or given(" ".join(t.text for t in run)):
            return False
        tied = any(token.normal in listed("particles") for token in run[1:-1])
        noun = self._words.labels(words[place - 1].normal)
        article = self._words.labels(words[place - 2].normal)
        whole = words[place - 1].capital and "speakers.groups" in noun
        return tied and whole and "speakers.determiners" in article

    def _closes(self, words: list[Token], token: Token) -> bool:
        """Whether a surname ends a phrase, or opens one that goes on with where it was said:
        "каза Дянков на брифинг"."""
        behind = words[1:2] if token is words[0] and self._words.adjectives else []
        placed = any(
            "speakers.inside" in self._words.labels(one.normal) and not one.capital
            for one in behind
        )
        return token is words[-1] or (placed and len(words) > _FULL)

    def _heads_a_body(self, words: list[Token], place: int) -> bool:
        """Whether a noun for a body of people stands at `place`: "the New Zealand government"."""
        if place >= len(words) or (words[place].capital and not self._words.verb_final):
            return False
        labels = self._words.labels(words[place].normal)
        return "speakers.groups" in labels or any(one.startswith("bodies.") for one in labels)

    def _of_a_body(self, words: list[Token], place: int) -> bool:
        """Whether the capitals at `place` belong to the name of a body that begins the phrase:
        "Ministerio de Asuntos Exteriores", "Ministerstwo Spraw Zagranicznych"."""
        labels = [self._words.labels(token.normal) for token in words[:place]]
        heads = [
            number
            for number, its in enumerate(labels)
            if "speakers.groups" in its and not self._belongs(words[number])
        ]
        roles = [number for number, its in enumerate(labels) if "speakers.roles" in its]
        if not heads or max(roles, default=-1) > heads[-1]:
            return False
        if words[place - 1].text in '“”»"' or self._past_complement(words, heads[-1], place):
            return False  # "говорителят на „Пътна полиция“ Мария Ботева"
        if words[place - 1].text == "." and place > 1:
            place -= 1 + (words[place - 2].normal in listed("titles"))  # "болницата проф. Колев"
        while place > heads[-1] + 1 and self._abbreviated(words[place - 1]):
            place -= 1  # "официальный представитель МИД РФ Анна Берг"
        return not roles or heads[-1] < place - 1  # "chief of Staff Jane Roe" is a person

    def _past_complement(self, words: list[Token], head: int, place: int) -> bool:
        """Whether common words stand between a body and a name that no adjective begins:
        "председатель Комиссии по регулированию Анна Берг"."""
        between = words[head + 1 : place]
        common = any(
            one.word and not one.capital and not self._words.labels(one.normal) for one in between
        )
        adjectives = self._words.adjectives
        return bool(adjectives) and common and not words[place].normal.endswith(adjectives)

    def _body_of(self, words: list[Token], place: int, run: list[Token]) -> bool:
        """Whether a run of two is all of a body's name behind its noun in capitals, where cases
        stand for prepositions: "Rzecznik Ministerstwa Spraw Zagranicznych"."""
        head = words[place - 1] if place else None
        if head is None or not self._words.adjectives or len(run) != _FULL:
            return False
        if self._abbreviated(head):
            return False  # "rzecznik MSZ Jan Nowak"
        return head.capital and "speakers.groups" in self._words.labels(head.normal)

    def _abbreviated(self, token: Token) -> bool:
        """Whether a body or country is named by its letters: what follows is no part of it."""
        return sum(letter.isupper() for letter in token.text) > 1

    def _belongs(self, token: Token) -> bool:
        """Whether an ending set off from a body's name says who belongs to it: "Parti'li"."""
        return self._words.apostrophe_ends and "'" in token.normal

    def _names_body(self, words: list[Token], name: str) -> bool:
        """Whether a name is that of a body of several words: "la Casa Blanca"."""
        return any(
            "speakers.groups" in one.labels
            and " ".join(token.text for token in words[one.first : one.last]) == name
            for one in self._words.phrases(words)
        )

    def _after_role(self, words: list[Token]) -> str:
        """The personal name where letters have no case: what follows the last role word.

        Arabic nouns of a role carry the article (وزير الخارجية), names seldom do.
        """
        place = -1
        for number, token in enumerate(words):
            its = self._words.labels(token.normal)
            if "speakers.roles" in its and "speakers.anonymous" not in its:
                place = max(place, number + 1)
        for one in self._words.phrases(words):
            if "speakers.roles" in one.labels:
                place = max(place, one.last)
        if place < 0 or self._bodied(words):
            return ""
        rest = words[place:]
        while rest and self._complements(rest):
            rest = rest[1:]
        if not rest:
            return self._before_role(words)
        known = {"speakers.groups", "speakers.documents", "speakers.inside"}
        plain = not any(self._words.labels(token.normal) & known for token in rest)
        unspaced = bool(rest) and _caseless.unspaced(rest[0].text)
        dotted = any(token.text == "·" for token in rest)
        longest = (_FOREIGN if dotted else _SYLLABLES) if unspaced else _NAME
        if len(rest) < _SHORT or _caseless.length(rest) > longest or not plain:
            return self._before_role(words) if not self._words.verb_first else ""
        return ("" if unspaced else " ").join(token.text for token in rest)

    def _bodied(self, words: list[Token]) -> bool:
        """Whether a phrase begins with a body, in whose name the office is: "مكتب رئيس الوزراء"."""
        first = self._words.labels(words[0].normal)
        return self._words.verb_first and "speakers.groups" in first

    def _complements(self, words: list[Token]) -> bool:
        """Whether the first of the words behind a role says of what: with the article, a body,
        "in the name of", "for the rights of"."""
        word = words[0].normal
        labels = self._words.labels(word)
        article = word.startswith("ال") or (
            (self._words.verb_first and (word.startswith("لل") or "speakers.inside" in labels))
            or (word.startswith("ل") and any(one.normal.startswith("ال") for one in words[1:2]))
        )
        return article or bool(labels & {"speakers.groups", "speakers.portfolios"})

    def _before_role(self, words: list[Token]) -> str:
        """The name a role follows without a comma: "دمیتری پسکوف سخنگوی کرملین"."""
        roles = (
            place
            for place, token in enumerate(words)
            if "speakers.roles" in self._words.labels(token.normal)
        )
        phrases = (
            one.first for one in self._words.phrases(words) if "speakers.roles" in one.labels
        )
        name = words[: min([*roles, *phrases], default=0)]
        if not _caseless.person(name, self._words) or _caseless.unspaced(name[0].text):
            return ""
        return " ".join(token.text for token in name)

    def _without_role(self, words: list[Token]) -> str:
        """The name in a phrase of nothing but a name, in full where the text has it so: a
        surname, "沃斯" for "克拉拉·沃斯"."""
        text = self._page.text[0:0].join(token.text for token in words)
        if words and _caseless.unspaced(text):
            known = (one for one in reversed(self._spoken) if _shortens(text, one))
            return next(known, text if "·" in text and len(words) <= _FOREIGN else "")
        if len(words) == 1 and self._names.fullest(words[0].text):
            return self._names.fullest(words[0].text)
        if 1 <= len(words) <= _SHORT:
            full = self._names.ending_in(words)
            if full:
                return full
        return (
            " ".join(token.text for token in words) if _caseless.person(words, self._words) else ""
        )

    def _person(self, span: Span, text: str, name: str, words: list[Token]) -> Speaker:
        full = self._names.fullest(name) if " " not in name else ""
        title = {token.normal for token in words}
        chosen = full or name
        if title & listed("women"):
            self._genders[chosen] = "pronouns.she"
        elif title & listed("men"):
            self._genders[chosen] = "pronouns.he"
        if _caseless.unspaced(text) or self._words.particles:
            self._remember(chosen, words)
        self._bears(words, chosen)
        return Speaker(span.start, span.end, text, chosen, "person")

    def _remember(self, name: str, words: list[Token]) -> None:
        """Keep whom a role in an unspaced script stood with, for when it stands alone."""
        if len(self._spoken) >= _REMEMBERED:
            return
        self._spoken.append(name)
        for token in words if self._words.particles else ():
            if "speakers.roles" in self._words.labels(token.normal):
                self._bearers[token.text] = name
        for one in self._words.phrases(words):
            if "speakers.roles" in one.labels:
                role = "".join(token.text for token in words[one.first : one.last])
                self._bearers[role] = name

    def _bears(self, words: list[Token], name: str) -> None:
        """Keep who spoke last in an office, by its first word, where the article is written onto
        it."""
        onto = self._words.verb_first or bool(self._words.fronted)
        kept = onto and len(words) > 1 and len(self._bearers) < _REMEMBERED
        if kept and "speakers.roles" in self._words.labels(words[0].normal):
            self._bearers[_bare(words[0].normal)] = name

    def _pronoun(self, span: Span, text: str, labels: frozenset[str]) -> Speaker:
        """Who "he" is: the person who spoke last, else the last full name before."""
        gender = next((one for one in sorted(labels & _HE)), "")
        last = self._last

        def fits(name: str) -> bool:
            return self._fits(name, gender)

        named = self._names.last_before(span.start, _NEAR, fits)
        far = last is not None and span.start - last.end > _NEAR and named is not None
        about = self._about(span.start, last.end if last is not None else 0)
        if about is not None and fits(about.text):
            return Speaker(span.start, span.end, text, about.text, "person")
        unnamed = self._unnamed(span.start)
        if unnamed is not None:
            return Speaker(span.start, span.end, text, unnamed.name, "anonymous")
        if last is not None and not far and fits(last.name):
            return Speaker(span.start, span.end, text, last.name, "person")
        # Four or five sentences back a pronoun has usually found another owner.
        named = named or self._names.last_before(span.start, 2 * _NEAR, fits)
        if named is not None:
            if gender:
                self._genders.setdefault(named.text, gender)
            return Speaker(span.start, span.end, text, named.text, "person")
        alone = self._names.surname_before(span.start, reach=_NEAR) if gender else None
        name = alone.text if alone is not None and fits(alone.text) else text
        return Speaker(span.start, span.end, text, name, "person")

    def _about(self, offset: int, since: int) -> Named | None:
        """The full name that opens the sentence before `offset`, past those that are all
        quotation, where it stands behind `since`, which is where somebody spoke last."""
        if self._words.nouns_capitalised or self._words.caseless:
            return None
        place = bisect_right(self._page.sentences, offset, key=lambda one: one.start) - 2
        while place > 0 and min(self._page.sentences[place].quoted, default=0) >= 0:
            place -= 1
        before = self._page.sentences[place] if place >= 0 else None
        phrase = topic(before, self._words) if before and before.start >= since else None
        if before is None or phrase is None:
            return None
        name = self._names.last_before(before.tokens[phrase[1] - 1].end, before.end - before.start)
        return name if name is not None and name.start >= before.start else None

    def _body(self, span: Span, text: str) -> Speaker:
        """The body of people named last, for a verb whose subject is where they sit: "Там
        сообщили"."""
        last = bisect_left(self._page.sentences, span.start, key=lambda one: one.start)
        for sentence in reversed(self._page.sentences[max(0, last - _BODY) : last]):
            for place in range(len(sentence.tokens) - 1, -1, -1):
                token = sentence.tokens[place]
                known = "speakers.groups" in self._words.labels(token.normal)
                if known and token.start < span.start:
                    phrase = _phrases.after(sentence, self._words, place)
                    name = _written(self._page, sentence, phrase) or text
                    return Speaker(span.start, span.end, text, name, "group")
        return Speaker(span.start, span.end, text, text, "group")

    def dropped(self, offset: int) -> Speaker | None:
        """Whom a verb at `offset` without a subject means, in languages that leave it out: the
        person who spoke last, else the last full name before."""
        last = self._last
        named = self._names.last_before(offset, reach=_NEAR)
        if last is not None and 0 <= offset - last.end <= _NEAR:
            return last
        if named is None:
            return None
        return Speaker(named.start, named.end, named.text, named.text, "person")

    def _fits(self, name: str, gender: str) -> bool:
        """Whether `gender`, a pronoun's, may stand for the bearer of a name, by the title or
        pronoun it stood with or else by the given name."""
        known = self._genders.get(name) or _GIVEN.get(given(name))
        return not gender or not known or known == gender

    def _apposed(self, span: Span) -> Named | None:
        """The name after a comma: "le premier ministre britannique, Jean Dupont,"."""
        if self._page.text[span.end : span.end + 2] != ", ":
            return None
        direct = self._names.starting(span.end + 2)
        if direct is not None or not self._words.drops_subject:
            return direct
        ahead = tokens(self._page.text, self._page.language, span.end + 2, span.end + _RANK)
        roled = False
        for token in ahead:  # "el portavoz, el coronel Juan Pérez"
            its = self._words.labels(token.normal)
            if token is ahead[0] and not its & {"speakers.determiners", "speakers.roles"}:
                return None
            if token.capital or not token.word:
                return self._names.starting(token.start) if roled else None
            roled |= bool(its & {"speakers.roles", "speakers.again"})
        return None

    def _bearer(
        self, role: str, span: Span, words: list[Token], labels: list[frozenset[str]]
    ) -> Named | None:
        """The last name that stood with `role`, for a phrase of a role and little else."""
        plain = [
            token
            for token, its in zip(words, labels, strict=True)
            if token.word and "speakers.determiners" not in its
        ]
        return self._names.with_role(role, span.start) if len(plain) <= 2 else None

    def _same(self, span: Span, words: list[Token]) -> str:
        """Whom a lone role goes on with: the person who spoke last, where nouns have no article
        to tell "the diplomat" from "a diplomat"."""
        last = self._last
        if last is None or len(words) != 1 or not self._words.adjectives:
            return ""
        apposed = self._page.text[span.end : span.end + 1] == ","
        far = not 0 <= span.start - last.end <= 2 * _NEAR
        several = " " in last.name
        return last.name if several and not apposed and not far else ""

    def _again(self, span: Span, words: list[Token], labels: list[frozenset[str]]) -> str:
        """The person who spoke last, for a noun that only points to somebody already named:
        "la mandataria", "o petista"."""
        last = self._last
        if words[0].normal in _INDEFINITE:
            return ""  # "un técnico municipal" is nobody named before
        head = next((its for its in labels if "speakers.determiners" not in its), frozenset())
        head = labels[-1] if self._words.verb_final else head
        whole = any("speakers.again" in one.labels for one in self._words.phrases(words))
        if not (whole or "speakers.again" in head) or last is None or len(words) > _POINTING:
            return ""
        near = last.start <= span.start <= last.end + _NEAR and " " in last.name
        return last.name if near else ""

    def _definite(self, role: str, before: int) -> str:
        """Whom a lone role goes on with, where the article is written onto it: who spoke last as
        one, "الوزير" after "وزير المالية …", else whom the text has named so."""
        bare = _bare(role)
        if bare == role or "speakers.again" not in self._words.labels(role):
            return ""
        held = self._names.with_role(bare, before)
        return self._bearers.get(bare, "") or (held.text if held is not None else "")

    def _holder(self, span: Span, words: list[Token]) -> str:
        """Who holds the office that the phrase describes, where it describes one."""
        post = _offices.post(words, self._words)
        return self._names.holding(post, span.start) if post.offices else ""

    def _described(
        self,
        span: Span,
        text: str,
        words: list[Token],
        labels: list[frozenset[str]],
        every: frozenset[str],
    ) -> Speaker:
        """A source without a personal name: a role, a body, a paper, a lone surname."""
        name = _plain(text, words, self._words)
        written = "speakers.documents" in (labels[-1] if self._words.verb_final else every)
        if written and (self._words.verb_final or "speakers.roles" not in every):
            return Speaker(span.start, span.end, text, name, "document")
        # A plural of a role is listed among the groups: "эксперты", "чиновников".
        head = next((its for its in labels if "speakers.determiners" not in its), frozenset())
        several = any({"speakers.roles", "speakers.groups"} <= its for its in labels)
        several |= "speakers.groups" in head and "speakers.roles" not in head
        several &= "speakers.groups" in head or "speakers.roles" not in head
        several &= not (self._words.particles and "speakers.roles" in labels[-1])
        if "speakers.roles" in every and not (several or self._bodied(words)):
            roles = (
                token.normal
                for token, its in zip(words, labels, strict=True)
                if "speakers.roles" in its
            )
            role = next(roles, name)
            held = self._apposed(span) or self._bearer(role, span, words, labels)
            chosen = held.text if held else self._holder(span, words)
            chosen = chosen or self._bearers.get(name, "") or self._same(span, words)
            chosen = chosen or self._definite(role, span.start) or self._again(span, words, labels)
            self._bears(words, chosen or name)
            return Speaker(span.start, span.end, text, chosen or name, "person")
        apposed = self._apposed(span) if not every & _BODIES else None
        if apposed is not None:
            return Speaker(span.start, span.end, text, apposed.text, "person")
        again = self._again(span, words, labels)
        if again:
            return Speaker(span.start, span.end, text, again, "person")
        kind: SpeakerKind = "group"
        capitals = [token for token in words if token.capital]
        unspaced = 2 <= len(words) <= 4 and span.end - span.start == len(words)
        if self._words.caseless and unspaced and not every & {"speakers.groups"}:
            return Speaker(span.start, span.end, text, name, "person")
        if (
            len(words) == 1
            and capitals
            and not words[0].text.isupper()
            and "speakers.groups" not in every
            and not any(label.startswith("countries.") for label in every)
        ):
            kind = "person"
        return Speaker(span.start, span.end, text, name, kind)


def _bare(role: str) -> str:
    """A role without the article written onto it: "الوزير", "הדובר"."""
    return role.removeprefix("ال").removeprefix("ה")


def _shortens(text: str, name: str) -> bool:
    """Whether `text` is `name` or the surname in it, which stands last in foreign names and first
    in others: "沃斯" for "克拉拉·沃斯", "高市" for "高市早苗"."""
    foreign = name.endswith("·" + text)
    return (
        foreign or name == text or (len(text) > 1 and len(name) <= _LONG and name.startswith(text))
    )


# Characters of a name whose surname stands first.
_LONG = 4


def _less_brackets(words: list[Token]) -> list[Token]:
    """`words` less what stands in brackets: "Jane Roe (R-Ohio)"."""
    kept, depth = [], 0
    for token in words:
        depth += token.text == "("
        if not depth:
            kept.append(token)
        depth -= token.text == ")" and depth > 0
    return kept


def _less_place(words: list[Token], lexicon: Lexicon) -> list[Token]:
    """`words` less where somebody works, behind a full name: "Jane Roe of Nordbank"."""
    for place in range(_FULL, len(words) - 1):
        of = "speakers.inside" in lexicon.labels(words[place].normal) and not words[place].capital
        if of and words[place].normal not in listed("particles"):
            named = all(may_name(token, lexicon) for token in words[:place])
            return words[:place] if named and not lexicon.adjectives else words
    return words


def _written(page: Page, sentence: Sentence, phrase: tuple[int, int] | None) -> str:
    """The text of tokens `phrase` of `sentence`, empty for none."""
    if phrase is None:
        return ""
    return page.text[sentence.tokens[phrase[0]].start : sentence.tokens[phrase[1] - 1].end]


def _latin_amid_cyrillic(whole: str, text: str) -> bool:
    """Whether `text` is written in Latin letters and the words around it are not."""
    letters = [char for char in text if char.isalpha()]
    latin = bool(letters) and all(char < "\u0250" for char in letters)
    return latin and any("\u0400" <= char <= "\u04ff" for char in whole[:200])


def _plain(text: str, words: list[Token], lexicon: Lexicon) -> str:
    """A phrase without the article or determiner it begins with."""
    first_labels = lexicon.labels(words[0].normal) if len(words) > 1 else frozenset()
    of = len(words) > 1 and "speakers.inside" in lexicon.labels(words[1].normal)
    of = of and (bool(lexicon.adjectives) or "pronouns.they" in lexicon.labels(words[-1].normal))
    # "Один із них", "one of them"
    whole = of or "speakers.anonymous" in first_labels
    if "speakers.determiners" in first_labels and not whole:
        return text[words[1].start :]
    first = words[0].text if words and lexicon.clitics else ""
    if first.startswith("ل") and lexicon.labels(words[0].normal):
        return lexicon.without_clitic(first) + text[len(first) :]
    return text
