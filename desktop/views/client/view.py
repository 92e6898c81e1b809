"""Knows how somebody's care stands: touch plan at the left, emergency, follow-ups and events at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.care import AdverseEvent
from desktop.domain.care_drafts import AdverseDraft, SafetyDraft
from desktop.domain.errors import Known, Problem
from desktop.domain.words import tr
from desktop.services.care_page import CarePage
from desktop.services.desk import Desk
from desktop.services.followups import FollowUpPage
from desktop.views.client.cards import SafetyCardView, TouchCard, event_card, follow_card
from desktop.views.client.facts import CareFacts
from desktop.views.client.forms import AdverseForm, CallForm, SafetyForm, TouchForm, who
from desktop.views.client.presenter import CarePresenter
from desktop.views.client.reopening import Reopens
from desktop.views.ui.basics import Button, label
from desktop.views.ui.dialogs import Question, ask
from desktop.views.ui.facts import Entry
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import BACK, Place
from desktop.views.ui.screen import on_key, scrolled
from desktop.views.ui.sidebyside import SideBySide
from desktop.views.ui.sidepanel import SidePanel

KINDS = ("client", "touch_plan", "safety_card", "adverse_event", "followup")


class CareScreen(Reopens):
    """One person's touch plan, safety card, follow-ups and adverse events."""

    def __init__(self, desk: Desk, ops: Ops, *, client_id: str, parent: QWidget | None = None) -> None:
        super().__init__(ops, tr("Touch and safety"), KINDS, parent)
        self.presenter = CarePresenter(desk, self.doing, self, client_id)
        self.back = Button(tr("Back"), "arrow-left", kind="quiet")
        self.back.setToolTip(tr("Back (Alt+Left)"))
        self.head.insertWidget(0, self.back)
        self.born = label("", "muted")
        self.head.addWidget(self.born)
        self.touch, self.card = TouchCard(), SafetyCardView()
        self.follow, self.events = follow_card(), event_card()
        self.panel = SidePanel(rings=6)
        self._wanted = ""
        self._build()
        self._connect()

    def _build(self) -> None:
        gap = look().sizes.gap
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap)
        right = QVBoxLayout()
        right.setSpacing(gap)
        right.addWidget(self.card)
        right.addWidget(self.follow, 1)
        right.addWidget(self.events, 1)
        row.addWidget(self.touch, 1)
        row.addLayout(right, 1)
        whole = QHBoxLayout()
        whole.setSpacing(gap)
        whole.addWidget(scrolled(inside), 1)
        whole.addWidget(self.panel)
        self.lines.addLayout(whole, 1)
        self._beside = SideBySide(self, self.panel, row)

    def _connect(self) -> None:
        present = self.presenter
        self.back.clicked.connect(partial(self.go.emit, Place(BACK)))
        self.touch.change.connect(partial(self._begin, present.touch))
        self.touch.confirm.connect(present.confirm)
        self.card.change.connect(partial(self._begin, present.card))
        self.follow.opened.connect(partial(self._open, present.call))
        self.events.opened.connect(partial(self._open, present.event))
        self.events.wanted.connect(partial(self._begin, present.event))
        self.panel.left.connect(self.close_form)
        self.panel.saved.connect(self._save)
        for key, do in (("Ctrl+T", present.touch), ("Ctrl+S", present.card), ("Ctrl+E", present.event)):
            on_key(self, key, partial(self._begin, do))
        self.events.new_button.setToolTip(tr("Write an adverse event down (Ctrl+E)"))

    def ask_again(self) -> None:
        """Fetch the page."""
        self.presenter.begin()

    def take_keyboard(self) -> None:
        """The first follow-up, or the touch plan."""
        if self.panel.held is None:
            target = self.follow.table if self.follow.table.isVisible() else self.touch.change_button
            target.setFocus()

    def commands(self) -> tuple[Entry, ...]:
        """What the palette offers here."""
        group = tr("This page")
        return (
            Entry("care-touch", tr("Touch plan"), "", "hand", group, "Ctrl+T"),
            Entry("care-card", tr("For an emergency"), "", "shield", group, "Ctrl+S"),
            Entry("care-event", tr("Write an adverse event down"), "", "plus", group, "Ctrl+E"),
        )

    def act(self, key: str) -> None:
        """Do one of them."""
        do = {
            "care-touch": self.presenter.touch, "care-card": self.presenter.card, "care-event": self.presenter.event,
        }
        self._begin(do[key])

    def show_part(self, place: Place) -> None:
        """`touch`, `card`, `event`, `call/<id>` or `event/<id>`: opened as soon as the page is there."""
        self._wanted = place.part
        self._arrived()

    def show_care(self, facts: CareFacts) -> None:
        """The page."""
        self.say_title(tr("{name}: touch and safety", name=facts.name))
        self.born.setText(tr("born {date}", date=facts.born))
        self.touch.show_touch(facts.touch, facts.may_lead)
        self.card.show_card(facts.card)
        self.follow.show_rows(facts.followups)
        self.events.show_rows(facts.events)
        self.take_keyboard()
        self._arrived()

    def show_touch_form(self, page: CarePage) -> None:
        """Ask for a touch plan."""
        form = TouchForm(self._who(), page.touch_words, page.touch.plan, self.presenter.today())
        self.panel.hold(tr("Touch plan"), form, tr("Keep it"))
        form.grid.first().setFocus()

    def ask_confirm(self, number: int) -> None:
        """Ask first: it says that somebody is sober."""
        words = tr("You read the plan through together today. They are sober and agree to it as it is.")
        question = Question(self, tr("Confirm the touch plan for today?"), words, tr("They agree, sober"))
        ask(question, partial(self.presenter.confirm_now, number))

    def show_card_form(self, draft: SafetyDraft, after: int) -> None:
        """Ask for a safety card."""
        form = SafetyForm(self._who(), draft, after)
        self.panel.hold(tr("For an emergency"), form, tr("Keep it"))
        form.form.field("allergies").edit.setFocus()

    def show_event_form(self, page: CarePage, draft: AdverseDraft, event: AdverseEvent | None) -> None:
        """Ask for an adverse event, or show one."""
        at = (event.id, event.version) if event is not None else ("", 0)
        form = AdverseForm(self._who(), page.adverse_words, draft, self.presenter.now, *at)
        self.panel.hold(tr("Adverse event"), form, tr("Keep it"))
        form.form.field("what").edit.setFocus()

    def show_call_form(self, page: FollowUpPage, tried: tuple[str, ...]) -> None:
        """Ask what became of a follow-up; one that is done is only shown."""
        form = CallForm(self._who(), page, tried, self.presenter.now)
        self.panel.hold(tr("Follow-up"), form, tr("Keep it"))
        if form.over:
            self.panel.save.hide()
            self.panel.cancel.setFocus()
        else:
            form.form.edits()[0].setFocus()

    def show_form_error(self, error: Known, problems: tuple[Problem, ...]) -> None:
        """Why a form was not saved."""
        held = self.panel.held
        if isinstance(held, TouchForm | SafetyForm | AdverseForm | CallForm):
            self.panel.show_error(error)
            held.form.show_problems(problems)
        else:
            self.show_error(error)

    def close_form(self) -> None:
        """The form is done with."""
        self.panel.empty()
        self.panel.save.show()

    def _who(self) -> QWidget:
        facts = self.presenter.facts
        return who(facts.name, facts.born) if facts is not None else QWidget()
