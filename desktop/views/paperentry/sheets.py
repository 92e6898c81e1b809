"""Knows what stands in the sheets of a session's paper: a grid of rows for each person, kept ones and others."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.errors import Problem
from desktop.live.paperrow import AUTHOR, COLUMNS, PaperRow
from desktop.services.paperentry import RowKept

ROWS = 12
"""How many empty rows a sheet begins with."""
EMPTY = PaperRow()
Fields = tuple[tuple[str, str | bool], ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the grid. entries: what it was kept as, '' while it is not; problems: by column."""

    row: PaperRow = EMPTY
    entries: str = ""
    problems: tuple[Problem, ...] = ()

    def problem(self, column: str) -> str:
        """What is wrong with a cell; '' for nothing."""
        return next((each.text for each in self.problems if each.field == column), "")

    @property
    def said(self) -> str:
        """Everything that is wrong with it."""
        return " ".join(each.text for each in self.problems)

    @property
    def waits(self) -> bool:
        """Whether something stands in it that is not kept yet."""
        return not self.entries and not self.row.blank


class Sheets:
    """One sheet for each person; `who` is whose is open."""

    def __init__(self) -> None:
        self.who = ""
        self._sheets: dict[str, list[GridRow]] = {}

    @property
    def rows(self) -> list[GridRow]:
        """The rows of the open sheet; there is always an empty one at the end."""
        rows = self._sheets.setdefault(self.who, [GridRow() for _ in range(ROWS)])
        if not rows[-1].row.blank or rows[-1].entries:
            rows.append(GridRow())
        return rows

    @property
    def waiting(self) -> int:
        """How many rows of all sheets are not kept yet."""
        return sum(one.waits for rows in self._sheets.values() for one in rows)

    @property
    def free(self) -> int:
        """The first row that nothing stands in."""
        return next(at for at, one in enumerate(self.rows) if not one.entries and one.row == EMPTY)

    def to_keep(self) -> tuple[tuple[int, PaperRow], ...]:
        """The rows of the open sheet that are not kept yet, with their places."""
        return tuple((at, one.row) for at, one in enumerate(self.rows) if one.waits)

    def edit(self, at: int, column: str, text: str) -> bool:
        """Put a text in a cell; False where none can be. A row that is begun has the initials of the one above."""
        rows = self.rows
        if column not in COLUMNS or not 0 <= at < len(rows) or rows[at].entries:
            return False
        row = replace(rows[at].row, **{column: text})
        if column != AUTHOR and not row.author and text.strip():
            row = replace(row, author=next((one.row.author for one in reversed(rows[:at]) if one.row.author), ""))
        left = tuple(each for each in rows[at].problems if each.field not in (column, "row"))
        rows[at] = GridRow(row, problems=left)
        return True

    def keep(self, who: str, found: tuple[RowKept, ...]) -> None:
        """Note what became of rows."""
        rows = self._sheets[who]
        for one in found:
            numbers = f"{one.entries[0]}-{one.entries[-1]}" if len(one.entries) > 1 else "".join(map(str, one.entries))
            rows[one.at] = replace(rows[one.at], entries=numbers, problems=one.problems)

    def half_typed(self) -> tuple[tuple[str, Fields], ...]:
        """What is typed and not kept, a sheet at a time: (person, ((row/column, text), ...))."""
        found = []
        for who, rows in self._sheets.items():
            waiting = (one.row for one in rows if not one.entries and one.row != EMPTY)
            cells: Fields = tuple(
                (f"{at}/{name}", str(getattr(row, name)))
                for at, row in enumerate(waiting) for name in COLUMNS if getattr(row, name)
            )  # fmt: skip
            if cells:
                found.append((who, cells))
        return tuple(found)

    def put_back(self, who: str, values: Fields) -> None:
        """Put back what was taken out, after what stands there."""
        cells: dict[int, dict[str, str]] = {}
        for name, text in values:
            at, _, column = name.partition("/")
            if column in COLUMNS and at.isdigit():
                cells.setdefault(int(at), {})[column] = str(text)
        rows = [one for one in self._sheets.get(who, []) if one.entries or one.row != EMPTY]
        rows += [GridRow(PaperRow(**cells[at])) for at in sorted(cells)]
        self._sheets[who] = [*rows, *(GridRow() for _ in range(max(1, ROWS - len(rows))))]
        self.who = who
