"""Knows what the audit screen shows: the last lines of the trail, and what a check of it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from desktop.domain.errors import Known as KnownError
from desktop.domain.people import CLINICAL, Role
from desktop.domain.records import AuditLine, AuditState
from desktop.domain.words import tr, trn
from desktop.services.audit_trail import TrailPage, open_trail, trail_kinds, trail_page, verify_all
from desktop.services.desk import Desk
from desktop.services.members import members
from desktop.services.worksheets import worksheet_titles
from desktop.views.audit.asking import FilterDraft, Known, filter_of
from desktop.views.audit.words import act_words, detail_words, owner_words, subject_words
from desktop.views.ui.doing import Doing, Latest
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.theme import Tone

PAGE = 500
"""How many lines are fetched at a time."""


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One line: number, local time, who, what they did, on what, and whose that was."""

    number: int
    when: str
    who: str
    act: str
    subject: str
    owner: str
    detail: str


class View(Protocol):
    """What the presenter asks of the screen."""

    def show_lines(self, rows: tuple[TrailRow, ...], total: int, all_lines: int) -> None:
        """The first lines that fit, in their order; how many fit, and how many there are."""

    def show_more(self, rows: tuple[TrailRow, ...]) -> None:
        """The lines that follow those that are listed."""

    def show_known(self, known: Known) -> None:
        """What there is to choose from."""

    def show_closed(self, owners: tuple[str, ...]) -> None:
        """Whoever looks may not read the trail; these may."""

    def show_busy(self, words: str) -> None:
        """What takes a while."""

    def show_banner(self, facts: BannerFacts | None) -> None:
        """A message in the page."""

    def show_error(self, error: KnownError) -> None:
        """An error's sentences."""


@dataclass(frozen=True, slots=True)
class _Names:
    """How members and worksheets are called."""

    known: Known
    sheets: Mapping[str, str]


class AuditPresenter:
    """Lists the trail, a page at a time, and has it checked. Neither shows what a record says."""

    def __init__(self, desk: Desk, doing: Doing, view: View) -> None:
        self._desk, self._doing, self._view = desk, doing, view
        self._latest = Latest(doing)
        self._names: _Names | None = None
        self._draft = FilterDraft()
        self._listed = self._total = self._end = 0
        self._under_way = False

    def begin(self) -> None:
        """Fetch what there is to choose from and the first lines; or say who may read them."""
        if self._desk.member.may(Role.OWNER):
            self._latest.ask(self._know, self._known, self._view.show_error)
        else:
            self._latest.ask(self._owners, self._view.show_closed, self._view.show_error)

    def opened(self) -> None:
        """Somebody came here on purpose; the lines are fetched once that is a line itself."""
        if self._desk.member.may(Role.OWNER):
            self._doing.change(partial(open_trail, self._desk), self._kept, self._view.show_error)
        else:
            self.begin()

    def ask(self, draft: FilterDraft) -> None:
        """Only lines that fit this, from the first one on."""
        self._draft = draft
        if self._names is not None:
            self._under_way = True
            self._latest.ask(partial(self._lines, self._names, draft, 0), self._show, self._failed)

    def more(self) -> None:
        """The lines after those that are listed; nothing happens at the end, nor while lines are being fetched."""
        if self._names is None or self._under_way or self._listed >= self._total:
            return
        self._under_way = True
        work = partial(self._lines, self._names, self._draft, self._listed)
        self._latest.ask(work, self._show_more, self._failed)

    def verify(self) -> None:
        """Check the whole chain."""
        self._view.show_banner(None)
        self._view.show_busy(tr("Checking every line…"))
        self._doing.ask(self._verify, self._verified, self._failed)

    def _kept(self, _: object) -> None:
        self.begin()

    def _owners(self) -> tuple[str, ...]:
        return tuple(member.name for member in members(self._desk) if member.may(Role.OWNER))

    def _know(self) -> _Names:
        sheets = worksheet_titles(self._desk) if self._desk.member.may(*CLINICAL) else ()
        names = {member.id: member.name for member in members(self._desk)}
        known = Known(names, trail_kinds(self._desk), self._desk.clock.now().offset_minutes)
        return _Names(known, {sheet.id: sheet.title for sheet in sheets})

    def _known(self, names: _Names) -> None:
        self._names = names
        self._view.show_known(names.known)
        self.ask(self._draft)

    def _lines(self, names: _Names, draft: FilterDraft, skip: int) -> tuple[TrailPage, tuple[TrailRow, ...]]:
        wanted = filter_of(draft, names.known)
        if skip:  # what was written meanwhile would push the lines on by one
            wanted = replace(wanted, last=self._end if wanted.last is None else min(wanted.last, self._end))
        page = trail_page(self._desk, wanted, skip, PAGE)
        return page, tuple(_row(line, names) for line in page.lines)

    def _show(self, answer: tuple[TrailPage, tuple[TrailRow, ...]]) -> None:
        page, rows = answer
        self._under_way = False
        self._listed, self._total, self._end = len(rows), page.total, page.all
        self._view.show_lines(rows, page.total, page.all)

    def _show_more(self, answer: tuple[TrailPage, tuple[TrailRow, ...]]) -> None:
        page, rows = answer
        self._under_way = False
        self._listed, self._total = self._listed + len(rows), page.total if rows else self._listed
        self._view.show_more(rows)

    def _verify(self) -> AuditState:
        return verify_all(self._desk)

    def _verified(self, state: AuditState) -> None:
        self._view.show_busy("")
        self._view.show_banner(verdict(state))

    def _failed(self, error: KnownError) -> None:
        self._under_way = False
        self._view.show_busy("")
        self._view.show_error(error)


def _row(line: AuditLine, names: _Names) -> TrailRow:
    entry = line.entry
    return TrailRow(
        line.number, f"{entry.at.local:%Y-%m-%d %H:%M:%S}",
        names.known.members.get(entry.member_id, entry.member_id[:8]),
        act_words(entry.act), subject_words(entry.subject_kind), owner_words(entry.owner.kind),
        detail_words(entry.detail, names.sheets),
    )  # fmt: skip


def verdict(state: AuditState) -> BannerFacts:
    """What a check found, in plain words."""
    if state.intact:
        words = trn(
            "The trail is whole: {count} line, each in its place.",
            "The trail is whole: {count} lines, each in its place.", state.entries,
        )
        return BannerFacts(Tone.GREEN, words, closable=True)
    what = " ".join(flaw.what for flaw in state.flaws)
    where = tr("The trail or the records do not hold together.")
    if state.first_wrong is not None:
        where = tr("The trail does not hold together from line {n} on.", n=state.first_wrong)
    first = state.flaws[0] if state.flaws else None
    safe, next_step = (first.safe, first.next_step) if first is not None else ("", "")
    return BannerFacts(Tone.RED, where, f"{what} {safe}", next_step, closable=True)
