"""Knows the words for what a gate or a discharge expected and nobody entered."""

from __future__ import annotations

from desktop.domain.protocol import Protocol
from desktop.domain.words import tr


def missing_words(protocol: Protocol, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Each code in words: a protocol's own label, or ours for what the engine asks for by itself."""
    labels = {gate.key: tr(gate.label) for gate in protocol.gates}
    ours = {
        "baseline": tr("vitals before the dose"), "vitals": tr("vitals shortly before the booster"),
        "moaas": tr("MOAA/S 5"), "second_check": tr("second check"), "second_entry": tr("second entry of the amount"),
        "valid_order": tr("an order that is still valid"), "given_by": tr("given by"),
        "lot_or_own": tr("lot, or client's own"), "site": tr("site"), "volume": tr("volume"),
        "weight": tr("today's weight"), "details": tr("details of the dose"), "minimum_stay": tr("minimum stay"),
        "bp": tr("pressure within the leaving limits"), "spo2": tr("oxygen within the leaving limits"),
        "statement_by": tr("the prescriber's name"), "to": tr("to whom"), "sheet_given": tr("hand-over sheet given"),
        "risks_told": tr("risks of leaving told"), "keys": tr("car keys left"), "escort_called": tr("escort called"),
        "prescriber_told": tr("prescriber told"), "welfare_call": tr("welfare call arranged"),
    }
    return tuple(labels.get(code) or ours.get(code) or code for code in codes)
