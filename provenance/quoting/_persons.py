"""The name of a person in the words of a phrase: "the Norwegian minister of finance Jane Roe".

An office, a body and a place have capitals too; what of a phrase is a name is told by where it
stands beside a role, by what the page calls people elsewhere, and by given names.
"""

from __future__ import annotations

from provenance.quoting import _caseless, _particled
from provenance.quoting._lexicon import Lexicon
from provenance.quoting._names import (
    Names,
    abroad_in,
    core,
    given,
    may_name,
    name_text,
    of_role,
    past_place,
)
from provenance.quoting._page import Page
from provenance.quoting._particles import listed
from provenance.quoting._tokens import Token

# Characters of a foreign name in Chinese, parts joined by a dot.
_FOREIGN = 14
# Words of a name behind a role, characters of a foreign surname: "伊万科维奇".
_NAME, _SYLLABLES = 4, 6
# Words of a surname: "عبد العاطي".
_SHORT = 2
# Words of a full name, particles too: "Maria del Carmen de la Vega".
_LONGEST_NAME = 6
# Tokens of a phrase that points to a person named before: article, noun, adjective.
POINTING = 3
FULL = 2  # words of a full name, at least
_BODIES = frozenset({"speakers.groups", "relays.paper"})


class Persons:
    """Finds the name in a phrase; `spoken` are the names of those who spoke, as they come."""

    def __init__(self, page: Page, names: Names, spoken: list[str]) -> None:
        self._page = page
        self._words = page.lexicon
        self._names = names
        self._spoken = spoken

    def personal(self, words: list[Token]) -> str:
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
            behind = bool(past) and len(best) - past >= FULL
            behind &= bool(self._words.adjectives) or bool(
                given(name_text(best[past:], self._words))
            )
            if self._heads_a_body(words, place + len(best)) or 1 < len(best) <= past:
                return ""
            of_body = self._of_a_body(words, place) or self._within_body(words, place, best)
            known = len(best) > FULL and bool(given(name_text(best[-FULL:], self._words)))
            if known and not self._words.adjectives:
                place += len(best) - FULL
                best = best[-FULL:]  # "of the Commission for Energy Regulation Jane Roe"
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
        whole = len(best) > 1 or self._entitled(words, best[0])
        return text if whole or self._names.fullest(text) else ""

    def _within_body(self, words: list[Token], place: int, run: list[Token]) -> bool:
        """Whether capitals go on with a body's name behind its noun, of which an office is: "la
        presidenta de la Oficina Federal de Túneles"."""
        if place < POINTING or not self._words.inverts or given(" ".join(t.text for t in run)):
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
        return token is words[-1] or (placed and len(words) > FULL)

    def _entitled(self, words: list[Token], token: Token) -> bool:
        """Whether a title or an office right before a last word makes it a surname, though the page
        has no fuller name: "Mr. Roe", "Präsident Roe". Not where cases stand for prepositions."""
        before = [one for one in words[: words.index(token)] if one.text != "."]
        named = not (self._words.adjectives or self._words.verb_final or self._words.roles_behind)
        if not before or not named or token is not words[-1] or abroad_in([token], self._words):
            return False
        title = before[-1].normal in listed("men") | listed("women")
        return title or "speakers.roles" in self._words.labels(before[-1].normal)

    def _heads_a_body(self, words: list[Token], place: int) -> bool:
        """Whether a noun for a body of people stands at `place`: "the New Zealand government", "the
        European Medicines Agency"."""
        if self._words.nouns_capitalised:
            return self._bodily(words[place - 1])  # "die Europäische Arzneimittelagentur"
        return place < len(words) and self._bodily(words[place])

    def _bodily(self, token: Token) -> bool:
        """Whether a noun is for a body of people, an agency too."""
        labels = self._words.labels(token.normal)
        return bool(labels & _BODIES) or any(one.startswith("bodies.") for one in labels)

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
        if head is None or not self._words.adjectives or len(run) != FULL:
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

    def names_body(self, words: list[Token], name: str) -> bool:
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
        if place < 0 or self.bodied(words):
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

    def bodied(self, words: list[Token]) -> bool:
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
    for place in range(FULL, len(words) - 1):
        of = "speakers.inside" in lexicon.labels(words[place].normal) and not words[place].capital
        if of and words[place].normal not in listed("particles"):
            named = all(may_name(token, lexicon) for token in words[:place])
            return words[:place] if named and not lexicon.adjectives else words
    return words
