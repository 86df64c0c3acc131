"""An outlet is one row however it was written, and knows its statements."""

from __future__ import annotations

from provenance.store import Run, Store
from tests.store import given


def test_an_outlet_is_found_by_any_name_with_its_statements(store: Store, run: Run) -> None:
    first = given.add_saying(store, run, "Words.", outlet="TASS")
    lone = given.add_saying(store, run, "Nobody repeats these.", outlet="ТАСС")
    naming = given.add(store, run, given.TEXT, given.full_quote(), outlet="Blog").quotes[0]
    numbers = store.set_statements([[first], [lone], [naming]], run)
    for number, quote in zip(numbers, (first, lone, naming), strict=True):
        if quote != lone:
            store.save_chain(number, given.chain(number, [quote]), run)
    tass = store.outlet("тасс")
    assert tass is not None
    assert (tass.name, tass.quotes, tass.statements) == ("TASS", 2, (numbers[0],))
    named = store.outlet("РИА Новости")
    assert named is not None
    assert (named.quotes, named.statements) == (0, (numbers[2],))


def test_an_outlet_no_gazetteer_knows_is_found_by_its_name(store: Store, run: Run) -> None:
    given.add_saying(store, run, "Words.", outlet="The Quay Gazette")
    found = store.outlet("  the quay  GAZETTE ")
    assert found is not None
    assert found.quotes == 1
    assert store.outlet_names() == ("The Quay Gazette",)
    assert store.outlet("The Quay Gazett") is None
