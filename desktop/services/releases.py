"""Knows how words kept in a session become the couple's: asked for, agreed to sober, the next day or later."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.audience import Audience, OwnerKind
from desktop.domain.care import WordRelease
from desktop.domain.errors import Invalid, Problem, Refused
from desktop.domain.people import Role, require
from desktop.domain.records import Act, Session, SessionState
from desktop.domain.words import tr
from desktop.live.lines import WordsLine
from desktop.live.state import LiveState, PersonState
from desktop.services.clients import today
from desktop.services.desk import Desk
from desktop.services.live import load_state
from desktop.services.outcome import Outcome, Topic
from desktop.services.ports import Unit
from desktop.services.sober import dosed_on, require_sober

KIND = "word_release"
ASKED = (
    ("speaker", tr("The speaker wished it")),
    ("partner", tr("The partner asked, and the speaker agreed")),
    ("clinic", tr("We asked, and the speaker agreed")),
)


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """Words that somebody said in a session. release: how they are the couple's now, or None."""

    seq: int
    seat: str
    client_id: str
    at_ms: int
    text: str
    release: WordRelease | None


def words_of_session(desk: Desk, session_id: str) -> tuple[SpokenLine, ...]:
    """Everybody's words in a session, in order, and which of them are released; the trail says it was opened."""
    require(desk.member, Role.THERAPIST, Role.PRESCRIBER)
    audience = Audience.clinic("words")
    with desk.store.write() as unit:
        session = unit.sessions.get(session_id, audience)
        unit.audit(desk.line(Act.VIEW, "session", session.id, session.owner, "words"))
        state = load_state(desk, unit, session)
        return spoken_lines(unit, session, state) if state is not None else ()


def spoken_lines(unit: Unit, session: Session, state: LiveState) -> tuple[SpokenLine, ...]:
    """The same, inside a transaction of a use case that was asked already."""
    given_now = unit.care.releases.of_session(session.id, Audience.clinic("words"))
    given = {one.seq: one for one in given_now if one.withdrawn is None}
    lines = [(person, line) for person in state.people.values() for line in person.words]
    found = (
        SpokenLine(line.seq, person.key, person.client_id, line.at_ms, line.text, given.get(line.seq))
        for person, line in lines if line.text
    )
    return tuple(sorted(found, key=lambda line: (line.at_ms, line.seq)))


def release_words(desk: Desk, session_id: str, seq: int, asked: str) -> Outcome[WordRelease]:
    """Give somebody's words to the couple, because they say so, sober. asked: a key of ASKED.

    Refused('running') before the close, Refused('too_soon') before the next day, Refused('medicated') on a day of a
    dose, Refused('released') twice, Refused('no_couple') for somebody who came alone.
    """
    require(desk.member, Role.THERAPIST, Role.PRESCRIBER)
    if asked not in dict(ASKED):
        raise Invalid((Problem("asked", tr("Choose whose wish it was.")),))
    with desk.store.write() as unit:
        session = unit.sessions.get(session_id, Audience.clinic("words"))
        state = load_state(desk, unit, session)
        person, line = _spoken(state, seq)
        _require_later(desk, session, state, person)
        require_sober(desk, unit, person.client_id)
        release = WordRelease(
            id=desk.ids.new(), couple_id=_couple(session, person), session_id=session.id, seq=seq,
            client_id=person.client_id, seat=person.key, text=line.text, said_ms=line.at_ms, asked=asked,
            released=desk.clock.now(), released_by=desk.member.id,
        )
        unit.care.releases.add(release)
        unit.audit(desk.line(Act.CREATE, KIND, release.id, release.owner, asked))
    return Outcome.of(release, Topic(KIND, release.id), Topic("session", session.id))


def take_back(desk: Desk, release_id: str, version: int) -> Outcome[WordRelease]:
    """From now on the words are the speaker's own again; what was printed cannot be called back. Refused, Conflict."""
    require(desk.member, Role.THERAPIST, Role.PRESCRIBER)
    with desk.store.write() as unit:
        release = unit.care.releases.get(release_id, Audience.clinic("words"))
        kept = unit.care.releases.save(replace(release, withdrawn=desk.clock.now(), version=version))
        unit.audit(desk.line(Act.CHANGE, KIND, kept.id, kept.owner, "withdrawn"))
    return Outcome.of(kept, Topic(KIND, kept.id), Topic("session", kept.session_id))


def released(unit: Unit, session_id: str, couple_id: str) -> tuple[WordRelease, ...]:
    """What both may see of what was said, in order."""
    return unit.care.releases.of_session(session_id, Audience.both(couple_id, "released words"))


def _spoken(state: LiveState | None, seq: int) -> tuple[PersonState, WordsLine]:
    people = state.people.values() if state is not None else ()
    for person in people:
        for line in person.words:
            if line.seq == seq and line.text:
                return person, line
    raise Refused("no_words", tr("There are no such words in this session."))


def _require_later(desk: Desk, session: Session, state: LiveState | None, person: PersonState) -> None:
    if session.state is not SessionState.CLOSED or session.started is None or state is None:
        raise Refused(
            "running", tr("The session is not over: what somebody said in it is theirs alone."),
            next_step=tr("Close it, and ask them sober, the next day or later."),
        )
    last = max(filter(None, (session.started.local.date(), dosed_on(session, state, person.client_id))))
    if today(desk) <= last:
        raise Refused(
            "too_soon", tr("Words are released the next day or later, by their speaker, sober."),
            next_step=tr("Ask them tomorrow."),
        )


def _couple(session: Session, person: PersonState) -> str:
    """Whose the words become; Refused for somebody who came alone."""
    part = next((one for one in session.people if one.client_id == person.client_id), None)
    if part is not None and part.couple_id:
        return part.couple_id
    if session.owner.kind is OwnerKind.COUPLE:
        return session.owner.id
    raise Refused("no_couple", tr("This person came alone: there is nobody to give the words to."))
