"""Learn how names look that passed through another language on their way into Latin letters.

``python -m training.passages`` writes ``provenance/naming/data/passages.tsv``: for runs of
two to four letters, how much they speak for each language against the usual spelling, in
nats. A name of the lists is written by the rules of each language that has it («Джонсон»
gives Dzhonson, 约翰逊 Yuehanxun) and beside it as usual. Method: multinomial logistic
regression on which runs occur, the weakest left out. One name in ten is kept for
``benchmarks.names``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from provenance.naming._letters import latin_letters
from provenance.naming._passing import runs
from provenance.naming._spelling import pinyin
from provenance.naming.transliterate import transliterate
from training.name_lists import for_tables, pairs

USUAL = "usual"
STANDARDS = {
    "ru": ("ru-bgn", "ru-press", "ru-gost"),
    "ar": ("ar-bgn",),
    "he": ("he",),
    "ja": ("ja-hepburn",),
    "ko": ("ko-rr",),
}
THROUGH_RUSSIAN = {"de": "ru-german", "fr": "ru-french"}  # how they write Russian names
EACH = 6_000  # names a language, where the lists have so many
LEAST = 25  # times a run is seen before it counts
KEPT = 250  # runs kept a language, so that the table stays one that can be read
TURNS = 60  # of the optimiser; the held-out figures have settled by then
Spelling = tuple[str, str]  # the language it passed through, or "usual", and the letters


def spellings(chosen: Callable[[str], bool], each: int) -> list[Spelling]:
    """Spellings of the names `chosen`, `each` for every language, and as many usual ones.

    Left out are those that tell nothing: spelt as usual, or alike through two languages.
    """
    found: dict[str, set[str]] = {}
    usual: dict[str, None] = {}
    for language in (*STANDARDS, "zh", *THROUGH_RUSSIAN):
        rows = [row for row in _spelt(language) if chosen(row[1])]
        Random(1).shuffle(rows)
        for spelt, latin in rows[: 2 * each]:
            usual[latin] = None
            if spelt != latin and len(spelt) > 2:
                found.setdefault(spelt, set()).add(language)
    known = {latin for code in ("ru", "ja", "ko") for _, latin in pairs(code)}
    rows = [(one, spelt) for spelt, codes in found.items() for one in codes if len(codes) == 1]
    told = [row for row in rows if row[1] not in known]
    count: Counter[str] = Counter()
    kept = []
    for language, spelt in told:
        count[language] += 1
        if count[language] <= each:
            kept.append((language, spelt))
    names = list(usual)
    Random(2).shuffle(names)
    return kept + [(USUAL, latin) for latin in names[: 3 * each]]


def _spelt(language: str) -> Iterator[Spelling]:
    """Names written by the rules of `language`, with their usual spellings."""
    if language in THROUGH_RUSSIAN:
        yield from _russian_own(THROUGH_RUSSIAN[language])
        return
    for source, latin in pairs(language):
        if language == "zh":
            if all(sign in pinyin() for sign in source):
                yield "".join(pinyin()[sign] for sign in source), latin
            continue
        for standard in STANDARDS[language]:
            spelt = latin_letters(transliterate(source, standard))
            if spelt:
                yield spelt, latin


def _russian_own(standard: str) -> Iterator[Spelling]:
    """Names that English spells by a Russian standard, and so are Russian, by another's."""
    for source, latin in pairs("ru"):
        if any(latin_letters(transliterate(source, one)) == latin for one in STANDARDS["ru"]):
            yield latin_letters(transliterate(source, standard)), latin


def learn() -> tuple[list[str], dict[str, list[float]]]:
    """The languages, and the weight of each run for each of them."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    rows = spellings(for_tables, EACH)
    counts = Counter(run for _, spelt in rows for run in runs(spelt))
    known = sorted(run for run, count in counts.items() if count >= LEAST)
    place = {run: at for at, run in enumerate(known)}
    at, columns = [], []
    for number, (_, spelt) in enumerate(rows):
        for run in runs(spelt):
            if run in place:
                at.append(number)
                columns.append(place[run])
    x = csr_matrix((np.ones(len(at)), (at, columns)), shape=(len(rows), len(known)))
    y = [language for language, _ in rows]
    model = LogisticRegression(C=0.3, max_iter=TURNS).fit(x, y)
    classes = list(model.classes_)
    base = classes.index(USUAL)
    languages = [code for code in classes if code != USUAL]
    weights = model.coef_ - model.coef_[base]
    order = [classes.index(code) for code in languages]
    strong = {int(one) for code in order for one in np.argsort(-np.abs(weights[code]))[:KEPT]}
    # Fitted again on the runs that stay, so that the weights make up for those that go.
    keep = sorted(strong)
    model = LogisticRegression(C=0.3, max_iter=TURNS).fit(x[:, keep], y)
    weights = model.coef_ - model.coef_[base]
    bias = model.intercept_ - model.intercept_[base]
    table = {
        known[one]: [float(weights[code][at]) for code in order] for at, one in enumerate(keep)
    }
    table[""] = [float(bias[code]) for code in order]
    return languages, table


def main() -> None:
    """Write the table."""
    languages, table = learn()
    rows = ["run\t" + "\t".join(languages)]
    rows += [
        run + "\t" + "\t".join(f"{weight:.2f}" for weight in table[run]) for run in sorted(table)
    ]
    path = Path(__file__).parent.parent / "provenance/naming/data/passages.tsv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(rows) - 1} runs of {', '.join(languages)}")


if __name__ == "__main__":
    main()
