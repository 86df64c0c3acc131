"""The flow as one piece: nothing stored twice, nothing lost, the order of adding immaterial."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from provenance import pipeline, questions
from provenance.errors import TranslationError
from provenance.model import Chain, Document, Unreadable
from provenance.reading import read
from provenance.store import Store, open_store
from provenance.translating import models, translator

STATEMENT = Document(
    id="office",
    outlet="UK Prime Minister's Office",
    url="https://office.example/statement",
    published="2026-05-04T09:00:00+00:00",
    text=(
        "The Prime Minister spoke in Leeds. Prime Minister Keir Starmer said: “We will build "
        "forty new hospitals before the end of the decade, and not one will be closed.”"
    ),
)
WIRE = Document(
    id="wire",
    outlet="Reuters",
    url="https://reuters.example/hospitals",
    published="2026-05-04T10:00:00+00:00",
    text=(
        "LEEDS, May 4 (Reuters) - “We will build forty new hospitals before the end of the "
        "decade, and not one will be closed,” British Prime Minister Keir Starmer said."
    ),
)
RELAY = Document(
    id="relay",
    outlet="РИА Новости",
    url="https://ria.example/bolnitsy",
    published="2026-05-04T14:30:00+03:00",
    text=(
        "«Мы построим сорок новых больниц до конца десятилетия, и ни одна не будет закрыта», — "
        "сказал премьер-министр Великобритании Кир Стармер, сообщает агентство Рейтер."
    ),
)
COPY = Document(
    id="copy",
    outlet="The Leeds Courier",
    url="https://courier.example/hospitals",
    text=(
        "“Forty new hospitals will be built by the end of the decade, and none will be closed,” "
        "Starmer told reporters. “And not one will be closed,” he repeated."
    ),
)
WIRE_IN_RUSSIAN = replace(RELAY, id="other", text=RELAY.text.replace("сорок", "пятьдесят"))
DOCUMENTS = (STATEMENT, WIRE, RELAY)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "case.db") as opened:
        yield opened


def shape(chain: Chain) -> set[tuple[str, str]]:
    """Hops by the names of their outlets, which do not depend on database keys."""
    outlets = {node.id: node.outlet for node in chain.nodes}
    return {(outlets[hop.from_node], outlets[hop.to_node]) for hop in chain.hops}


def travelled(store: Store) -> set[tuple[str, str]]:
    return set().union(*(shape(chain) for chain in questions.statements(store)))


def test_documents_become_a_chain_across_languages(store: Store) -> None:
    added = list(pipeline.add(store, DOCUMENTS))
    assert [item.status for item in added] == ["new", "new", "new"]
    assert {("RIA Novosti", "Reuters"), ("Reuters", "UK Prime Minister's Office")} <= travelled(
        store
    )


def test_the_same_documents_again_change_nothing(store: Store) -> None:
    list(pipeline.add(store, DOCUMENTS))
    before = store.status()
    again = list(pipeline.add(store, DOCUMENTS))
    assert [item.status for item in again] == ["unchanged"] * 3
    assert store.status() == before


def exactly(store: Store) -> list[tuple[object, ...]]:
    """Every hop and ending with all that is said of it, without database keys."""
    told: list[tuple[object, ...]] = []
    for chain in questions.statements(store):
        outlets = {node.id: node.outlet or node.language for node in chain.nodes}
        for hop in (*chain.hops, *chain.alternatives):
            way = outlets.get(hop.from_node, ""), outlets.get(hop.to_node, "")
            chance = round(hop.probability, 9), round(hop.margin, 9)
            told.append((*way, hop.relation, hop.basis, *chance, hop.evidence))
        told += [(outlets[end.node], end.reason, end.says) for end in chain.ends]
    return sorted(told, key=repr)


def test_the_order_of_adding_changes_nothing(tmp_path: Path) -> None:
    found = []
    for number, order in enumerate(permutations((*DOCUMENTS, COPY))):
        with open_store(tmp_path / f"{number}.db") as store:
            list(pipeline.add(store, order))
            assert travelled(store)
            found.append(exactly(store))
    assert all(one == found[0] for one in found)


def test_what_cannot_be_read_is_told_and_the_rest_is_stored(store: Store) -> None:
    broken = Unreadable("missing.txt", "no such file")
    added = list(pipeline.add(store, [STATEMENT, broken, WIRE]))
    assert [item.status for item in added] == ["new", "failed", "new"]
    assert added[1].failure == broken
    assert store.status().counts["documents"] == 2


def test_a_run_stopped_half_way_is_finished_by_the_next(store: Store) -> None:
    stopped = pipeline.add(store, DOCUMENTS)
    next(stopped)
    next(stopped)
    stopped.close()
    assert not travelled(store)
    list(pipeline.add(store, DOCUMENTS))
    assert ("Reuters", "UK Prime Minister's Office") in travelled(store)


def test_a_draft_is_audited_without_being_stored(store: Store) -> None:
    list(pipeline.add(store, [STATEMENT]))
    before = store.status().counts
    audit = questions.audit(store, RELAY)
    assert [judged.verdict.kind for judged in audit.quotes] == ["translated"]
    assert store.status().counts == before


@pytest.mark.parametrize(
    ("draft", "verdict"),
    (
        ("Minister Ada Kern denied that the port in Lindau is closed for good.", "altered"),
        ("La ministre Ada Kern a démenti que le port de Lindau soit fermé pour de bon.", "altered"),
        ("Minister Ada Kern denied that the port in Lindau is open.", "paraphrased"),
    ),
)
def test_what_a_verb_denies_is_not_what_was_said(store: Store, draft: str, verdict: str) -> None:
    said = "“The port in Lindau is closed for good,” Minister Ada Kern said on Monday."
    if verdict == "paraphrased":
        said = "“The port in Lindau is not open,” Minister Ada Kern said on Monday."
    list(pipeline.add(store, [replace(WIRE, text=said)]))
    (judged,) = questions.audit(store, replace(COPY, text=draft)).quotes
    assert judged.verdict.kind == verdict
    told = [drift for drift in judged.verdict.drift if drift.kind == "negation"]
    assert bool(told) == (verdict == "altered")


def test_a_stored_text_that_only_denies_is_told_from_one_that_states(store: Store) -> None:
    denied = "Minister Ada Kern denied on Monday that the port in Lindau is closed for good."
    list(pipeline.add(store, [replace(WIRE, text=denied)]))
    stated = "“The port in Lindau is closed for good,” Minister Ada Kern said on Monday."
    (judged,) = questions.audit(store, replace(COPY, text=stated)).quotes
    assert any("“denied” introduces it" in drift.says for drift in judged.verdict.drift)


def test_a_file_stored_with_its_outlet_is_the_same_file_without(
    store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "courier.txt"
    file.write_text(COPY.text, encoding="utf-8")
    kept = read(file, defaults={"outlet": COPY.outlet, "published": "2026-05-05"})
    list(pipeline.add(store, [STATEMENT, *kept]))
    bare = next(iter(read(file)))
    assert isinstance(bare, Document)
    assert questions.trace(store, bare)
    assert all(trace.focus != "q0" for trace in questions.trace(store, bare))
    elsewhere = replace(bare, outlet="Another Courier")
    assert all(trace.focus == "q0" for trace in questions.trace(store, elsewhere))


def test_nothing_stored_means_unsupported_with_the_reason(store: Store) -> None:
    (judged,) = questions.audit(store, WIRE).quotes
    assert judged.verdict.kind == "unsupported"
    assert "no original" in judged.verdict.reasons[0]


def test_free_text_is_traced_to_the_statement_it_renders(store: Store) -> None:
    list(pipeline.add(store, DOCUMENTS))
    traced = questions.trace_text(store, "We will build forty new hospitals before the decade ends")
    stations = {node.id: node.outlet for node in traced.way.nodes}
    assert traced.focus in stations
    assert stations[traced.end] == "UK Prime Minister's Office"


def test_free_text_nobody_said_leads_nowhere(store: Store) -> None:
    list(pipeline.add(store, DOCUMENTS))
    traced = questions.trace_text(store, "The octopus has three hearts and blue blood.")
    assert traced.way.hops == ()


def test_every_stored_sentence_can_be_matched(store: Store) -> None:
    list(pipeline.add(store, DOCUMENTS))
    query = Document(id="q", text="The Prime Minister was speaking in Leeds.")
    ((asked, found),) = questions.match_all(store, [query], 3, "sentences")
    assert asked.id == "q"
    assert found[0][1].text == "The Prime Minister spoke in Leeds."


def test_what_is_asked_about_is_no_stored_station(store: Store) -> None:
    list(pipeline.add(store, [STATEMENT]))
    traced = questions.trace_text(store, "We will build forty new hospitals")
    (asked,) = (node for node in traced.way.nodes if node.id == traced.focus)
    assert (asked.kind, asked.quote, asked.document) == ("named", None, None)


def test_the_translation_of_an_article_knows_who_speaks_in_it() -> None:
    assert pipeline.names_of(pipeline.quotes(RELAY)) == {"Кир Стармер": "Keir Starmer"}


PACKAGE = Path(__file__).parent / "translating" / "packages" / "ru_en.argosmodel"


def test_what_was_translated_once_is_not_translated_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    package = models.install_file(PACKAGE)
    read = pipeline.analyse(RELAY)
    made = list(pipeline.translations(store, read))
    assert made
    assert all(one.package == package.name for one in made)
    with store.run("add", pipeline.versions()) as run:
        store.remember(made, run)
    (package.model / "model.bin").write_bytes(b"no model: whoever asks it fails")
    with pytest.raises(TranslationError, match="broken"):
        list(pipeline.translations(store, pipeline.analyse(WIRE_IN_RUSSIAN)))
    assert list(pipeline.translations(store, read)) == made


def test_a_translation_is_remembered_with_the_names_that_were_known_in_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    models.install_file(PACKAGE)
    engine = translator("ru", "en")
    assert engine is not None
    text = "Президент заявил, что Кира Стармера ждут в Лондоне."
    with store.run("add", pipeline.versions()) as run:
        for names in ({}, {"Кир Стармер": "Keir Starmer"}, {"Кир Стармер": "Kier Starmer"}):
            made = pipeline.translated(store, [text], "ru", names)
            assert made == engine.translate([text], "ru", "en", names)
            store.remember(made, run)
            others = names | {"Эммануэль Макрон": "Emmanuel Macron"}  # who is not in the text
            assert pipeline.translated(store, [text], "ru", others) == made
        assert store.status().counts["translations"] == 3
    assert [one.parameters.partition("; ")[2] for one in made] == ["Кира Стармера=Kier Starmer"]


def test_what_circumstances_make_one_statement_is_compared_for_changes(store: Store) -> None:
    wire = Document(
        id="afp",
        outlet="AFP",
        published="2026-06-03T10:30:00Z",
        text=(
            "La Chine « sera obligée de prendre les mesures nécessaires » si l'Union européenne "
            "impose des droits de douane de 25 % sur les batteries chinoises, a déclaré mercredi "
            "la ministre Lin Qing."
        ),
    )
    blog = Document(
        id="blog",
        outlet="Grenzblick",
        published="2026-06-04",
        text=(
            "Wie AFP berichtet, will China Maßnahmen ergreifen, wenn die EU Zölle von 35 Prozent "
            "auf chinesische Batterien erhebt."
        ),
    )
    list(pipeline.add(store, [wire, blog]))
    (chain,) = questions.statements(store)
    assert [item.says for hop in chain.hops for item in hop.drift] == ["“25” became “35”."]
