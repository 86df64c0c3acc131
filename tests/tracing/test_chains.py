from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.model import Chain, Hop, Node, Rendering
from provenance.tracing import NO_SOURCE, Review, times
from provenance.tracing._scene import Scene
from provenance.tracing._weights import weights
from provenance.tracing.endings import endings
from tests.tracing.inventing import edges, rendering, traced

PATIENT = settings(deadline=None, max_examples=40)  # the first call imports libraries

FERRY = "The ferry will carry 400 passengers a day to the island once the harbour is dredged."
FERRY_RU = "Паром будет перевозить на остров 400 пассажиров в день, как только углубят гавань."
FEWER = FERRY.replace("400", "40")
FERRY_BACK = (
    "The steam-ferry will transport to the island 400 passengers in day, when deepen harbour."
)


def original(**more: str) -> Rendering:
    return rendering(1, FERRY, "UK Prime Minister's Office", "2026-03-02T09:00Z", **more)


def test_a_single_rendering_is_its_own_end() -> None:
    chain = traced([original()])
    assert chain.hops == ()
    assert [(ending.node, ending.reason) for ending in chain.ends] == [("q1", "primary source")]


def test_a_text_that_nothing_is_compared_with_is_only_said_to_be_alone() -> None:
    (ending,) = traced([rendering(2, FERRY, "Island Post", "2026-03-02")]).ends
    says = "The only text known: Island Post, 2 March 2026, English, stored; it cites nobody."
    assert (ending.reason, ending.says) == ("earliest known", says)


def test_a_copy_comes_from_the_earlier_text() -> None:
    chain = traced([original(), rendering(2, FERRY, "Island Post", "2026-03-02T11:00Z")])
    (hop,) = chain.hops
    assert (hop.from_node, hop.to_node, hop.relation, hop.basis) == ("q2", "q1", "copies", "match")
    assert hop.probability > 0.8
    assert hop.margin > 0


def editions(later: str) -> list[Rendering]:
    """A page, the same page two hours later, and a text in between that is worded as both are."""
    page = {"url": "https://post.example/ferry"}
    first = rendering(1, FERRY, "Island Post", "2026-03-02T09:00Z", **page)
    copy = rendering(2, FERRY, "Daily Bell", "2026-03-02T10:00Z")
    return [first, copy, rendering(3, later, "Island Post", "2026-03-02T11:00Z", **page)]


def test_a_page_comes_from_what_stood_there_before() -> None:
    chain = traced(editions(FERRY))
    (hop,) = (hop for hop in chain.hops if hop.from_node == "q3")
    assert (hop.to_node, hop.relation) == ("q1", "updates")
    assert hop.probability > 0.9


def test_an_ending_says_that_the_outlet_told_it_otherwise_later() -> None:
    (same,), (changed,) = (traced(editions(FERRY)).ends, traced(editions(FEWER)).ends)
    known = (
        "Earliest known: Island Post, 2 March 2026, English, stored; Daily Bell does not cite it"
    )
    assert same.says == f"{known}."
    assert changed.says == f"{known}; Island Post told it otherwise on 2 March 2026 (quote 3)."


def test_a_named_outlet_wins_over_a_nearer_text() -> None:
    wire = rendering(2, FERRY.replace("400", "450"), "Reuters", "2026-03-02T10:00Z")
    copy = rendering(3, FERRY, "Island Post", "2026-03-02T11:00Z", cites=["Reuters"])
    chain = traced([original(), wire, copy])
    assert edges(chain)["q3"] == "q2"
    hop = next(hop for hop in chain.hops if hop.from_node == "q3")
    assert hop.basis == "attribution"
    assert "names Reuters" in " ".join(item.says for item in hop.evidence)


def test_a_text_of_no_date_that_may_come_from_a_later_one_is_no_sure_source() -> None:
    first = rendering(1, FERRY, "Island Post", "2026-03-02T09:00Z")
    longer = f"{FERRY} And then we shall see."
    undated = rendering(3, longer)
    for cites, most in (((), 0.6), (("Island Post",), 0.5)):
        relay = rendering(2, longer, "Daily Bell", "2026-03-02T11:00Z", cites)
        chain = traced([first, relay, undated])
        (chance,) = (
            hop.probability
            for hop in (*chain.hops, *chain.alternatives)
            if (hop.from_node, hop.to_node) == ("q1", "q3")
        )
        assert chance < most


def test_an_outlet_named_but_not_stored_becomes_a_station() -> None:
    chain = traced([rendering(2, FERRY, "Island Post", "2026-03-02", cites=["TASS"])])
    assert edges(chain) == {"q2": "named:tass"}
    assert {node.id: node.kind for node in chain.nodes} == {"q2": "stored", "named:tass": "named"}
    assert chain.ends[0].reason == "source not stored"
    assert chain.ends[0].says.startswith("No such text stored: TASS")


def test_what_changed_on_the_way_through_an_unseen_text_is_told_after_it() -> None:
    less, cites = FERRY_RU.replace("400", "450"), ["TASS"]
    told = rendering(2, less, "Вестник", "2026-03-02T14:00Z", cites, language="ru")
    chain = traced([original(), told])
    assert edges(chain) == {"q2": "named:tass", "named:tass": "q1"}
    changed = {hop.from_node: [item.kind for item in hop.drift] for hop in chain.hops}
    assert changed == {"q2": ["number"], "named:tass": []}


def test_an_outlet_given_as_the_speaker_is_a_station() -> None:
    more = {"speaker": "TASS", "speaker_kind": "outlet"}
    told = rendering(2, FERRY, "Island Post", "2026-03-02", **more)
    assert edges(traced([told])) == {"q2": "named:tass"}
    wire = rendering(2, FERRY, "TASS", "2026-03-02", **more)
    assert edges(traced([wire])) == {}


def test_an_office_that_publishes_in_translation_is_still_where_it_was_said() -> None:
    speech = rendering(1, FERRY, "Kremlin", "2026-03-02T18:00Z", speaker="Lukashenko")
    more = {"speaker": "Alexander Lukashenko", "speaker_kind": "person", "language": "ru"}
    relay = rendering(2, FERRY_RU, "Nokta", "2026-03-02T17:45Z", **more)
    assert edges(traced([speech, relay])) == {"q2": "q1"}


def test_a_source_known_only_by_name_may_have_been_misread() -> None:
    (hop,) = traced([rendering(2, FERRY, "Island Post", "2026-03-02", cites=["TASS"])]).hops
    assert 0.8 < hop.probability <= weights()["scale"]["read_right"]


def test_an_ending_says_by_whose_word_an_unstored_text_is_the_source() -> None:
    told = rendering(2, FERRY, "Island Post", "2026-03-02")
    decided = traced([told], reviews=[Review("add", "q2", "named:TASS", by="Ann")])
    says = "No such text stored: TASS, by a reviewer's decision the source of Island Post."
    assert [ending.says for ending in decided.ends] == [says]
    cited = rendering(2, FERRY, "Island Post", "2026-03-02", cites=["The Telegraph", "TASS"])
    says = "No such text stored: The Telegraph, which TASS is said to have it from."
    assert [ending.says for ending in traced([cited]).ends] == [says]


def test_an_ending_says_through_which_unseen_texts_it_was_handed_on() -> None:
    scars = {"origin": "translation", "source_language": "ru"}
    blog = rendering(2, FERRY_BACK, "Daily Digest", "2026-03-03", **scars)
    (ending,) = traced([original(), blog]).ends
    assert ending.says.endswith(
        "; Daily Digest perhaps had it through a text in Russian that is not stored."
    )
    told = rendering(2, FERRY, "Island Post", "2026-03-03", cites=["TASS"])
    (ending,) = traced([original(), told]).ends
    assert ending.says.endswith("; Island Post names TASS, of which no such text is stored.")


def test_an_unseen_text_that_is_no_likelier_than_not_is_only_perhaps_there() -> None:
    hop = Hop("q2", "inferred:ru", "probably translated from Russian", "inference", 0.48)
    node = Node("inferred:ru", "inferred", language="ru")
    blog = Node("q2", "stored", 2, 2, "Daily Digest", text=FERRY_BACK)
    for chance, word in ((0.48, "Perhaps"), (0.6, "Probably")):
        (ending,) = endings(Scene([], []), (node, blog), (replace(hop, probability=chance),), ())
        assert ending.says.startswith(f"{word} came through a text in Russian")


def test_an_attribution_in_two_steps_makes_two_stations() -> None:
    told = rendering(2, FERRY, "Island Post", "2026-03-02", cites=["The Telegraph", "TASS"])
    assert edges(traced([told])) == {"q2": "named:tass", "named:tass": "named:daily-telegraph"}


def test_a_page_that_says_a_thing_twice_is_not_said_to_be_silent_about_itself() -> None:
    page = {"document": 1, "url": "https://paper.example/1"}
    twice = [rendering(1, FERRY, "", "2026-03-02", start=0, end=60, **page)]
    twice.append(rendering(2, FERRY, "", "2026-03-02", start=90, end=150, **page))
    later = rendering(3, FERRY, "Island Post", "2026-03-04")
    (ending,) = traced([*twice, later]).ends
    assert ending.says.count("Island Post") == 1
    assert "Gazette" not in ending.says.split("stored", 1)[1]


def test_a_source_that_is_stored_was_named_because_it_was_read() -> None:
    wire = rendering(2, FERRY, "Reuters", "2026-03-02T10:00Z")
    one = rendering(3, FERRY_RU, "Вестник", "2026-03-02T11:00Z", ["Reuters"], language="ru")
    two = rendering(4, FERRY_RU, "Маяк", "2026-03-02T12:00Z", ["Reuters"], language="ru")
    chain = traced([wire, one, two])
    signs = {
        (hop.from_node, hop.to_node): {item.kind for item in hop.evidence}
        for hop in (*chain.hops, *chain.alternatives)
    }
    assert "cited" in signs["q4", "q2"]
    assert "same_attribution" not in signs.get(("q4", "q3"), set())


def test_two_texts_naming_one_outlet_share_its_station() -> None:
    told = [rendering(key, FERRY, f"Post {key}", "2026-03-02", cites=["TASS"]) for key in (2, 3)]
    assert edges(traced(told)) == {"q2": "named:tass", "q3": "named:tass"}


def test_a_named_outlet_whose_stored_text_is_later_is_presumed_to_have_had_an_earlier_one() -> None:
    relay = rendering(2, FERRY, "Island Post", "2026-03-02T10:00Z", cites=["TASS"])
    later = rendering(3, FERRY, "TASS", "2026-03-04T10:00Z")
    assert edges(traced([relay, later]))["q2"] == "named:tass"


def undated(key: int, text: str, language: str, **more: object) -> Rendering:
    person = {"speaker": "Keir Starmer", "speaker_kind": "person"}
    return rendering(key, text, f"Page {key}", language=language, **person, **more)


def test_undated_words_in_the_speaker_s_language_are_no_translation_back() -> None:
    told = [undated(1, FERRY, "en"), undated(2, FERRY_RU, "ru")]
    assert edges(traced(told)) == {"q2": "q1"}


def test_what_is_told_in_translation_was_said_in_the_speaker_s_language() -> None:
    more = {"speaker_kind": "person", "language": "ru"}
    told = original(speaker="Keir Starmer", speaker_kind="person", url="https://harbour.example/")
    speech = replace(told, outlet="")
    relay = rendering(2, FERRY_RU, "Nokta", "2026-03-04", speaker="Keir Starmer", **more)
    (hop,) = traced([speech, relay]).hops
    assert (hop.from_node, hop.to_node) == ("q2", "q1")
    assert "spoken" in {item.kind for item in hop.evidence}
    naming = traced([speech, replace(relay, chain=rendering(3, "", cites=["TASS"]).chain)])
    assert edges(naming)["q2"] == "named:tass"


def test_a_named_source_is_believed_beside_a_stored_text_in_another_language() -> None:
    """What Izvestia printed may be the stored text, translated."""
    speech = rendering(1, FERRY, "Élysée Palace", "2026-03-02", language="fr")
    relay = rendering(2, FERRY_RU, "Nokta", "2026-03-02", ["Izvestia"], language="ru")
    (hop,) = (one for one in traced([speech, relay]).hops if one.from_node == "q2")
    assert hop.to_node == "named:izvestia" and hop.probability > 0.9


@pytest.mark.parametrize("url", ["https://www.gov.pl/web/a", "https://m.gob.es/b", "http://x.mil/"])
def test_what_an_unlisted_office_publishes_is_where_it_was_said(url: str) -> None:
    speech = replace(rendering(1, FERRY, at="2026-03-02"), outlet="", url=url)
    relay = rendering(2, FERRY_RU, "Nokta", "2026-03-02T17:45Z", language="ru")
    chain = traced([speech, relay])
    assert edges(chain) == {"q2": "q1"}
    assert chain.ends[0].reason == "primary source"


def test_of_an_office_s_undated_text_nobody_knows_that_it_is_the_earliest() -> None:
    relay = rendering(2, FERRY, "Nokta", "2026-03-02")
    said = traced([replace(original(), published=""), relay]).ends[0].says
    assert said.startswith("The office's own text: UK Prime Minister's Office, date unknown")


def test_a_text_that_names_a_source_has_one_even_where_its_copy_could_be_it() -> None:
    told = [undated(1, FERRY, "en"), undated(2, FERRY, "en", cites=["The Telegraph"])]
    assert edges(traced(told))["q2"] == "named:daily-telegraph"


def test_an_anonymous_source_is_no_station() -> None:
    told = rendering(2, FERRY, "Island Post", "2026-03-02", speaker_kind="anonymous")
    chain = traced([told])
    assert chain.hops == ()
    assert chain.ends[0].reason == "anonymous source"


def test_an_english_text_with_russian_scars_comes_from_the_russian_text() -> None:
    relay = rendering(
        2, FERRY_RU, "RIA Novosti", "2026-03-02T12:00Z", language="ru", english=FERRY_BACK
    )
    blog = rendering(
        3,
        FERRY_BACK,
        "World Digest",
        "2026-03-03T12:00Z",
        source_language="ru",
        origin="translation",
    )
    assert edges(traced([original(), relay, blog]))["q3"] == "q2"


def test_an_english_text_with_russian_scars_and_no_russian_text_has_an_inferred_source() -> None:
    blog = rendering(
        3,
        FERRY_BACK,
        "World Digest",
        "2026-03-03T12:00Z",
        source_language="ru",
        origin="translation",
    )
    chain = traced([original(), blog])
    assert edges(chain)["q3"] == "inferred:ru"
    hop = next(hop for hop in chain.hops if hop.from_node == "q3")
    assert hop.relation == "probably translated from Russian"


def test_a_number_only_two_share_shows_who_copied_whom() -> None:
    wrong = rendering(2, FERRY.replace("400", "4000"), "Daily Bell", "2026-03-02T10:00Z")
    right = rendering(3, FERRY, "Morning Bell", "2026-03-02T10:30Z")
    copy = rendering(4, FERRY.replace("400", "4000"), "Night Bell", "2026-03-02T12:00Z")
    assert edges(traced([original(), wrong, right, copy]))["q4"] == "q2"


def test_a_link_leads_to_the_text_it_points_to() -> None:
    near = rendering(2, FERRY, "Daily Bell", url="https://daily-bell.example/ferry")
    same = rendering(3, FERRY, "Morning Bell")
    copy = rendering(4, FERRY, "Blog", links=("https://daily-bell.example/ferry",))
    chain = traced([near, same, copy])
    assert edges(chain)["q4"] == "q2"


def test_the_earliest_text_that_cites_nobody_ends_the_trail_without_a_stronger_word() -> None:
    told = [
        rendering(1, FERRY, "Island Post", "2026-03-02T09:00Z"),
        rendering(2, FERRY, "Daily Bell", "2026-03-02T11:00Z", cites=["Island Post"]),
        rendering(3, FERRY, "Morning Bell", "2026-03-03T11:00Z"),
    ]
    (ending,) = traced(told).ends
    assert ending.reason == "earliest known"
    assert ending.says.startswith("Earliest known: Island Post, 2 March 2026, English, stored")
    assert "Daily Bell cites it" in ending.says
    for strong in ("truth", "proves", "original", "certainly"):
        assert strong not in ending.says


# ---------------------------------------------------------------- reviews


def test_a_rejected_hop_is_gone() -> None:
    told = [original(), rendering(2, FERRY, "Island Post", "2026-03-02T11:00Z")]
    assert edges(traced(told, [Review("reject", "q2", "q1")])) == {}


def test_an_accepted_hop_holds_even_against_time() -> None:
    told = [
        rendering(1, FERRY, "Morning Bell", "2026-03-05"),
        rendering(2, FERRY, "Night Bell", "2026-03-01"),
    ]
    chain = traced(told, [Review("accept", "q2", "q1", by="Ada", note="the date is wrong")])
    assert edges(chain)["q2"] == "q1"
    hop = next(hop for hop in chain.hops if hop.from_node == "q2")
    assert (hop.basis, hop.probability) == ("review", 1.0)
    assert hop.evidence[-1].says == "Ada decided so: the date is wrong"


def test_an_added_source_need_not_have_been_thought_of() -> None:
    told = [original(), rendering(2, FERRY, "Island Post", "2026-03-02T11:00Z")]
    chain = traced(told, [Review("add", "q2", "named:reuters")])
    assert edges(chain)["q2"] == "named:reuters"
    assert "named:reuters" in {node.id for node in chain.nodes}


def test_a_reporter_may_say_that_nothing_stored_comes_before() -> None:
    told = [original(), rendering(2, FERRY, "Island Post", "2026-03-02T11:00Z")]
    assert edges(traced(told, [Review("accept", "q2", NO_SOURCE)])) == {}


def test_a_citation_that_somebody_confirms_is_still_a_citation() -> None:
    told = [
        rendering(1, FERRY, "Reuters", "2026-03-01"),
        rendering(2, FERRY, "Island Post", "2026-03-02", cites=["Reuters"]),
    ]
    (ending,) = traced(told, [Review("accept", "q2", "q1", by="Ada")]).ends
    assert ending.says.endswith("Island Post cites it.")


# ---------------------------------------------------------------- invariants

WORDS = ("the", "ferry", "will", "carry", "400", "island", "once", "harbour", "90", "cars", "maybe")
OUTLETS = ("Reuters", "TASS", "The Telegraph", "Island Post", "Daily Bell")
DATES = ("", "2026", "2026-03", "2026-03-01", "2026-03-02", "2026-03-02T09:00Z", "2026-03-03T09:00")


@st.composite
def tellings(draw: st.DrawFn) -> list[Rendering]:
    """Two to six renderings with whatever words, dates, citations and scars."""
    count = draw(st.integers(2, 6))
    told = []
    for key in range(1, count + 1):
        text = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=3, max_size=14)))
        told.append(
            rendering(
                key,
                text,
                draw(st.sampled_from(OUTLETS)),
                draw(st.sampled_from(DATES)),
                draw(st.lists(st.sampled_from(OUTLETS), max_size=2, unique=True)),
                source_language=draw(st.sampled_from(["und", "ru", "en"])),
                document=draw(st.integers(1, count)),
                start=key,
            )
        )
    return told


REVIEWS = st.lists(
    st.builds(
        Review,
        st.sampled_from(["accept", "reject", "add"]),
        st.integers(1, 6).map("q{}".format),
        st.sampled_from(["q1", "q2", "q3", "named:tass", "named:nobody-knows", NO_SOURCE]),
    ),
    max_size=4,
)


def ancestors(chain: Chain, node: str) -> list[str]:
    parents, found = edges(chain), [node]
    while found[-1] in parents:
        found.append(parents[found[-1]])
        assert len(found) <= len(chain.nodes), "a circle of hops"
    return found[1:]


@PATIENT
@given(tellings())
def test_hops_form_a_forest_that_never_goes_forward_in_time(told: list[Rendering]) -> None:
    chain = traced(told)
    published = {node.id: node.published for node in chain.nodes}
    ends = {ending.node for ending in chain.ends}
    for node, when in published.items():
        above = ancestors(chain, node)
        assert ([node, *above])[-1] in ends
        for other in above:
            assert times.order(published[other], when) != "after"


@PATIENT
@given(tellings(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_is_immaterial(
    told: list[Rendering], shuffler: random.Random
) -> None:
    chain = traced(told)
    shuffler.shuffle(told)
    assert traced(told) == chain


@PATIENT
@given(tellings(), REVIEWS)
def test_a_review_always_wins(told: list[Rendering], reviews: list[Review]) -> None:
    known = {f"q{r.quote}" for r in told}
    reviews = [r for r in reviews if r.from_node in known and r.from_node != r.to_node]
    reviews = [r for r in reviews if r.to_node in known or not r.to_node.startswith("q")]
    if not reviews:
        return
    last = reviews[-1]
    found = edges(traced(told, reviews)).get(last.from_node, NO_SOURCE)
    if last.decision == "reject":
        accepted = [r for r in reviews if r.decision != "reject" and r.from_node == last.from_node]
        assert found != last.to_node or last.to_node == NO_SOURCE or accepted
    else:
        assert found == last.to_node


@PATIENT
@given(tellings())
def test_probabilities_are_probabilities(told: list[Rendering]) -> None:
    chain = traced(told)
    spent: dict[str, float] = {}
    for hop in (*chain.hops, *chain.alternatives):
        assert 0.0 <= hop.probability <= 1.0
        spent[hop.from_node] = spent.get(hop.from_node, 0.0) + hop.probability
    assert all(total == pytest.approx(min(total, 1.0)) for total in spent.values())


def test_many_renderings_are_traced_in_reasonable_time() -> None:
    told = [
        rendering(key, f"{FERRY} Version {key % 7}.", f"Post {key}", f"2026-03-{key % 28 + 1:02}")
        for key in range(1, 91)
    ]
    from provenance.tracing import chains

    assert len(chains.infer(1, told, ()).nodes) == 90


def test_live_coverage_is_written_on_after_the_date_it_bears() -> None:
    speech = rendering(1, FERRY, "Kremlin", "2026-03-06T18:00Z", speaker="Vladimir Putin")
    more = {"speaker": "Vladimir Putin", "speaker_kind": "person", "language": "ru"}
    page = rendering(2, FERRY_RU, "Nokta", "2026-03-02T09:00Z", **more)
    assert edges(traced([speech, page])) == {}
    for address in ("live-text-ferry/", "novosti/live/17", "parom-onlain?page=2"):
        page = replace(page, url=f"https://nokta.example/{address}")
        assert edges(traced([speech, page])) == {"q2": "q1"}, address
    page = replace(page, url="https://nokta.example/where-we-live-now/")
    assert edges(traced([speech, page])) == {}


def test_where_a_source_that_lost_had_it_from_is_listed_too() -> None:
    near = "The ferry is to carry 400 passengers a day to that island when the harbour is dredged."
    blog = rendering(2, near, "Daily Digest", "2026-03-03", source_language="ru")
    chain = traced([original(), blog])
    assert edges(chain) == {"q2": "q1"}
    aside = [(hop.from_node, hop.to_node) for hop in chain.alternatives]
    assert aside == [("q2", "inferred:ru"), ("inferred:ru", "q1")]
