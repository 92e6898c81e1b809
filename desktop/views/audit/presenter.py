"""Knows what the audit screen shows: the last lines of the trail, and what a check of it found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from desktop.domain.audience import OwnerKind
from desktop.domain.errors import Known
from desktop.domain.people import Member
from desktop.domain.records import Act, AuditLine, AuditState
from desktop.domain.words import tr, trn
from desktop.services.audit_trail import newest_lines, verify_trail
from desktop.services.desk import Desk
from desktop.services.members import members
from desktop.views.ui.doing import Doing, Latest
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.theme import Tone

SHOWN = 2000
"""How many of the newest lines are listed."""


def act_words(act: Act) -> str:
    """What was done, in a word."""
    return {
        Act.CREATE: tr("made"), Act.CHANGE: tr("changed"), Act.VIEW: tr("viewed"), Act.SEARCH: tr("searched"),
        Act.PRINT: tr("printed"), Act.EXPORT: tr("saved as a file"), Act.UNLOCK: tr("unlocked"),
        Act.LOCK: tr("locked"), Act.START: tr("started"), Act.ENTRY: tr("entered"), Act.CLOSE: tr("closed"),
        Act.SIGN: tr("signed"), Act.ARCHIVE: tr("archived"), Act.VERIFY: tr("verified"), Act.RESTORE: tr("restored"),
    }[act]  # fmt: skip


def owner_words(kind: OwnerKind) -> str:
    """Whose compartment it was, without saying who."""
    return {
        OwnerKind.CLIENT: tr("one client's"),
        OwnerKind.COUPLE: tr("a couple's"),
        OwnerKind.PRACTICE: tr("the practice's"),
    }[kind]


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
        """Fetch the newest lines."""
        self._latest.ask(self._lines, self._show, self._view.show_error)

    def verify(self) -> None:
        """Check the whole chain."""
        self._view.show_banner(None)
        self._view.show_busy(tr("Checking every line…"))
        self._doing.ask(self._verify, self._verified, self._failed)

    def _lines(self) -> tuple[tuple[AuditLine, ...], dict[str, Member]]:
        lines = newest_lines(self._desk, SHOWN)
        return lines, {member.id: member for member in members(self._desk)}

    def _show(self, answer: tuple[tuple[AuditLine, ...], dict[str, Member]]) -> None:
        lines, known = answer
        rows = tuple(_row(line, known) for line in reversed(lines))
        self._view.show_lines(rows, lines[-1].number if lines else 0)

    def _verify(self) -> AuditState:
        return verify_trail(self._desk)

    def _verified(self, state: AuditState) -> None:
        self._view.show_busy("")
        self._view.show_banner(verdict(state))

    def _failed(self, error: Known) -> None:
        self._view.show_busy("")
        self._view.show_error(error)


def _row(line: AuditLine, known: dict[str, Member]) -> TrailRow:
    entry = line.entry
    member = known.get(entry.member_id)
    return TrailRow(
        line.number, f"{entry.at.local:%Y-%m-%d %H:%M:%S}", member.name if member is not None else entry.member_id[:8],
        act_words(entry.act), entry.subject_kind, owner_words(entry.owner.kind), entry.detail,
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
