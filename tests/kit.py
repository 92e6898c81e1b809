"""Knows a made-up practice at work: an unlocked desk on a real encrypted database, a couple, orders, a planned session.

Its keys are plain random bytes, so that no passphrase has to be derived; all else is what the program runs on.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.domain.audience import Owner
from desktop.domain.moment import Moment
from desktop.domain.people import Client, Couple, Member, Role
from desktop.domain.records import Act, AuditLine, Order, Session, SessionKind, SessionPerson, SessionState
from desktop.live.asks import AskCheck, AskClose, AskDischarge, AskDose, AskVitals
from desktop.live.events import Ending
from desktop.services.desk import Desk
from desktop.services.live import LiveDesk
from desktop.storage.engine import Engines, open_engines
from desktop.storage.founding import found_records
from desktop.storage.migrations.runner import migrate
from desktop.storage.unit import SqlStore
from desktop.storage.vault.primitives import KEY_BYTES, KeyPairs, random_secret
from desktop.storage.vault.secret import Secret
from desktop.system.resources import Resources
from desktop.worksheets.press import ReportlabPress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.services.ports import Resources as ResourcesPort
    from desktop.services.ports import Signer
    from desktop.services.ports_paper import PaperPress

PRACTICE_ID = "0190a3c8-0000-7000-8000-00000000a001"
PRACTICE_NAME = "Hollybrook Practice"
FULL, IM = "ketamine-sl-full", "ketamine-im"
START = Moment(datetime(2026, 3, 2, 15, 0, tzinfo=UTC), -300, 5_000_000, "boot-1")

MARA = Member("m-mara", "Mara Köhler", "MK", frozenset({Role.OWNER, Role.THERAPIST}))
PAUL = Member("m-paul", "Paul Osei", "PO", frozenset({Role.PRESCRIBER}))
TESS = Member("m-tess", "Tess Ito", "TI", frozenset({Role.ASSISTANT}))
OTTO = Member("m-otto", "Otto Lund", "OL", frozenset({Role.OWNER}))
STAFF = (MARA, PAUL, TESS, OTTO)

ANNA = Client("client-a", "Łukasz Wiśniewski", date(1984, 5, 1), "he", "555-0101", "pl")
BEN = Client("client-b", "Nguyễn Thị Phượng", date(1986, 11, 23), "she", "555-0102", "vi")
PAIR = Couple("couple-1", ANNA.id, BEN.id, "Tuesday mornings")
RESOURCES = Resources()


class HandClock:
    """The machine's clocks, moved by hand: forward, the wall clock alone, or through a reboot."""

    def __init__(self, moment: Moment = START) -> None:
        self.moment = moment

    def now(self) -> Moment:
        """What the hands show."""
        return self.moment

    def forward(self, seconds: float) -> None:
        """Time passes."""
        self.moment = replace(
            self.moment, utc=self.moment.utc + timedelta(seconds=seconds),
            boot_ms=self.moment.boot_ms + round(seconds * 1000),
        )

    def jump(self, seconds: float) -> None:
        """Somebody sets the wall clock."""
        self.moment = replace(self.moment, utc=self.moment.utc + timedelta(seconds=seconds))

    def zone(self, offset_minutes: int) -> None:
        """The place's offset from UTC changes."""
        self.moment = replace(self.moment, offset_minutes=offset_minutes)

    def reboot(self, boot_id: str, seconds: float) -> None:
        """The machine is started again, so many seconds later by the wall clock."""
        self.moment = replace(
            self.moment, utc=self.moment.utc + timedelta(seconds=seconds), boot_ms=20_000, boot_id=boot_id
        )


class CountedIds:
    """Identifiers in order."""

    def __init__(self) -> None:
        self._count = 0

    def new(self) -> str:
        """The next one."""
        self._count += 1
        return f"0190a3c8-0000-7000-8000-{self._count:012x}"


class OwnKeys:
    """A member's own keys, as plain random bytes."""

    def __init__(self) -> None:
        self._keys = KeyPairs(random_secret(2 * KEY_BYTES))

    @property
    def public_key(self) -> bytes:
        """The public half."""
        return self._keys.signing_public

    def sign(self, message: bytes) -> bytes:
        """A signature."""
        return self._keys.sign(message)


@dataclass(slots=True)
class House:
    """A practice on disk. Closing and opening it again is what a restart of the program does to it."""

    folder: Path
    clock: HandClock = field(default_factory=HandClock)
    ids: CountedIds = field(default_factory=CountedIds)
    resources: ResourcesPort = RESOURCES
    page_key: bytes = field(default_factory=lambda: os.urandom(32))
    audit_key: bytes = field(default_factory=lambda: os.urandom(32))
    signers: dict[str, Signer] = field(default_factory=dict)
    engines: Engines = field(init=False)
    store: SqlStore = field(init=False)

    @property
    def path(self) -> Path:
        """The database."""
        return self.folder / "practice.db"

    def open(self) -> House:
        """Open it, made first where it is not there yet."""
        new = not self.path.exists()
        if new:
            self.path.touch(0o600)
        self.engines = open_engines(self.path, Secret(self.page_key))
        if new:
            with self.engines.separate() as connection:
                migrate(connection)
        self.store = SqlStore(
            self.engines.writer, self.engines.readers, PRACTICE_ID, self.audit_key,
            signing_keys=lambda: {who: (signer.public_key,) for who, signer in self.signers.items()},
        )
        if new:
            found_records(self.store, PRACTICE_NAME, MARA, self.clock.now())
        return self

    def close(self) -> None:
        """Lock it."""
        self.store.close()
        self.engines.close()

    def again(self) -> House:
        """Close and open, as a restart does."""
        self.close()
        return self.open()

    def desk(self, member: Member = MARA, press: PaperPress | None = None, signer: Signer | None = None) -> Desk:
        """Somebody unlocked. signer: None for the keys that the house gives each member."""
        return Desk(
            member=member, store=self.store, clock=self.clock, ids=self.ids, resources=self.resources,
            press=press or ReportlabPress(RESOURCES), program_version="0.1.0", practice_name=PRACTICE_NAME,
            signer=signer or self.signers.setdefault(member.id, OwnKeys()),
        )

    def lines(self) -> tuple[AuditLine, ...]:
        """The whole trail."""
        with self.store.read() as unit:
            return unit.trail.lines(limit=100_000)

    def acts(self, kind: str) -> list[tuple[Act, str, str]]:
        """What the trail says of a kind: act, subject and detail, in order."""
        entries = (line.entry for line in self.lines())
        return [(each.act, each.subject_id, each.detail) for each in entries if each.subject_kind == kind]

    def intact(self) -> bool:
        """Whether the chain holds from its first line to its head."""
        return self.store.verify().intact

    def sql(self, statement: str, *values: object) -> list[Any]:
        """Ask or change the database behind the program's back."""
        with self.engines.writer.begin() as connection:
            found = connection.exec_driver_sql(statement, values)
            return [tuple(row) for row in found] if found.returns_rows else []


def furnish(desk: Desk, clients: tuple[Client, ...] = (ANNA, BEN), couple: Couple = PAIR) -> None:
    """Bring in the rest of the staff, a couple, and an order for each of them."""
    practice = Owner.practice(desk.store.practice_id)
    with desk.store.write() as unit:
        for member in STAFF[1:]:
            unit.members.add(member)
            unit.audit(desk.line(Act.CREATE, "member", member.id, practice))
        for client in clients:
            unit.clients.add(client)
            unit.audit(desk.line(Act.CREATE, "client", client.id, client.owner))
            order = order_for(client)
            unit.orders.add(order)
            unit.audit(desk.line(Act.CREATE, "order", order.id, order.owner))
        unit.couples.add(couple)
        unit.audit(desk.line(Act.CREATE, "couple", couple.id, couple.owner))


def order_for(client: Client, remarks: str = "") -> Order:
    """An order that allows 200 mg at a time, 400 mg in all, and one booster."""
    return Order(
        id=f"order-{client.id}", client_id=client.id, prescriber_id=PAUL.id, medicine="ketamine", route="sublingual",
        max_single_mg=Decimal(200), max_total_mg=Decimal(400), boosters=1, booster_after_min=45,
        valid_from=date(2026, 2, 1), valid_until=date(2026, 8, 1), remarks=remarks,
    )


def plan(
    desk: Desk, session_id: str = "session-1", couple: Couple = PAIR, protocol: str = FULL,
    intentions: tuple[str, str] = ("to be less afraid", "to stay near"),
) -> Session:
    """Plan a session in which both take the medicine."""
    partners = ((couple.partner_a, "a", intentions[0]), (couple.partner_b, "b", intentions[1]))
    people = tuple(SessionPerson(client, seat, "dosed", f"order-{client}", hope) for client, seat, hope in partners)
    session = Session(
        id=session_id, owner=couple.owner, kind=SessionKind.DOSING, protocol_id=protocol,
        planned_for=date(2026, 3, 2), state=SessionState.PLANNED, people=people,
    )
    with desk.store.write() as unit:
        unit.sessions.add(session)
        unit.audit(desk.line(Act.CREATE, "session", session.id, session.owner))
    return session


def dose(who: str = "a", mg: str = "100") -> AskDose:
    """A complete dose of the practice's stock."""
    return AskDose(who, "sublingual", Decimal(mg), lot="L1", by=MARA.id, checked_by=PAUL.id)


def ready(live: LiveDesk, who: str = "a") -> None:
    """Enter what a dose expects."""
    for gate in live.state.protocol.gates:
        if gate.on.value == "dose":
            live.record(AskCheck(gate.key, "yes", who))
    live.record(vitals(who))


def vitals(who: str = "a") -> AskVitals:
    """A whole set within every band."""
    return AskVitals(who, 128, 82, 76, 98, 14)


def finish(live: LiveDesk, summary: str = "") -> None:
    """Let everybody go, and close."""
    for who, person in live.state.people.items():
        if not person.ended:
            live.record(AskDischarge(who, Ending.LEFT if person.doses else Ending.NOT_DOSED))
    live.record(AskClose(summary))


@contextmanager
def house(folder: Path, furnished: bool = True) -> Iterator[House]:
    """A new practice, with a couple when furnished, for the time of the block."""
    made = House(folder).open()
    try:
        if furnished:
            furnish(made.desk())
        yield made
    finally:
        made.close()
