"""Knows who may come to a running session, who may change their part in it, and when it goes on as a talk."""

from __future__ import annotations

from desktop.domain.words import tr
from desktop.live.asks import Now
from desktop.live.asks_safety import AskJoin, AskRole, AskTalkOnly
from desktop.live.events import Joined, PersonRole, RoleChanged, TalkOnly
from desktop.live.events_people import Participant
from desktop.live.rules import person_of, refuse
from desktop.live.schedule import schedule_of
from desktop.live.state import LiveState

MOST_PEOPLE = 12
PARTS = {PersonRole.DOSED: "comes for a dose", PersonRole.SITTING: "sits with their partner"}


def check_company(keys: list[str]) -> None:
    """Refused when these cannot be the people of one session."""
    if not 1 <= len(keys) <= MOST_PEOPLE:
        refuse("people", tr("A session has 1 to {n} people.", n=MOST_PEOPLE))
    if len(set(keys)) != len(keys) or not all(key.isascii() and key.isalnum() for key in keys):
        refuse("keys", tr("Every person needs a letter of their own."))


def check_schedule(state: LiveState, person: Participant) -> None:
    """Refused when an order asks for a schedule that the protocol does not have."""
    if schedule_of(state.protocol, person.order) is None:
        refuse("schedule", tr("The order names a vitals schedule that this protocol does not have."))


def join(state: LiveState, ask: AskJoin, now: Now) -> Joined:
    """Somebody comes; the same person is in a session once."""
    person = ask.participant
    check_company([*state.people, person.key])
    if person.client_id and any(one.client_id == person.client_id for one in state.people.values()):
        refuse("here_already", tr("This person is in the session already."))
    check_schedule(state, person)
    return Joined(person.key, person)


def change_role(state: LiveState, ask: AskRole, now: Now) -> RoleChanged:
    """From dosed to sitting, before any dose; never the other way: that is another plan, made sober."""
    person = person_of(state, ask.who, now)
    if person.doses:
        refuse("was_dosed", tr("{who} was dosed.", who=ask.who.upper()), tr("Choose how the session ends for them."))
    if person.role is ask.role:
        refuse("same_role", tr("That is their part already."))
    if ask.role is not PersonRole.SITTING:
        refuse("only_sitting", tr("In a session somebody can only change to sitting."), tr("Plan another session."))
    return RoleChanged(ask.who, ask.role)


def talk_only(state: LiveState, ask: AskTalkOnly, now: Now) -> TalkOnly:
    """The session goes on without medicine; refused once somebody was given it."""
    if state.room.talk_only_ms is not None:
        refuse("talk_only", tr("The session is a talk already."))
    if any(person.doses for person in state.people.values()):
        refuse("was_dosed", tr("Somebody was dosed; the session goes on as a medicine session."))
    return TalkOnly(ask.reason.strip())
