"""Knows what members do with the records by chance, and what must come of each: a refusal by name, or these lines.

A step names the roles that may do it and the refusal that is due to who may; what it does with the program; and what
it makes of the model, which gives the lines that the trail must have for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from desktop.domain.drafts import NoteDraft, OrderDraft, PlanDraft, PlanPerson
from desktop.domain.people import ClientDraft
from desktop.services import clients, couples, notes, orders, sessions
from desktop.services.desk import Desk
from tests.campaigns import chance_asked as asked
from tests.campaigns.chance_model import Line, Model, Owner, Record, answers, with_word

CLINICAL = frozenset({"therapist", "prescriber", "assistant"})
PLANNERS = frozenset({"therapist", "prescriber"})
EVERYBODY = CLINICAL | {"owner"}
WORDS = ("river", "lamp", "stone", "garden", "window", "harbour", "thread", "meadow")
FIRST, LAST = ("Ana", "Bo", "Cem", "Dao", "Eva", "Filip"), ("Lund", "Mora", "Nowak", "Osei")
NOBODY = "0190a3c8-0000-7000-8000-ffffffffffff"
WAYS = {"ketamine-im": ("ketamine", "intramuscular"), "ketamine-sl-full": ("ketamine", "sublingual")}  # by protocol
MOST = {"clients": 9, "couples": 6, "orders": 18, "sessions": 24, "notes": 24}


@dataclass
class Actor:
    """Who is at the desk, as they were when they unlocked: what was changed since counts from the next unlock."""

    id: str
    roles: frozenset[str]


@dataclass
class World:
    """The practice at work beside its model. today: the day on the wall at the desk."""

    model: Model
    by: Random
    desk: Desk
    actor: Actor
    lives: dict[str, Any] = field(default_factory=dict)
    old_kits: list[str] = field(default_factory=list)
    about: Owner | None = None

    @property
    def today(self) -> date:
        return self.desk.clock.now().local.date()

    def line(self, act: str, kind: str, subject: str, owner: Owner) -> Line:
        """A line that the trail must have."""
        return act, kind, subject, owner, self.actor.id

    def one(self, kind: str, miss: float = 0.02) -> str:
        """The id of a record of that kind; at times of one that is not there."""
        there = getattr(self.model, kind)
        return self.by.choice(list(there)) if there and self.by.random() >= miss else NOBODY

    def version(self, record: Record | None) -> int:
        """The version that a form began with: the present one, at times an earlier one."""
        now = 1 if record is None else int(record["version"])
        return now if self.by.random() < 0.85 else now - 1

    def text(self) -> str:
        return " ".join(self.by.choices(WORDS, k=self.by.randrange(1, 6)))


@dataclass
class Step:
    """What is done. due: the refusal for who may do it at all, by name, '' for none."""

    name: str
    roles: frozenset[str]
    due: str
    do: Callable[[], Any]
    then: Callable[[Any], list[Line]]


def make_client(w: World) -> Step | None:
    """Take somebody into care."""
    return None if len(w.model.clients) >= MOST["clients"] else _client(w, None)


def change_client(w: World) -> Step | None:
    """Change what is known of somebody."""
    return _client(w, w.one("clients"))


def _client(w: World, of: str | None) -> Step:
    name, born = f"{w.by.choice(FIRST)} {w.by.choice(LAST)}", f"198{w.by.randrange(10)}-05-0{w.by.randrange(1, 9)}"
    spoilt = w.by.random()
    typed = ClientDraft("" if spoilt < 0.04 else name, "1984-5-1" if spoilt > 0.96 else born, "they", w.text(), "en")
    there = w.model.clients.get(of or "")
    same = [key for key, each in w.model.clients.items() if (each["name"], each["born"]) == (name, born) and key != of]
    version = w.version(there)
    due = "Invalid" if spoilt < 0.04 or spoilt > 0.96 or same else ""
    if of is not None and not due:
        due = "NotFound" if there is None else "Conflict" if version != there["version"] else ""

    def then(kept: Any) -> list[Line]:
        number = 1 if there is None else version + 1
        w.model.clients[kept.id] = {
            "name": name, "born": born, "pronouns": "they", "contact": typed.contact, "language": "en",
            "version": number,
        }  # fmt: skip
        w.about = ("client", kept.id)
        return [w.line("create" if of is None else "change", "client", kept.id, w.about)]

    if of is None:
        return Step("make client", CLINICAL, due, lambda: clients.make_client(w.desk, typed).value, then)
    return Step(
        "change client", CLINICAL, due, lambda: clients.change_client(w.desk, of, typed, version).value, then
    )


def make_couple(w: World) -> Step | None:
    """Two clients are in care together."""
    if len(w.model.couples) >= MOST["couples"]:
        return None
    a, b, label = w.one("clients"), w.one("clients"), w.text()
    pairs = [{each["a"], each["b"]} for each in w.model.couples.values()]
    due = "Invalid" if a == b or {a, b} in pairs else "NotFound" if NOBODY in (a, b) else ""

    def then(kept: Any) -> list[Line]:
        w.model.couples[kept.id] = {"a": a, "b": b, "label": label, "version": 1}
        w.about = ("couple", kept.id)
        return [w.line("create", "couple", kept.id, w.about)]

    return Step("make couple", CLINICAL, due, lambda: couples.make_couple(w.desk, a, b, label).value, then)


def change_label(w: World) -> Step:
    """Call a couple something else."""
    of, label = w.one("couples"), w.text()
    there = w.model.couples.get(of)
    version = w.version(there)
    due = "NotFound" if there is None else "Conflict" if version != there["version"] else ""

    def then(kept: Any) -> list[Line]:
        w.model.couples[of] |= {"label": label, "version": version + 1}
        w.about = ("couple", of)
        return [w.line("change", "couple", of, w.about)]

    return Step("change label", CLINICAL, due, lambda: couples.change_label(w.desk, of, label, version).value, then)


def write_order(w: World) -> Step | None:
    """Write what is allowed one client."""
    if len(w.model.orders) >= MOST["orders"]:
        return None
    of = w.one("clients")
    way = w.by.choice((("ketamine", "sublingual"), ("ketamine", "intramuscular"), ("ketamine", "by carrier pigeon")))
    single, total = w.by.choice((("100", "200"), ("150", "150"), ("200", "100")))
    until = (w.today + timedelta(days=w.by.choice((90, 200, -3)))).isoformat()
    typed = OrderDraft(of, *way, single, total, until=until, remarks=w.text())
    wrong = way not in WAYS.values() or int(total) < int(single) or until < w.today.isoformat()
    due = "Invalid" if wrong else "NotFound" if of == NOBODY else ""

    def then(kept: Any) -> list[Line]:
        w.model.orders[kept.id] = {
            "client": of, "by": w.actor.id, "way": way, "single": single, "total": total,
            "from": w.today.isoformat(), "until": until, "remarks": typed.remarks, "withdrawn": False, "version": 1,
        }  # fmt: skip
        w.about = ("client", of)
        return [w.line("create", "order", kept.id, w.about)]

    return Step("write order", frozenset({"prescriber"}), due, lambda: orders.write_order(w.desk, typed).value, then)


def withdraw_order(w: World) -> Step | None:
    """From now on the order allows nothing."""
    if w.by.random() < 0.5:
        return None
    of = w.one("orders")
    there = w.model.orders.get(of)
    version = w.version(there)
    due = "NotFound" if there is None else "withdrawn" if there["withdrawn"] else ""
    if there is not None and not due and version != there["version"]:
        due = "Conflict"

    def then(kept: Any) -> list[Line]:
        w.model.orders[of] |= {"withdrawn": True, "version": version + 1}
        w.about = ("client", w.model.orders[of]["client"])
        return [w.line("change", "order", of, w.about)]

    return Step(
        "withdraw order", frozenset({"prescriber"}), due, lambda: orders.withdraw_order(w.desk, of, version).value, then
    )


def fits(w: World, order_id: str, client_id: str, protocol: str, day: str) -> str:
    """What is due when somebody is to be dosed by that order on that day."""
    if not order_id:
        return ""
    order = w.model.orders.get(order_id)
    if order is None:
        return "NotFound"
    good = order["client"] == client_id and not order["withdrawn"] and order["way"] == WAYS[protocol]
    return "" if good and order["from"] <= day <= order["until"] else "Invalid"


def plan_session(w: World) -> Step | None:
    """Plan a session for a couple, or for one person alone."""
    if len(w.model.sessions) >= MOST["sessions"] or not w.model.couples:
        return None
    protocol, day = w.by.choice(list(WAYS)), (w.today + timedelta(days=w.by.randrange(20))).isoformat()
    couple = w.model.couples.get(w.one("couples", 0)) if w.by.random() < 0.7 else None
    couple_id = "" if couple is None else next(key for key, each in w.model.couples.items() if each is couple)
    who = [w.one("clients", 0)] if couple is None else [couple["a"], couple["b"]]
    people = []
    for seat, client_id in zip("ab", who, strict=False):
        mine = [key for key, each in w.model.orders.items() if each["client"] == client_id]
        order_id = w.by.choice(mine) if mine and w.by.random() < 0.6 else w.one("orders", 0.5)
        role = w.by.choice(("dosed", "dosed", "sitting"))
        people.append(PlanPerson(client_id, seat, role, "" if order_id == NOBODY else order_id, w.text()))
    typed = PlanDraft(protocol, day, tuple(people), couple_id)
    due = "" if any(each.role == "dosed" for each in people) else "Invalid"
    for each in people:
        due = due or ("Invalid" if each.order and each.role != "dosed" else "")
        due = due or fits(w, each.order, each.client_id, protocol, day)

    def then(kept: Any) -> list[Line]:
        owner = ("couple", couple_id) if couple_id else ("client", who[0])
        parts = {
            each.client_id: {"seat": each.seat, "role": each.role, "order": each.order or None,
                             "intention": each.intention} for each in people
        }  # fmt: skip
        w.model.sessions[kept.id] = {
            "owner": owner, "protocol": protocol, "day": day, "state": "planned", "people": parts, "version": 1,
        }  # fmt: skip
        w.about = owner
        return [w.line("create", "session", kept.id, owner)]

    return Step("plan session", PLANNERS, due, lambda: sessions.plan_session(w.desk, typed).value, then)


def set_part(w: World) -> Step:
    """What somebody hopes for, or the order they are dosed by, before the session begins."""
    planned = [key for key, each in w.model.sessions.items() if each["state"] == "planned"]
    of = w.by.choice(planned) if planned and w.by.random() < 0.8 else w.one("sessions")
    there, hope, is_hope = w.model.sessions.get(of), w.text(), w.by.random() < 0.6
    client_id = w.by.choice(list(there["people"])) if there and w.by.random() < 0.9 else w.one("clients")
    order_id = w.by.choice(("", w.one("orders", 0)))
    order_id = "" if order_id == NOBODY else order_id
    version = w.version(there)
    due = "NotFound" if there is None else "begun" if there["state"] != "planned" else ""
    if there is not None and not due and client_id not in there["people"]:
        due = "not there"
    if there is not None and not due and not is_hope:
        sitting = there["people"][client_id]["role"] != "dosed" and order_id
        due = "Invalid" if sitting else fits(w, order_id, client_id, there["protocol"], there["day"])
    if there is not None and not due and version != there["version"]:
        due = "Conflict"

    def do() -> Any:
        if is_hope:
            return sessions.set_intention(w.desk, of, client_id, hope, version).value
        return sessions.set_order(w.desk, of, client_id, order_id, version).value

    def then(kept: Any) -> list[Line]:
        session = w.model.sessions[of]
        session["people"][client_id] |= {"intention": hope} if is_hope else {"order": order_id or None}
        session["version"] = version + 1
        w.about = ("client", client_id)
        return [w.line("change", "session", of, w.about)]

    return Step("set a part", CLINICAL if is_hope else PLANNERS, due, do, then)


def write_note(w: World) -> Step | None:
    """Keep a note in a compartment, at times about a session."""
    if len(w.model.notes) >= MOST["notes"]:
        return None
    owner: Owner = w.by.choice((("client", w.one("clients")), ("couple", w.one("couples"))))
    session_id = w.one("sessions") if w.by.random() < 0.6 else None
    text = "" if w.by.random() < 0.05 else w.text()
    due = "Invalid" if not text else "NotFound" if NOBODY in (owner[1], session_id) else ""
    if session_id is not None and not due:
        session = w.model.sessions[session_id]
        due = "" if owner in {session["owner"], *(("client", each) for each in session["people"])} else "Invalid"

    def then(kept: Any) -> list[Line]:
        w.model.notes[kept.id] = {
            "owner": owner, "session": session_id, "by": w.actor.id, "text": text,
            "written": w.desk.clock.now().utc, "signed": False, "version": 1,
        }  # fmt: skip
        w.about = owner
        return [w.line("create", "note", kept.id, owner)]

    typed = NoteDraft(asked.owner_of(owner), text, session_id)
    return Step("write note", CLINICAL, due, lambda: notes.write_note(w.desk, typed).value, then)


def change_note(w: World) -> Step:
    """Change or sign a note: one's own, while it is not signed."""
    of, text, sign = w.one("notes"), w.text(), w.by.random() < 0.4
    there = w.model.notes.get(of)
    version = w.version(there)
    due = "NotFound" if there is None else "NotAllowed" if there["by"] != w.actor.id else ""
    if there is not None and not due:
        ended = w.model.closed_at.get(there["session"] or "")
        done = ended is not None and ended > there["written"] and not sign and text != there["text"]
        due = "Conflict" if version != there["version"] else "signed" if there["signed"] else "closed" if done else ""

    def do() -> Any:
        if sign:
            return notes.sign_note(w.desk, of, version).value
        return notes.change_note(w.desk, of, text, version).value

    def then(kept: Any) -> list[Line]:
        note = w.model.notes[of]
        note |= {"signed": True} if sign else {"text": text}
        note["version"] = version + 1
        w.about = note["owner"]
        return [w.line("sign" if sign else "change", "note", of, w.about)]

    return Step("sign note" if sign else "change note", PLANNERS if sign else CLINICAL, due, do, then)


def look(w: World) -> Step:
    """Open somebody's page, a couple's, or look for a word in the notes; all of it stands in the trail."""
    what, word = w.by.choice(("client", "couple", "word")), w.by.choice(WORDS)
    of = w.one("clients" if what == "client" else "couples")
    if what == "word":
        def found(kept: Any) -> list[Line]:
            wanted = with_word(w.model, word, None)
            if {each.id for each in kept} != wanted:
                raise AssertionError(f"a search finds {len(kept)} notes, not {len(wanted)}")
            return [w.line("search", "notes", w.model.practice[1], w.model.practice)]

        return Step("search notes", CLINICAL, "", lambda: notes.search_notes(w.desk, word), found)

    def then(page: Any) -> list[Line]:
        wanted = answers(w.model, (what, of), None)
        told = [asked.note(each) for each in page.notes]
        same = asked.client(page.client) if what == "client" else asked.couple(page.couple)
        if (told, same) != (wanted["notes"], wanted["record"]):
            raise AssertionError("a page does not show what there is")
        return [w.line("view", what, of, (what, of))]

    opening = clients.open_client if what == "client" else couples.open_couple
    due = "NotFound" if of == NOBODY else ""
    return Step(f"open {what}", CLINICAL, due, lambda: opening(w.desk, of), then)
