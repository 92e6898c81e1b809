"""Knows what each kind of script line asks for (live.md, "Replay")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.protocol import Sign
from desktop.domain.words import tr
from desktop.live.asks import (
    Ask,
    AskAdverse,
    AskAway,
    AskBack,
    AskCheck,
    AskClose,
    AskDialogue,
    AskDischarge,
    AskDose,
    AskEmergency,
    AskEmergencyEnd,
    AskEmergencyStep,
    AskGiven,
    AskJoin,
    AskLost,
    AskMove,
    AskNote,
    AskObserve,
    AskOverride,
    AskPhase,
    AskPhoneOrder,
    AskReading,
    AskRole,
    AskRound,
    AskSafe,
    AskScale,
    AskStaff,
    AskStrike,
    AskTaken,
    AskTalkOnly,
    AskTouch,
    AskUndo,
    AskVitals,
    AskWords,
)
from desktop.live.events import Ending, Missed, OverrideHow, PersonRole, Step
from desktop.live.rules import refuse
from desktop.live.script_fields import Line, said
from desktop.live.script_people import person_in

ROUTES = {"sl": "sublingual", "im": "intramuscular"}
STEPS = {"empathize": Step.EMPATHISE, "correction": Step.CORRECT, "appreciation": Step.GIFT}


@dataclass(frozen=True, slots=True)
class Numbers:
    """Which entry each line became. now: the line that is being read; day: of the session, where it began."""

    now: int
    entries: Mapping[int, int]
    day: date

    def entry(self, line: int) -> int:
        """The entry of an earlier line; Refused when that line became none."""
        if line == 1:
            return 1
        if line not in self.entries:
            refuse("no_line", tr("Line {n} became no entry: it was refused, or comes later.", n=line))
        return self.entries[line]


def ask_of(do: str, line: Line, numbers: Numbers) -> Ask:
    """What a line asks for; Refused('kind') for an unknown kind."""
    if do not in READERS:
        refuse("kind", tr("There is no such kind of line."))
    return READERS[do](line, numbers)


def _check(line: Line, _: Numbers) -> Ask:
    return AskCheck(line.text("item"), line.said("value"), line.name_or_none("who"), line.text_or_none("note"))


def _staff(line: Line, _: Numbers) -> Ask:
    present = line.take("in", "present")
    if not isinstance(present, bool):
        refuse("field", tr("in: true or false is needed."))
    return AskStaff(line.text("member", "who"), present)


def _vitals(line: Line, _: Numbers) -> Ask:
    systolic, diastolic = line.pressure("bp")
    return AskVitals(
        line.text("who"), systolic, diastolic, line.whole_or_none("hr"), line.whole_or_none("spo2"),
        line.whole_or_none("rr"), line.amount_or_none("temp"), line.text_or_none("position"),
    )


def _reading(line: Line, _: Numbers) -> Ask:
    of = line.take("of")
    names = of if isinstance(of, list) else [] if of in ("all", "vitals") else [of]
    signs = []
    for name in names:
        if not isinstance(name, str) or name not in set(Sign):
            refuse("field", tr("of: one of {names} is needed.", names="bp, hr, spo2, rr, temp, all"))
        signs.append(Sign(name))
    why = line.text_or_none("why", "reason")
    return AskReading(line.text("who"), line.choice("outcome", Missed), tuple(signs), why)


def _dose(line: Line, _: Numbers) -> Ask:
    route = line.text("route")
    return AskDose(
        who=line.text("who"), route=ROUTES.get(route.casefold(), route.casefold()), mg=line.amount("mg"),
        ml=line.amount_or_none("ml"), mg_per_ml=line.amount_or_none("mg_per_ml"), lot=line.text_or_none("lot"),
        own=line.yes_no("own"), site=line.text_or_none("site"), by=line.text_or_none("by"),
        checked_by=line.text_or_none("checked_by"), entered_twice=line.yes_no("entered_twice"), scripted=True,
        remaining=line.whole_or_none("remaining"),
    )


def _lost(line: Line, _: Numbers) -> Ask:
    return AskLost(line.text("who"), line.amount("mg"), line.text("why"))


def _given(line: Line, _: Numbers) -> Ask:
    return AskGiven(
        line.text("who"), line.text("medicine"), line.amount("amount"), line.text("unit"), line.text("route"),
        line.said("order"),
    )


def _observe(line: Line, _: Numbers) -> Ask:
    return AskObserve(line.text("who"), line.text("chip"), line.said("intensity"))


def _dialogue(line: Line, _: Numbers) -> Ask:
    return AskDialogue(line.choice("step", Step, STEPS), line.text("sender"))


def _move(line: Line, numbers: Numbers) -> Ask:
    named = line.whole_or_none("line")
    return AskMove(line.text("to"), None if named is None else numbers.entry(named))


def _strike(line: Line, numbers: Numbers) -> Ask:
    return AskStrike(numbers.entry(line.whole("line")), line.text("reason"))


def _discharge(line: Line, _: Numbers) -> Ask:
    """Whatever else a discharge line says is a criterion or a fact of it."""
    who, ending = line.text("who"), line.choice("ending", Ending)
    escort, to = line.said("escort"), line.said("to")
    by = line.said("statement_by") or line.said("prescriber") or line.said("by")
    listed = line.take("items")
    items: dict[str, str] = {}
    if isinstance(listed, list):
        items = {said(one, "items"): "yes" for one in listed}
    elif isinstance(listed, dict):
        items = {key: said(value, "items") for key, value in listed.items()}
    elif listed is not None:
        refuse("field", tr("items: a list or an object is needed."))
    for key in line.rest():
        items[key] = line.said(key)
    return AskDischarge(who, ending, tuple(items.items()), escort, by, to, scripted=True)


def _emergency(line: Line, _: Numbers) -> Ask:
    """The call, a step with `step`, the end with `ended`."""
    who, step, ended = line.text("who"), line.text_or_none("step"), line.said("ended")
    if step:
        return AskEmergencyStep(who, step)
    return AskEmergencyEnd(who, ended) if ended else AskEmergency(who)


def _adverse(line: Line, numbers: Numbers) -> Ask:
    named = line.whole_or_none("line")
    return AskAdverse(
        line.text("who"), line.text("what"), None if named is None else numbers.entry(named),
        line.whole_or_none("severity") or 0, line.text_or_none("note"),
    )


def _override(line: Line, _: Numbers) -> Ask:
    return AskOverride(
        line.text("who"), line.text("item"), line.text("by"), line.choice("how", OverrideHow), line.text("reason"),
        line.text_or_none("read_back_by"),
    )


def _phone_order(line: Line, _: Numbers) -> Ask:
    return AskPhoneOrder(line.text("who"), line.text("text"), line.text("from"), line.text("read_back_by"))


READERS: dict[str, Callable[[Line, Numbers], Ask]] = {
    "check": _check,
    "staff": _staff,
    "vitals": _vitals,
    "reading": _reading,
    "taken": lambda line, _: AskTaken(line.text("who"), scripted=True),
    "dose": _dose,
    "lost": _lost,
    "given": _given,
    "phase": lambda line, _: AskPhase(line.text("who"), line.text("phase").casefold()),
    "observe": _observe,
    "scale": lambda line, _: AskScale(line.text("who"), line.text("of"), line.whole("value")),
    "words": lambda line, _: AskWords(line.text("who"), line.text_or_none("text")),
    "note": lambda line, _: AskNote(line.text("text"), line.name_or_none("who")),
    "dialogue": _dialogue,
    "away": lambda line, _: AskAway(line.text("who"), line.text_or_none("with")),
    "back": lambda line, _: AskBack(line.text("who")),
    "round": lambda line, _: AskRound(),
    "move": _move,
    "undo": lambda line, _: AskUndo(line.text_or_none("reason")),
    "strike": _strike,
    "discharge": _discharge,
    "close": lambda line, _: AskClose(line.text_or_none("summary")),
    "order": _phone_order,
    "touch": lambda line, _: AskTouch(line.text("who"), line.text("to"), line.text_or_none("place")),
    "safe": lambda line, _: AskSafe(line.text("who")),
    "emergency": _emergency,
    "adverse": _adverse,
    "adverse_event": _adverse,
    "override": _override,
    "join": lambda line, numbers: AskJoin(person_in(line, numbers.day)),
    "role": lambda line, _: AskRole(line.text("who"), line.choice("role", PersonRole)),
    "talk": lambda line, _: AskTalkOnly(line.text_or_none("reason")),
}
