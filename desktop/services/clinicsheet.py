"""Knows what a flowsheet for the clinic says: everybody of a session, in a group one couple, and one log for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop.domain.audience import Audience, Owner
from desktop.domain.errors import Refused
from desktop.domain.paper import Flowsheet, LogLine, PersonLine
from desktop.domain.paper_live import Cell, ClinicFlowsheet, Ledger, LedgerRow, PageHead
from desktop.domain.people import CLINICAL, require
from desktop.domain.records import Session
from desktop.domain.words import tr
from desktop.live.corrections import counted, owner_now
from desktop.live.describe import describe
from desktop.live.events import Entry, Moved, Opened, RoundDone
from desktop.live.state import LiveState
from desktop.services.desk import Desk
from desktop.services.flowsheet_facts import check_facts
from desktop.services.flowsheet_lines import Copy, minute, staff_lines, start_of, wall_text
from desktop.services.flowsheets import log_line, sheet_of
from desktop.services.live import load_state
from desktop.services.own_copy import own_copy
from desktop.services.seats import clinic_seats, couple_of, shown_seat
from desktop.services.worksheets import Paper, PaperUse, stamp


def clinic_flowsheet(desk: Desk, session_id: str, copy: str, use: PaperUse, page_size: str = "A4") -> Paper:
    """The clinic's own flowsheet, and its line in the trail, kept before the page is shown.

    copy: `clinic`, in a group `clinic-3` for couple 3. Refused before the session began.
    """
    content = clinic_content(desk, session_id, copy, use)
    return Paper(tr("Flowsheet for the clinic"), f"flowsheet-{copy}.pdf", desk.press.page(content, page_size))


def clinic_content(desk: Desk, session_id: str, copy: str, use: PaperUse) -> ClinicFlowsheet:
    """What the clinic's own flowsheet says."""
    require(desk.member, *CLINICAL)
    with desk.store.write() as unit:
        session = unit.sessions.get(session_id, Audience.clinic("flowsheet"))
        state = load_state(desk, unit, session)
        if state is None:
            raise Refused("not_begun", tr("This session has not begun yet."), next_step=tr("Begin it on the board."))
        seats = clinic_seats(state.people, copy)
        copies = tuple(own_copy(desk, unit, session.id, state, seat) for seat in seats)
        for seat in seats:
            owner = Owner.client(state.people[seat].client_id)
            unit.audit(desk.line(use.act, "flowsheet", session.id, owner, f"copy {copy}"))
    return ClinicFlowsheet(
        head=_head(desk, session, state, seats), sheets=tuple(_sheet(desk, one) for one in copies),
        room=check_facts(state.protocol, state.room.checks), dialogue=_dialogue(state, seats),
        log=tuple(_log(copies[0], seats)), staff=staff_lines(copies[0]),
    )


def _sheet(desk: Desk, copy: Copy) -> Flowsheet:
    """One person's part: without what is about the room, which follows once for all."""
    own = check_facts(copy.state.protocol, copy.person.checks)
    return replace(sheet_of(desk, copy), log=(), staff=(), checks=own)


def _head(desk: Desk, session: Session, state: LiveState, seats: tuple[str, ...]) -> PageHead:
    start = start_of(state)
    people = tuple(
        PersonLine(state.people[seat].name, state.people[seat].born.isoformat(), shown_seat(seat, len(state.people)))
        for seat in seats
    )
    started = start.local.strftime("%Y-%m-%d %H:%M")
    return PageHead(
        title=tr("Session flowsheet for the clinic"), subtitle=state.protocol.title,
        meta=tr("Started {time}", time=started), practice=desk.practice_name, people=people, compartment=None,
        who_will_see=tr("those who treat both. Never for either partner: each has a flowsheet of their own."),
        printed=stamp(desk.clock.now(), desk.member), program_version=desk.program_version,
        code=f"{state.protocol.id} {state.protocol.edition}",
    )


def _log(first: Copy, seats: tuple[str, ...]) -> Iterator[LogLine]:
    """Every entry of these people and of the room. What was moved between them stands at both places, struck at the

    first; what was moved to another couple is theirs and leaves nothing here.
    """
    state = first.state
    theirs = {None, couple_of(seats[0]), *seats}
    for entry in sorted(state.entries, key=lambda each: (each.at_ms, each.seq)):
        if isinstance(entry.event, Opened | Moved):
            continue
        owner = owner_now(state, entry.seq)
        if owner != entry.owner and {owner, entry.owner} <= set(seats):
            yield _moved(first, entry, owner)
        if owner in theirs:
            event = counted(state, entry.seq)
            if isinstance(event, RoundDone):
                event = replace(event, seen=tuple(key for key in event.seen if key in seats))
            line = log_line(first, replace(entry, event=event, owner=owner))
            yield replace(line, whose=_whose(owner))


def _moved(copy: Copy, entry: Entry, to: str | None) -> LogLine:
    return LogLine(
        minute(entry.at_ms), copy.wall(entry.at_ms), copy.by(entry.author),
        describe(copy.state, entry.event, copy.by), "", True, tr("moved to {who}", who=_whose(to)), _whose(entry.owner),
    )


def _whose(owner: str | None) -> str:
    if owner is None:
        return tr("room")
    return tr("both") if owner.isdigit() else owner.upper()


def _dialogue(state: LiveState, seats: tuple[str, ...]) -> Ledger:
    """The turns of their dialogue, with what was counted in each."""
    start = start_of(state)
    head = (tr("From"), tr("To"), tr("Sender"), tr("Mirrored"), tr("Corrected"), tr("Receiver was sending"),
            tr("Interrupted"))  # fmt: skip
    rows = tuple(
        LedgerRow((
            Cell(wall_text(start, turn.from_ms)), Cell("" if turn.to_ms is None else wall_text(start, turn.to_ms)),
            Cell(turn.sender.upper(), strong=True),
            *(Cell(str(n)) for n in (turn.mirrors, turn.corrections, turn.sendings, turn.interruptions)),
        ))
        for turn in state.room.dialogue_of(state.people[seats[0]].couple).log
    )  # fmt: skip
    return Ledger(head, rows)
