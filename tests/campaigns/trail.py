"""Knows what somebody with the keys can do to the lines of the trail: edit, remove, put in, reorder, cut the end off.

Each change is made in the file itself, with the locks taken off and put back; an unlock and a check must name it, and
the first line that it concerns.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from tests.campaigns.report import Report
from tests.campaigns.site import Site, made

COLUMNS = (
    "act", "member_id", "subject_kind", "subject_id", "owner_kind", "owner_id", "at_utc", "at_offset", "at_boot_ms",
    "at_boot_id", "version", "digest", "detail", "mac",
)  # fmt: skip
_NUMBERS = frozenset({"at_offset", "at_boot_ms", "version"})
LINES = frozenset({"edited_line", "missing_line", "cut_tail", "older_database", "forked_trail"})
Ask = Callable[..., list[Any]]


class Forger:
    """Ways of changing the trail. Each gives the first line that is not as it was written."""

    def __init__(self, ask: Ask, by: Random) -> None:
        self.ask, self.by = ask, by
        self.last = int(ask("SELECT max(number) FROM audit")[0][0])

    def _line(self, most: int = 0) -> int:
        return self.by.randint(1, self.last - most)

    def edit(self) -> int:
        """One value of one line is another."""
        number, column = self._line(), self.by.choice(COLUMNS)
        (old,) = self.ask(f"SELECT {column} FROM audit WHERE number = ?", number)[0]
        new: object = old + 1 if column in _NUMBERS else bytes(reversed(old)) if column == "mac" else f"{old}x"
        if column == "owner_kind":
            new = "couple" if old != "couple" else "client"
        self.ask(f"UPDATE audit SET {column} = ? WHERE number = ?", new, number)
        return number

    def edit_to_another_line(self) -> int:
        """A line says what another one says."""
        number, other = self.by.sample(range(1, self.last + 1), 2)
        names = ", ".join(COLUMNS)
        self.ask(f"UPDATE audit SET ({names}) = (SELECT {names} FROM audit WHERE number = ?) WHERE number = ?", other,
                 number)  # fmt: skip
        return number

    def remove(self) -> int:
        """A line is gone; half of the time the others close up."""
        number = self._line(1)
        self.ask("DELETE FROM audit WHERE number = ?", number)
        if self.by.random() < 0.5:
            self._move(number, -1)
        return number

    def put_in(self) -> int:
        """A line that was never written, made of another."""
        after, like = self.by.randint(0, self.last), self._line()
        names = ", ".join(COLUMNS)
        row = self.ask(f"SELECT {names} FROM audit WHERE number = ?", like)[0]
        self._move(after, 1)
        marks = ", ".join("?" for _ in range(len(COLUMNS) + 1))
        self.ask(f"INSERT INTO audit (number, {names}) VALUES ({marks})", after + 1, *row)
        # A copy of the line that stood there is that line; what follows it does not fit any more.
        return after + 2 if like == after + 1 else after + 1

    def reorder(self) -> int:
        """Two lines stand in each other's place."""
        first, second = sorted(self.by.sample(range(1, self.last + 1), 2))
        for old, new in ((first, self.last + 100), (second, first), (self.last + 100, second)):
            self.ask("UPDATE audit SET number = ? WHERE number = ?", new, old)
        return first

    def cut(self) -> int:
        """The last lines are gone."""
        number = self._line()
        self.ask("DELETE FROM audit WHERE number >= ?", number)
        return number

    def _move(self, above: int, by: int) -> None:
        """Number the lines above one anew."""
        self.ask("UPDATE audit SET number = -number WHERE number > ?", above)
        self.ask("UPDATE audit SET number = -number + ? WHERE number < 0", by)


WAYS = ("edit", "edit_to_another_line", "remove", "put_in", "reorder", "cut")


def forge(site: Site, way: str, by: Random) -> int:
    """Change the trail of today's files; the first line that is not as it was written."""
    site.lay(site.today.locked)
    kept = dict(site.today.locked)
    with site.opened() as (_, engines), engines.separate() as connection:

        def ask(statement: str, *values: object) -> list[Any]:
            return list(connection.execute(statement, values).fetchall())

        locks = ask("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'")
        ask("BEGIN IMMEDIATE")
        for name, _ in locks:
            ask(f"DROP TRIGGER {name}")
        line = int(getattr(Forger(ask, by), way)())
        for _, sql in locks:
            ask(sql)
        ask("COMMIT")
    (site.folder / "practice.head").write_bytes(kept["practice.head"])
    return line


def run(report: Report, folder: Path) -> None:
    """So many forgeries, every way in turn."""
    by = Random(report.seed)
    site = made(folder / "practice")
    for done in report.rounds():
        way = WAYS[done % len(WAYS)]
        line = forge(site, way, by)
        verdict = site.judge()
        named = [flaw for flaw in verdict.flaws if flaw.wrong.value in LINES]
        for flaw in named:
            report.add(f"named {flaw.wrong.value}")
        if not named:
            report.fault(f"{way} of line {line}: nothing was said (seed {report.seed}, round {done})")
        elif named[0].line != line:
            report.fault(f"{way} of line {line}: line {named[0].line} was named (seed {report.seed}, round {done})")
