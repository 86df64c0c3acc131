"""How probable it is that two renderings of one statement are one: no hop between them is surer.

A match says it of its two texts. Being one statement is also handed on: where two match a third,
they are one at least as probably as both matches hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from provenance.model import Match

# Of two texts that neither a match nor a third text connects: as many as not (they are in one
# statement for longer ways round, each weaker than this). In simulated chains no pair was.
_FAR = 0.5


class Sameness:
    """The matches of a statement as chances that two of its quotes render one statement.

    Of the pairs of keys in `decided` a person said that one came from the other.
    """

    def __init__(self, matches: Sequence[Match], decided: Iterable[tuple[int, int]] = ()) -> None:
        self._chances: dict[int, dict[int, float]] = defaultdict(dict)
        for match in matches:
            self._note(match.from_quote, match.to_quote, match.probability)
        for one, other in decided:
            self._note(one, other, 1.0)

    def chance(self, one: int, other: int) -> float:
        """The chance in [0, 1], by the match of the two or, if that is more, by way of a third."""
        return max(self.direct(one, other), self.by_a_third(one, other)) or _FAR

    def by_a_third(self, one: int, other: int) -> float:
        """The chance that both are one statement with a third text, 0 where none matches both."""
        few, many = sorted((self._chances.get(q, {}) for q in (one, other)), key=len)
        ways = (chance * many[third] for third, chance in few.items() if third in many)
        return max(ways, default=0.0)

    def direct(self, one: int, other: int) -> float:
        """The chance by the match of the two alone, 0 where they were not matched."""
        return self._chances.get(one, {}).get(other, 0.0)

    def _note(self, one: int, other: int, chance: float) -> None:
        known = max(chance, self.direct(one, other))
        self._chances[one][other] = self._chances[other][one] = known
