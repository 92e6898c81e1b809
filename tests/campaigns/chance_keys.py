"""Knows what members do with sessions that run, with each other, with keys and with the trail, by chance."""

from __future__ import annotations

from typing import Any

from desktop.domain.people import Role
from desktop.live.asks import Ask, AskClose, AskDischarge, AskNote, AskObserve, AskWords
from desktop.live.events import Ending
from desktop.services import checkpoints, keys, members, practice
from desktop.services.live import LiveDesk
from desktop.services.practice import Door, MemberDraft
from tests.campaigns.chance_model import Line, Owner, Record
from tests.campaigns.chance_steps import CLINICAL, EVERYBODY, FIRST, LAST, PLANNERS, Step, World

OWNER = frozenset({"owner"})
CHIPS = ("crying", "laughing", "tremor", "still", "fear", "joy")
MOST_MEMBERS, MOST_ENTRIES = 7, 9


def begin(w: World) -> Step | None:
    """Start the clock of a session."""
    planned = [key for key, each in w.model.sessions.items() if each["state"] == "planned"]
    of = w.by.choice(planned) if planned and w.by.random() < 0.8 else w.one("sessions")
    there = w.model.sessions.get(of)
    due = "NotFound" if there is None else "" if there["state"] == "planned" else "begun"

    def then(live: Any) -> list[Line]:
        w.lives[of] = live
        w.model.sessions[of] |= {"state": "running", "version": w.model.sessions[of]["version"] + 1}
        w.model.entries[of] = [{"seq": 1, "kind": "opened", "by": w.actor.id, "said": "", "owner": w.model.practice}]
        w.about = w.model.sessions[of]["owner"]
        lines = [w.line("start", "session", of, w.model.sessions[of]["owner"])]
        return [*lines, w.line("entry", "entry", f"{of}/1", w.model.practice)]

    return Step("begin", PLANNERS, due, lambda: LiveDesk.begin(w.desk, of), then)


def record(w: World) -> Step | None:
    """Write an entry into a session, which is carried on first where nobody has it at hand; at times a closed one."""
    begun = [key for key, each in w.model.sessions.items() if each["state"] != "planned"]
    running = w.model.running()
    if not begun or (not running and w.by.random() < 0.8):
        return None
    of = w.by.choice(running if running and w.by.random() < 0.9 else begun)
    session, kept = w.model.sessions[of], w.model.entries[of]
    ask, entry = _asked(w, of, len(kept) > MOST_ENTRIES)
    again = of not in w.lives and bool(w.actor.roles & CLINICAL)
    due = _due(w, of, entry)

    def do() -> Any:
        if again:
            w.lives[of] = LiveDesk.resume(w.desk, of)
            if session["state"] == "running":
                # This is kept also where what follows is refused.
                w.model.lines.append(_keep(w, of, {"kind": "clock", "said": "", "owner": session["owner"]}))
        if of not in w.lives:
            return LiveDesk.resume(w.desk, of)  # refused there
        return w.lives[of].record(ask)

    def then(_: Any) -> list[Line]:
        if entry["kind"] == "discharge":
            w.model.over.add((of, entry["seat"]))
        line = _keep(w, of, {key: entry[key] for key in ("kind", "said", "owner")})
        if entry["kind"] != "close":
            return [line]
        session["state"], session["version"] = "closed", session["version"] + 1
        w.model.closed_at[of] = w.desk.clock.now().utc
        return [line, w.line("close", "session", of, session["owner"])]

    return Step(f"record {entry['kind']}", CLINICAL, due, do, then)


def _keep(w: World, of: str, entry: Record) -> Line:
    kept = w.model.entries[of]
    kept.append({"seq": len(kept) + 1, "by": w.actor.id, **entry})
    w.about = entry["owner"]
    return w.line("entry", "entry", f"{of}/{len(kept)}", entry["owner"])


def _due(w: World, of: str, entry: Record) -> str:
    session = w.model.sessions[of]
    if session["state"] == "closed":
        return "closed"
    dosed = [each["seat"] for each in session["people"].values() if each["role"] == "dosed"]
    waiting = [seat for seat in dosed if (of, seat) not in w.model.over]
    return "not_discharged" if entry["kind"] == "close" and waiting else ""


def _asked(w: World, of: str, ending: bool) -> tuple[Ask, Record]:
    """Something to write, and the entry that must come of it."""
    session = w.model.sessions[of]
    people = ((key, each["seat"]) for key, each in session["people"].items())
    there = [(key, seat) for key, seat in people if (of, seat) not in w.model.over]
    text, room = w.text(), {"owner": session["owner"]}
    chance = w.by.random()
    if not there or chance < 0.04:
        return AskClose(text), {"kind": "close", "said": text, **room}
    client_id, seat = w.by.choice(there)
    own: Record = {"owner": ("client", client_id), "seat": seat}
    if chance < (0.7 if ending else 0.1):
        return AskDischarge(seat, Ending.NOT_DOSED), {"kind": "discharge", "said": "", **own}
    if chance < 0.4:
        chip = w.by.choice(CHIPS)
        return AskObserve(seat, chip), {"kind": "observe", "said": chip, **own}
    if chance < 0.6:
        return AskWords(seat, text), {"kind": "words", "said": text, **own}
    if chance < 0.8:
        return AskNote(text, seat), {"kind": "note", "said": text, **own}
    return AskNote(text), {"kind": "note", "said": text, **room}


def initials(name: str, others: set[str]) -> str:
    """Letters that nobody has yet."""
    base = "".join(word[0] for word in name.split())
    return next(each for each in (base, *(f"{base}{n}" for n in range(2, 99))) if each not in others)


def add_member(w: World, door: Door) -> Step | None:
    """Take somebody into the practice."""
    if len(w.model.members) >= MOST_MEMBERS:
        return None
    name, roles = f"{w.by.choice(FIRST)} {w.by.choice(LAST)}", _roles(w)
    word = f"teal granite {w.by.randrange(1 << 40):x} willow"
    taken = name in {each["name"] for each in w.model.members.values()}
    draft = MemberDraft(name, word, word, frozenset(Role(each) for each in roles))

    def then(kept: Any) -> list[Line]:
        others = {each["initials"] for each in w.model.members.values()}
        w.model.members[kept.id] = {
            "name": name, "initials": initials(name, others), "roles": roles, "active": True, "version": 1,
        }  # fmt: skip
        w.model.slots[kept.id] = word
        return [w.line("create", "member", kept.id, w.model.practice)]

    due = "Invalid" if taken or not roles else ""
    return Step("add member", OWNER, due, lambda: practice.add_member(w.desk, door, draft).value, then)


def _roles(w: World) -> frozenset[str]:
    return frozenset(each for each in sorted(EVERYBODY) if w.by.random() < 0.75)


def change_member(w: World) -> Step | None:
    """Other roles, or somebody is let go, or comes back."""
    of, roles, active = w.one("members"), _roles(w), w.by.random() < 0.85
    there = w.model.members.get(of)
    active = active and of in w.model.slots  # who was removed stays away: nobody could unlock as they
    version = w.version(there)
    due = "Invalid" if active and not roles else "NotFound" if there is None else ""
    if not due and not w.model.owner_left(of, roles, active):
        due = "last owner"
    if there is not None and not due and version != there["version"]:
        due = "Conflict"

    def do() -> Any:
        return members.change_member(w.desk, of, frozenset(Role(each) for each in roles), active, version).value

    def then(_: Any) -> list[Line]:
        w.model.members[of] |= {"roles": roles, "active": active, "version": version + 1}
        return [w.line("change", "member", of, w.model.practice)]

    return Step("change member", OWNER, due, do, then)


def rename_member(w: World, door: Door) -> Step:
    """Correct a name, at unlock too."""
    of, name = w.one("members"), f"{w.by.choice(FIRST)} {w.by.choice(LAST)}"
    there = w.model.members.get(of)
    others = [each for key, each in w.model.members.items() if key != of]
    version = w.version(there)
    due = "Invalid" if name in {each["name"] for each in others} else "NotFound" if there is None else ""
    if there is not None and not due:
        due = "Conflict" if version != there["version"] else "" if of in w.model.slots else "NoSuchMember"

    def then(_: Any) -> list[Line]:
        member = w.model.members[of]
        if member["initials"].rstrip("0123456789") != "".join(word[0] for word in name.split()):
            member["initials"] = initials(name, {each["initials"] for each in others})
        member |= {"name": name, "version": version + 1}
        return [w.line("change", "member", of, w.model.practice)]

    return Step("rename member", OWNER, due, lambda: members.rename_member(w.desk, door, of, name, version).value, then)


def remove_member(w: World, door: Door) -> Step:
    """Take somebody out for good: new keys for everything."""
    of = w.one("members")
    due = "RemovingYourself" if of == w.actor.id else "" if of in w.model.slots else "no_slot"
    due = due or ("SessionsRunning" if w.model.running() else "")
    due = due or ("" if w.model.owner_left(of) else "last owner")

    def then(_: Any) -> list[Line]:
        member = w.model.members[of]
        if member["active"]:
            member |= {"active": False, "version": member["version"] + 1}
        del w.model.slots[of]
        return [w.line("change", "member", of, w.model.practice), *_new_keys(w)]

    return Step("remove member", OWNER, due, lambda: keys.remove_member(w.desk, door, of).value, then)


def _new_keys(w: World) -> list[Line]:
    w.model.epoch += 1
    own: Owner = w.model.practice
    return [w.line("change", "keys", own[1], own), w.line("change", "keys", own[1], own)]


def keep_kit(w: World, door: Door) -> Step:
    """Make a recovery kit, or another in its place."""

    def do() -> Any:
        draft = keys.draw_kit(w.desk, door)
        keys.keep_kit(w.desk, door, draft)
        return draft

    def then(draft: Any) -> list[Line]:
        lines = [w.line("create", "kit", draft.id, w.model.practice)]
        if w.model.kit:
            lines += _new_keys(w)
        w.old_kits += [w.model.kit] if w.model.kit else []
        w.model.kit = draft.text
        return lines

    return Step("keep kit", OWNER, "SessionsRunning" if w.model.running() else "", do, then)


def try_kit(w: World, door: Door) -> Step:
    """Type a kit again: the present one, or one from before."""
    old = w.old_kits and w.by.random() < 0.4
    text = w.by.choice(w.old_kits) if old else w.model.kit
    due = "NoKit" if not w.model.kit else "" if text == w.model.kit else "KitOfAnother"
    return Step("try kit", OWNER, due, lambda: keys.try_kit(w.desk, door, text), lambda _: [])


def change_own(w: World, door: Door) -> Step:
    """Change one's own passphrase; who gives a wrong one is refused and has to wait."""
    wrong, word = w.by.random() < 0.3, f"copper lantern {w.by.randrange(1 << 40):x} fern"
    now = "not this one at all" if wrong else w.model.slots[w.actor.id]
    draft = keys.OwnDraft(now, None, word, word)

    def then(_: Any) -> list[Line]:
        w.model.slots[w.actor.id] = word
        return [w.line("change", "member", w.actor.id, w.model.practice)]

    due = "WrongPassphrase" if wrong else ""
    return Step("change own passphrase", EVERYBODY, due, lambda: keys.change_own(w.desk, door, draft).value, then)


def sign(w: World) -> Step:
    """Vouch for the trail, or add one's own signature to a colleague's checkpoint."""
    also = w.by.random() < 0.6
    waiting = w.model.open_points(w.actor.id)

    def first(made: Any) -> list[Line]:
        if made.number != len(w.model.lines):
            raise AssertionError("a checkpoint vouches for another number of lines")
        w.model.points.append({"id": made.id, "by": w.actor.id, "also": []})
        return [w.line("sign", "checkpoint", made.id, w.model.practice)]

    def second(point: Any) -> list[Line]:
        waiting[-1]["also"].append(w.actor.id)
        if point.checkpoint.id != waiting[-1]["id"]:
            raise AssertionError("another checkpoint was countersigned")
        return [w.line("sign", "countersignature", point.countersignatures[-1].id, w.model.practice)]

    if also:
        due = "" if waiting else "NotFound"
        return Step("countersign", EVERYBODY, due, lambda: checkpoints.countersign(w.desk).value, second)
    return Step("sign checkpoint", EVERYBODY, "", lambda: checkpoints.sign_checkpoint(w.desk).value, first)


