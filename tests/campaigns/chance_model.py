"""Knows a practice as plain dictionaries: what there is, who wrote it, who may be shown it, what the trail says of it.

Nothing here is taken from the program: it is the second answer that the program's is compared with. An owner is a
pair of words, ("client", id), ("couple", id) or ("practice", id); an audience is a set of owners, or None for the desk.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Owner = tuple[str, str]
Audience = frozenset[Owner] | None
Record = dict[str, Any]
Line = tuple[str, str, str, Owner, str]  # act, kind, subject, owner, who


@dataclass
class Model:
    """All that is known of one practice. slots: the passphrase of everybody who can unlock; points: checkpoints."""

    practice: Owner
    members: dict[str, Record] = field(default_factory=dict)
    clients: dict[str, Record] = field(default_factory=dict)
    couples: dict[str, Record] = field(default_factory=dict)
    orders: dict[str, Record] = field(default_factory=dict)
    sessions: dict[str, Record] = field(default_factory=dict)
    entries: dict[str, list[Record]] = field(default_factory=dict)
    notes: dict[str, Record] = field(default_factory=dict)
    over: set[tuple[str, str]] = field(default_factory=set)  # who was let go from which session, by seat
    closed_at: dict[str, datetime] = field(default_factory=dict)
    points: list[Record] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    slots: dict[str, str] = field(default_factory=dict)
    kit: str = ""
    epoch: int = 1

    def owners(self) -> list[Owner]:
        """Every compartment of a client or a couple."""
        return [*(("client", each) for each in self.clients), *(("couple", each) for each in self.couples)]

    def audiences(self, owner: Owner) -> list[Audience]:
        """Who might look at a compartment: the desk, one person, both, one partner with what is shared, somebody."""
        kind, key = owner
        alone: list[Audience] = [frozenset({("client", each)}) for each in self.clients if kind == "client"]
        found: list[Audience] = [None, frozenset({owner}), frozenset(), *alone[:2]]
        for couple_id, couple in self.couples.items():
            if couple_id == key or key in (couple["a"], couple["b"]):
                shared = ("couple", couple_id)
                found += [frozenset({shared}), frozenset({shared, ("client", couple["a"])})]
                found += [frozenset({shared, ("client", couple["b"])})]
        return found

    def running(self) -> list[str]:
        """Sessions that were begun and not closed."""
        return [key for key, each in self.sessions.items() if each["state"] == "running"]

    def owner_left(self, without: str, roles: frozenset[str] = frozenset(), active: bool = False) -> bool:
        """Whether somebody would be an owner if this member were as told."""
        others = [each for key, each in self.members.items() if key != without]
        there = [("owner" in each["roles"] and each["active"]) for each in others]
        return any(there) or (active and "owner" in roles)

    def open_points(self, member_id: str) -> list[Record]:
        """Checkpoints that this member could still countersign."""
        return [each for each in self.points if member_id not in (each["by"], *each["also"])]


def sees(audience: Audience, owner: Owner) -> bool:
    """Whether a record of that owner is for that audience."""
    return audience is None or owner in audience


def shown_session(session_id: str, session: Record, audience: Audience) -> Record:
    """A session as an audience gets it: what is another person's own is left out."""
    people = session["people"]
    if all(sees(audience, ("client", each)) for each in people):
        return {"id": session_id, **session}
    masked = {
        key: each if sees(audience, ("client", key)) else {**each, "order": None, "intention": ""}
        for key, each in people.items()
    }
    return {"id": session_id, **session, "people": masked, "version": 0}


def answers(model: Model, owner: Owner, audience: Audience) -> Record:
    """All that an audience is told of a compartment, in the order in which it is told."""
    kind, key = owner
    seen = sees(audience, owner)
    people = model.clients if kind == "client" else model.couples
    sessions = [
        (each["day"], sid, each) for sid, each in model.sessions.items()
        if sees(audience, each["owner"]) and (each["owner"] == owner or (kind == "client" and key in each["people"]))
    ]  # fmt: skip
    notes = [{"id": nid, **each} for nid, each in model.notes.items() if each["owner"] == owner and seen]
    found: Record = {
        "record": people[key] if seen else None,
        "sessions": [shown_session(sid, each, audience) for _, sid, each in sorted(sessions, reverse=True)],
        "notes": sorted(notes, key=lambda each: each["written"], reverse=True),
        "entries": {
            sid: [plain(each) for each in model.entries.get(sid, []) if sees(audience, each["owner"])]
            for _, sid, _ in sessions
        },
    }
    if kind == "client":
        orders = [
            (each["from"], oid, each) for oid, each in model.orders.items() if each["client"] == key and seen
        ]  # fmt: skip
        found["orders"] = [{"id": oid, **each} for _, oid, each in sorted(orders, reverse=True)]
        found["couples"] = sorted(
            cid for cid, each in model.couples.items()
            if key in (each["a"], each["b"]) and sees(audience, ("couple", cid))
        )  # fmt: skip
    return found


def plain(entry: Record) -> Record:
    """An entry without whose it is: that shows in who is told of it."""
    return {key: each for key, each in entry.items() if key != "owner"}


def with_word(model: Model, word: str, audience: Audience) -> set[str]:
    """The notes that hold a word and are for this audience."""
    return {
        key for key, each in model.notes.items()
        if word in each["text"].lower().split() and sees(audience, each["owner"])
    }  # fmt: skip
