from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from provenance.model import Drift, Match, Rendering, Verdict
from provenance.tracing import chains, verdict
from tests.tracing.inventing import matches, rendering, sure

FERRY = "The ferry will carry 400 passengers a day to the island once the harbour is dredged."
FERRY_DE = "Die Fähre wird täglich 400 Fahrgäste auf die Insel bringen, sobald der Hafen tief ist."
OFFICE = "UK Prime Minister's Office"


def judged(key: int, told: Sequence[Rendering], drift: Sequence[Drift] = ()) -> Verdict:
    """The verdict on one of `told`; `drift` replaces what the matcher would see in it."""
    found = matches(told)
    if drift:
        found = tuple(
            Match(m.from_quote, m.to_quote, m.score, m.probability, m.features, drift=tuple(drift))
            for m in found
        )
    asked = next(r for r in told if r.quote == key)
    return verdict(asked, chains.infer(1, told, found), found, told)


def office(**more: object) -> Rendering:
    given = {"speaker": "Keir Starmer", "speaker_kind": "person", **more}
    return rendering(1, FERRY, OFFICE, "2026-03-02T09:00Z", **given)


def test_alone_in_an_empty_database_nothing_supports_a_quote() -> None:
    found = judged(0, [rendering(0, FERRY, "Blog", "2026-03-02")])
    assert found.kind == "unsupported"
    assert "no original is known" in found.reasons[0]
    assert found.settles == "a transcript of 2 March 2026; none is stored"


def test_alone_but_citing_an_outlet_the_missing_text_would_settle_it() -> None:
    found = judged(0, [rendering(0, FERRY, "Blog", "2026-03-02", cites=["RIA Novosti"])])
    assert found.kind == "unsupported"
    assert "RIA Novosti" in found.reasons[0]
    assert found.settles == "a text of RIA Novosti with these words; none is stored"


def test_where_nothing_is_the_same_the_nearest_words_of_that_speaker_there_are_shown() -> None:
    draft = rendering(
        0, FERRY, "Blog", "2026-03-03", cites=["TASS"], speaker="Ann Roe", speaker_kind="person"
    )
    there = {"speaker": "Ann Roe", "speaker_kind": "person"}
    others = [
        rendering(
            5,
            "The bridge is old.",
            "TASS",
            "2026-03-02",
            speaker="Olaf Lind",
            speaker_kind="person",
        ),
        rendering(6, "The bridge is shut.", "Reuters", "2026-03-02", **there),
        rendering(7, "The quay is shut.", "TASS", "2026-03-02", **there),
    ]
    chain = chains.infer(1, [draft], [])
    found = verdict(draft, chain, [], [draft], others)
    assert found.kind == "unsupported"
    assert any("“The quay is shut.”" in one and "quote 7" in one for one in found.reasons)
    assert not any("bridge" in one for one in found.reasons)
    assert found.probability < verdict(draft, chain, [], [draft]).probability


def test_the_same_words_as_the_speakers_own_office_are_verbatim() -> None:
    copy = rendering(2, FERRY, "Daily Bell", "2026-03-02T10:00Z")
    found = judged(2, [office(), copy])
    assert (found.kind, found.settles) == ("verbatim", "")
    assert found.probability > 0.5


def test_a_source_is_called_the_earliest_only_where_nothing_stored_can_be_earlier() -> None:
    told = [rendering(1, FERRY, "Gazette", "2026-03-02"), rendering(2, FERRY, "Bell", "2026-03-03")]
    assert "the earliest known text" in " ".join(judged(2, told).reasons)
    undated = judged(2, [*told, rendering(3, FERRY, "Post", cites=["Gazette"])])
    assert "held against the text its trail ends at: Gazette" in " ".join(undated.reasons)
    assert "earliest" not in " ".join(undated.reasons)


def test_an_office_s_undated_text_is_not_called_the_earliest() -> None:
    told = [replace(office(), published=""), rendering(2, FERRY, "Bell", "2026-03-03")]
    assert "held against the office's own text: UK Prime" in " ".join(judged(2, told).reasons)


def test_a_verdict_says_that_the_source_told_it_otherwise_later() -> None:
    page = {"url": "https://post.example/ferry"}
    told = [
        rendering(1, FERRY, "Island Post", "2026-03-02T09:00Z", **page),
        rendering(2, FERRY.replace("400", "40"), "Island Post", "2026-03-02T11:00Z", **page),
        rendering(3, FERRY, "Daily Bell", "2026-03-03"),
    ]
    found = judged(3, told)
    assert found.kind == "verbatim"
    assert found.reasons[-1] == "Island Post told it otherwise on 2 March 2026 (quote 2)"


def test_the_offices_own_text_is_verbatim() -> None:
    assert judged(1, [office()]).kind == "verbatim"


def test_another_language_is_translated() -> None:
    told = rendering(
        2,
        FERRY_DE,
        "Der Spiegel",
        "2026-03-02T12:00Z",
        language="de",
        cites=[OFFICE],
        english=FERRY,
    )
    assert judged(2, [office(), told]).kind == "translated"


@pytest.mark.parametrize(
    ("drift", "kind"),
    [
        (Drift("number", "serious", "4000", "400", "400 became 4000"), "altered"),
        (Drift("negation", "serious", "will not", "will", "a negation was added"), "altered"),
        (Drift("truncation", "notable", "", "a day", "cut short"), "truncated"),
        (Drift("condition", "serious", "", "once dredged", "the condition is gone"), "truncated"),
        (Drift("number", "serious", "4000", "400", "perhaps", certain=False), "paraphrased"),
        (Drift("replaced", "minor", "ship", "ferry", "ferry became ship"), "paraphrased"),
    ],
)
def test_certain_serious_drift_is_altered_and_what_only_takes_away_is_truncated(
    drift: Drift, kind: str
) -> None:
    told = rendering(2, FERRY.replace("ferry", "ship"), "Daily Bell", "2026-03-02T12:00Z")
    found = judged(2, [office(), told], [drift])
    assert found.kind == kind
    assert found.drift == (drift,)


def test_drift_is_held_against_the_farthest_source_not_the_last_relay() -> None:
    wrong = FERRY.replace("400", "4,000")
    wire = rendering(2, wrong, "Reuters", "2026-03-02T10:00Z", cites=[OFFICE])
    copy = rendering(3, wrong, "Daily Bell", "2026-03-02T12:00Z", cites=["Reuters"])
    assert judged(3, [office(), wire, copy]).kind == "altered"


def test_words_given_to_another_person_are_misattributed() -> None:
    told = rendering(
        2,
        FERRY,
        "Daily Bell",
        "2026-03-02T12:00Z",
        cites=[OFFICE],
        speaker="Emmanuel Macron",
        speaker_kind="person",
    )
    found = judged(2, [office(), told])
    assert found.kind == "misattributed"
    assert "Keir Starmer" in found.reasons[0]


def test_words_of_somebody_unnamed_given_to_a_person_are_misattributed() -> None:
    told = rendering(
        2,
        FERRY,
        "Daily Bell",
        "2026-03-02T12:00Z",
        cites=["The Telegraph"],
        speaker="Keir Starmer",
        speaker_kind="person",
    )
    first = rendering(1, FERRY, "The Telegraph", "2026-03-01", speaker_kind="anonymous")
    assert judged(2, [first, told]).kind == "misattributed"


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [
        ("the mayor", "group"),
        ("Prime Minister", "person"),
        ("глава британского правительства", "person"),
        ("Рейтер Стармера", "person"),  # the surname is there: misread, not another man
        ("The Telegraph", "person"),
    ],
)
def test_a_speaker_nobody_resolved_is_not_misattributed(speaker: str, kind: str) -> None:
    told = rendering(
        2, FERRY, "Daily Bell", "2026-03-02T12:00Z", speaker=speaker, speaker_kind=kind
    )
    assert judged(2, [office(), told]).kind == "verbatim"


def test_one_unnamed_source_is_said_to_be_one() -> None:
    first = rendering(1, FERRY, "The Telegraph", "2026-03-01", speaker_kind="anonymous")
    copy = rendering(
        2, FERRY, "TASS", "2026-03-02", cites=["The Telegraph"], speaker_kind="anonymous"
    )
    for key in (1, 2):
        found = judged(key, [first, copy])
        assert found.kind == "single anonymous source"
        assert found.settles.startswith("the name of that source")


def test_somebody_unnamed_whom_nobody_else_quotes_is_unsupported() -> None:
    found = judged(1, [rendering(1, FERRY, "Blog", "2026-03-01", speaker_kind="anonymous")])
    assert found.kind == "unsupported"
    assert [reason.split(":")[0] for reason in found.reasons] == [
        "no original is known",
        "its only source is somebody not named",
    ]


def test_two_outlets_citing_each_other_are_circular() -> None:
    told = [
        rendering(1, FERRY, "Daily Express", "2026-03-01", cites=["GB News"]),
        rendering(2, FERRY, "GB News", "2026-03-02", cites=["Daily Express"]),
    ]
    for key in (1, 2):
        found = judged(key, told)
        assert found.kind == "circular"
        assert "they do not confirm one another" in found.reasons[0]


def test_a_faithful_copy_of_a_relay_whose_source_is_not_stored_is_still_unsupported() -> None:
    relay = rendering(1, FERRY, "TASS", "2026-03-01", cites=["The Telegraph"])
    copy = rendering(2, FERRY, "Daily Bell", "2026-03-02", cites=["TASS"])
    found = judged(2, [relay, copy])
    assert found.kind == "unsupported"
    assert found.settles == "a text of The Telegraph with these words; none is stored"
    assert any("held against" in reason for reason in found.reasons)


def test_a_change_one_hop_shows_counts_though_the_source_is_in_another_language() -> None:
    relay = rendering(2, FERRY_DE, "dpa", "2026-03-02T10:00Z", language="de")
    copy = rendering(
        3, FERRY_DE.replace("täglich", "nicht täglich"), "Blatt", "2026-03-03", language="de"
    )
    told = [office(), relay, copy]
    lost = Drift("negation", "serious", "nicht", "", "“nicht” was put in.")
    found = tuple(
        Match(m.from_quote, m.to_quote, m.score, 0.9, m.features, drift=(lost,))
        if {m.from_quote, m.to_quote} == {2, 3}
        else Match(m.from_quote, m.to_quote, m.score, m.probability, m.features)
        for m in matches(told)
    )
    judged = verdict(copy, chains.infer(1, told, found), found, told)
    assert judged.kind == "altered"
    assert lost in judged.drift


def test_no_verdict_is_surer_than_that_quote_and_source_are_one_statement() -> None:
    """However sure each step of the way is: every one of them may change a little."""
    told = [
        office(),
        rendering(2, FERRY, "Gazette", "2026-03-02T10:00Z"),
        rendering(3, FERRY, "Blog", "2026-03-03", cites=["Gazette"]),
    ]
    found = tuple(sure(*pair, 0.7) for pair in ((2, 1), (3, 2)))
    chain = chains.infer(1, told, found)
    certain = replace(chain, hops=tuple(replace(hop, probability=0.98) for hop in chain.hops))
    asked = verdict(told[2], replace(certain, alternatives=()), found, told)
    assert asked.probability == pytest.approx(0.7 * 0.7)
