"""Letters that are spelt together: *ейн* as *ayne*, 约翰 as *john*.

Each pair of names is aligned letter by letter; what neighbouring letters became together is
counted over all pairs (the phrases of statistical translation: Koehn, Och and Marcu 2003). A
chunk is kept where it is that much likelier than its letters alone foresee.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import log

from provenance.naming._spelling import CHUNKS, END
from training._sharpening import Step, Table, aligned, by_first_letter

WIDEST = 7  # Latin letters it becomes
LEAST = 10  # times a spelling is met
DISCOUNT = 4.0  # times less it is counted: what is seen once is no custom
GAIN = 0.7  # nats a chunk must be likelier than its letters
RARE = -6.0  # log chance below which a chunk's spelling is an odd one
FAR = -2.2  # log chance a Latin letter below which a listed pair is no transliteration


def with_chunks(chances: Table, pairs: Iterable[tuple[str, str]]) -> Table:
    """`chances` of single letters with rows for the chunks that `pairs` show, shorter ones first:
    a longer one must be likelier than those."""
    table = {
        key: {value: log(chance) for value, chance in row.items()} for key, row in chances.items()
    }
    counts, sources = _counted(pairs, table)
    found = {key: dict(row) for key, row in chances.items()}
    for size in range(2, CHUNKS + 1):
        spelt = by_first_letter(table)
        for (source, latin), count in counts.items():
            if len(source) != size or count < LEAST or not 0 < len(latin) <= WIDEST:
                continue
            chance = (count - DISCOUNT) / sources[source]
            if log(chance) > max(RARE, aligned(source, latin, spelt)[0] + GAIN):
                found.setdefault(source, {})[latin] = chance
        for source, row in found.items():
            if len(source) == size:
                table[source] = _logs(row)
    return found


def without_idle(table: Table) -> Table:
    """`table`, of log chances, less the chunks that their letters alone make as likely."""
    kept = {key: dict(row) for key, row in table.items()}
    for chunk in sorted((key for key in table if len(key) > 1), key=len):
        parts = {"", *chunk, *(chunk[at:to] for at in range(2) for to in range(at + 2, at + 4))}
        for latin, chance in table[chunk].items():
            del kept[chunk][latin]
            spelt = by_first_letter({key: kept[key] for key in parts & kept.keys()})
            if aligned(chunk, latin, spelt)[0] < chance:
                kept[chunk][latin] = chance
    return {key: row for key, row in kept.items() if row}


def _logs(row: dict[str, float]) -> dict[str, float]:
    return {latin: log(chance) for latin, chance in row.items()}


def _counted(pairs: Iterable[tuple[str, str]], table: Table) -> tuple[Counter[Step], Counter[str]]:
    """How often chunks were spelt in which way, and how often they were met."""
    counts: Counter[Step] = Counter()
    spelt = by_first_letter(table)
    for source, latin in pairs:
        score, path = aligned(source + END, latin, spelt)
        if score > FAR * len(latin):
            counts.update(_chunks(path))
    sources: Counter[str] = Counter()
    for (source, _), count in counts.items():
        sources[source] += count
    return counts, sources


def _chunks(path: list[Step]) -> Iterator[Step]:
    """Neighbouring steps together; letters out of nothing belong to the step before them."""
    steps: list[Step] = []
    for source, latin in path:
        if not source and steps:
            steps[-1] = (steps[-1][0], steps[-1][1] + latin)
        else:
            steps.append((source, latin))
    for at in range(len(steps)):
        source, latin = steps[at]
        for more, letters in steps[at + 1 :]:
            source, latin = source + more, latin + letters
            if len(source) > CHUNKS:
                break
            yield source, latin
