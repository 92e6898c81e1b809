"""Knows a second, naive way to reckon a session from its entries: slow, short, and without a line of the engine's.

Numbers are written here a second time on purpose: a slip in the shipped data or in the engine shows as a difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from desktop.live import events as ev

PHASES = [(0, "onset"), (25, "peak"), (65, "return"), (100, "afterglow")]
CHECKS = [20, 40, 60, 90, 120]
MIN = 60_000
Pairs = list[tuple[ev.Entry, ev.Event]]


def effective(entries: Sequence[ev.Entry]) -> Pairs:
    """What counts, each entry with what it counts as."""
    gone = {e.event.entry for e in entries if isinstance(e.event, ev.Undone)}
    pairs: Pairs = []
    for entry in entries:
        if isinstance(entry.event, ev.Opened | ev.Struck | ev.Undone | ev.Moved | ev.WordsWritten) or entry.seq in gone:
            continue
        about = [e for e in entries if getattr(e.event, "entry", None) == entry.seq and e.seq not in gone]
        if any(isinstance(e.event, ev.Struck) for e in about):
            continue
        moves = [e.event.event for e in about if isinstance(e.event, ev.Moved)]
        pairs.append((entry, moves[-1] if moves else entry.event))
    return sorted(pairs, key=lambda pair: (pair[0].at_ms, pair[0].seq))


def owner(entries: Sequence[ev.Entry], seq: int) -> str | None:
    """Whose an entry is now, looked up by following what it is about."""
    entry = entries[seq - 1]
    if isinstance(entry.event, ev.Struck | ev.Undone | ev.Moved | ev.WordsWritten):
        return owner(entries, entry.event.entry)
    gone = {e.event.entry for e in entries if isinstance(e.event, ev.Undone)}
    moves = [e for e in entries if isinstance(e.event, ev.Moved) and e.event.entry == seq and e.seq not in gone]
    return moves[-1].event.to if moves else entry.owner  # type: ignore[union-attr]


def of(pairs: Pairs, who: str, *kinds: type) -> list[tuple[ev.Entry, Any]]:
    """What counts for one person, of some kinds."""
    return [(e, event) for e, event in pairs if isinstance(event, kinds) and getattr(event, "who", None) == who]


def doses(pairs: Pairs, who: str) -> list[tuple[int, Decimal | None]]:
    """When the person took something, and how much; None where the amount never followed."""
    return [(at_ms, mg) for at_ms, _, mg in numbered_doses(pairs, who)]


def numbered_doses(pairs: Pairs, who: str) -> list[tuple[int, int, Decimal | None]]:
    """The same, each with the number of the entry that says when."""
    taken = {e.seq: e.at_ms for e, _ in of(pairs, who, ev.Taken)}
    found: list[tuple[int, int, Decimal | None]] = []
    filled = set()
    for entry, event in of(pairs, who, ev.DoseGiven):
        if event.fills in taken and event.fills not in filled:
            filled.add(event.fills)
            found.append((taken[event.fills], event.fills, event.mg))
        else:
            found.append((entry.at_ms, entry.seq, event.mg))
    found += [(at_ms, seq, None) for seq, at_ms in taken.items() if seq not in filled]
    return sorted(found, key=lambda one: one[:2])


def texts(entries: Sequence[ev.Entry], pairs: Pairs, who: str) -> list[tuple[int, str]]:
    """The words kept of one person, with what was written later."""
    brought_back = {e.event.entry for e in entries if isinstance(e.event, ev.Undone)}
    struck = {e.event.entry for e in entries if isinstance(e.event, ev.Struck) and e.seq not in brought_back}
    gone = brought_back | struck
    found = []
    for entry, event in of(pairs, who, ev.WordsKept):
        later = [
            e.event.text for e in entries
            if isinstance(e.event, ev.WordsWritten) and e.event.entry == entry.seq and e.seq not in gone
        ]
        found.append((entry.at_ms, later[-1] if later else event.text))
    return found


def bp_level(entries: Sequence[ev.Entry], who: str, at_ms: int, systolic: int, diastolic: int) -> str:
    """The level that a pressure gets when it is entered now."""
    return pressure_stands(effective(entries), who, (at_ms, len(entries) + 1), systolic, diastolic)


def pressure_stands(pairs: Pairs, who: str, here: tuple[int, int], systolic: int, diastolic: int) -> str:
    """The level of a pressure that was read at a place in the session, by everything that counts now."""
    if not in_session(pairs, who, here):
        if systolic >= 160 or diastolic >= 100:
            return "red"
        return "amber" if systolic > 140 or diastolic > 90 else "normal"
    if systolic >= 200 or diastolic >= 120:
        return "red"
    severe = [
        e.at_ms for e, event in of(pairs, who, ev.VitalsTaken)
        if event.systolic and (event.systolic >= 180 or event.diastolic >= 110)
        and in_session(pairs, who, (e.at_ms, e.seq))
    ]
    if (systolic >= 180 or diastolic >= 110) and any(one <= here[0] - 5 * MIN for one in severe):
        return "red"
    return "amber" if systolic >= 160 or diastolic >= 100 else "normal"


def heart_stands(pairs: Pairs, who: str, here: tuple[int, int], hr: int) -> str:
    """The level of a heart rate at a place in the session."""
    side = in_session(pairs, who, here)
    fast = [
        e.at_ms for e, event in of(pairs, who, ev.VitalsTaken)
        if event.hr and event.hr > 120 and in_session(pairs, who, (e.at_ms, e.seq)) == side
    ]
    if hr < 45 or (hr > 120 and any(one <= here[0] - 5 * MIN for one in fast)):
        return "red"
    amber = hr > 110 if side else (hr < 50 or hr > 100)
    return "amber" if amber else "normal"


def in_session(pairs: Pairs, who: str, here: tuple[int, int]) -> bool:
    """Whether a place, as minute and number, lies after the person's first dose."""
    taken = numbered_doses(pairs, who)
    return bool(taken) and here > taken[0][:2]


def out_of_band(pairs: Pairs, who: str) -> list[tuple[int, str, str]]:
    """Every value beyond its band, as it stands now."""
    found = []
    for entry, event in of(pairs, who, ev.VitalsTaken):
        here = (entry.at_ms, entry.seq)
        if event.systolic:
            found.append((entry.at_ms, "bp", pressure_stands(pairs, who, here, event.systolic, event.diastolic)))
        if event.hr:
            found.append((entry.at_ms, "hr", heart_stands(pairs, who, here, event.hr)))
    found += [(e.at_ms, event.of, event.level.value) for e, event in of(pairs, who, ev.Scaled)]
    return sorted(one for one in found if one[2] != "normal")


LADDER = ["none", "hands", "ask", "planned"]


def touch(pairs: Pairs, who: str) -> str:
    """The narrowest that was ever said for everywhere."""
    said = [event.to.value for _, event in of(pairs, who, ev.TouchNarrowed) if not event.place]
    said += ["none" for _ in of(pairs, who, ev.SafeSignalled)]
    return min([*said, "planned"], key=LADDER.index)


def alarms(pairs: Pairs, who: str) -> list[tuple[int, list[str], bool]]:
    """Each emergency: when, which steps, and whether it is over."""
    found: list[tuple[int, list[str], bool]] = []
    for entry, event in of(pairs, who, ev.EmergencyCalled, ev.EmergencyStepped, ev.EmergencyEnded):
        if isinstance(event, ev.EmergencyCalled):
            found.append((entry.at_ms, [], False))
        elif found and not found[-1][2]:
            at_ms, steps, _ = found[-1]
            step = [event.step] if isinstance(event, ev.EmergencyStepped) else []
            found[-1] = (at_ms, steps + step, isinstance(event, ev.EmergencyEnded))
    return found


def scheduled(pairs: Pairs, who: str) -> dict[tuple[str, int], bool]:
    """The scheduled pressures by name and minute, and whether each was answered, on the full sublingual schedule."""
    taken = [at_ms for at_ms, _ in doses(pairs, who)]
    if not taken:
        return {}
    answers = [e.at_ms for e, event in of(pairs, who, ev.VitalsTaken) if event.systolic is not None]
    answers += [e.at_ms for e, event in of(pairs, who, ev.ReadingMissed) if not event.of or "bp" in event.of]
    due = [(f"vitals {minute}", taken[0] + minute * MIN) for minute in CHECKS if minute != 40]
    for number, at_ms in enumerate(taken):
        check = at_ms + 40 * MIN
        before = taken[number + 1] if number + 1 < len(taken) else None
        if before is None or before > check or any(check - 5 * MIN <= one < before for one in answers):
            due.append(("vitals 40", check))
    due.append(("leaving", taken[-1] + 120 * MIN))
    found = {}
    for name, at_ms in due:
        ends = [other - 5 * MIN for _, other in due if other > at_ms]
        inside = [one for one in answers if one >= at_ms - 5 * MIN and all(one < end for end in ends)]
        found[(name, at_ms)] = bool(inside)
    return found


def picture(entries: Sequence[ev.Entry], now_ms: int) -> dict[str, dict[str, object]]:
    """Everything that a reader of the session would ask, reckoned from nothing but its entries."""
    pairs = effective(entries)
    opened = entries[0].event
    assert isinstance(opened, ev.Opened)
    people: dict[str, dict[str, object]] = {}
    came = [event.participant for _, event in pairs if isinstance(event, ev.Joined)]
    for person in (*opened.participants, *came):
        who = person.key
        taken = doses(pairs, who)
        given = sum((mg for _, mg in taken if mg is not None), Decimal(0))
        lost = sum((event.mg for _, event in of(pairs, who, ev.DoseLost)), Decimal(0))
        since = (now_ms - taken[0][0]) / MIN if taken and now_ms >= taken[0][0] else -1.0
        comings = of(pairs, who, ev.WentAway, ev.CameBack)
        endings = of(pairs, who, ev.Discharged)
        people[who] = {
            "doses": taken, "given": given, "lost": lost, "total": given - lost,
            "phase": ([name for start, name in PHASES if start <= since] or [""])[-1],
            "vitals": [
                (e.at_ms, event.systolic, event.diastolic, event.hr) for e, event in of(pairs, who, ev.VitalsTaken)
            ],
            "out": out_of_band(pairs, who),
            "chips": [(e.at_ms, event.chip) for e, event in of(pairs, who, ev.Observed)],
            "words": texts(entries, pairs, who),
            "notes": [(e.at_ms, event.text) for e, event in of(pairs, who, ev.NoteMade)],
            "checks": [(e.at_ms, event.item, event.value) for e, event in of(pairs, who, ev.Checked)],
            "away": bool(comings) and isinstance(comings[-1][1], ev.WentAway),
            "rounds": [e.at_ms for e, event in pairs if isinstance(event, ev.RoundDone) and who in event.seen],
            "ending": endings[-1][1].ending.value if endings else None,
            "scheduled": scheduled(pairs, who),
            "touch": touch(pairs, who),
            "alarms": alarms(pairs, who),
            "role": "sitting" if of(pairs, who, ev.RoleChanged) else person.role.value,
        }  # fmt: skip
    return people
