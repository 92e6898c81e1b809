"""Knows the made-up pages around a session that the paper tests print."""

from __future__ import annotations

from typing import Any

from desktop.domain.paper import Compartment, Fact, Heading, PersonLine
from desktop.domain.paper_live import (
    BigSteps,
    Cell,
    FactColumns,
    GivenLine,
    HandoverFacts,
    Ledger,
    LedgerRow,
    LostPart,
    PageHead,
    PageSheet,
    RatingNow,
    Small,
    StepDone,
    StripBlock,
    TickGrid,
    TrendLine,
    VitalsStrip,
)
from tests.worksheets import samples


def strip() -> VitalsStrip:
    """A's vitals."""
    sheet = samples.flowsheet()
    return VitalsStrip(sheet.started, sheet.vitals, sheet.doses, sheet.phases, sheet.bands, ended_minute=150)


def handover(**more: Any) -> HandoverFacts:
    """What a crew is told of A."""
    content: dict[str, Any] = {
        "person": samples.LUKASZ, "practice": "Harbor Practice", "medicine": "ketamine", "route": "sublingual",
        "given": (GivenLine("10:05", 62, "dose", "100 mg", "sublingual", "lot K-2291"),),
        "lost": (LostPart("10:09", 58, "50 mg", "half a lozenge fell to the floor"),),
        "total": "50 mg (100 mg given less 50 mg lost)",
        "others": (GivenLine("10:50", 17, "ondansetron", "4 mg", "by mouth"),),
        "allergies": "penicillin", "medicines": "", "contact": "Ewa Wiśniewska, 555 0199",
        "trend": (TrendLine("10:45", 22, "164/98", "104", "97", "16", (("bp", "amber"),)),
                  TrendLine("11:05", 2, note="pressure refused")),
        "earlier": 0, "strip": strip(),
        "sedation": RatingNow("MOAA/S", "2", "only to mild prodding or shaking", "11:06", 1, "red"),
        "with_them": ("Mira Kowalska, therapist",), "called": "11:04", "over": "",
        "steps": (StepDone("Call for help", "11:05"), StepDone("Airway: side, jaw, suction")),
        "printed": "2026-03-02 11:07", "printed_by": "MK", "program_version": "0.1.0",
    }  # fmt: skip
    return HandoverFacts(**{**content, **more})


def page(words: str = "words", tight: bool = False, person: PersonLine = samples.LUKASZ) -> PageSheet:
    """One of each part, with the same words everywhere."""
    head = PageHead(
        title="A page", subtitle=words, meta=words, practice="Harbor Practice", people=(person,),
        compartment=Compartment.A, who_will_see=words, printed="2026-03-02 11:07 by MK", program_version="0.1.0",
    )
    row = LedgerRow((Cell(words, "amber", strong=True), Cell(words, struck=True), Cell("")), "red")
    return PageSheet(
        head,
        (
            FactColumns(((words, (Fact(words, words),)), ("", (Fact("label", words, "red"),)))), Heading(words),
            Ledger((words, "two", ""), (row, row), (1, 2, 1), blank=2, tall=20, ruled=True), StripBlock(strip()),
            Ledger((words, "two", ""), (row,), fine=True), Ledger(("",), empty=words),
            TickGrid(("On", "Pe"), (words,) * 5), Small(words), BigSteps((StepDone(words), StepDone(words, "11:05"))),
        ),
        tight,
    )  # fmt: skip
