"""Knows which use cases the page of somebody's care calls; each function runs off the window's thread."""

from __future__ import annotations

from desktop.domain.care import AdverseEvent, FollowUp, SafetyCard, TouchPlan
from desktop.domain.care_drafts import AdverseDraft, SafetyDraft, StepDraft, TouchDraft
from desktop.services.adverse import change_adverse, write_adverse
from desktop.services.care_page import CarePage, open_care
from desktop.services.desk import Desk
from desktop.services.followups import FollowUpPage, answer_followup, open_followup
from desktop.services.outcome import Outcome
from desktop.services.safety_cards import keep_safety_card
from desktop.services.touch import confirm_touch, keep_touch


def fetch(desk: Desk, client_id: str) -> CarePage:
    """The records behind the page; the trail says that they were opened."""
    return open_care(desk, client_id)


def fetch_call(desk: Desk, followup_id: str) -> FollowUpPage:
    """One follow-up."""
    return open_followup(desk, followup_id)


def touch(desk: Desk, client_id: str, draft: TouchDraft, after: int) -> Outcome[TouchPlan]:
    """Keep a touch plan."""
    return keep_touch(desk, client_id, draft, after)


def confirm(desk: Desk, client_id: str, number: int) -> Outcome[TouchPlan]:
    """The plan in force is agreed to again, today."""
    return confirm_touch(desk, client_id, number)


def card(desk: Desk, client_id: str, draft: SafetyDraft, after: int) -> Outcome[SafetyCard]:
    """Keep a safety card."""
    return keep_safety_card(desk, client_id, draft, after)


def event(desk: Desk, client_id: str, draft: AdverseDraft, event_id: str, version: int) -> Outcome[AdverseEvent]:
    """Keep an adverse event; event_id '': a new one."""
    if event_id:
        return change_adverse(desk, event_id, draft, version)
    return write_adverse(desk, client_id, draft)


def call(desk: Desk, followup_id: str, draft: StepDraft, version: int) -> Outcome[FollowUp]:
    """Keep what became of a follow-up."""
    return answer_followup(desk, followup_id, draft, version)
