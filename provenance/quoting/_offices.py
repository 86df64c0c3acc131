"""Which office a phrase describes, and which person of the article holds it.

"The head of the British government" is an office and a country; a person answers to it
where the text itself gave the name that office ("Prime Minister of Great Britain Jean
Dupont"), else where the gazetteer of people does. Only one person of the article may answer:
with two the phrase stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from provenance.quoting._lexicon import Lexicon, lexicon
from provenance.quoting._tokens import Token, tokens

# Names of one article that are asked for in the gazetteer: an article names fewer people.
_ASKED = 60


class Post(NamedTuple):
    """Offices and countries a phrase may mean; both empty where it describes no office."""

    offices: frozenset[str]
    countries: frozenset[str]

    def fits(self, other: Post) -> bool:
        """Whether both may be one post: an office in common, no two different countries."""
        apart = self.countries and other.countries and not self.countries & other.countries
        return bool(self.offices & other.offices) and not apart


NO_POST = Post(frozenset(), frozenset())


def office(phrase: str, language: str) -> Post:
    """The post that a phrase of its own describes: "глава российского МИДа"."""
    return post(tokens(phrase, language), lexicon(language))


def surname(phrase: str, language: str) -> str:
    """The name at the end of a phrase that says what its bearer is: "Chancellor Scholz"; empty
    where it ends in none."""
    words, known = tokens(phrase, language), lexicon(language)
    named = len(words)
    while named and _names(words[named - 1], known):
        named -= 1
    title = words[:named]
    labels = frozenset[str]().union(*(known.labels(token.normal) for token in title))
    labels = labels.union(*(found.labels for found in known.phrases(title)))
    return phrase[words[named].start :] if "speakers.roles" in labels and words[named:] else ""


def _names(token: Token, known: Lexicon) -> bool:
    """Whether a word may be a name: with a capital, none that the language's data know, and not
    a body called by its letters."""
    letters = token.text.isupper() and len(token.text) > 1
    return token.capital and not letters and not known.labels(token.normal)


def post(words: Sequence[Token], lexicon: Lexicon) -> Post:
    """The post that `words` describe; `NO_POST` for a former holder or a deputy."""
    labels: set[str] = set()
    for token in words:
        labels |= lexicon.labels(token.normal)
    for found in lexicon.phrases(words):
        labels |= found.labels
    if "posts.former" in labels:
        return NO_POST
    offices = _under("offices.", labels)
    if "posts.head" in labels:
        offices |= _under("bodies.", labels)
    return Post(offices, _under("countries.", labels)) if offices else NO_POST


def _under(table: str, labels: Iterable[str]) -> frozenset[str]:
    return frozenset(one.removeprefix(table) for one in labels if one.startswith(table))


def holders(wanted: Post, names: Sequence[str]) -> list[str]:
    """Those of `names` whose bearer holds the post, as the gazetteer of people knows it:
    present holders before past ones."""
    from provenance.naming import people

    now: dict[str, str] = {}
    once: dict[str, str] = {}
    for name in list(dict.fromkeys(names))[:_ASKED]:
        person = people.lookup(name)
        if person is None or (wanted.countries and person.country not in wanted.countries):
            continue
        for office in person.offices:
            if office.role in wanted.offices:
                (once if office.until else now).setdefault(person.name, name)
    return list((now or once).values())
