"""Knows the words for what an item, a missing code or an ending is called, on screen and on paper."""

from __future__ import annotations

from desktop.domain.protocol import Protocol
from desktop.domain.words import tr
from desktop.live.events import Ending

ROOM_ITEMS = {
    "oxygen": "Oxygen tested",
    "bvm": "Bag-valve-mask tested",
    "suction": "Suction tested",
    "aed": "AED tested",
    "rescue_medicines": "Rescue medicines as ordered, naloxone in the kit",
    "glucose_meter": "Glucose meter",
    "crash_card": "Emergency card in reach, number and address on it",
    "phone": "Phone that works in this room",
    "cuffs": "A cuff for each person",
    "oximeters": "An oximeter for each person",
    "clock_synced": "Clock of this computer is right",
    "power": "On power, battery full",
    "downtime_sheet": "Downtime sheet printed",
    "session_pin": "Session PIN set",
    "second_person": "Second trained person",
    "prescriber_reachable": "Prescriber present or reachable now",
    "meds_locked": "Medicines locked away",
    "mats": "A place to lie for each person, with blanket and eyeshade",
    "emesis_bags": "Emesis bags and tissues in reach",
    "water": "Water for afterwards",
    "music": "Music ready, light low",
    "toilet_path": "Way to the toilet clear",
    "private_place": "A private place for either person",
    "emesis": "Emesis bags, water, blankets within reach",
    "kit": "Emergency kit and card at hand",
    "quiet_place": "A private place for a distressed partner",
}
# What is asked of a person, as resources/checks has it.
PERSON_ITEMS = {
    "identity": "Name and date of birth, said by the person",
    "willing": "Do you want to do this today?",
    "fight": "A fight or a fright in the last 24 hours?",
    "mood": "Mood today, 0 to 10",
    "safe_today": "No plan or intent of ending your life, and nothing done lately: asked",
    "thoughts_of_death": "Thoughts of death or of ending your life",
    "pregnancy": "Pregnant or breastfeeding, or could be?",
    "substances": "Alcohol, cannabis or anything else in the last 48 hours?",
    "fasting": "Food and drink as the order asks",
    "last_food": "Hours since the last food",
    "last_drink": "Hours since the last clear drink",
    "medicines": "Medicines taken and held as the prescriber wrote",
    "medicines_taken": "Taken today",
    "medicines_held": "Held, and since when",
    "illness": "Ill, in pain, or hurt your head lately?",
    "sleep": "Hours slept last night",
    "weight": "Weight today",
    "baseline": "Blood pressure, heart rate and oxygen before",
    "touch_plan": "Touch plan read again and agreed, sober, today",
    "safe_signal": "Stop word and hand signal practised",
    "consent": "Consents signed and in force",
    "clearance": "Medical clearance in force",
    "order": "Order in force, read again",
    "escort": "Who takes you home, by name",
    "escort_phone": "Their phone",
    "oriented": "Knows who and where they are, what time it is, and why",
    "gait": "Walks steadily",
    "fluids": "Keeps fluids down",
    "distress": "Distress now, 0 to 10",
    "safety_question": "No new thoughts of ending their life, asked",
    "partner_safety": "Safe to go home with the partner, asked",
    "escort_here": "The escort is here, by name",
    "instructions": "Written instructions and the number to call given",
    "no_driving": "Told: no driving until the next day, after sleep",
    "no_sedatives": "Told: no alcohol, cannabis or sedatives for 24 hours",
    "no_decisions": "Told: no decisions about ending, sex, law or money for 72 hours",
    "tonight": "Tonight: sleep; no sex and no hard talk unless agreed sober before",
    "next_appointment": "Next appointment set",
    "lozenges_home": "Own lozenges left over, counted and taken home",
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
    label = {gate.key: gate.label for gate in protocol.gates}
    label = ROOM_ITEMS | PERSON_ITEMS | _OTHER_ITEMS | label
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
