"""Knows what the prescriber reads of one person after a dose: one page, with what waits for their signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.domain.amounts import plain
from desktop.domain.paper import Fact, Heading
from desktop.domain.paper_live import (
    Cell,
    Ledger,
    LedgerRow,
    PageBlock,
    PageSheet,
    Small,
    StripBlock,
)
from desktop.domain.protocol import CheckKind, Level, Sign
from desktop.domain.words import tr
from desktop.live.describe import sign_words
from desktop.live.events import OverrideHow
from desktop.live.labels import ending_words, item_words, missing_words
from desktop.live.lines import DoseLine, OtherLine, VitalsLine
from desktop.services.flowsheet_facts import ending_facts, order_facts, total_facts
from desktop.services.flowsheet_lines import minute
from desktop.services.handover import strip_of
from desktop.services.page_ask import PageAsk

MOST_OUT = 8
LINE = "_" * 26
Said = tuple[str, str, str]
"""A label, what is said, and how loud it is."""


def prescriber_page(ask: PageAsk) -> PageSheet:
    """The page: what was ordered, what was given, how it went, what waits."""
    blocks: list[PageBlock] = [
        _first(ask), *_medicine(ask), *_vitals(ask), *_course(ask), *_waiting(ask),
        Small(tr("Read by the prescriber: {line} Date: {day}    {initials}", line=LINE, day="_" * 14,
                 initials=_initials(ask))),
    ]  # fmt: skip
    sees = tr("the prescriber and the clinic. It holds nothing of anybody else’s.")
    return PageSheet(ask.head(tr("For the prescriber"), "", sees), tuple(blocks), tight=True)


def _since(ask: PageAsk, at_ms: int) -> str:
    """Minutes since the first dose; empty before it."""
    first = ask.person.first_dose_ms
    return "" if first is None or at_ms < first else str(minute(at_ms - first))


def _first(ask: PageAsk) -> Ledger:
    """The order, what was given in all, and what is known, a line each."""
    person = ask.person
    order = order_facts(person) or (Fact(tr("Order"), tr("none: sits with the partner")),)
    said = (
        (tr("Order"), _in_line(order)), (tr("In all"), _in_line(total_facts(person))),
        (tr("Allergies"), person.brought.allergies or tr("not entered")),
        (tr("Takes at home"), person.brought.medicines or tr("not entered")),
    )
    rows = tuple(LedgerRow((Cell(label, strong=True), Cell(text))) for label, text in said)
    return Ledger(("", ""), rows, (2, 9), fine=True)


def _in_line(facts: Sequence[Fact]) -> str:
    """Facts in one line of text."""
    return "; ".join(f"{fact.label}: {fact.value}" for fact in facts)


def _table(title: str, head: tuple[str, ...], rows: Sequence[LedgerRow], widths: tuple[int, ...]) -> list[PageBlock]:
    """A small table under its heading; nothing where it has no rows."""
    return [Heading(title), Ledger(head, tuple(rows), widths, fine=True)] if rows else []


def _medicine(ask: PageAsk) -> list[PageBlock]:
    """Doses, what was lost of them, and other medicines with their order and response."""
    head = (tr("Clock"), tr("Min"), tr("What"), tr("Amount"), tr("Route"), tr("Lot, or own"), tr("Given by"),
            tr("Second check"), tr("Remarks"))  # fmt: skip
    person, copy = ask.person, ask.copy
    rows = [(dose.at_ms, dose.seq, _dose(ask, dose)) for dose in person.doses]
    for loss in person.losses:
        cells = (Cell(tr("lost")), Cell("\u2212" + tr("{mg} mg", mg=plain(loss.mg)), strong=True), *(Cell(""),) * 4)
        at = Cell(copy.wall(loss.at_ms)), Cell(_since(ask, loss.at_ms))
        rows.append((loss.at_ms, loss.seq, LedgerRow((*at, *cells, Cell(loss.why)))))
    rows += [(other.at_ms, other.seq, _other(ask, other)) for other in person.others]
    lines = tuple(row for _, _, row in sorted(rows, key=lambda each: each[:2]))
    if not lines:
        return [Heading(tr("Medicine")), Ledger(("",), empty=tr("No medicine was entered."))]
    return _table(tr("Medicine"), head, lines, (7, 5, 13, 9, 11, 11, 9, 13, 25))


def _other(ask: PageAsk, line: OtherLine) -> LedgerRow:
    remarks = tr("order: {order}; response: {response}", order=line.order, response=_response(ask, line))
    return LedgerRow((
        Cell(ask.copy.wall(line.at_ms)), Cell(_since(ask, line.at_ms)), Cell(line.medicine, strong=True),
        Cell(f"{plain(line.amount)} {line.unit}", strong=True), Cell(line.route), *(Cell(""),) * 3, Cell(remarks),
    ))  # fmt: skip


def _dose(ask: PageAsk, dose: DoseLine) -> LedgerRow:
    copy, protocol = ask.copy, ask.state.protocol
    amount = tr("not entered") if dose.mg is None else tr("{mg} mg", mg=plain(dose.mg))
    if dose.ml is not None:
        amount += tr(" ({ml} mL)", ml=plain(dose.ml))
    above = [tr("above the order: {what}", what=what) for what in missing_words(protocol, dose.above_order)]
    remarks = ", ".join((*missing_words(protocol, dose.missing), *above))
    return LedgerRow(
        (
            Cell(copy.wall(dose.at_ms)), Cell(_since(ask, dose.at_ms)),
            Cell(tr("booster") if dose.booster else tr("dose")), Cell(amount, strong=True),
            Cell(", ".join(part for part in (dose.route, dose.site) if part)),
            Cell(tr("own") if dose.own else dose.lot), Cell(copy.by(dose.by)), Cell(_check(ask, dose)),
            Cell(remarks, "amber" if remarks else ""),
        ),
        "amber" if remarks else "",
    )


def _check(ask: PageAsk, dose: DoseLine) -> str:
    by = ask.copy.by(dose.checked_by)
    how = {CheckKind.PHONE: tr("by phone"), CheckKind.CLIENT: tr("sober client")}
    kind = how.get(dose.check_kind) if dose.check_kind is not None else None
    return f"{by}, {kind}" if by and kind else by or tr("none entered")


def _response(ask: PageAsk, other: OtherLine) -> str:
    after = (line for line in ask.person.checks if line.item == "response" and line.at_ms >= other.at_ms)
    line = next(after, None)
    return tr("not entered") if line is None else f"{line.value} {line.note}".strip()


def _vitals(ask: PageAsk) -> list[PageBlock]:
    head = ("", tr("Clock"), tr("Min"), tr("Pressure"), tr("Heart rate"), "SpO\u2082", tr("Breaths"))
    rows = [_reading(ask, label, line) for label, line in _chosen(ask)]
    if not rows:
        return [Heading(tr("Vitals")), Ledger(("",), empty=tr("No vitals were entered."))]
    strip = strip_of(ask.state, ask.person, ask.end_ms)
    return [*_table(tr("Vitals"), head, rows, (24, 10, 8, 18, 14, 14, 12)), StripBlock(strip)]


def _chosen(ask: PageAsk) -> Iterator[tuple[str, VitalsLine]]:
    """The readings that tell the course: before, the highest pressure, the lowest oxygen, and the last one."""
    first = ask.person.first_dose_ms
    before = [line for line in ask.person.vitals if first is None or line.at_ms <= first]
    after = [line for line in ask.person.vitals if first is not None and line.at_ms > first]
    if before:
        yield tr("before the dose"), before[-1]
    pressures = [line for line in after if line.systolic is not None]
    if pressures:
        yield tr("highest pressure"), max(pressures, key=lambda line: (line.systolic or 0, line.diastolic or 0))
    oxygens = [line for line in after if line.spo2 is not None]
    if oxygens:
        yield tr("lowest SpO\u2082"), min(oxygens, key=lambda line: line.spo2 or 0)
    if after:
        yield tr("the last one"), after[-1]


def _reading(ask: PageAsk, label: str, line: VitalsLine) -> LedgerRow:
    def cell(sign: Sign, value: object) -> Cell:
        level = line.level(sign)
        return Cell("" if value is None else str(value), "" if level is Level.NORMAL else level.value, strong=True)

    signs = ((Sign.BP, line.bp), (Sign.HR, line.hr), (Sign.SPO2, line.spo2), (Sign.RR, line.rr))
    return LedgerRow((
        Cell(label), Cell(ask.copy.wall(line.at_ms)), Cell(_since(ask, line.at_ms)),
        *(cell(sign, value) for sign, value in signs),
    ))  # fmt: skip


def _course(ask: PageAsk) -> list[PageBlock]:
    """How it went and how it ended, a line for each thing that there is to say."""
    said = [*_out(ask), *_scales(ask), *_adverse(ask), *_ending(ask), *_followups(ask)]
    rows = tuple(LedgerRow((Cell(label, strong=True), Cell(text)), level) for label, text, level in said)
    return [Heading(tr("Course and ending")), Ledger(("", ""), rows, (2, 9), fine=True)]


def _out(ask: PageAsk) -> list[Said]:
    """What was out of its limits; where there are too many for the page, the red ones."""
    found = ask.person.out_of_band
    ranked = sorted(found, key=lambda line: (-line.level.rank, line.at_ms))[:MOST_OUT]
    text = "; ".join(
        tr("{wall} {item} {value} {level}", wall=ask.copy.wall(line.at_ms), item=_item(ask, line.item),
           value=line.value, level=line.level.value)
        for line in sorted(ranked, key=lambda line: line.at_ms)
    )  # fmt: skip
    more = len(found) - len(ranked)
    text += tr("; {n} more are on the flowsheet", n=more) if more else ""
    return [(tr("Out of limits"), text or tr("nothing"), "")]


def _item(ask: PageAsk, item: str) -> str:
    if item in tuple(Sign):
        return sign_words(Sign(item))
    rating = ask.state.checklist.rating(item)
    return item if rating is None else tr(rating.label)


def _scales(ask: PageAsk) -> list[Said]:
    """Each scale with its ratings in order."""
    found: dict[str, list[str]] = {}
    for line in ask.person.scales:
        word = "" if line.level is Level.NORMAL else f" {line.level.value}"
        found.setdefault(_item(ask, line.of), []).append(f"{ask.copy.wall(line.at_ms)} {line.value}{word}")
    return [(name, "; ".join(values), "") for name, values in found.items()]


def _adverse(ask: PageAsk) -> list[Said]:
    found = []
    for line in ask.person.adverse:
        rated = tr("severity {n} of 5", n=line.severity) if line.severity else tr("severity not rated yet")
        text = "; ".join(part for part in (f"{ask.copy.wall(line.at_ms)} {line.what}", rated, line.note) if part)
        found.append((tr("Adverse event"), text, "" if line.severity else "amber"))
    return found


def _ending(ask: PageAsk) -> list[Said]:
    """How the session ended, the criteria as entered, and what was expected and not entered."""
    ending = ask.person.ending
    if ending is None:
        now = ask.at.wall.local.strftime("%H:%M")
        return [(tr("Ending"), tr("not over for this person at {time}", time=now), "")]
    text = _in_line(ending_facts(ask.copy)[2:])
    over = tr("{how} at {wall}", how=ending_words(ending.ending), wall=ask.copy.wall(ending.at_ms))
    found = [(tr("Ending"), f"{over}. {text}" if text else over, "")]
    missing = missing_words(ask.state.protocol, ending.missing)
    return [*found, (tr("Not entered"), ", ".join(missing), "amber")] if missing else found


def _waiting(ask: PageAsk) -> list[PageBlock]:
    """Orders by phone, and what was let pass by phone: signed, or with a line to sign on."""
    copy = ask.copy
    lines = [(line.at_ms, line.seq, line.text, line.prescriber, line.read_back_by) for line in ask.person.phone_orders]
    lines += [
        (line.at_ms, line.seq, f"{item_words(ask.state.protocol, line.item)}: {line.reason}", line.by,
         line.read_back_by)
        for line in ask.person.overrides if line.how is OverrideHow.PHONE
    ]  # fmt: skip
    rows = tuple(
        LedgerRow((
            Cell(copy.wall(at_ms)), Cell(text, strong=True), Cell(copy.by(who)), Cell(copy.by(reader)),
            Cell(copy.signed.get(seq, LINE)),
        ))
        for at_ms, seq, text, who, reader in sorted(lines)
    )  # fmt: skip
    if not rows:
        return []
    head = (tr("Clock"), tr("Order"), tr("From"), tr("Read back by"), tr("Signature of the prescriber, date"))
    return [Heading(tr("By phone: to be signed")), Ledger(head, rows, (7, 46, 9, 12, 28), tall=19.0, fine=True)]


def _initials(ask: PageAsk) -> str:
    """Whom the initials on this page stand for."""
    person = ask.person
    ids = [who for dose in person.doses for who in (dose.by, dose.checked_by)]
    ids += [who for line in person.phone_orders for who in (line.prescriber, line.read_back_by)]
    ids += [who for line in person.overrides for who in (line.by, line.read_back_by)]
    members = [ask.copy.members[who] for who in dict.fromkeys(ids) if who in ask.copy.members]
    return ", ".join(tr("{initials} {name}", initials=one.initials, name=one.name) for one in members)


def _followups(ask: PageAsk) -> list[Said]:
    """What is due for this person after the session, and where it stands."""
    text = "; ".join(
        tr("{label} {due}, {stands}", label=line.label, due=line.due, stands=line.stands) for line in ask.followups
    )
    return [(tr("Follow-ups"), text, "")] if text else []
