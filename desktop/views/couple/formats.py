"""Knows how who takes the medicine is chosen for a couple, and whose turn it is when their weeks alternate."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel

from desktop.domain.drafts import DOSED, SITTING
from desktop.domain.records import SessionFormat
from desktop.domain.words import tr
from desktop.services.planning import Turn
from desktop.views.couple.facts import PersonFacts
from desktop.views.ui.basics import wrapped
from desktop.views.ui.fields import Choice

BOTH, SITS, TURNS = SessionFormat.BOTH.value, SessionFormat.ONE_SITS.value, SessionFormat.ALTERNATING.value


def format_choices() -> tuple[tuple[str, str], ...]:
    """What a couple can plan."""
    return (
        (BOTH, tr("both take the medicine")), (SITS, tr("one takes it, one sits with them")),
        (TURNS, tr("alternating weeks, one at a time")),
    )  # fmt: skip


def turn_words(turn: Turn | None, people: Sequence[PersonFacts]) -> str:
    """Whose turn it is, in a sentence; '' when the weeks did not alternate before."""
    if turn is None:
        return tr("The other one is proposed the next time.")
    letters = {person.client_id: f"{person.letter}, {person.name}" for person in people}
    last, now = letters.get(turn.last_client, ""), letters.get(turn.client_id, "")
    if turn.planned:
        return tr("{last} is planned for {day}; after that it is the turn of {now}.", last=last, now=now,
                  day=turn.last_day.isoformat())  # fmt: skip
    return tr("{last} took it on {day}. It is the turn of {now}.", last=last, now=now, day=turn.last_day.isoformat())


class Formats:
    """Keeps the format and the two parts in step: whichever is changed, the other follows."""

    def __init__(
        self, choice: Choice, roles: Sequence[Choice], people: Sequence[PersonFacts], turn: Turn | None
    ) -> None:  # fmt: skip
        self._choice, self._roles, self._people, self._turn = choice, roles, people, turn
        self.words: QLabel = wrapped(turn_words(turn, people), "caption")
        choice.activated.connect(self._format)
        for role in roles:
            role.activated.connect(self._role)
        self._show(TURNS if turn is not None else BOTH)
        self._format()

    def _show(self, key: str) -> None:
        self._choice.setCurrentIndex(self._choice.findData(key))
        self.words.setVisible(key == TURNS)

    def _format(self, *_: object) -> None:
        key = self._choice.currentData()
        dosed = {person.client_id for person in self._people}
        if key != BOTH:
            parts = zip(self._people, self._roles, strict=True)
            now = {person.client_id for person, role in parts if role.currentData() == DOSED}
            first = self._people[0].client_id
            dosed = now if len(now) == 1 else {first}
            if key == TURNS and self._turn is not None:
                dosed = {self._turn.client_id}
        for person, role in zip(self._people, self._roles, strict=True):
            at = role.findData(DOSED if person.client_id in dosed else SITTING)
            if role.currentIndex() != at:
                role.setCurrentIndex(at)
                role.activated.emit(at)  # its order follows, as when a person chooses
        self._show(key)

    def _role(self, *_: object) -> None:
        dosed = sum(role.currentData() == DOSED for role in self._roles)
        key = self._choice.currentData()
        if dosed == len(self._roles):
            self._show(BOTH)
        elif dosed == 1 and key == BOTH:
            self._show(SITS)
