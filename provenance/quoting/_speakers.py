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
from provenance.quoting import _caseless, _offices, _rightward
from provenance.quoting._lexicon import Lexicon
from provenance.quoting._names import (
    Named,
    Names,
    given,
    may_name,
)
from provenance.quoting._outlets import Mention, Mentions
from provenance.quoting._page import Page, Sentence
from provenance.quoting._particles import listed, names_body
from provenance.quoting._persons import FULL, POINTING, Persons
from provenance.quoting._subjects import brought_in, topic
from provenance.quoting._tokens import Token, tokens
from provenance.quoting._turns import questions
from provenance.quoting._unspaced import phrase

# Persons of one text remembered by role and surname where no spaces part words.
_REMEMBERED = 200
# Two sentences of news.
_NEAR = 300
# What stands between an outlet and a person named beside it: "According to Reuters, the mayor".
_BETWEEN = " \t\n\xa0,،、;"
# Characters of a rank or party before a name in apposition.
_RANK = 50
# Sentences looked through for the body that "there" stands for, its own the last.
_BODY = 4
_OPENS = frozenset('„«»“"‚‘')
# The pronoun that stands for who bears a name of a list.
_GIVEN = {"women_given": "pronouns.she", "men_given": "pronouns.he"}
_ARTICLE = 5  # characters of the longest article
_ARTICLES = {"speakers.his": "pronouns.he", "speakers.her": "pronouns.she"}
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
        self._persons = Persons(page, self._names, self._spoken)
        self._bearers: dict[str, str] = {}
        self._asked: int | None = None

    def speaker(
        self, span: Span, *, reporting: bool = False, unnamed: bool = False, adds: bool = False
    ) -> Speaker:
        """The speaker that the phrase at `span` stands for.

        `unnamed` says that the words around it withhold the name ("on condition of anonymity").
        `reporting` says that the verb is one outlets are the subject of ("пишет"): then a
        name in Latin letters amid Cyrillic is an outlet, though no table lists it. `adds` says
        that whoever it is goes on ("added"), so an office no name stood with is who spoke last.
        """
        if self._words.nouns_capitalised:
            span = self._less_hearer(self._less_account(span))
        span = self._whole(span)
        text = self._page.text[span.start : span.end]
        words = phrase(text, self._words)
        labels = [self._words.labels(token.normal) for token in words]
        found = self._resolve(span, text, words, labels)
        if adds and found.kind == "person" and found.name == _plain(text, words, self._words):
            found = self._going_on(found, words, labels)
        foreign = bool(self._words.adjectives) and _latin_amid_cyrillic(self._page.text, text)
        if reporting and foreign and found.kind in {"person", "group"}:
            kind: SpeakerKind = "group" if names_body(text) else "outlet"
            found = replace(found, kind=kind, name=text)
        if (
            unnamed
            and found.kind in {"person", "group"}
            and found.name in _plain(text, words, self._words)
            and not self._persons.personal(words)
        ):
            found = replace(found, kind="anonymous")
        if found.kind == "person":
            self._last = found
        elif found.kind in _BODILY:
            self._last_group = found
        elif found.kind == "anonymous" and not self._several(words):
            self._last_unnamed = found
        return found

    def _going_on(
        self, found: Speaker, words: list[Token], labels: list[frozenset[str]]
    ) -> Speaker:
        """`found`, an office without a name, as who spoke right before: "the director added"."""
        last = self._last
        definite = "speakers.determiners" in labels[0] and "speakers.indefinite" not in labels[0]
        roled = any("speakers.roles" in its for its in labels) and not self._persons.personal(words)
        if last is None or " " not in last.name or not (definite and roled):
            return found
        near = last.start <= found.start <= last.end + _NEAR
        return replace(found, name=last.name) if near else found

    def _whole(self, span: Span) -> Span:
        """A phrase that is cut off within a name taken to its end: "Kim Jong", "Inge"."""
        name = self._names.starting(span.start)
        return span if name is None or span.end >= name.end else Span(span.start, name.end)

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

    def _less_account(self, span: Span) -> Span:
        """A phrase without the noun for what somebody said, whose owner follows: "Angaben des
        Ministers", "Aussage von Jan Roth"."""
        words = tokens(self._page.text, self._page.language, span.start, span.end)
        determined = "speakers.determiners" in self._words.labels(words[0].normal)
        noun, behind = words[determined : determined + 1], words[determined + 1 : determined + 3]
        labels = self._words.labels(noun[0].normal) if noun else frozenset()
        if len(behind) < FULL or "frames.account" not in labels:
            return span
        of = self._words.labels(behind[0].normal)
        if "speakers.inside" not in of:
            return span
        owner = behind[0 if "speakers.determiners" in of else 1]
        return Span(owner.start, span.end)

    def _less_hearer(self, span: Span) -> Span:
        """A phrase up to whom it was told to, or where: "sagte Berg Journalisten", "sagte Minister
        Jan Roth in Bonn"."""
        words = tokens(self._page.text, self._page.language, span.start, span.end)
        for before, token, mark in zip(words, words[1:], words[2:], strict=False):
            if token.normal == "dem" and not mark.word and mark.text in _OPENS and before.capital:
                return Span(span.start, before.end)  # "sagte Berg dem „Boten“"
        for place in range(FULL, len(words) - 1):
            name = words[place - FULL : place]
            known = any(self._words.labels(token.normal) for token in name)
            placed = "speakers.placing" in self._words.labels(words[place].normal) and not known
            if placed and all(may_name(token, self._words) for token in name):
                return Span(span.start, name[-1].end)
        if len(words) > FULL and words[-2].normal == "am":
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
        head = words[: _relative(words, self._words)]  # "the minister who met Jane Roe"
        name = self._persons.personal(self._outside(span, head))
        if name and not unnamed and not self._persons.names_body(words, name):
            span, text = self._past_outlet(span, text)
            return self._person(span, text, name, words)
        again = "" if unnamed else self._again(span, words, labels)
        lone = len(words) == 1 and bool(self._words.adjectives)
        definite = labels[0] & _DEFINITE or self._article(span) & _DEFINITE
        if again and (lone or definite):
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
        if group is None or not 0 <= span.start - group.end <= _NEAR:
            return Speaker(span.start, span.end, text, text, "group")
        return Speaker(span.start, span.end, text, group.name, group.kind)

    def _outlet(self, span: Span, words: list[Token]) -> Mention | None:
        """The outlet the phrase ends in, unless a personal name stands beside it."""
        inside = self._outlets.within(span.start, span.end)
        if not inside:
            return None
        outlet = inside[-1]
        if self._page.text.startswith(",", outlet.end):
            behind = [token for token in words if token.start + span.start >= outlet.end]
            if not self._persons.personal(behind):
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
        return outlet if called or not self._persons.personal(rest) else None

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
        start = end - len(text.lstrip(_BETWEEN))
        end = start + len(text.strip(_BETWEEN))
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

    def _person(self, span: Span, text: str, name: str, words: list[Token]) -> Speaker:
        title = {token.normal for token in words}
        titled = (one for one in ("women", "men") if title & listed(one))
        gender = next((f"{one}_given" for one in titled), "")
        full = self._names.fullest(name, gender) if " " not in name else ""
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
        """Keep who spoke last in an office: by its first word, where the article is written onto
        it, and by the word right before a surname that has no fuller name ("President Roe")."""
        role = words[-2].normal if len(words) > 1 and words[-1].text == name else ""
        if role and "speakers.roles" in self._words.labels(role):
            self._bearers[role] = name
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
        if about and fits(about):
            return Speaker(span.start, span.end, text, about, "person")
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

    def _about(self, offset: int, since: int) -> str:
        """The full name of whom the sentence before `offset` opens with or brings in, past those
        that are all quotation, where it stands behind `since`, which is where somebody spoke
        last."""
        if self._words.caseless:
            return ""
        place = bisect_right(self._page.sentences, offset, key=lambda one: one.start) - 2
        while place > 0 and min(self._page.sentences[place].quoted, default=0) >= 0:
            place -= 1
        before = self._page.sentences[place] if place >= 0 else None
        if before is None or before.start < since:
            return ""
        phrase = topic(before, self._words)
        if phrase is None and not self._surnamed(before):
            phrase = brought_in(before, self._words)
        if phrase is None:
            return self._surnamed(before)
        name = self._names.last_before(before.tokens[phrase[1] - 1].end, before.end - before.start)
        if name is None or name.start < before.start:
            return self._surnamed(before)
        person = not self._words.nouns_capitalised or name.roles or given(name.text)
        return name.text if person else ""

    def _surnamed(self, sentence: Sentence) -> str:
        """The full name that the page has for the surname a sentence, or its main clause behind one
        that leads up to it, opens with: "Asked whether he would run, Berg smiled"."""
        first = next((n for n, one in enumerate(sentence.tokens) if one.text == ","), -1) + 1
        for place in {_past_title(sentence, 0), _past_title(sentence, first)}:
            token, behind = sentence.tokens[place], sentence.tokens[place + 1 : place + 2]
            alone = bool(behind) and behind[0].word and not behind[0].capital
            if alone and sentence.quoted[place] < 0 and may_name(token, self._words):
                full = self._names.fullest(token.text)
                if full:
                    return full
        return ""

    def _body(self, span: Span, text: str) -> Speaker:
        """The body of people named last, for a verb whose subject is where they sit: "Там
        сообщили"."""
        last = bisect_left(self._page.sentences, span.start, key=lambda one: one.start)
        for sentence in reversed(self._page.sentences[max(0, last - _BODY) : last]):
            for place in range(len(sentence.tokens) - 1, -1, -1):
                token = sentence.tokens[place]
                known = "speakers.groups" in self._words.labels(token.normal)
                if known and token.start < span.start:
                    phrase = _rightward.after(sentence, self._words, place)
                    name = _written(self._page, sentence, phrase) or text
                    return Speaker(span.start, span.end, text, name, "group")
        return Speaker(span.start, span.end, text, text, "group")

    def dropped(self, offset: int) -> Speaker | None:
        """Whom a verb at `offset` without a subject means, in languages that leave it out: the
        person who spoke last, else the last full name before."""
        last = self._last
        about = self._about(offset, last.end if last is not None else 0)
        if about:
            return Speaker(offset, offset, "", about, "person")
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
        direct = self._names.starting(span.end + 2) or self._apposed_alone(span.end + 2)
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

    def _apposed_alone(self, start: int) -> Named | None:
        """The one word of a name between commas, a title before it: "son mari, Yorgos,", "su
        presidente, lord Harcourt,"."""
        ahead = tokens(self._page.text, self._page.language, start, start + _RANK)
        titled = bool(ahead) and ahead[0].normal in listed("men") | listed("women")
        name = ahead[titled : titled + 2]
        if len(name) < FULL or not may_name(name[0], self._words) or name[1].text != ",":
            return None
        end = name[0].end
        return Named(name[0].start, end, name[0].text, frozenset(), _offices.NO_POST)

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
        if "speakers.indefinite" in labels[0]:
            return ""  # "un técnico municipal" is nobody named before
        head = next((its for its in labels if "speakers.determiners" not in its), frozenset())
        head = labels[-1] if self._words.verb_final else head
        whole = any("speakers.again" in one.labels for one in self._words.phrases(words))
        pointed = "speakers.pointing" in labels[0] and not frozenset().union(*labels) & _BODIES
        again = whole or "speakers.again" in head
        if last is None or not (pointed or (again and len(words) <= POINTING)):
            return ""
        near = last.start <= span.start <= last.end + _NEAR and " " in last.name
        article = labels[0] | self._article(span)
        gender = next((_ARTICLES[one] for one in sorted(article & _ARTICLES.keys())), "")
        about = self._about(span.start, last.end)
        if about and self._fits(about, gender):
            return about
        return last.name if near and self._fits(last.name, gender) else ""

    def _article(self, span: Span) -> frozenset[str]:
        """Labels of the word right before a phrase: "Para a responsável"."""
        before = self._page.text[max(0, span.start - _ARTICLE) : span.start].lower().split()[-1:]
        return frozenset().union(*(self._words.labels(word) for word in before))

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
        if "speakers.roles" in every and not (several or self._persons.bodied(words)):
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
            and words[0].normal not in listed("capitals")
        ):
            kind = "person"
        if "speakers.folk" in every and not every & _BODIES:
            kind = "person"
        return Speaker(span.start, span.end, text, name, kind)


def _bare(role: str) -> str:
    """A role without the article written onto it: "الوزير", "הדובר"."""
    return role.removeprefix("ال").removeprefix("ה")


def _past_title(sentence: Sentence, place: int) -> int:
    """The token behind a title and its stop: "Ms. Brandt"."""
    near = sentence.tokens[place : place + FULL]
    titled = bool(near) and near[0].normal in listed("men") | listed("women")
    place += titled
    stop = titled and len(near) == FULL and near[1].text == "."
    return min(place + stop, len(sentence.tokens) - 1)


def _written(page: Page, sentence: Sentence, phrase: tuple[int, int] | None) -> str:
    """The text of tokens `phrase` of `sentence`, empty for none."""
    if phrase is None:
        return ""
    return page.text[sentence.tokens[phrase[0]].start : sentence.tokens[phrase[1] - 1].end]


def _relative(words: list[Token], lexicon: Lexicon) -> int:
    """The word of a phrase that a clause which relates to it begins with, else how many it has."""
    if lexicon.caseless or lexicon.nouns_capitalised:
        return len(words)
    relative = (
        place
        for place, one in enumerate(words)
        if place > 1 and not one.capital and "pronouns.who" in lexicon.labels(one.normal)
    )
    return next(relative, len(words))


def _latin_amid_cyrillic(whole: str, text: str) -> bool:
    """Whether `text` is written in Latin letters and the words around it are not."""
    letters = [char for char in text if char.isalpha()]
    latin = bool(letters) and all(char < "\u0250" for char in letters)
    return latin and any("\u0400" <= char <= "\u04ff" for char in whole[:200])


def _plain(text: str, words: list[Token], lexicon: Lexicon) -> str:
    """A phrase without the article or determiner it begins with and the clause that relates to
    it: "a former inspector who has seen the log"."""
    relates = _relative(words, lexicon)
    text = text if relates == len(words) else text[: words[relates].start].rstrip(" ,")
    first_labels = lexicon.labels(words[0].normal) if len(words) > 1 else frozenset()
    of = len(words) > 1 and "speakers.inside" in lexicon.labels(words[1].normal)
    # "Один із них", "one of the people"
    whole = of or "speakers.anonymous" in first_labels
    if "speakers.determiners" in first_labels and not whole:
        return text[words[1].start :]
    first = words[0].text if words and lexicon.clitics else ""
    if first.startswith("ل") and lexicon.labels(words[0].normal):
        return lexicon.without_clitic(first) + text[len(first) :]
    return text
