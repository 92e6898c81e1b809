"""Knows how protocols and their numbers are said in a table: plain words, where each comes from, who set it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.amounts import plain
from desktop.domain.editions import Done
from desktop.domain.protocol import Basis, CheckKind, Figure, Protocol, Reach
from desktop.domain.protocol_numbers import Numbered
from desktop.domain.words import tr
from desktop.services.protocols import Made, ProtocolPage, ProtocolRow
from desktop.views.ui.theme import Tone

SHORT = 44
SHORTENED = 4
"""A medicine of so few letters is one that is known by its initials."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A protocol in the list."""

    id: str
    title: str
    state: str
    sign: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number in the table. heading: it is no number but the name of a group."""

    path: str
    name: str
    value: str = ""
    basis: str = ""
    sign: str = ""
    tone: Tone = Tone.PLAIN
    source: str = ""
    who: str = ""
    whole: str = ""

    @property
    def heading(self) -> bool:
        """Whether it only names what follows."""
        return not self.path


def list_row(row: ProtocolRow) -> ListRow:
    """A protocol in the list, with its state in words."""
    if not row.protocol.enabled:
        words, sign, tone = tr("switched off"), "ban", Tone.PLAIN
    elif row.outdated:
        words, sign, tone = tr("on, a newer one is shipped"), "triangle-alert", Tone.AMBER
    elif row.own:
        words, sign, tone = tr("on, your own edition"), "check", Tone.GREEN
    else:
        words, sign, tone = tr("on, as shipped"), "check", Tone.GREEN
    return ListRow(row.protocol.id, row.protocol.title, words, sign, tone)


def number_rows(numbers: tuple[Numbered, ...], wanted: str) -> tuple[NumberRow, ...]:
    """The numbers under their groups' names; wanted: words that a number or its group must hold."""
    return tuple(_rows(numbers, wanted.casefold().split()))


def _rows(numbers: tuple[Numbered, ...], wanted: list[str]) -> Iterator[NumberRow]:
    group = ""
    for each in numbers:
        row = _row(each)
        held = f"{each.group} {row.name} {row.value} {row.basis} {row.whole}".casefold()
        if not all(word in held for word in wanted):
            continue
        if each.group != group:
            group = each.group
            yield NumberRow("", group)
        yield row


def _row(each: Numbered) -> NumberRow:
    figure = each.figure
    basis, sign, tone = basis_words(figure)
    whole = whence(figure)
    source = source_words(figure)
    return NumberRow(
        each.path, each.name, amount(figure, each.unit), basis, sign, tone,
        source if len(source) <= SHORT else source[: SHORT - 1].rstrip() + "\u2026", who(figure), whole,
    )


def amount(figure: Figure, unit: str) -> str:
    """A number with its unit."""
    return f"{plain(figure.value)} {unit}".strip()


def basis_words(figure: Figure) -> tuple[str, str, Tone]:
    """What a number rests on, in a word, with its icon and colour."""
    if figure.changed is not None:
        return tr("set by practice"), "pencil", Tone.ACCENT
    return {
        Basis.SOURCE: (tr("source"), "file-text", Tone.PLAIN),
        Basis.GENERAL: (tr("general knowledge"), "info", Tone.PLAIN),
        Basis.PROPOSED: (tr("proposed"), "circle-dashed", Tone.PLAIN),
    }[figure.basis]


def source_words(figure: Figure) -> str:
    """Where it comes from, or, of a changed one, where the number before it came from."""
    came = figure.source or {
        Basis.GENERAL: tr("general knowledge, no source yet"), Basis.PROPOSED: tr("a proposal, not a guideline"),
    }.get(figure.basis, "")  # fmt: skip
    if figure.changed is None or figure.changed.was is None:
        return came
    return tr("was {n}: {came}", n=plain(figure.changed.was), came=came)


def who(figure: Figure) -> str:
    """Who set or confirmed it last, and when."""
    if figure.confirmed is not None:
        return tr("confirmed: {who}, {day}", who=figure.confirmed.by, day=figure.confirmed.on)
    if figure.changed is not None:
        return tr("{who}, {day}", who=figure.changed.by, day=figure.changed.on)
    return ""


def whence(figure: Figure) -> str:
    """Everything that is known about where a number comes from."""
    parts = [tr("{words}.", words=_upper(source_words(figure)))]
    if figure.changed is not None:
        mark = figure.changed
        parts.append(tr("Set by {who} on {day}: {why}.", who=mark.by, day=mark.on, why=mark.why.rstrip(".")))
    if figure.confirmed is not None:
        parts.append(tr("Confirmed by {who} on {day}.", who=figure.confirmed.by, day=figure.confirmed.on))
    return " ".join(parts)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def about(protocol: Protocol) -> str:
    """A line under the title: medicine, route, who may check, who is in the room."""
    parts = [
        tr("{medicine}, {route}.", medicine=_named(protocol.medicine), route=protocol.route), protocol.staffing,
        tr("Second check of a dose: {who}.", who=_checkers(protocol.second_check)),
        tr("Of a booster: {who}; it has a window only when the order states one.",
           who=_checkers(protocol.booster_second_check)),
    ]  # fmt: skip
    if protocol.staff is not None:
        present = protocol.staff.prescriber is Reach.PRESENT
        parts.insert(2, tr("The prescriber is present.") if present else tr("The prescriber can be reached."))
    return " ".join(parts)


def _named(medicine: str) -> str:
    return medicine.upper() if len(medicine) <= SHORTENED else _upper(medicine)


def _checkers(kinds: frozenset[CheckKind]) -> str:
    words = {
        CheckKind.MEMBER: tr("a member"), CheckKind.PHONE: tr("the prescriber by phone"),
        CheckKind.CLIENT: tr("the sober client reading their own label"),
    }
    return ", ".join(words[kind] for kind in CheckKind if kind in kinds)


def legal(protocol: Protocol) -> str:
    """What the law said, and when somebody looked; empty for a protocol that says nothing of it."""
    if protocol.legal is None:
        return ""
    return tr("{note} Checked on {day}.", note=protocol.legal.note, day=protocol.legal.checked.isoformat())


def made_words(made: Made) -> tuple[str, str, str]:
    """An edition in the history: when and by whom, what, and why."""
    edition = made.edition
    done = {
        Done.CHANGED: tr("changed"), Done.CONFIRMED: tr("confirmed"), Done.ON: tr("switched on"),
        Done.OFF: tr("switched off"), Done.IMPORTED: tr("taken in from a file"), Done.SHIPPED: tr("taken back"),
    }[edition.done]
    what = tr("{what}: {done}", what=made.name, done=done) if made.name else _upper(done)
    when = f"{edition.made.local:%Y-%m-%d %H:%M}"
    return tr("{n}. {when}, {who}", n=edition.number, when=when, who=made.by), what, edition.reason


def counts(page: ProtocolPage) -> str:
    """How many numbers there are, and how many of them are the practice's own or confirmed."""
    row = page.row
    return tr("{all} numbers, {set} set and {kept} confirmed by the practice.", all=len(page.numbers), set=row.changed,
              kept=row.confirmed)  # fmt: skip
