"""Knows how a travelling practice is made out of a bundle: whole, with its people's slots, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from desktop.domain.audience import Owner
from desktop.domain.carried import Bundle, CarriedMember, Travelling
from desktop.domain.errors_carry import DamagedBundle
from desktop.domain.people import Client, Couple, Member, Role
from desktop.domain.records import Act, AuditEntry
from desktop.services.ports import Ids
from desktop.storage.head_file import HeadFile
from desktop.storage.migrations.runner import migrate
from desktop.storage.opened import Opened, Surroundings
from desktop.storage.opening import close
from desktop.storage.practice_folder import First, create
from desktop.storage.repositories.practice import PracticeRecord
from desktop.storage.unit import SqlStore, SqlUnit
from desktop.storage.vault.keyring import with_member

StoreOf = Callable[[Opened], tuple[SqlStore, HeadFile]]


class _Chosen(Ids):
    """Identifiers that are known already, in order."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._wanted: Iterator[str] = iter(wanted)

    def new(self) -> str:
        """The next one."""
        return next(self._wanted)


def found_travelling(
    folder: Path, source: tuple[Bundle, str], first: tuple[str, str], practice_id: str, around: Surroundings,
    store_of: StoreOf,
) -> None:
    """Make the practice of a bundle in a new or empty folder, and lock it.

    source: the bundle and the digest of its file; first: who opens it first, by id, and the passphrase that everybody
    in the bundle opens it with. Raises what `create` raises; DamagedBundle when the parts do not fit together.
    """
    bundle, digest = source
    member_id, passphrase = first
    named = {each.id: each for each in bundle.members}
    if member_id not in named:
        raise DamagedBundle
    made: list[tuple[SqlStore, HeadFile]] = []

    def fill(opened: Opened) -> None:
        with opened.engines.separate() as connection:
            migrate(connection)
        made.append(store_of(opened))
        _fill(made[0][0], bundle, digest, opened)
        for each in bundle.members:
            if each.id != member_id:
                opened.keys = with_member(opened.keys, opened.ring, each.id, each.name, passphrase, opened.cost)

    first_name = named[member_id].name
    opened = create(folder, First(first_name, passphrase), _Chosen((practice_id, member_id)), around, fill)
    close(opened, *made[0])


class _Filling:
    """Adds records with their lines, by who opens the practice first."""

    def __init__(self, unit: SqlUnit, opened: Opened) -> None:
        self.unit, self._opened, self.now = unit, opened, opened.around.clock.now()
        self.practice = Owner.practice(opened.practice_id)

    def line(self, kind: str, record_id: str, owner: Owner, detail: str = "") -> None:
        """A line for what was just added."""
        who = self._opened.member_id
        self.unit.audit(AuditEntry(Act.CREATE, who, kind, record_id, owner, self.now, detail=detail))


def _fill(store: SqlStore, bundle: Bundle, digest: str, opened: Opened) -> None:
    with store.write() as unit:
        filling = _Filling(unit, opened)
        unit.practice.add(PracticeRecord(opened.practice_id, bundle.practice, filling.now))
        filling.line("practice", opened.practice_id, filling.practice)
        for member in bundle.members:
            unit.members.add(_member(member))
            filling.line("member", member.id, filling.practice)
        for person in bundle.people:
            client = Client(person.id, person.name, person.born, contact=person.contact)
            unit.clients.add(client)
            filling.line("client", client.id, client.owner)
        for pair in bundle.couples:
            couple = Couple(pair.id, pair.partner_a, pair.partner_b)
            unit.couples.add(couple)
            filling.line("couple", couple.id, couple.owner)
        session = bundle.session
        unit.sessions.add(session)
        filling.line("session", session.id, session.owner)
        came_from = travelling_of(bundle, digest)
        unit.travelling.add(came_from)  # last: from here on nothing but entries is taken
        filling.line("travelling", came_from.id, session.owner)


def _member(one: CarriedMember) -> Member:
    return Member(one.id, one.name, one.initials, frozenset(Role(role) for role in one.roles) - {Role.OWNER})


def travelling_of(bundle: Bundle, digest: str) -> Travelling:
    """What a travelling practice keeps of its bundle."""
    return Travelling(
        id=bundle.id, session_id=bundle.session.id, practice_id=bundle.practice_id, made=bundle.made,
        expires=bundle.expires, epoch=bundle.epoch, home_public=bundle.home_public, secret=bundle.secret,
        given=bundle.given, bundle_digest=digest,
    )
