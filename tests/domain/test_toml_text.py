"""A data file is written again with one value changed, and everything else reads as it did."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.protocol_file import read_protocol
from desktop.domain.toml_text import changed_text, table_at, top_comment, written
from tests.live.play import ROOT

FOLDERS = ("protocols", "checks", "cards", "checklists")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / "resources" / folder).iterdir())


def loads(text: str) -> dict[str, object]:
    return tomllib.loads(text, parse_float=Decimal)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_shipped_file_reads_the_same_when_it_is_written_again(path: Path) -> None:
    text = path.read_text("utf-8")
    again = written(loads(text), top_comment(text))
    assert loads(again) == loads(text)
    assert written(loads(again), top_comment(again)) == again
    assert again.startswith(top_comment(text))


def test_one_value_is_changed_and_nothing_else() -> None:
    text = (ROOT / "resources/protocols/ketamine-im.toml").read_text("utf-8")
    again = changed_text(text, "schedules[1].check[2].minute", {"value": Decimal("17.5"), "why": 'a "reason"'})
    before, after = read_protocol(text, "a"), loads(again)
    minute = table_at(after, "schedules[1].check[2].minute")
    assert minute == {"value": Decimal("17.5"), "basis": "proposed", "why": 'a "reason"'}
    back = changed_text(again, "schedules[1].check[2].minute", {"value": 15, "why": None})
    assert read_protocol(back, "b").schedules == before.schedules
    assert loads(back) == loads(text)


@pytest.mark.parametrize("path", ["nowhere", "band[0]", "band[99].limit", "title", "band", "band[1].sign", "a b", "."])
def test_a_path_that_points_to_no_table_is_no_path(path: str) -> None:
    text = (ROOT / "resources/protocols/ketamine-im.toml").read_text("utf-8")
    with pytest.raises(KeyError):
        changed_text(text, path, {"value": 1})


NAMES = st.text(max_size=8)
PLAIN = st.one_of(
    st.booleans(), st.integers(-(2**60), 2**60), st.text(max_size=40),
    st.decimals(min_value=-1000, max_value=1000, places=3), st.just(Decimal("inf")),
)  # fmt: skip
TABLES = st.recursive(
    st.dictionaries(NAMES, PLAIN | st.lists(PLAIN, max_size=4), max_size=4),
    lambda inner: st.dictionaries(NAMES, PLAIN | inner | st.lists(inner, min_size=1, max_size=3), max_size=4),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, database=None)
@given(TABLES)
def test_whatever_a_file_can_hold_reads_as_it_was_written(table: dict[str, object]) -> None:
    assert loads(written(table)) == table
