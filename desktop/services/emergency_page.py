"""Knows what the emergency card says on paper: for the wall, and for the day on which the machine fails."""

from __future__ import annotations

from desktop.domain.audience import Owner
from desktop.domain.cards import EmergencyCard
from desktop.domain.paper_live import BigSteps, BigText, PageBlock, PageHead, PageSheet, Small, StepDone
from desktop.domain.people import CLINICAL, require
from desktop.domain.words import tr
from desktop.services.checks import emergency_card
from desktop.services.desk import Desk
from desktop.services.worksheets import Paper, PaperUse, stamp

EMERGENCY = "emergency"


def emergency_paper(desk: Desk, use: PaperUse, page_size: str = "A4") -> Paper:
    """The card as a page, and its line in the trail: it is the practice's own and about nobody."""
    require(desk.member, *CLINICAL)
    card = emergency_card(desk)
    with desk.store.write() as unit:
        owner = Owner.practice(desk.store.practice_id)
        unit.audit(desk.line(use.act, EMERGENCY, card.id, owner, "card"))
    printed = stamp(desk.clock.now(), desk.member)
    sheet = emergency_sheet(card, desk.practice_name, printed, desk.program_version)
    return Paper(tr("Emergency card"), "emergency-card.pdf", desk.press.page(sheet, page_size))


def emergency_sheet(card: EmergencyCard, practice: str, printed: str, version: str) -> PageSheet:
    """What the page says. practice: empty where it is printed without one."""
    head = PageHead(
        title=tr(card.title), subtitle="", meta="", practice=practice, people=None, compartment=None,
        who_will_see=tr("everybody in the room. It names nobody."), printed=printed, program_version=version,
        code=f"{card.id} {card.edition}",
    )
    address = card.address or "_" * 52
    blocks: list[PageBlock] = [
        BigText(tr("Call {number}", number=card.number)), Small(tr("We are at: {address}", address=address)),
        BigSteps(tuple(StepDone(tr(step.words), "", tr(step.detail) if step.detail else "") for step in card.steps)),
        Small(tr("Whom it is about, and since when: {line}", line="_" * 52)),
        Small(tr("The steps are {basis}: the practice’s own training and its prescriber’s rescue orders come first.",
                 basis=card.basis.value)),
    ]  # fmt: skip
    return PageSheet(head, tuple(blocks), tight=True)
