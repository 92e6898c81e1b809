"""Pages: what belongs together stays together, and what is too long runs on."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.worksheets.flow import Atom, paginate
from desktop.worksheets.pen import Pen


def nothing(pen: Pen, left: float, top: float) -> None:
    """Draw nothing."""


def atom(height: float, *, gap: float = 0.0, keep: bool = False, head: Atom | None = None) -> Atom:
    return Atom(height, nothing, gap, keep, head)


def heights(atoms: list[Atom], height: float) -> list[list[float]]:
    return [[placed.atom.height for placed in page] for page in paginate(atoms, height)]


def test_a_heading_moves_to_the_page_of_what_follows_it() -> None:
    assert heights([atom(70), atom(10, keep=True), atom(30)], 100) == [[70], [10, 30]]


def test_a_table_head_is_printed_again_where_its_rows_run_on() -> None:
    head = atom(5, keep=True)
    rows = [atom(30, head=head) for _ in range(4)]
    assert heights([head, *rows], 70) == [[5, 30, 30], [5, 30, 30]]


def test_the_gap_above_a_part_is_dropped_at_the_top_of_a_page() -> None:
    pages = paginate([atom(90), atom(50, gap=20)], 100)
    assert [placed.top for placed in pages[1]] == [0.0]


def test_a_chain_longer_than_a_page_is_broken_rather_than_cut() -> None:
    assert heights([atom(40, keep=True) for _ in range(5)], 100) == [[40, 40], [40, 40], [40]]


def test_an_empty_document_has_one_page() -> None:
    assert paginate([], 100) == ((),)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.floats(1, 100), st.floats(0, 30), st.booleans()), max_size=40))
def test_every_part_is_on_exactly_one_page_and_inside_it(parts: list[tuple[float, float, bool]]) -> None:
    atoms = [atom(height, gap=gap, keep=keep) for height, gap, keep in parts]
    pages = paginate(atoms, 100)
    assert [placed.atom for page in pages for placed in page] == atoms
    for page in pages:
        bottom = 0.0
        for placed in page:
            assert placed.top >= bottom - 1e-6
            bottom = placed.top + placed.atom.height
        assert bottom <= 100 + 1e-6
