"""Knows what somebody with the files, and no key, can do to them: flip, swap and replay pages, roll back, move logs.

SQLCipher takes an old page for a good one. Each change must be named by an unlock or a check, unless every row of
every table is still what it was: then it is counted as harmless, and another is tried.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.campaigns.report import Report
from tests.campaigns.site import DATABASE, HEAD, PAGE, WAL, Site, made

Files = dict[str, bytes]
FRAME, LOG_HEAD = PAGE + 24, 32
MOST_HARMLESS = 50  # tries in a row; more would mean that a way of tampering does nothing


def page(content: bytes, number: int) -> bytes:
    """A page, by its number from 0."""
    return content[number * PAGE : (number + 1) * PAGE]


def put(content: bytes, number: int, other: bytes) -> bytes:
    """The content with another page in that place."""
    return content[: number * PAGE] + other + content[(number + 1) * PAGE :]


def flip(content: bytes, at: int, by: Random) -> bytes:
    """One bit of one byte is another."""
    return content[:at] + bytes([content[at] ^ (1 << by.randrange(8))]) + content[at + 1 :]


class Vandal:
    """Ways of tampering. Each gives the files as they lie afterwards, and those that nobody touched."""

    def __init__(self, site: Site, foreign: Site, by: Random) -> None:
        self.site, self.foreign, self.by = site, foreign, by

    def _older(self) -> Files:
        return dict(self.by.choice(self.site.days[:-1]).locked)

    def _today(self) -> Files:
        return dict(self.site.today.locked)

    def _killed(self) -> Files:
        return dict(self.site.today.killed)

    def flipped_page(self) -> tuple[Files, Files]:
        """A bit of a page is another."""
        files = self._today()
        files[DATABASE] = flip(files[DATABASE], self.by.randrange(len(files[DATABASE])), self.by)
        return files, self._today()

    def replayed_page(self) -> tuple[Files, Files]:
        """A page is as it was on an earlier day."""
        return self._replayed(1)

    def replayed_pages(self) -> tuple[Files, Files]:
        """Several pages are as they were on an earlier day."""
        return self._replayed(self.by.randrange(2, 12))

    def _replayed(self, count: int) -> tuple[Files, Files]:
        files, older = self._today(), self._older()[DATABASE]
        pages = [n for n in range(len(older) // PAGE) if page(older, n) != page(files[DATABASE], n)]
        for number in self.by.sample(pages, min(count, len(pages))):
            files[DATABASE] = put(files[DATABASE], number, page(older, number))
        return files, self._today()

    def swapped_pages(self) -> tuple[Files, Files]:
        """Two pages stand in each other's place."""
        files = self._today()
        a, b = self.by.sample(range(len(files[DATABASE]) // PAGE), 2)
        first, second = page(files[DATABASE], a), page(files[DATABASE], b)
        files[DATABASE] = put(put(files[DATABASE], a, second), b, first)
        return files, self._today()

    def foreign_page(self) -> tuple[Files, Files]:
        """A page of another practice."""
        files, other = self._today(), self.foreign.today.locked[DATABASE]
        number = self.by.randrange(min(len(other), len(files[DATABASE])) // PAGE)
        files[DATABASE] = put(files[DATABASE], number, page(other, number))
        return files, self._today()

    def cut_file(self) -> tuple[Files, Files]:
        """The file ends earlier."""
        files = self._today()
        files[DATABASE] = files[DATABASE][: self.by.randrange(1, len(files[DATABASE]))]
        return files, self._today()

    def rolled_back(self) -> tuple[Files, Files]:
        """The whole database is an earlier day's."""
        return {**self._today(), DATABASE: self._older()[DATABASE]}, self._today()

    def stray_log(self) -> tuple[Files, Files]:
        """A log, of any day or of another practice, lies beside a database that was locked properly."""
        logs = [day.killed[WAL] for day in (*self.site.days, self.foreign.today)]
        return {**self._today(), WAL: self.by.choice(logs)}, self._today()

    def lost_log(self) -> tuple[Files, Files]:
        """The log that a kill left is taken away."""
        files = self._killed()
        del files[WAL]
        return files, self._killed()

    def other_log(self) -> tuple[Files, Files]:
        """In place of the log that a kill left lies one of another day or practice."""
        logs = [day.killed[WAL] for day in (*self.site.days[:-1], self.foreign.today)]
        return {**self._killed(), WAL: self.by.choice(logs)}, self._killed()

    def cut_log(self) -> tuple[Files, Files]:
        """The log that a kill left ends earlier."""
        files = self._killed()
        frames = (len(files[WAL]) - LOG_HEAD) // FRAME
        files[WAL] = files[WAL][: LOG_HEAD + FRAME * self.by.randrange(frames)]
        return files, self._killed()

    def flipped_log(self) -> tuple[Files, Files]:
        """A bit of the log that a kill left is another."""
        files = self._killed()
        files[WAL] = flip(files[WAL], self.by.randrange(len(files[WAL])), self.by)
        return files, self._killed()

    def rolled_back_under_its_log(self) -> tuple[Files, Files]:
        """Under the log that a kill left lies the database of an earlier day."""
        return {**self._killed(), DATABASE: self._older()[DATABASE]}, self._killed()

    def head_of_another_day(self) -> tuple[Files, Files]:
        """The database is an earlier day's, and somebody made up a head."""
        files = {**self._today(), DATABASE: self._older()[DATABASE]}
        files[HEAD] = flip(files[HEAD], self.by.randrange(len(files[HEAD])), self.by)
        return files, self._today()


WAYS: tuple[str, ...] = (
    "flipped_page", "replayed_page", "replayed_pages", "swapped_pages", "foreign_page", "cut_file", "rolled_back",
    "stray_log", "lost_log", "other_log", "cut_log", "flipped_log", "rolled_back_under_its_log", "head_of_another_day",
)  # fmt: skip


class Campaign:
    """Tampers with one practice, again and again."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.report = report
        self.by = Random(report.seed)
        self.site, foreign = made(folder / "practice"), made(folder / "foreign")
        self.vandal = Vandal(self.site, foreign, self.by)
        self._content: dict[bytes, list[object]] = {}

    def one(self, way: str) -> None:
        """One change that does something; whether it is named."""
        for _ in range(MOST_HARMLESS):
            files, honest = getattr(self.vandal, way)()
            self.site.lay(files)
            verdict = self.site.judge()
            if verdict.stage:
                self.report.add(f"named at {verdict.stage}")
                for name in verdict.names:
                    self.report.add(f"named {name}")
                return
            self.site.lay(files)
            if self.site.content() != self._honest(honest):
                self.report.fault(f"{way}: records are others, and nothing was said (seed {self.report.seed})")
                return
            self.report.add("harmless: every row as it was")
        self.report.fault(f"{way} changed nothing in {MOST_HARMLESS} tries")

    def _honest(self, files: Files) -> list[object]:
        name = files[HEAD]
        if name not in self._content:
            self.site.lay(files)
            self._content[name] = self.site.content()
        return self._content[name]

    def untouched(self) -> None:
        """What nobody touched must not be said to be wrong: each day as it was locked, and as a kill left it."""
        for day in self.site.days:
            for files in (day.locked, day.killed):
                self.site.lay(files)
                verdict = self.site.judge()
                if verdict.stage:
                    self.report.fault(f"untouched files are said to be wrong: {verdict.names}")


def run(report: Report, folder: Path) -> None:
    """So many changes, every way in turn."""
    campaign = Campaign(folder, report)
    campaign.untouched()
    for done in report.rounds():
        campaign.one(WAYS[done % len(WAYS)])
