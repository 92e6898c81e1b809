"""Knows how a big practice is made quickly: many clients, couples and notes, through the program's own units."""

from __future__ import annotations

from datetime import date
from random import Random

from desktop.domain.moment import Moment
from desktop.domain.people import Client, Couple
from desktop.domain.records import Act, Note
from desktop.services.desk import Desk

FIRST = ("Ana", "Łukasz", "Phượng", "Jonas", "Mei", "Aisha", "Dimitri", "Sara", "Noam", "Ingrid", "Tomás", "Yuki")
LAST = ("Wiśniewski", "Nguyễn", "Okafor", "Silva", "Haddad", "Larsen", "Petrov", "Tanaka", "Levi", "Köhler", "O'Neill")
WORDS = (
    "lake door summer house quiet mother anger laughter breath silence music hand window rain letter garden stairs "
    "promise morning kitchen train photograph river blanket shoulder voice colour distance return table bread street"
).split()
BATCH = 500


def people(desk: Desk, clients: int, couples: int) -> None:
    """Bring in so many clients, two by two in so many couples."""
    by = Random(clients)
    made = [
        Client(f"c-{n}", f"{by.choice(FIRST)} {by.choice(LAST)} {n}", date(1960 + n % 40, 1 + n % 12, 1 + n % 28))
        for n in range(clients)
    ]
    with desk.store.write() as unit:
        for client in made:
            unit.clients.add(client)
            unit.audit(desk.line(Act.CREATE, "client", client.id, client.owner))
        for n in range(couples):
            couple = Couple(f"p-{n}", made[2 * n].id, made[2 * n + 1].id, f"{by.choice(WORDS)} {n}")
            unit.couples.add(couple)
            unit.audit(desk.line(Act.CREATE, "couple", couple.id, couple.owner))


def notes(desk: Desk, count: int, owners: int, length: int = 60) -> None:
    """Write so many notes of so many words; every one holds the word `session`."""
    by, now = Random(count), desk.clock.now()
    for start in range(0, count, BATCH):
        with desk.store.write() as unit:
            for n in range(start, min(count, start + BATCH)):
                note = _note(desk, n, owners, " ".join(by.choices(WORDS, k=length)), now)
                unit.notes.add(note)
                unit.audit(desk.line(Act.CREATE, "note", note.id, note.owner))


def _note(desk: Desk, n: int, owners: int, text: str, now: Moment) -> Note:
    owner = Client(f"c-{n % owners}", "", date(1960, 1, 1)).owner
    return Note(f"n-{n}", owner, None, desk.member.id, f"session {n}: {text}", now)
