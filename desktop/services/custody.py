"""Knows what happens to what is sealed to one author: custody, its refusal in writing, and notices nobody can miss."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.audience import Owner
from desktop.domain.errors import Invalid, Problem
from desktop.domain.moment import Moment
from desktop.domain.people import CLINICAL, Role, clean, require
from desktop.domain.records import Act, AuditLine
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.keys import CHANGED, KIT
from desktop.services.outcome import Outcome, Topic
from desktop.services.ports_keys import KeyState
from desktop.services.practice import Door

CUSTODY, CHOICE, NOTICE = "custody", "custody choice", "notice"
LIMIT = 400


def _practice(desk: Desk) -> Owner:
    return Owner.practice(desk.store.practice_id)


def _written(text: str, field: str, wanted: str) -> str:
    """Text that must be there and not too long; Invalid."""
    kept = clean(text)
    if not kept:
        raise Invalid((Problem(field, wanted),))
    if len(kept) > LIMIT:
        raise Invalid((Problem(field, tr("At most {n} characters.", n=LIMIT)),))
    return kept


def name_custodian(desk: Desk, door: Door, member_id: str) -> Outcome[KeyState]:
    """Name who, together with the kit, opens what is sealed to one author. What was sealed before keeps its custodian.

    NoKit, NoSuchMember.
    """
    require(desk.member, Role.OWNER)
    room = door.keys(desk)
    custody_id = desk.ids.new()
    with desk.store.write() as unit:
        member = unit.members.get(member_id)
        detail = tr("custodian: {initials}", initials=member.initials)
        unit.audit(desk.line(Act.CREATE, CUSTODY, custody_id, _practice(desk), detail))
        room.name_custodian(custody_id, member_id)
    return Outcome.of(room.state(), CHANGED)


def hand_over_custody(desk: Desk, door: Door, member_id: str, kit: str) -> Outcome[KeyState]:
    """As the custodian, with the kit in hand, make another member the custodian of what was sealed before, too.

    kit: the present one, or an earlier one that was replaced. Nothing that was sealed is read. NotTheCustodian,
    KitMistyped, KitOfAnother, NoKit, NoSuchMember.
    """
    require(desk.member, *Role)
    room = door.keys(desk)
    with desk.store.write() as unit:
        member = unit.members.get(member_id)
        detail = tr("handed over to: {initials}", initials=member.initials)
        unit.audit(desk.line(Act.CHANGE, CUSTODY, member_id, _practice(desk), detail))
        room.hand_over_custody(kit, member_id)
    return Outcome.of(room.state(), CHANGED)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a member decided for what they will seal. declined: in their own words, "" where custody holds."""

    declined: str = ""
    at: Moment | None = None


def custody_choice(desk: Desk) -> Choice:
    """What the member at work decided last; custody holds until they decline it."""
    require(desk.member, *CLINICAL)
    with desk.store.read() as unit:
        lines = [line.entry for line in unit.trail.about(CHOICE) if line.entry.subject_id == desk.member.id]
    return Choice(lines[-1].detail, lines[-1].at) if lines else Choice()


def decline_custody(desk: Desk, text: str) -> Outcome[Choice]:
    """Decline, in writing, that two others could ever open what the member seals from now on. The text is kept."""
    require(desk.member, *CLINICAL)
    kept = _written(text, "declined", tr("Write in your own words that you decline, and why. The text is kept."))
    with desk.store.write() as unit:
        unit.audit(desk.line(Act.SIGN, CHOICE, desk.member.id, _practice(desk), kept))
    return Outcome.of(custody_choice(desk), CHANGED)


def accept_custody(desk: Desk) -> Outcome[Choice]:
    """Take a refusal back, for what is sealed from now on."""
    require(desk.member, *CLINICAL)
    with desk.store.write() as unit:
        unit.audit(desk.line(Act.SIGN, CHOICE, desk.member.id, _practice(desk)))
    return Outcome.of(custody_choice(desk), CHANGED)


def seal_own(desk: Desk, door: Door, text: str, context: str) -> bytes:
    """Seal a text to the member at work, and to custody unless they declined. context: the record it belongs to."""
    declined = bool(custody_choice(desk).declined)
    return door.keys(desk).seal_for_author(text.encode("utf-8"), context.encode("utf-8"), declined)


def open_own(desk: Desk, door: Door, sealed: bytes, context: str) -> str:
    """What the member at work sealed before; NotYours."""
    require(desk.member, *CLINICAL)
    return door.keys(desk).open_own(sealed, context.encode("utf-8")).decode("utf-8")


@dataclass(frozen=True, slots=True)
class InCustody:
    """What is to be opened: the sealed text, the record it belongs to, and whose compartment that is."""

    sealed: bytes
    context: str
    owner: Owner


def open_in_custody(desk: Desk, door: Door, wanted: InCustody, kit: str, reason: str) -> str:
    """Open, as the custodian with the kit in hand, what somebody else sealed. Every member is told, with the reason.

    Nothing is handed out before the line of the trail is kept. NotTheCustodian, NotInCustody, KitMistyped,
    KitOfAnother, NoKit; Invalid without a reason.
    """
    require(desk.member, *Role)
    kept = _written(reason, "reason", tr("Say why: every member reads it."))
    room = door.keys(desk)
    room.holds_kit(kit)
    with desk.store.write() as unit:
        unit.audit(desk.line(Act.CUSTODY, CUSTODY, wanted.context, wanted.owner, kept))
        text = room.open_in_custody(wanted.sealed, wanted.context.encode("utf-8"), kit)
    return text.decode("utf-8")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that every member is shown until they took notice. number: of its line in the trail."""

    number: int
    at: Moment
    who: str
    kind: str
    text: str

    @property
    def what(self) -> str:
        """What happened, in a sentence."""
        when = self.at.local.strftime("%Y-%m-%d %H:%M")
        if self.kind == CUSTODY:
            return tr("{name} opened from custody what a colleague had kept to themselves, on {when}.",
                      name=self.who, when=when)  # fmt: skip
        return tr("The recovery kit was used to set a new passphrase for {name}, on {when}.", name=self.who, when=when)

    @property
    def why(self) -> str:
        """What is known of how it came to that."""
        if self.kind == CUSTODY:
            return tr("Reason given: {reason}", reason=self.text)
        return tr("Whoever did it had the kit's page in hand.")


def notices(desk: Desk) -> tuple[Notice, ...]:
    """What the member at work has not taken notice of yet: custody that was opened, the kit that was used."""
    require(desk.member, *Role)
    with desk.store.read() as unit:
        lines: tuple[AuditLine, ...] = (*unit.trail.about(CUSTODY), *unit.trail.about(KIT))
        seen = {
            line.entry.subject_id for line in unit.trail.about(NOTICE) if line.entry.member_id == desk.member.id
        }
        names = {member.id: member.name for member in unit.members.all()}
    told = (line for line in lines if line.entry.act is Act.CUSTODY and str(line.number) not in seen)
    return tuple(
        Notice(
            line.number, line.entry.at, names.get(line.entry.member_id, ""), line.entry.subject_kind, line.entry.detail
        )
        for line in sorted(told, key=lambda line: line.number)
    )


def take_notice(desk: Desk, number: int) -> Outcome[int]:
    """The member at work has read a notice."""
    require(desk.member, *Role)
    with desk.store.write() as unit:
        unit.audit(desk.line(Act.SEEN, NOTICE, str(number), _practice(desk)))
    return Outcome.of(number, Topic(NOTICE))
