"""Knows the emergency card: its steps in short words, what is read out, and who cares for the partner."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from desktop.domain.protocol import Basis
from desktop.domain.protocol_fields import Fields, load
from desktop.domain.words import tr

STEPS_MOST = 9


@dataclass(frozen=True, slots=True)
class CardStep:
    """One step in a few big words. detail: small print under it, may be empty. number: whether the number to call."""

    key: str
    words: str
    detail: str = ""
    number: bool = False
    sheet: bool = False
    partner: bool = False


@dataclass(frozen=True, slots=True)
class EmergencyCard:
    """The card of one practice. number: who is called; address: what is told on the phone, empty until written."""

    id: str
    edition: int
    title: str
    number: str
    address: str
    basis: Basis
    steps: tuple[CardStep, ...]
    text: str
    sha256: str

    def step(self, key: str) -> CardStep | None:
        """The step of that key, or None."""
        return next((step for step in self.steps if step.key == key), None)


def read_card(text: str, file: str) -> EmergencyCard:
    """The card in a TOML text; DataFileError names the file, the line, the field and the reason."""
    top = load(text, file)
    found = EmergencyCard(
        id=top.key("id"), edition=top.whole("edition", 1, 9999), title=top.text("title", 60),
        number=top.text("number", 40), address=top.text_or_none("address"), basis=top.choice("basis", Basis),
        steps=top.parts("step", _step), text=text, sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    top.done()
    if len(found.steps) > STEPS_MOST:
        top.fail("step", tr("at most {n} steps fit on a card", n=STEPS_MOST))
    keys = [step.key for step in found.steps]
    for number, key in enumerate(keys, 1):
        if key in keys[: number - 1]:
            top.fail(f"step[{number}].key", tr("stands there twice"))
    for mark in ("number", "sheet", "partner"):
        if sum(bool(getattr(step, mark)) for step in found.steps) != 1:
            top.fail("step", tr("exactly one step needs {mark} = true", mark=mark))
    return found


def _step(fields: Fields) -> CardStep:
    return CardStep(
        fields.key("key"), fields.text("words", 60), fields.text("detail", 160) if fields.has("detail") else "",
        fields.yes_no("number"), fields.yes_no("sheet"), fields.yes_no("partner"),
    )
