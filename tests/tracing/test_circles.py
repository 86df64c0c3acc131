from __future__ import annotations

from tests.tracing.inventing import edges, rendering, traced

SIGNED = "The order has been signed and the ships are being loaded."


def test_two_outlets_that_cite_each_other_are_a_circle() -> None:
    chain = traced(
        [
            rendering(1, SIGNED, "Daily Express", "2026-03-03T08:00Z", cites=["GB News"]),
            rendering(2, SIGNED, "GB News", "2026-03-03T09:00Z", cites=["Daily Express"]),
        ]
    )
    assert chain.circles == (("q1", "q2"),)
    assert edges(chain) == {"q2": "q1"}
    (ending,) = chain.ends
    assert ending.reason == "circular"
    assert "Daily Express cites GB News and GB News cites Daily Express" in ending.says


def test_a_circle_is_found_without_times() -> None:
    chain = traced(
        [
            rendering(1, SIGNED, "Daily Express", cites=["GB News"]),
            rendering(2, SIGNED, "GB News", cites=["Daily Express"]),
        ]
    )
    assert chain.circles == (("q1", "q2"),)
    assert len(chain.hops) == 1


def test_three_outlets_can_close_a_circle() -> None:
    names = ("Daily Express", "GB News", "Island Post")
    told = [
        rendering(key, SIGNED, names[key - 1], f"2026-03-0{key}", cites=[names[key % 3]])
        for key in (1, 2, 3)
    ]
    assert traced(told).circles == (("q1", "q2", "q3"),)


def test_citing_back_is_no_circle_where_an_earlier_text_cites_nobody() -> None:
    chain = traced(
        [
            rendering(1, SIGNED, "Daily Express", "2026-03-01T08:00Z"),
            rendering(2, SIGNED, "GB News", "2026-03-02T08:00Z", cites=["Daily Express"]),
            rendering(3, SIGNED, "Daily Express", "2026-03-03T08:00Z", cites=["GB News"]),
        ]
    )
    assert chain.circles == ()
    assert edges(chain) == {"q2": "q1", "q3": "q2"}


def test_a_circle_with_a_way_out_is_none() -> None:
    told = [
        rendering(1, SIGNED, "Daily Express", "2026-03-01", cites=["Reuters", "GB News"]),
        rendering(2, SIGNED, "GB News", "2026-03-02", cites=["Daily Express"]),
    ]
    assert traced(told).circles == ()


def test_an_outlet_that_cites_another_citing_itself_is_a_circle() -> None:
    told = rendering(1, SIGNED, "Daily Express", "2026-03-01", cites=["Daily Express", "GB News"])
    assert traced([told]).circles == (("named:gb-news", "q1"),)


def test_an_outlet_naming_itself_is_not_its_own_source() -> None:
    told = rendering(1, SIGNED, "Reuters", "2026-03-01", cites=["Reuters"])
    chain = traced([told])
    assert (chain.circles, chain.hops) == ((), ())
