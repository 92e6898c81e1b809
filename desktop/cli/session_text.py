"""Knows how the state of a session reads in plain lines."""

from __future__ import annotations

from typing import Any

from desktop.cli import show
from desktop.domain.words import tr

OPEN = frozenset({"due", "late", "away"})


def clock(seconds: float | None) -> str:
    """Seconds since the start as `h:mm:ss`; a dash for none."""
    if seconds is None:
        return "-"
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def say_session(state: dict[str, Any]) -> None:
    """Print the people, what is due, what was refused, and the log. Names are not in it."""
    show.line(tr("session {id}, {at} after the start", id=state["session_id"], at=clock(state["at_s"])))
    for key, person in state["participants"].items():
        show.line()
        _say_person(key, person)
    show.line()
    show.line(tr("log: {n} entries after the opening, {struck} struck", n=state["events"], struck=state["struck"]))
    show.table([_entry(entry) for entry in state["log"]], "  ")
    if state["refused"]:
        show.line()
        show.line(tr("refused lines: {n}", n=len(state["refused"])))
        show.table([(str(one["line"]), one["reason"]) for one in state["refused"]], "  ")


def _say_person(key: str, person: dict[str, Any]) -> None:
    show.line(key.upper())
    rows = [
        (tr("first dose"), clock(person["first_dose_s"])),
        (tr("since last dose"), clock(person["since_last_dose_s"])),
        (tr("total"), tr("{total} mg ({given} given, {lost} lost)",
                         total=person["total_mg"], given=person["given_mg"], lost=person["lost_mg"])),
        (tr("phase"), person["phase"] or "-"),
        (tr("last vitals"), _vitals(person["last_vitals"])),
        (tr("due"), ", ".join(f"{item['item']} {clock(item['due_s'])} {item['state']}"
                              for item in person["due"] if item["state"] in OPEN) or "-"),
        (tr("out of band"), ", ".join(f"{item['item']} {item['value']} {item['level']} {clock(item['t'])}"
                                      for item in person["out_of_band"]) or "-"),
        (tr("ending"), person["ending"] or "-"),
    ]  # fmt: skip
    show.table(rows, "  ")


def _vitals(last: dict[str, Any] | None) -> str:
    if last is None:
        return "-"
    names = (("bp", "BP"), ("hr", "HR"), ("spo2", "SpO2"), ("rr", "RR"), ("temp", "T"))
    values = [f"{word} {last[name]}" for name, word in names if last.get(name) is not None]
    return ", ".join([*values, clock(last["t"])])


def _entry(entry: dict[str, Any]) -> tuple[str, str, str, str]:
    marks = [mark for mark in ("struck", "undone", "moved") if entry.get(mark)]
    text = entry["text"] + (f"  [{', '.join(marks)}]" if marks else "")
    return (str(entry["entry"]), clock(entry["t"]), (entry["who"] or "-").upper(), text)
