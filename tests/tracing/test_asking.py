from __future__ import annotations

from provenance.model import Chain, Hop
from provenance.tracing import end, path, spread, timeline
from tests.tracing.inventing import rendering


def hop(later: str, earlier: str) -> Hop:
    return Hop(later, earlier, "copies", "match", 0.9)


CHAIN = Chain(1, (), (hop("q3", "q2"), hop("q2", "named:tass"), hop("q4", "q2")), ())


def test_path_leads_back_to_the_end() -> None:
    assert [step.to_node for step in path(CHAIN, "q3")] == ["q2", "named:tass"]
    assert end(CHAIN, "q3") == "named:tass"


def test_an_end_has_no_path() -> None:
    assert path(CHAIN, "named:tass") == ()
    assert end(CHAIN, "named:tass") == "named:tass"


def test_spread_leads_on_nearest_first() -> None:
    assert [step.from_node for step in spread(CHAIN, "named:tass")] == ["q2", "q3", "q4"]


def test_a_circle_does_not_hold_a_question_forever() -> None:
    ring = Chain(1, (), (hop("q1", "q2"), hop("q2", "q1")), ())
    assert len(path(ring, "q1")) == 1
    assert len(spread(ring, "q1")) == 1


def test_timeline_puts_the_undated_last_and_the_vague_after_the_exact() -> None:
    told = [
        rendering(1, "a"),
        rendering(2, "b", at="2026-03"),
        rendering(3, "c", at="2026-03-01T00:00Z"),
        rendering(4, "d", at="2025-12-31"),
    ]
    assert [r.quote for r in timeline(told)] == [4, 3, 2, 1]
