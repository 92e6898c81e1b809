"""Knows what the audit screen shows: the last lines of the trail, and what a check of it found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from desktop.domain.errors import Known
from desktop.domain.people import CLINICAL, Member, Role
from desktop.domain.records import AuditLine, AuditState
from desktop.domain.words import tr, trn
from desktop.services.audit_trail import newest_lines, verify_trail
from desktop.services.desk import Desk
from desktop.services.members import members
from desktop.services.worksheets import worksheet_titles
from desktop.views.audit.words import act_words, detail_words, owner_words, subject_words
from desktop.views.ui.doing import Doing, Latest
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.theme import Tone

SHOWN = 2000
"""How many of the newest lines are listed."""

Found = tuple[tuple[AuditLine, ...], dict[str, Member], dict[str, str]]


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

    def show_lines(self, rows: tuple[TrailRow, ...], total: int) -> None:
        """The newest lines, newest first."""

    def show_closed(self, owners: tuple[str, ...]) -> None:
        """Whoever looks may not read the trail; these may."""

    def show_busy(self, words: str) -> None:
        """What takes a while."""

    def show_banner(self, facts: BannerFacts | None) -> None:
        """A message in the page."""

    def show_error(self, error: Known) -> None:
        """An error's sentences."""


class AuditPresenter:
    """Lists the trail and has it checked. Neither shows what a record says."""

    def __init__(self, desk: Desk, doing: Doing, view: View) -> None:
        self._desk, self._doing, self._view = desk, doing, view
        self._latest = Latest(doing)

    def begin(self) -> None:
        """Fetch the newest lines; for somebody who may not read them, the names of those who may."""
        if self._desk.member.may(Role.OWNER):
            self._latest.ask(self._lines, self._show, self._view.show_error)
        else:
            self._latest.ask(self._owners, self._view.show_closed, self._view.show_error)

    def verify(self) -> None:
        """Check the whole chain."""
        self._view.show_banner(None)
        self._view.show_busy(tr("Checking every line…"))
        self._doing.ask(self._verify, self._verified, self._failed)

    def _owners(self) -> tuple[str, ...]:
        return tuple(member.name for member in members(self._desk) if member.may(Role.OWNER))

    def _lines(self) -> Found:
        lines = newest_lines(self._desk, SHOWN)
        sheets = worksheet_titles(self._desk) if self._desk.member.may(*CLINICAL) else ()
        known = {member.id: member for member in members(self._desk)}
        return lines, known, {sheet.id: sheet.title for sheet in sheets}

    def _show(self, answer: Found) -> None:
        lines, known, sheets = answer
        rows = tuple(_row(line, known, sheets) for line in reversed(lines))
        self._view.show_lines(rows, lines[-1].number if lines else 0)

    def _verify(self) -> AuditState:
        return verify_trail(self._desk)

    def _verified(self, state: AuditState) -> None:
        self._view.show_busy("")
        self._view.show_banner(verdict(state))

    def _failed(self, error: Known) -> None:
        self._view.show_busy("")
        self._view.show_error(error)


def _row(line: AuditLine, known: dict[str, Member], sheets: dict[str, str]) -> TrailRow:
    entry = line.entry
    member = known.get(entry.member_id)
    return TrailRow(
        line.number, f"{entry.at.local:%Y-%m-%d %H:%M:%S}", member.name if member is not None else entry.member_id[:8],
        act_words(entry.act), subject_words(entry.subject_kind), owner_words(entry.owner.kind),
        detail_words(entry.detail, sheets),
    )


def verdict(state: AuditState) -> BannerFacts:
    """What a check found, in plain words."""
    if state.intact:
        words = trn(
            "The trail is whole: {count} line, each in its place.",
            "The trail is whole: {count} lines, each in its place.", state.entries,
        )
        return BannerFacts(Tone.GREEN, words, " ".join(state.notes), closable=True)
    where = tr("The trail does not hold together.")
    if state.first_wrong is not None:
        where = tr("The trail does not hold together from line {n} on.", n=state.first_wrong)
    return BannerFacts(
        Tone.RED, where, tr("The lines before it are as they were written."),
        tr("Keep a copy of the whole folder as it is, and tell the owner of the practice."), closable=True,
    )
