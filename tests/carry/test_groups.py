"""A workshop of several couples travels whole, and each entry comes home into its person's or couple's own record."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.audience import Owner
from desktop.domain.people import Couple
from desktop.domain.records import Act, SessionFormat, SessionPerson
from desktop.live.asks import AskNote, AskObserve
from desktop.services.carrying import CarryDraft, give_out
from desktop.services.live import LiveDesk
from tests.carry.trip import AUDIENCE, Trip
from tests.kit import ANNA, BEN, PAIR, finish

GROUP = "group-1"
SECOND = Couple("couple-2", "client-c", "client-d", "Thursday")


def workshop(trip: Trip) -> None:
    """Two couples, planned together."""
    with trip.desk.store.write() as unit:
        for client in (replace(ANNA, id="client-c", name="Chidi Eze"), replace(BEN, id="client-d", name="Dao Eze")):
            unit.clients.add(client)
            unit.audit(trip.desk.line(Act.CREATE, "client", client.id, client.owner))
        unit.couples.add(SECOND)
        unit.audit(trip.desk.line(Act.CREATE, "couple", SECOND.id, SECOND.owner))
        single = unit.sessions.get("session-1", AUDIENCE)
        people = (
            SessionPerson(ANNA.id, "1a", "dosed", "order-client-a", "", PAIR.id),
            SessionPerson(BEN.id, "1b", "sitting", None, "", PAIR.id),
            SessionPerson("client-c", "2a", "dosed", None, "", SECOND.id),
            SessionPerson("client-d", "2b", "sitting", None, "", SECOND.id),
        )
        planned = replace(
            single, id=GROUP, owner=Owner.practice(trip.desk.store.practice_id), people=people, version=1,
            format=SessionFormat.GROUP, label="Harbour weekend",
        )  # fmt: skip
        unit.sessions.add(planned)
        unit.audit(trip.desk.line(Act.CREATE, "session", planned.id, planned.owner))


def test_a_group_is_carried_run_and_brought_back(trip: Trip) -> None:
    workshop(trip)
    files: list[bytes] = []
    given = give_out(trip.desk, trip.home.door.carry(), CarryDraft(GROUP), files.append).value
    with trip.elsewhere(files[0], given.passphrase) as desk:
        with desk.store.read() as unit:
            session = unit.sessions.get(GROUP, AUDIENCE)
            assert (session.format, session.label, len(session.people)) == (SessionFormat.GROUP, "Harbour weekend", 4)
            assert {couple.id for couple in unit.couples.find("", AUDIENCE)} == {PAIR.id, SECOND.id}
        live = LiveDesk.begin(desk, GROUP)
        live.record(AskObserve("2a", "crying"))
        live.record(AskNote("music on"))
        finish(live)
        _, returned = trip.packed(desk)
    came = trip.back(returned)
    assert came.closed
    with trip.desk.store.read() as unit:
        owners = {line.entry.owner.id for line in unit.trail.lines(limit=100_000)
                  if line.entry.subject_kind == "entry" and line.entry.subject_id.startswith(GROUP)}  # fmt: skip
        assert unit.trail.verify().intact
        assert unit.sessions.get(GROUP, AUDIENCE).people[0].order_id == "order-client-a"
    assert {"client-c", ANNA.id, trip.desk.store.practice_id} <= owners
