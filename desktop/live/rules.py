"""Knows what every command of the live session asks first, and how a refusal is worded.

Refusals hold letters and the program's own words, never a client's name or text: they reach logs and terminals.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NoReturn

from desktop.domain.amounts import read_amount
from desktop.domain.errors import Refused
from desktop.domain.words import tr
from desktop.live.asks import Now
from desktop.live.lines import CheckLine
from desktop.live.state import LiveState, PersonState

NOES = frozenset({"no", "n", "false", "refused", "not", "declined", "withdrawn", "wrong", "fail", "failed"})
# A person may say no in many words; where a no has no override, any of these anywhere is one.
DECLINES = NOES | {
    "0", "never", "nope", "refuse", "refuses", "decline", "declines", "withdraw", "withdraws", "revoked", "unwilling",
    "unsure", "unclear", "mismatch", "fails", "cannot", "can't", "won't", "doesn't", "don't", "isn't", "hasn't",
}
YESES = frozenset({
    "yes", "y", "1", "true", "ok", "okay", "done", "checked", "confirmed", "agreed", "agrees", "willing", "wants",
    "given", "signed", "correct", "right", "matches", "match", "valid", "present", "both", "in",
})


def refuse(code: str, what: str, next_step: str = "") -> NoReturn:
    """Raise Refused with a stable code."""
    raise Refused(code, what, tr("Nothing was changed."), next_step)


def check_time(state: LiveState, now: Now) -> None:
    """Time never runs backwards, nothing happened before the start, and nothing happens after the close."""
    if state.closed:
        refuse("closed", tr("The session is closed."), tr("Write an addendum instead."))
    if now.elapsed_ms < state.elapsed_ms:
        refuse("time_backwards", tr("The time lies before the last entry."), tr("Enter it as late."))
    if now.ago_ms < 0 or now.at_ms < 0:
        refuse("before_start", tr("That lies before the start of the session or in the future."))


def person_of(state: LiveState, who: str, now: Now) -> PersonState:
    """A participant whose session was not over yet when it happened."""
    person = known(state, who)
    if person.ending is not None and now.at_ms >= person.ending.at_ms:
        refuse(
            "ended", tr("The session of {who} is over.", who=who.upper()),
            tr("Strike the discharge first, or enter it as late."),
        )
    return person


def known(state: LiveState, who: str) -> PersonState:
    """A participant, whatever has happened to them."""
    if who not in state.people:
        refuse("nobody", tr("There is nobody with this letter in the session."))
    return state.people[who]


def words_of(text: str, code: str, what: str) -> str:
    """Text that says something."""
    if not text.strip():
        refuse(code, what)
    return text.strip()


# What a scale can show and a hand can type; anything else is a slip of the keys.
WEIGHT = (Decimal(20), Decimal(400))


def read_weight(value: str) -> Decimal | None:
    """A weight in kg as typed, `72`, `72.5` or `72 kg`; None when it is none."""
    found = read_amount(value.casefold().removesuffix("kg").strip())
    return found if found is not None and WEIGHT[0] <= found <= WEIGHT[1] else None


def is_no(value: str) -> bool:
    """Whether the value of a check is a no."""
    return value.strip().casefold() in NOES


def declines(value: str) -> bool:
    """Whether a person's answer says no anywhere: `No, not today` does."""
    return not _words(value).isdisjoint(DECLINES)


def agrees(value: str) -> bool:
    """Whether a person's answer says yes, and nowhere no. What says neither is not taken for a yes."""
    return not declines(value) and not _words(value).isdisjoint(YESES)


def _words(value: str) -> set[str]:
    spread = "".join(ch if ch.isalnum() or ch in "'\u2019" else " " for ch in value.casefold())
    return {word.replace("\u2019", "'") for word in spread.split()}


def check_until(state: LiveState, person: PersonState, item: str, at_ms: int) -> CheckLine | None:
    """The latest entry for an item, the person's or the room's, that happened by `at_ms`."""
    lines = [line for line in (*person.checks, *state.room.checks) if line.item == item and line.at_ms <= at_ms]
    return max(lines, key=lambda line: (line.at_ms, line.seq), default=None)
