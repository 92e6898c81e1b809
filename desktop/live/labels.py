"""Knows the words for what an item, a missing code or an ending is called, on screen and on paper."""

from __future__ import annotations

from desktop.domain.protocol import Protocol
from desktop.domain.words import tr
from desktop.live.events import Ending

ROOM_ITEMS = {
    "oxygen": "Oxygen, mask and suction tested",
    "cuffs": "A cuff and an oximeter for each",
    "emesis": "Emesis bags, water, blankets within reach",
    "kit": "Emergency kit and card at hand",
    "second_person": "A second person is in the house",
    "quiet_place": "A private place for a distressed partner",
    "downtime_sheet": "Blank sheets and a pen, should the machine fail",
}
_OTHER_ITEMS = {"spit": "Spat out", "response": "Response to a given medicine", "weight": "Weight today, in kg"}
_ENDINGS = {
    Ending.MET: "criteria met",
    Ending.PRESCRIBER: "met by the prescriber's statement",
    Ending.LEFT: "left before the criteria were met",
    Ending.TRANSFERRED: "transferred",
    Ending.NOT_DOSED: "not dosed",
}


def ending_words(ending: Ending) -> str:
    """How a person's session ended."""
    return tr(_ENDINGS[ending])


def item_words(protocol: Protocol, item: str) -> str:
    """What a check item is called: by the protocol, by us, or as it was entered."""
    label = {gate.key: gate.label for gate in protocol.gates} | ROOM_ITEMS | _OTHER_ITEMS
    return tr(label[item]) if item in label else _ours().get(item, item)


def missing_words(protocol: Protocol, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Each missing code in words: a protocol's own label, or ours for what the engine asks for by itself."""
    labels = {gate.key: tr(gate.label) for gate in protocol.gates}
    ours = _ours()
    return tuple(labels.get(code) or ours.get(code) or code for code in codes)


def _ours() -> dict[str, str]:
    return {
        "baseline": tr("vitals before the dose"), "pressure": tr("pressure before the dose within its limit"),
        "order": tr("an order"), "vitals": tr("vitals shortly before the booster"),
        "moaas": tr("wide awake, rated just now (MOAA/S)"), "second_check": tr("second check"),
        "second_entry": tr("second entry of the amount"),
        "valid_order": tr("an order that is still valid"), "given_by": tr("given by"),
        "lot_or_own": tr("lot, or client's own"), "site": tr("site"), "volume": tr("volume"),
        "weight": tr("today's weight"), "details": tr("details of the dose"), "minimum_stay": tr("minimum stay"),
        "bp": tr("pressure within the leaving limits"), "spo2": tr("oxygen within the leaving limits"),
        "statement_by": tr("the prescriber's name"), "to": tr("to whom"), "sheet_given": tr("hand-over sheet given"),
        "risks_told": tr("risks of leaving told"), "keys": tr("car keys left"), "escort_called": tr("escort called"),
        "prescriber_told": tr("prescriber told"), "welfare_call": tr("welfare call arranged"),
    }  # fmt: skip
