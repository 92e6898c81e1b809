"""Knows what the page of somebody's care does: agrees, narrows, writes down, calls; it paints nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any, Protocol

from desktop.domain.care import AdverseEvent, FollowUp, StepHow
from desktop.domain.care_drafts import AdverseDraft, SafetyDraft, StepDraft, TouchDraft
from desktop.domain.care_files import FollowUpKind
from desktop.domain.errors import Invalid, Known, Problem
from desktop.domain.words import tr
from desktop.services.adverse import MINUTE, local_now
from desktop.services.care_page import CarePage
from desktop.services.clients import today
from desktop.services.desk import Desk
from desktop.services.followups import FollowUpPage, red_answers
from desktop.services.outcome import Outcome
from desktop.views.client import asking
from desktop.views.client.facts import CareFacts
from desktop.views.client.reading import adverse_draft, facts_of, safety_draft
from desktop.views.ui.doing import Doing, Latest
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.theme import Tone


class View(Protocol):
    """What the presenter asks of the screen."""

    def show_care(self, facts: CareFacts) -> None:
        """The page."""

    def show_touch_form(self, page: CarePage) -> None:
        """Ask for a touch plan."""

    def ask_confirm(self, number: int) -> None:
        """Ask whether the plan in force was agreed to again, sober."""

    def show_card_form(self, draft: SafetyDraft, after: int) -> None:
        """Ask for a safety card."""

    def show_event_form(self, page: CarePage, draft: AdverseDraft, event: AdverseEvent | None) -> None:
        """Ask for an adverse event, or show one."""

    def show_call_form(self, page: FollowUpPage, tried: tuple[str, ...]) -> None:
        """Ask what became of a follow-up."""

    def show_form_error(self, error: Known, problems: tuple[Problem, ...]) -> None:
        """Why a form was not saved."""

    def close_form(self) -> None:
        """The form is done with."""

    def show_banner(self, facts: BannerFacts | None) -> None:
        """A message in the page."""

    def show_error(self, error: Known) -> None:
        """An error's sentences."""


class CarePresenter:
    """One person's care. Each time it is shown is one line in the trail."""

    def __init__(self, desk: Desk, doing: Doing, view: View, client_id: str) -> None:
        self._desk, self._doing, self._view, self._client = desk, doing, view, client_id
        self._latest = Latest(doing)
        self._asked: FollowUpKind | None = None
        self.page: CarePage | None = None
        self.facts: CareFacts | None = None

    def begin(self) -> None:
        """Open the page, or look again."""
        self._latest.ask(partial(asking.fetch, self._desk, self._client), self._show, self._view.show_error)

    def now(self) -> datetime:
        """The local time, as forms compare with it."""
        return local_now(self._desk)

    def touch(self) -> None:
        """Somebody wants to write or change the touch plan."""
        if self.page is not None and self.facts is not None and self.facts.may_lead:
            self._view.show_touch_form(self.page)

    def confirm(self) -> None:
        """Somebody wants to say that the plan in force was agreed to again."""
        if self.facts is not None and self.facts.may_lead and self.facts.touch.number:
            self._view.ask_confirm(self.facts.touch.number)

    def confirm_now(self, number: int) -> None:
        """It was."""
        work = partial(asking.confirm, self._desk, self._client, number)
        self._doing.change(work, partial(self._kept, tr("The plan is confirmed for today.")), self._view.show_error)

    def card(self) -> None:
        """Somebody wants to change the safety card."""
        if self.page is not None:
            card = self.page.card
            self._view.show_card_form(safety_draft(card), card.number if card is not None else 0)

    def event(self, event_id: str = "") -> None:
        """Somebody wants to write an adverse event down, or to look at one."""
        if self.page is None:
            return
        event = next((one for one in self.page.events if one.id == event_id), None)
        draft = adverse_draft(event) if event is not None else AdverseDraft(began=f"{self.now():{MINUTE}}")
        self._view.show_event_form(self.page, draft, event)

    def call(self, followup_id: str) -> None:
        """Somebody wants to work on a follow-up."""
        self._doing.ask(partial(asking.fetch_call, self._desk, followup_id), self._call, self._view.show_error)

    def save_touch(self, draft: TouchDraft, after: int) -> None:
        """Keep a touch plan."""
        self._change(partial(asking.touch, self._desk, self._client, draft, after), tr("The touch plan is kept."))

    def save_card(self, draft: SafetyDraft, after: int) -> None:
        """Keep a safety card."""
        self._change(partial(asking.card, self._desk, self._client, draft, after), tr("The safety card is kept."))

    def save_event(self, draft: AdverseDraft, event_id: str, version: int) -> None:
        """Keep an adverse event."""
        work = partial(asking.event, self._desk, self._client, draft, event_id, version)
        self._change(work, tr("The adverse event is kept."))

    def save_call(self, draft: StepDraft, followup: FollowUp) -> None:
        """Keep what became of a follow-up."""
        words = tr("It is kept.")
        work = partial(asking.call, self._desk, followup.id, draft, followup.version)
        self._doing.change(work, partial(self._called, words, draft), self._not_saved)

    def today(self) -> date:
        """The day at the desk."""
        return today(self._desk)

    def _show(self, page: CarePage) -> None:
        self.page = page
        self.facts = facts_of(page, self._desk.member, self._desk.clock.now())
        self._view.show_care(self.facts)

    def _call(self, page: FollowUpPage) -> None:
        how = {StepHow.DONE: tr("done"), StepHow.NOT_REACHED: tr("not reached"), StepHow.MOVED: tr("moved")}
        members = self.page.members if self.page is not None else {}
        labels = {one.key: one.label for one in page.kind.questions} if page.kind is not None else {}
        tried = []
        for step in page.steps:
            by = members[step.done_by].name if step.done_by in members else step.done_by
            parts = [tr("{when} {how}, {name}", when=f"{step.at.local:%Y-%m-%d %H:%M}", how=how[step.how], name=by)]
            parts += [f"{labels.get(key, key)} {answer}" for key, answer in step.answers.pairs]
            parts += [step.note] if step.note else []
            tried.append("\n".join(parts))
        self._asked = page.kind
        self._view.show_call_form(page, tuple(tried))

    def _change(self, work: Callable[[], Outcome[Any]], words: str) -> None:
        self._doing.change(work, partial(self._kept, words), self._not_saved)

    def _called(self, words: str, draft: StepDraft, followup: FollowUp) -> None:
        self._kept(words, followup)
        asked = self._asked.questions if self._asked is not None else ()
        red = red_answers(asked, draft.answers)
        if red:
            told = tr("Tell the therapist and the prescriber now: {what}", what=" ".join(red))
            self._view.show_banner(BannerFacts(Tone.AMBER, words, "", told, closable=True))

    def _kept(self, words: str, _value: object) -> None:
        self._view.close_form()
        self._view.show_banner(BannerFacts(Tone.GREEN, words, closable=True))

    def _not_saved(self, error: Known) -> None:
        self._view.show_form_error(error, error.problems if isinstance(error, Invalid) else ())
