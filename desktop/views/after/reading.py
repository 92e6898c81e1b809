"""Knows how a session's records become what the page shows of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone

from desktop.domain.audience import Owner, OwnerKind
from desktop.domain.care import FollowState, WordRelease
from desktop.domain.moment import Moment
from desktop.domain.people import Member, Role
from desktop.domain.records import SessionState
from desktop.domain.words import tr
from desktop.services.after_page import AfterPage
from desktop.services.releases import ASKED
from desktop.services.signatures import may_sign
from desktop.views.ui.theme import Tone

TONES = {"a": Tone.A, "b": Tone.B}
FIRST = 70


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was there: seat as it is written, two identifiers."""

    seat: str
    letter: str
    client_id: str
    name: str
    born: str


@dataclass(frozen=True, slots=True)
class WordsRow:
    """Words that were kept. release: how they are the couple's, None for the speaker's own."""

    seq: int
    who: str
    seat: Tone
    wall: str
    text: str
    state: str
    sign: str
    release: WordRelease | None


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """What was said by phone, and its signature. waits: for that of whoever looks."""

    seq: int
    who: str
    when: str
    text: str
    by: str
    state: str
    tone: Tone
    sign: str
    waits: bool


@dataclass(frozen=True, slots=True)
class AfterFacts:
    """The page. notes, due: lines of words. shared: couples a note can be begun for; may_release, may_sign: who."""

    title: str
    people: tuple[Person, ...]
    words: tuple[WordsRow, ...]
    phone: tuple[PhoneRow, ...]
    notes: tuple[str, ...]
    due: tuple[str, ...]
    closed: bool
    shared: tuple[int, ...]
    may_lead: bool
    may_sign: bool


def facts_of(page: AfterPage, me: Member, now: Moment) -> AfterFacts:
    """The page."""
    start = page.state.entries[0].wall.local
    people = tuple(
        Person(seat, seat.upper() if len(page.clients) > 1 else "", client.id, client.name, client.born.isoformat())
        for seat, client in page.clients.items()
    )
    title = tr("The session of {day}, afterwards", day=f"{start:%Y-%m-%d}")
    return AfterFacts(
        title, people, _words(page), _phone(page, me), _notes(page, people), _due(page, people, now),
        page.session.state is SessionState.CLOSED, page.shared, me.may(Role.THERAPIST, Role.PRESCRIBER),
        me.may(Role.PRESCRIBER),
    )


def _words(page: AfterPage) -> tuple[WordsRow, ...]:
    start = page.state.entries[0].wall.local
    asked = dict(ASKED)
    rows = []
    for line in page.words:
        given = line.release
        state, sign = tr("theirs alone"), "lock"
        if given is not None:
            day = f"{given.released.local:%Y-%m-%d}"
            state, sign = tr("with both since {day}: {how}", day=day, how=asked.get(given.asked, given.asked)), "users"
        rows.append(
            WordsRow(
                line.seq, line.seat.upper(), TONES.get(line.seat[-1], Tone.PLAIN),
                f"{start + timedelta(milliseconds=line.at_ms):%H:%M}", line.text, state, sign, given,
            )
        )
    return tuple(rows)


def _phone(page: AfterPage, me: Member) -> tuple[PhoneRow, ...]:
    signed = {one.seq: one for one in page.signed}
    seats = {client.id: seat.upper() for seat, client in page.clients.items()}
    rows = []
    for line in page.by_phone:
        mark = signed.get(line.seq)
        state, tone, sign = tr("waits for a signature"), Tone.AMBER, "pencil"
        if mark is not None:
            state = tr("{name}, {when}: {meaning}", name=mark.name, when=mark.when, meaning=mark.meaning)
            tone, sign = Tone.GREEN, "circle-check"
        text = tr("Let pass: {text}", text=line.text) if line.override else line.text
        by = page.members[line.prescriber].name if line.prescriber in page.members else line.prescriber
        rows.append(
            PhoneRow(
                line.seq, seats.get(line.client_id, ""), line.wall, text,
                tr("{name}, read back by {reader}", name=by, reader=line.read_back_by), state, tone, sign,
                mark is None and may_sign(tuple(page.members.values()), line, me),
            )
        )
    return tuple(rows)


def _notes(page: AfterPage, people: tuple[Person, ...]) -> tuple[str, ...]:
    lines = []
    for note in page.notes:
        first = next((line.strip() for line in note.text.splitlines() if line.strip()), "")
        by = page.members[note.author_id].initials if note.author_id in page.members else ""
        state = tr("draft")
        if note.signed is not None:
            state = tr("signed {when}", when=f"{note.signed.local:%Y-%m-%d %H:%M}")
        lines.append(f"{whose(note.owner, people)} · {by} · {state} · {first[:FIRST]}")
    return tuple(lines)


def whose(owner: Owner, people: tuple[Person, ...]) -> str:
    """Whose a note is: a letter, both, or own."""
    if owner.kind is OwnerKind.COUPLE:
        return tr("A+B")
    return next((one.letter for one in people if one.client_id == owner.id and one.letter), tr("own"))


def _due(page: AfterPage, people: tuple[Person, ...], now: Moment) -> tuple[str, ...]:
    words = {FollowState.OPEN: "", FollowState.NOT_REACHED: tr("not reached"), FollowState.DONE: tr("done")}
    here = timezone(timedelta(minutes=now.offset_minutes))
    lines = []
    for one in page.followups:
        parts = (
            whose(one.owner, people), f"{one.due.astimezone(here):%Y-%m-%d %H:%M}", one.label, words[one.state],
        )  # fmt: skip
        lines.append(" · ".join(part for part in parts if part))
    return tuple(lines)
