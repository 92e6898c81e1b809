"""Knows what is due after a session: made at its close, called, not reached, moved, and done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

from desktop.domain.audience import Audience
from desktop.domain.care import Answers, FollowState, FollowUp, FollowUpStep, StepHow
from desktop.domain.care_drafts import StepDraft, check_step, read_local
from desktop.domain.care_files import After, FollowUpKind, Question
from desktop.domain.drafts import clean_lines
from desktop.domain.errors import Invalid, Problem, Refused
from desktop.domain.moment import Moment
from desktop.domain.people import CLINICAL, Client, require
from desktop.domain.protocol_fields import DataFileError
from desktop.domain.records import Act, Session
from desktop.domain.words import tr
from desktop.live.events import Ending
from desktop.live.state import LiveState, PersonState
from desktop.services.care_words import followup_kinds
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Topic
from desktop.services.ports import Unit

KIND, STEP = "followup", "followup_step"
AHEAD = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class DueFollowUp:
    """Somebody to be called or seen. late: its time has passed; tries: how often they were not reached."""

    followup: FollowUp
    client: Client
    late: bool
    tries: int


@dataclass(frozen=True, slots=True)
class FollowUpPage:
    """One follow-up, what was tried so far, and what is asked."""

    followup: FollowUp
    client: Client
    steps: tuple[FollowUpStep, ...]
    kind: FollowUpKind | None


def make_followups(desk: Desk, unit: Unit, session: Session, state: LiveState, at: Moment) -> tuple[FollowUp, ...]:
    """What is due after a session that was just closed, inside the caller's transaction.

    A data file that cannot be read keeps no session from closing: then none are made.
    """
    try:
        kinds = followup_kinds(desk.resources)
    except DataFileError:
        return ()
    made = []
    for person in state.people.values():
        for kind in kinds:
            if _concerns(kind, person):
                due = at.utc + timedelta(hours=float(kind.hours.value))
                followup = FollowUp(
                    desk.ids.new(), person.client_id, session.id, kind.key, kind.label, due, FollowState.OPEN, at
                )
                unit.care.followups.add(followup)
                unit.audit(desk.line(Act.CREATE, KIND, followup.id, followup.owner))
                made.append(followup)
    return tuple(made)


def _concerns(kind: FollowUpKind, person: PersonState) -> bool:
    if not person.doses:
        return False
    return kind.after is After.DOSED or (person.ending is not None and person.ending.ending is Ending.LEFT)


def due_followups(desk: Desk, now: Moment | None = None, ahead: timedelta = AHEAD) -> tuple[DueFollowUp, ...]:
    """Whom to call or see until `ahead` from now, the earliest first. A list: not in the trail."""
    require(desk.member, *CLINICAL)
    with desk.store.read() as unit:
        return followups_due(unit, now or desk.clock.now(), ahead)


def followups_due(unit: Unit, now: Moment, ahead: timedelta = AHEAD) -> tuple[DueFollowUp, ...]:
    """The same, inside a transaction."""
    audience = Audience.clinic("list")
    found = []
    for followup in unit.care.followups.open_until(now.utc + ahead, audience):
        client = unit.clients.get(followup.client_id, audience)
        steps = unit.care.followups.steps_of(followup.id, audience)
        tries = sum(step.how is StepHow.NOT_REACHED for step in steps)
        found.append(DueFollowUp(followup, client, followup.due <= now.utc, tries))
    return tuple(found)


def open_followup(desk: Desk, followup_id: str) -> FollowUpPage:
    """Open one follow-up; the trail says so before anything is shown."""
    require(desk.member, *CLINICAL)
    audience = Audience.clinic("follow-up")
    kinds = {kind.key: kind for kind in followup_kinds(desk.resources)}
    with desk.store.write() as unit:
        followup = unit.care.followups.get(followup_id, audience)
        unit.audit(desk.line(Act.VIEW, KIND, followup.id, followup.owner))
        return FollowUpPage(
            followup, unit.clients.get(followup.client_id, audience),
            unit.care.followups.steps_of(followup.id, audience), kinds.get(followup.kind),
        )


def answer_followup(desk: Desk, followup_id: str, draft: StepDraft, version: int) -> Outcome[FollowUp]:
    """Keep what became of it: done with its answers, not reached, or moved. Invalid, Refused('done'), Conflict."""
    require(desk.member, *CLINICAL)
    now = desk.clock.now()
    problems = check_step(draft, now.local.replace(tzinfo=None))
    if problems:
        raise Invalid(problems)
    how = StepHow(draft.how)
    with desk.store.write() as unit:
        before = unit.care.followups.get(followup_id, Audience.clinic("follow-up"))
        if before.state is FollowState.DONE:
            raise Refused("done", tr("This is done already."), next_step=tr("Write a note when there is more to say."))
        due = _due(draft, now) if how is StepHow.MOVED else before.due
        state = {StepHow.DONE: FollowState.DONE, StepHow.NOT_REACHED: FollowState.NOT_REACHED}.get(
            how, FollowState.OPEN
        )
        kept = unit.care.followups.save(replace(before, state=state, due=due, version=version))
        unit.audit(desk.line(Act.CHANGE, KIND, kept.id, kept.owner, how.value))
        step = FollowUpStep(
            desk.ids.new(), kept.id, kept.client_id, how, clean_lines(draft.note),
            Answers.of((key, clean_lines(answer)) for key, answer in draft.answers),
            due if how is StepHow.MOVED else None, now, desk.member.id,
        )
        unit.care.followups.add_step(step)
        unit.audit(desk.line(Act.CREATE, STEP, step.id, step.owner, how.value))
    return Outcome.of(kept, Topic(KIND, kept.id), Topic("client", kept.client_id))


def _due(draft: StepDraft, now: Moment) -> datetime:
    """The instant of a local time, by the offset of today."""
    local = read_local(draft.due)
    if local is None:
        raise Invalid((Problem("due", tr("Until when? A time to come, as 2026-03-04 10:00.")),))
    return local.replace(tzinfo=timezone(timedelta(minutes=now.offset_minutes))).astimezone(UTC)


def red_answers(questions: tuple[Question, ...], answers: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The words of the questions whose answer is told on at once."""
    given = dict(answers)
    return tuple(one.label for one in questions if one.red and given.get(one.key) == one.red)
