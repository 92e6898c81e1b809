"""Knows the pages of one person around a live session: which there are, when each can be made, how it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from desktop.domain.audience import Audience, Owner
from desktop.domain.care import FollowState, TouchPlan
from desktop.domain.errors import Refused
from desktop.domain.paper_live import FollowUpLine, LivePage
from desktop.domain.people import CLINICAL, require
from desktop.domain.records import Session, SessionState
from desktop.domain.words import tr
from desktop.live.clock import elapsed
from desktop.live.state import LiveState
from desktop.services.desk import Desk
from desktop.services.downtime import downtime_page
from desktop.services.handover import At, handover_facts
from desktop.services.live import state_or_plan
from desktop.services.own_copy import own_copy
from desktop.services.page_ask import PageAsk
from desktop.services.ports import Unit
from desktop.services.prescriber_page import prescriber_page
from desktop.services.seats import no_copy, seats_of
from desktop.services.touch_page import touch_page
from desktop.services.worksheets import Paper, PaperUse


class PageKind(StrEnum):
    """The pages of one person; the value is the audit trail's kind and the beginning of the file's name."""

    HANDOVER = "handover"
    DOWNTIME = "downtime"
    TOUCH = "touch"
    PRESCRIBER = "prescriber"


@dataclass(frozen=True, slots=True)
class PageTitle:
    """A page as a list shows it. begun: only once the session was begun."""

    kind: PageKind
    title: str
    about: str
    begun: bool


def page_titles() -> tuple[PageTitle, ...]:
    """The pages there are, in the order of a day."""
    return (
        PageTitle(
            PageKind.DOWNTIME, tr("Downtime sheet"),
            tr("A blank flowsheet with one person’s order and minutes, should the machine fail."), False,
        ),
        PageTitle(
            PageKind.TOUCH, tr("Touch plan"), tr("By person, place and state, as agreed sober; safety touch named."),
            False,
        ),
        PageTitle(
            PageKind.HANDOVER, tr("Hand-over sheet"), tr("What a crew must know of one person, in big type."), True
        ),
        PageTitle(
            PageKind.PRESCRIBER, tr("For the prescriber"),
            tr("One page after each dose: order, doses, course, what waits for a signature."), True,
        ),
    )


def session_page(
    desk: Desk, kind: PageKind, session_id: str, copy: str, use: PaperUse, page_size: str = "A4"
) -> Paper:
    """One page of one person, and its line in the trail, kept before the page is shown.

    copy: a seat, or `alone`. Refused where there is no such copy, and before the beginning for pages that need it.
    """
    ask = _asked(desk, kind, session_id, copy, use)
    pdf = desk.press.page(_MAKERS[kind](ask), page_size)
    return Paper(_title(kind).title, f"{kind.value}-{ask.person.key}.pdf", pdf)


def page_content(desk: Desk, kind: PageKind, session_id: str, copy: str, use: PaperUse) -> LivePage:
    """What one page of one person says."""
    ask = _asked(desk, kind, session_id, copy, use)
    return _MAKERS[kind](ask)


def _title(kind: PageKind) -> PageTitle:
    return next(each for each in page_titles() if each.kind is kind)


def _asked(desk: Desk, kind: PageKind, session_id: str, copy: str, use: PaperUse) -> PageAsk:
    require(desk.member, *CLINICAL)
    with desk.store.write() as unit:
        session = unit.sessions.get(session_id, Audience.clinic("page"))
        if _title(kind).begun and session.state is SessionState.PLANNED:
            raise Refused("not_begun", tr("This session has not begun yet."), next_step=tr("Begin it on the board."))
        state = state_or_plan(desk, unit, session)
        seats = seats_of(state.people, copy)
        if len(seats) > 1:
            raise no_copy()
        person = state.people[seats[0]]
        copy_ = own_copy(desk, unit, session_id, state, seats[0])
        more = _beside(desk, unit, session_id, person.client_id)
        unit.audit(desk.line(use.act, kind.value, session_id, Owner.client(person.client_id), f"copy {person.key}"))
    at = At(_now_ms(desk, session, state), desk.clock.now(), desk.member)
    return PageAsk(desk, session, copy_, at, *more)


def _beside(
    desk: Desk, unit: Unit, session_id: str, client_id: str
) -> tuple[tuple[FollowUpLine, ...], TouchPlan | None]:
    """What is due for the person after this session, and their touch plan."""
    audience = Audience.clinic("page")
    states = {
        FollowState.OPEN: tr("open"), FollowState.NOT_REACHED: tr("not reached yet"), FollowState.DONE: tr("done"),
    }
    offset = timedelta(minutes=desk.clock.now().offset_minutes)
    due = tuple(
        FollowUpLine(tr(each.label), (each.due + offset).strftime("%Y-%m-%d %H:%M"), states[each.state])
        for each in reversed(unit.care.followups.of_client(client_id, audience)) if each.session_id == session_id
    )
    return due, next(iter(unit.care.touch_plans.of_client(client_id, audience)), None)


def _now_ms(desk: Desk, session: Session, state: LiveState) -> int:
    """How long the session has been running; of one that was not begun, nothing."""
    return 0 if session.state is SessionState.PLANNED else elapsed(state.entries[-1], desk.clock.now()).ms


def _handover(ask: PageAsk) -> LivePage:
    state, desk = ask.state, ask.desk
    return handover_facts(
        state, ask.person.key, ask.copy.members, ask.at, desk.practice_name, desk.program_version, ask.copy.steps
    )


_MAKERS: dict[PageKind, Callable[[PageAsk], LivePage]] = {
    PageKind.HANDOVER: _handover, PageKind.DOWNTIME: downtime_page, PageKind.TOUCH: touch_page,
    PageKind.PRESCRIBER: prescriber_page,
}
