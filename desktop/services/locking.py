"""Knows what outlives a lock: half-typed texts for who wrote them, and a running session's clock without a name.

Locking ends the process, since nothing less takes what was read out of its memory. The one that follows is told
nothing but what a Handover holds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.domain.moment import Moment

if TYPE_CHECKING:  # only named here; the unlock screen is painted sooner without loading them
    from collections.abc import Callable

    from desktop.domain.records import Session
    from desktop.services.desk import Desk
    from desktop.services.outcome import Outcome
    from desktop.services.ports import Clock, Follows, MachineSignals, Unit, Why
    from desktop.services.practice import Door

MOST_TOLD = 1 << 16
MOST_DUE = 64
HANDOVER_PATH = 4096
VEIL_LIFTED = "veil lifted"  # in the trail, beside an unlock that opened nothing


@dataclass(frozen=True, slots=True)
class Running:
    """A session that goes on behind a lock. due_ms: when items are due, in milliseconds since it began; no name."""

    started: Moment
    due_ms: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Handover:
    """All that the following process is told. folder: of the practice, '' for none."""

    folder: str = ""
    running: Running | None = None

    def spelt(self) -> str:
        """One line of JSON."""
        told: dict[str, object] = {"folder": self.folder}
        if self.running is not None:
            start = self.running.started
            told["running"] = {
                "utc": start.utc.isoformat(), "offset": start.offset_minutes, "boot_ms": start.boot_ms,
                "boot": start.boot_id, "due": list(self.running.due_ms),
            }
        return json.dumps(told) + "\n"


def read_handover(text: str) -> Handover:
    """What was told; an empty one for anything that is not spelt as it should be."""
    try:
        told = json.loads(text)
        folder = told.get("folder", "")
        running = told.get("running")
        if not isinstance(folder, str) or len(folder) > HANDOVER_PATH:
            return Handover()
        return Handover(folder, _running(running) if running is not None else None)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return Handover()


def _running(told: dict[str, object]) -> Running:
    numbers = {name: told[name] for name in ("offset", "boot_ms")}
    due = told["due"]
    if not isinstance(due, list) or len(due) > MOST_DUE or any(type(each) is not int for each in due):
        raise ValueError("due times are whole numbers")
    if any(type(each) is not int for each in numbers.values()) or not isinstance(told["boot"], str):
        raise ValueError("not a moment")
    utc = datetime.fromisoformat(str(told["utc"]))
    return Running(Moment(utc, int(str(numbers["offset"])), int(str(numbers["boot_ms"])), told["boot"]), tuple(due))


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """What somebody was writing when the practice was locked.

    screen, record: where; key: which form there, as the screen calls it; '' only marks the place to come back to.
    fields: (name, text or yes-or-no), in the form's order.
    """

    screen: str
    record: str = ""
    key: str = ""
    fields: tuple[tuple[str, str | bool], ...] = ()


def spell_drafts(drafts: tuple[HalfTyped, ...]) -> bytes:
    """Drafts as bytes, to be sealed before they touch the disk."""
    told = [
        {"screen": each.screen, "record": each.record, "key": each.key, "fields": [list(pair) for pair in each.fields]}
        for each in drafts
    ]
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")


def read_drafts(content: bytes) -> tuple[HalfTyped, ...]:
    """The drafts that bytes spell; none for bytes that spell none, as those of a later version may."""
    try:
        return tuple(
            HalfTyped(
                str(each["screen"]), str(each["record"]), str(each["key"]),
                tuple((str(name), value if isinstance(value, bool) else str(value)) for name, value in each["fields"]),
            )
            for each in json.loads(content.decode("utf-8", "surrogatepass"))
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ()


def keep_drafts(door: Door, desk: Desk, drafts: tuple[HalfTyped, ...]) -> None:
    """Keep what was being written; on a full disk the space that was held back is given up for it. Known errors."""
    from desktop.domain.errors_machine import DiskFull

    box = door.drafts(desk)
    if box is None:
        return
    content = spell_drafts(drafts) if drafts else b""
    try:
        box.keep(content)
    except DiskFull:
        if not desk.store.make_room():
            raise
        box.keep(content)


def kept_drafts(door: Door, desk: Desk) -> tuple[HalfTyped, ...]:
    """What the member was writing when the practice was locked last."""
    box = door.drafts(desk)
    content = box.kept() if box is not None else b""
    return read_drafts(content) if content else ()


def note_veil(desk: Desk, drawn: bool, why: Why) -> Outcome[None]:
    """Keep in the trail that the veil was drawn over the board, or lifted by the member at the desk."""
    from desktop.domain.audience import Owner
    from desktop.domain.records import Act
    from desktop.services.outcome import Outcome

    practice_id = desk.store.practice_id
    act, detail = (Act.LOCK, f"veil: {why.value}") if drawn else (Act.UNLOCK, VEIL_LIFTED)
    with desk.store.write() as unit:
        unit.audit(desk.line(act, "practice", practice_id, Owner.practice(practice_id), detail))
    return Outcome(None)


def _unshielded(window_id: int) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class LockPorts:
    """What locking asks of the machine. shield(window id): keep a window out of screen captures; whether it did."""

    follows: Follows
    clock: Clock
    signals: MachineSignals | None = None
    shield: Callable[[int], bool] = _unshielded


def running_now(desk: Desk) -> Running | None:
    """The session that has been running longest and what is due in any; nothing about whom. Known errors."""
    from desktop.domain.audience import Audience

    with desk.store.read() as unit:
        found = [each for each in unit.sessions.running(Audience.clinic("lock")) if each.started is not None]
        if not found:
            return None
        first = min(found, key=_began)
        return Running(_moment(first), _due(desk, unit, first))


def _began(session: Session) -> datetime:
    return _moment(session).utc


def _moment(session: Session) -> Moment:
    assert session.started is not None
    return session.started


def _due(desk: Desk, unit: Unit, session: Session) -> tuple[int, ...]:
    from desktop.live.clock import elapsed
    from desktop.live.due import due_items
    from desktop.live.state import DueKind, DueState
    from desktop.services.live import load_state

    state = load_state(desk, unit, session)
    if state is None or state.closed:
        return ()
    now = elapsed(state.entries[-1], desk.clock.now()).ms
    # What waits for a dose has no minute of its own, and the end of the stay asks for nothing.
    timed = (each for each in due_items(state, now) if each.kind not in (DueKind.BASELINE, DueKind.STAY))
    items = (each for each in timed if each.open or each.state is DueState.UPCOMING)
    return tuple(sorted({each.due_ms for each in items}))[:MOST_DUE]


def next_due_s(running: Running, since_start_s: int) -> int | None:
    """Seconds until the first due item, negative once it is due; None when nothing is."""
    first = min(running.due_ms, default=None)
    return None if first is None else first // 1000 - since_start_s


def running_seconds(clock: Clock, started: Moment) -> int:
    """Whole seconds since a moment, by the boot clock while it is the same boot, else by the wall; never negative."""
    now = clock.now()
    if now.boot_id == started.boot_id:
        return max(0, (now.boot_ms - started.boot_ms) // 1000)
    return max(0, int((now.utc - started.utc).total_seconds()))


def behind_lock(clock: Clock, running: Running) -> tuple[int, int | None]:
    """What the unlock screen shows of a session that goes on: seconds since it began, and until something is due."""
    seconds = running_seconds(clock, running.started)
    return seconds, next_due_s(running, seconds)
