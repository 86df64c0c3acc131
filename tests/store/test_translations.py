"""The translation memory: what one engine made of one text, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from provenance.model import Translation
from provenance.store import Run, Store

MADE = Translation(
    "Войска", "Troops", "ru", "en", "argos", "translate-ru_en 1.9", 0.8, ("name lost",), "greedy"
)


def recalled(store: Store, made: Translation, *texts: str) -> list[Translation | None]:
    texts = texts or (made.source_text,)
    return store.recall(
        texts,
        made.source,
        made.target,
        translator=made.translator,
        package=made.package,
        parameters=[made.parameters] * len(texts),
    )


def test_what_was_made_is_recalled_in_the_order_asked(store: Store, run: Run) -> None:
    store.remember([MADE], run)
    assert recalled(store, MADE, "Танки", "Войска", "Войска") == [None, MADE, MADE]


@pytest.mark.parametrize("field", ["source", "target", "translator", "package", "parameters"])
def test_another_engine_remembers_nothing_of_it(store: Store, run: Run, field: str) -> None:
    store.remember([MADE], run)
    assert recalled(store, replace(MADE, **{field: "other"})) == [None]


def test_remembering_again_changes_nothing(store: Store, run: Run) -> None:
    store.remember([MADE], run)
    store.remember([replace(MADE, text="Soldiers")], run)
    assert recalled(store, MADE) == [MADE]
    assert store.status().counts["translations"] == 1


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(st.lists(text, unique=True, max_size=5), text)
def test_any_text_is_told_from_any_other(store: Store, texts: list[str], package: str) -> None:
    made = [replace(MADE, source_text=one, text=one + "!", package=package) for one in texts]
    with store.run("test", {}) as run:
        store.remember(made, run)
    assert recalled(store, replace(MADE, package=package), *texts, *texts) == (made * 2 or [None])
