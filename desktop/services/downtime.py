"""Knows what a blank flowsheet of one person says, printed at the room check for the day on which the machine fails."""

from __future__ import annotations

from desktop.domain.bandwords import limits_in_words
from desktop.domain.paper import Callout, Fact, Heading, Signature
from desktop.domain.paper_live import (
    Cell,
    FactColumns,
    Ledger,
    LedgerRow,
    PageBlock,
    PageSheet,
    Small,
    TickGrid,
)
from desktop.domain.protocol import GateOn
from desktop.domain.words import tr
from desktop.live.events import Ending, PersonRole
from desktop.live.labels import ending_words
from desktop.live.own_bands import bands_for
from desktop.live.schedule import schedule_of
from desktop.services.flowsheet_facts import order_facts
from desktop.services.page_ask import PageAsk

LOW = 18.5


def downtime_page(ask: PageAsk) -> PageSheet:
    """The sheet: what is known of the person, filled; everything that will happen, empty."""
    dosed = ask.person.role is PersonRole.DOSED
    blocks: list[PageBlock] = [_known(ask), *_limits(ask)]
    blocks += [*_doses(ask), *_grid(ask), *_others()] if dosed else _grid(ask)
    blocks += [*_seen(ask), *_leaving(ask), *_later(), *_words()]
    sees = tr("the clinic. It holds nothing of anybody else’s. Keep it with the chart until it is typed in.")
    return PageSheet(
        ask.head(tr("Downtime sheet"), "", sees),
        tuple(blocks),
    )


def _known(ask: PageAsk) -> FactColumns:
    person, protocol = ask.person, ask.state.protocol
    order = order_facts(person) or (Fact(tr("Order"), tr("none: sits with the partner")),)
    escort = person.check("escort")
    brought = person.brought
    blank = "_" * 20
    known = (
        Fact(tr("Allergies"), brought.allergies or blank), Fact(tr("Medicines"), brought.medicines or blank),
        Fact(tr("To be called"), brought.contact or blank),
        Fact(tr("Escort"), blank if escort is None else escort.value + (f" ({escort.note})" if escort.note else "")),
    )
    timing = protocol.timing
    minutes = [Fact(tr("Stays at least"), tr("{n} min after the last dose", n=timing.stay.whole)),
               Fact(tr("Repeat"), tr("{n} min after a value out of its limits", n=timing.repeat.whole))]  # fmt: skip
    if timing.hold is not None:
        minutes.insert(0, Fact(tr("Hold, then spit"), tr("after {n} min", n=timing.hold.whole)))
    rounds = [tr("every {n} min", n=rule.every_min.whole) if rule.until_min is None
              else tr("every {n} min until {m} min", n=rule.every_min.whole, m=rule.until_min.whole)
              for rule in protocol.rounds]  # fmt: skip
    minutes.append(Fact(tr("Visual rounds"), ", ".join(rounds)))
    return FactColumns(((tr("Order"), order), (tr("Known"), known), (tr("Minutes"), tuple(minutes))))


def _limits(ask: PageAsk) -> list[PageBlock]:
    bands = bands_for(ask.state.protocol, ask.person.order)
    rows = tuple(LedgerRow((Cell(sign, strong=True), Cell(words))) for sign, words in limits_in_words(bands))
    return [Ledger((tr("Limits"), ""), rows, (2, 15), fine=True)]


def _doses(ask: PageAsk) -> list[PageBlock]:
    head = (
        tr("Clock"), tr("mg"), tr("mL"), tr("Route, site"), tr("Lot, or own"), tr("Given by"),
        tr("Second check"), tr("Spat out at"), tr("Lost, why"),
    )  # fmt: skip
    return [
        Heading(tr("Doses")), Ledger(head, (), (8, 7, 6, 13, 14, 9, 12, 10, 16), blank=3, tall=LOW, ruled=True),
        Small(
            tr("Second check: name, date of birth, medicine, amount and label read aloud. Above the order: the "
               "prescriber first; write it twice.")
        ),
    ]  # fmt: skip


def _grid(ask: PageAsk) -> list[PageBlock]:
    head = (
        tr("Due"), tr("Due at"), tr("Clock"), tr("BP"), tr("HR"), "SpO\u2082", tr("RR"), "MOAA/S", tr("Initials"),
        tr("Remarks, symptoms"),
    )  # fmt: skip
    due = [tr("before the dose"), tr("again, if high")]
    if ask.person.role is PersonRole.DOSED:
        slots = schedule_of(ask.state.protocol, ask.person.order) or ()
        due += [tr("{n} min", n=slot.minute) for slot in slots]
        due.append(tr("leaving, {n} min", n=ask.state.protocol.timing.stay.whole))
    rows = tuple(LedgerRow((Cell(words, strong=True), *(Cell(""),) * 9)) for words in due)
    return [
        Heading(tr("Vitals")),
        Ledger(head, rows, (14, 7, 7, 10, 7, 7, 6, 8, 8, 19), blank=3, tall=LOW, ruled=True),
        Small(
            tr("Minutes count from the first dose; a booster moves the check at {n} min and the minimum stay. "
               "Refused: R. Failed: F, and why.",
               n=ask.state.protocol.timing.recheck.whole)
        ),
    ]  # fmt: skip


def _others() -> list[PageBlock]:
    head = (tr("Clock"), tr("Other medicine"), tr("Amount, unit"), tr("Route"), tr("Order: by whom, read back by"),
            tr("Given by"), tr("Response, at"))  # fmt: skip
    return [Heading(tr("Other medicines, and orders by phone")),
            Ledger(head, (), (8, 18, 11, 10, 24, 9, 18), blank=3, tall=LOW, ruled=True)]  # fmt: skip


def _seen(ask: PageAsk) -> list[PageBlock]:
    phases = ask.state.protocol.phases
    heads = tuple(phase.name[:2] for phase in phases)
    names = ", ".join(tr("{short}: {name} from {n} min", short=phase.name[:2], name=phase.name,
                         n=phase.start_min.whole) for phase in phases)  # fmt: skip
    chips = tuple(chip.label for chip in ask.state.checklist.chips)
    return [Heading(tr("Seen")), Small(names), TickGrid(heads, chips)]


def _words() -> list[PageBlock]:
    head = (tr("Clock"), tr("Own words in “…”; otherwise what happened: away and back, touch, safe signal"),
            tr("Initials"))  # fmt: skip
    return [Heading(tr("Words and notes")), Ledger(head, (), (8, 84, 9), blank=26, tall=LOW, ruled=True)]


def _leaving(ask: PageAsk) -> list[PageBlock]:
    gates = tuple(tr(gate.label) for gate in ask.state.protocol.gates_on(GateOn.DISCHARGE))
    endings = tuple(ending_words(ending) for ending in Ending)
    return [
        Heading(tr("Leaving")), TickGrid((tr("yes"), tr("no")), gates, 2), Small(tr("How it ended")),
        TickGrid(("",), endings, 3),
        Signature((tr("Left at, with whom"), tr("Therapist"))),
    ]  # fmt: skip


def _later() -> list[PageBlock]:
    return [
        Callout(
            tr("Type it in later"),
            (
                tr("When Holdfast runs again, choose this session and “Type in from paper”: a grid like this sheet, "
                   "each row with its clock time and initials. Where the session still runs, the board takes it too: "
                   "-25 a 128/84 is a reading of 25 minutes ago. Everything is marked as written later, and by whom."),
                tr("Then write “typed in”, the day and your initials here, and keep this sheet with the chart: "
                   "____________________"),
            ),
        )
    ]  # fmt: skip
