"""Knows whose copies there are of a session: each person's, each couple's, and the clinic's own.

A copy is named by a seat (`a`, `3b`), by `alone` where only one person comes, by `both` for the two of a couple, in a
group by the couple's number (`3`), and for those who treat them by `clinic`, in a group `clinic-3`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from desktop.domain.errors import Refused
from desktop.domain.paper import Compartment
from desktop.domain.words import tr

CLINIC = "clinic"


def couple_of(seat: str) -> str:
    """The couple's number in a seat of a group: `3` of `3a`; empty for two people, or one."""
    return seat[:-1]


def couples_of(seats: Iterable[str]) -> tuple[str, ...]:
    """The couples' numbers in order; empty where it is no group."""
    numbers = {couple_of(seat) for seat in seats} - {""}
    return tuple(sorted(numbers, key=lambda number: (len(number), number)))


def seats_of(seats: Iterable[str], copy: str) -> tuple[str, ...]:
    """The seats whose things may stand in a copy, in order; Refused where there is no such copy."""
    all_ = tuple(seats)
    if copy in all_:
        return (copy,)
    if copy == Compartment.ALONE and len(all_) == 1:
        return all_
    if copy == Compartment.BOTH and len(all_) == 2 and len({couple_of(seat) for seat in all_}) == 1:
        return tuple(sorted(all_))
    pair = tuple(sorted(seat for seat in all_ if copy and couple_of(seat) == copy))
    if pair:
        return pair
    raise no_copy()


def clinic_seats(seats: Iterable[str], copy: str) -> tuple[str, ...]:
    """The seats of the clinic's own page: everybody's, and in a group one couple's."""
    all_ = tuple(sorted(seats))
    if copy == CLINIC and not couples_of(all_):
        return all_
    number = copy.removeprefix(f"{CLINIC}-") if copy != CLINIC else ""
    pair = tuple(seat for seat in all_ if number and couple_of(seat) == number)
    if pair:
        return pair
    raise no_copy()


def clinic_copies(seats: Collection[str]) -> tuple[str, ...]:
    """The clinic's own copies: one for two people, in a group one for each couple; none for one person."""
    couples = couples_of(seats)
    if couples:
        return tuple(f"{CLINIC}-{number}" for number in couples)
    return (CLINIC,) if len(seats) > 1 else ()


def own_copies(seats: Collection[str]) -> tuple[str, ...]:
    """The copies of one person each."""
    return tuple(sorted(seats)) if len(seats) > 1 else (Compartment.ALONE.value,)


def shared_copies(seats: Collection[str]) -> tuple[str, ...]:
    """The copies for two together: `both`, or in a group each couple's number; none for one person."""
    couples = couples_of(seats)
    if couples:
        return tuple(number for number in couples if len(seats_of(seats, number)) > 1)
    return (Compartment.BOTH.value,) if len(seats) > 1 else ()


def compartment_of(seats: tuple[str, ...], of: int) -> Compartment:
    """Whose page a copy for these seats is. of: how many people the session has."""
    if len(seats) > 1:
        return Compartment.BOTH
    return Compartment.of_seat(seats[0]) if of > 1 else Compartment.ALONE


def shown_seat(seat: str, of: int) -> str | None:
    """A seat as a page shows it; None for someone who comes alone."""
    return seat.upper() if of > 1 else None


def no_copy() -> Refused:
    """There is no such copy."""
    return Refused("no_copy", tr("There is no such copy of this session."), next_step=tr("Choose one of its people."))
