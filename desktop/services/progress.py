"""Knows how a progress note is begun from the entries of a session: from one person's alone, or from what both share.

It says what was entered and judges nothing; whoever signs it has changed it first.
"""

from __future__ import annotations

from desktop.domain.amounts import plain
from desktop.domain.audience import Audience, Owner, OwnerKind
from desktop.domain.care import FollowUp
from desktop.domain.errors import Refused
from desktop.domain.people import CLINICAL, require
from desktop.domain.records import Act, Session
from desktop.domain.words import tr, trn
from desktop.live.labels import ending_words, item_words, missing_words
from desktop.live.lines import DoseLine, VitalsLine
from desktop.live.state import LiveState, PersonState
from desktop.services.desk import Desk
from desktop.services.flowsheet_lines import Copy, wall_text
from desktop.services.live import load_state
from desktop.services.ports import Unit

SHARED = "both"
ROLES = {"dosed": tr("took the medicine"), "sitting": tr("sat with their partner")}


def draft_progress(desk: Desk, session_id: str, whose: str) -> tuple[Owner, str]:
    """Whose note it is, and the text to begin it with; nothing is kept yet. The trail says that the entries were read.

    whose: a seat, `both` for what the session's people share, or in a group a couple's number for what is theirs.
    Refused before the session began, and for nobody.
    """
    require(desk.member, *CLINICAL)
    audience = Audience.clinic("draft note")
    with desk.store.write() as unit:
        session = unit.sessions.get(session_id, audience)
        state = load_state(desk, unit, session)
        if state is None:
            raise Refused("not_begun", tr("This session has not begun yet."), next_step=tr("Begin it on the board."))
        if whose == SHARED:
            owner, lines = session.owner, _room(unit, state, 0)
        elif whose.isdigit() and session.owner_of(int(whose)).kind is OwnerKind.COUPLE:
            owner, lines = session.owner_of(int(whose)), _room(unit, state, int(whose))
        elif whose in state.people:
            person = state.people[whose]
            owner, lines = Owner.client(person.client_id), _person(unit, session, state, person)
        else:
            raise Refused("no_copy", tr("Nobody sits in that seat."), next_step=tr("Choose one of its people."))
        unit.audit(desk.line(Act.VIEW, "session", session.id, owner, "draft note"))
    return owner, "\n".join(line for line in lines if line)


def _title(state: LiveState, session: Session | None = None) -> str:
    start = state.entries[0].wall
    end = wall_text(start, state.closed_ms if state.closed_ms is not None else state.elapsed_ms)
    day, began = f"{start.local:%Y-%m-%d}", f"{start.local:%H:%M}"
    return tr("Medicine session of {day}, {began} to {end}. {protocol}.", day=day, began=began, end=end,
              protocol=state.protocol.title)  # fmt: skip


def _person(unit: Unit, session: Session, state: LiveState, person: PersonState) -> list[str]:
    members = {member.id: member for member in unit.members.all()}
    copy = Copy(state, person, members)
    own = Audience.person(person.client_id, "draft note")
    followups = [one for one in unit.care.followups.of_client(person.client_id, own) if one.session_id == session.id]
    parts = (
        [_title(state), tr("{name} {did}.", name=person.name, did=ROLES[person.role.value])],
        [tr("Hoped for: {text}", text=person.intention)] if person.intention else [],
        _before(state, person), _medicine(copy), _vitals(copy), _seen(copy), _said(copy), _leaving(copy),
        _after(followups),
        [tr("Assessment:"), "", tr("Plan:")],
    )
    lines: list[str] = []
    for part in parts:
        if part:
            lines += [*part, " "]
    return lines


def _before(state: LiveState, person: PersonState) -> list[str]:
    if not person.checks:
        return []
    said = "; ".join(
        f"{item_words(state.protocol, line.item)}: {line.value}" + (f" ({line.note})" if line.note else "")
        for line in person.checks
    )
    return [tr("Asked and checked: {what}.", what=said)]


def _medicine(copy: Copy) -> list[str]:
    person = copy.person
    if not person.doses:
        return [tr("No medicine was given.")]
    lines = [_dose(copy, dose) for dose in person.doses]
    lines += [
        tr("{wall} lost {mg} mg: {why}", wall=copy.wall(loss.at_ms), mg=plain(loss.mg), why=loss.why)
        for loss in person.losses
    ]
    lines.append(tr("In all {mg} mg, less {lost} mg lost.", mg=plain(person.given_mg), lost=plain(person.lost_mg)))
    lines += [
        tr("{wall} {medicine} {amount} {unit}, {route}", wall=copy.wall(other.at_ms), medicine=other.medicine,
           amount=plain(other.amount), unit=other.unit, route=other.route)
        for other in person.others
    ]  # fmt: skip
    return lines


def _dose(copy: Copy, dose: DoseLine) -> str:
    protocol = copy.state.protocol
    what = tr("booster") if dose.booster else tr("dose")
    amount = tr("{mg} mg", mg=plain(dose.mg)) if dose.mg is not None else tr("amount not entered")
    missing = ", ".join(missing_words(protocol, dose.missing))
    line = tr("{wall} {what}: {medicine} {amount}, {route}", wall=copy.wall(dose.at_ms), what=what,
              medicine=protocol.medicine, amount=amount, route=dose.route or protocol.route)  # fmt: skip
    return line + (tr("; not entered before it: {what}", what=missing) if missing else "")


def _vitals(copy: Copy) -> list[str]:
    person = copy.person
    if not person.vitals and not person.missed:
        return [tr("No readings were entered.")]
    lines = []
    if person.vitals:
        lines.append(tr("First reading {set}", set=_set(copy, person.vitals[0])))
        if len(person.vitals) > 1:
            lines.append(tr("Last reading {set}", set=_set(copy, person.vitals[-1])))
    lines += [
        tr("{wall} {item} {value}, shown as {level}", wall=copy.wall(out.at_ms), item=out.item, value=out.value,
           level=out.level.value)
        for out in person.out_of_band
    ]  # fmt: skip
    missed = len(person.missed)
    if missed:
        lines.append(trn("{count} reading was refused or failed.", "{count} readings were refused or failed.", missed))
    return lines


def _set(copy: Copy, line: VitalsLine) -> str:
    parts = [copy.wall(line.at_ms)]
    parts += [tr("BP {bp}", bp=line.bp)] if line.bp else []
    parts += [
        f"{words} {value}"
        for words, value in ((tr("heart rate"), line.hr), ("SpO2", line.spo2), (tr("respiration"), line.rr))
        if value is not None
    ]
    return ", ".join(parts)


def _seen(copy: Copy) -> list[str]:
    seen = [
        f"{copy.wall(line.at_ms)} {line.label}" + (f" ({line.intensity})" if line.intensity else "")
        for line in copy.person.observations
    ]
    noted = [tr("{wall} {text}", wall=copy.wall(line.at_ms), text=line.text) for line in copy.person.notes]
    return [*([tr("Seen: {what}.", what=", ".join(seen))] if seen else []), *noted]


def _said(copy: Copy) -> list[str]:
    return [
        tr("{wall} in their words: “{text}”", wall=copy.wall(line.at_ms), text=line.text)
        for line in copy.person.words if line.text
    ]


def _leaving(copy: Copy) -> list[str]:
    ending = copy.person.ending
    if ending is None:
        return []
    line = tr("{wall} left: {ending}.", wall=copy.wall(ending.at_ms), ending=ending_words(ending.ending))
    escort = tr(" Escort: {name}.", name=ending.escort) if ending.escort else ""
    missing = ", ".join(missing_words(copy.state.protocol, ending.missing))
    return [line + escort + (tr(" Not entered: {what}.", what=missing) if missing else "")]


def _after(followups: list[FollowUp]) -> list[str]:
    if not followups:
        return []
    due = ", ".join(one.label for one in sorted(followups, key=lambda one: one.due))
    return [tr("Due after it: {what}.", what=due)]


def _room(unit: Unit, state: LiveState, couple: int) -> list[str]:
    """What a couple shares: who was there, the room's notes, the turns of their dialogue. Nobody's own.

    In a group (couple above 0) without the room's notes: they may speak of others.
    """
    members = {member.id: member.name for member in unit.members.all()}
    start = state.entries[0].wall
    staff = ", ".join(members.get(each, each) for each in state.room.staff)
    lines = [_title(state), tr("In the room: {names}.", names=staff) if staff else ""]
    lines += [f"{wall_text(start, line.at_ms)} {line.text}" for line in state.room.notes if not couple]
    turns = [
        tr("{wall} {who} sends", wall=wall_text(start, began), who=sender[-1:].upper())
        for sender, began in state.room.dialogue_of(couple).turns
    ]
    if turns:
        lines.append(tr("Dialogue: {turns}.", turns=", ".join(turns)))
    return [*lines, " ", tr("Assessment:"), " ", tr("Plan:")]
