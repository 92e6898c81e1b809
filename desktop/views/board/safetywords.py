"""Knows the data files that the board reads for safety: the emergency card, touch plans, adverse events, the breath."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.breath import Breath, read_breath
from desktop.domain.cards import EmergencyCard, read_card
from desktop.domain.care_files import AdverseWords, TouchWords
from desktop.services.care_words import FOLDER, adverse_words, touch_words
from desktop.services.ports import Resources
from desktop.services.shelf import CARDS, EMERGENCY

BREATH = "breath.toml"


@dataclass(frozen=True, slots=True)
class SafetyWords:
    """What the board says for safety."""

    card: EmergencyCard
    touch: TouchWords
    adverse: AdverseWords
    breath: Breath

    @classmethod
    def read(cls, resources: Resources, card: EmergencyCard | None = None) -> SafetyWords:
        """As the files say; DataFileError names the file, the line and the reason. card: the practice's own."""
        if card is None:
            card = read_card(resources.text(f"{CARDS}/{EMERGENCY}.toml"), f"{EMERGENCY}.toml")
        breath = read_breath(resources.text(f"{FOLDER}/{BREATH}"), BREATH)
        return cls(card, touch_words(resources), adverse_words(resources), breath)
