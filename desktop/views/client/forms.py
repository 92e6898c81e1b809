"""Knows how a touch plan, a safety card, an adverse event and a call are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, make_dataclass, replace
from datetime import date, datetime
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.care import FollowState, Permissions, TouchPlan
from desktop.domain.care_drafts import (
    AdverseDraft,
    SafetyDraft,
    StepDraft,
    TouchDraft,
    check_adverse,
    check_safety,
    check_step,
    check_touch,
)
from desktop.domain.care_files import AdverseWords, Answered, Named, Question, TouchWords
from desktop.domain.errors import Problem
from desktop.domain.words import tr
from desktop.services.followups import FollowUpPage
from desktop.views.client.touchgrid import TouchGrid
from desktop.views.ui.banner import notice
from desktop.views.ui.basics import label, wrapped
from desktop.views.ui.forms import Form
from desktop.views.ui.look import look
from desktop.views.ui.theme import Tone

NOTHING = ("", tr("Choose…"))


@dataclass(frozen=True, slots=True)
class TouchFields:
    """A touch plan as its fields stand. permissions: as they are kept, a line for each."""

    permissions: str = ""
    clothing: str = ""
    stop_word: str = ""
    signal: str = ""
    silence: bool = False
    if_more: str = ""
    practised_on: str = ""
    sober: bool = False

    def draft(self) -> TouchDraft:
        """The plan that these fields describe."""
        return TouchDraft(
            Permissions(self.permissions).each, self.clothing, self.stop_word, self.signal, self.silence, self.if_more,
            self.practised_on, self.sober,
        )


def _column(inside: QWidget) -> QVBoxLayout:
    inside.setProperty("kind", "bare")
    lines = QVBoxLayout(inside)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(look().sizes.inner)
    return lines


def who(name: str, born: str) -> QWidget:
    """Whom a form is about: two identifiers."""
    made = QWidget()
    lines = _column(made)
    lines.setSpacing(0)
    lines.addWidget(wrapped(name, "strong"))
    lines.addWidget(label(tr("born {date}", date=born), "caption"))
    return made


class TouchForm(QWidget):
    """What somebody permits, what stops it, and their word for it, sober."""

    def __init__(self, person: QWidget, words: TouchWords, before: TouchPlan | None, today: date) -> None:
        super().__init__()
        self._before, self._today = before, today
        self.after = before.number if before is not None else 0
        self.grid = TouchGrid(words)
        self.form = Form(self._check)
        self.kept = self.form.text("permissions", tr("What is permitted"))
        self.form.field("permissions").hide()  # the grid shows it; kept here so that a lock does not lose it
        self.form.text("clothing", tr("Clothing"), hint=tr("What stays on, what may be loosened."))
        self.form.text("stop_word", tr("Stop word"))
        self.form.text("signal", tr("Sign to stop, without words"))
        self.form.lines("if_more", tr("If they ask for more than this"), high=2)
        self.form.text("practised_on", tr("Practised on"), hint=tr("Year-month-day; empty when not yet."))
        self.form.tick("silence", tr("Said together: silence is a no"))
        self.form.tick("sober", tr("They are sober and agree, now"))
        lines = _column(self)
        lines.addWidget(person)
        lines.addWidget(notice(Tone.PLAIN, words.never))
        lines.addWidget(wrapped(tr("Y, A and N answer; arrows go to the next place."), "caption"))
        lines.addWidget(self.grid)
        lines.addWidget(self.form)
        narrower = tr("Less than before is kept at once. More than before takes their word, sober, and not on the day "
                      "of a dose.")  # fmt: skip
        lines.addWidget(wrapped(narrower, "caption"))
        self.form.show_draft(_touch_fields(before, words))
        self.follow()
        self.grid.edited.connect(self._answered)

    def follow(self) -> None:
        """The grid shows what stands in the kept field."""
        self.grid.show_permissions(Permissions(self.kept.text().replace(";", "\n")))

    def settled(self) -> TouchDraft | None:
        """The draft when nothing is wrong with it."""
        fields = self.form.settled()
        return _with_lines(fields).draft() if fields is not None else None

    def _check(self, fields: TouchFields) -> tuple[Problem, ...]:
        return check_touch(_with_lines(fields).draft(), self._before, self._today)

    def _answered(self) -> None:
        # A field of one line: a semicolon stands for the end of one.
        self.kept.setText(Permissions.of(self.grid.permissions()).text.replace("\n", ";"))
        self.form.edited.emit()


def _with_lines(fields: TouchFields) -> TouchFields:
    return replace(fields, permissions=fields.permissions.replace(";", "\n"))


def _touch_fields(before: TouchPlan | None, words: TouchWords) -> TouchFields:
    if before is None:
        return TouchFields(if_more=words.if_more)
    practised = before.practised_on.isoformat() if before.practised_on is not None else ""
    return TouchFields(
        before.permissions.text.replace("\n", ";"), before.clothing, before.stop_word, before.signal, before.silence,
        before.if_more, practised,
    )


class SafetyForm(QWidget):
    """What must be at hand in an emergency. after: the version that it began with."""

    def __init__(self, person: QWidget, draft: SafetyDraft, after: int) -> None:
        super().__init__()
        self.after = after
        self.form = Form(check_safety)
        none = tr("“none known” when you asked and there are none.")
        self.form.lines("allergies", tr("Allergies"), hint=none, high=2)
        self.form.lines("medicines", tr("Medicines they take now"), hint=tr("With doses, as they say them."), high=4)
        self.form.text("contact_name", tr("Emergency contact"))
        self.form.text("contact_phone", tr("Their phone"))
        self.form.lines("other", tr("What else must be known in an emergency"), high=2)
        self.form.show_draft(draft)
        lines = _column(self)
        lines.addWidget(person)
        lines.addWidget(self.form)

    def settled(self) -> SafetyDraft | None:
        """The draft when nothing is wrong with it."""
        draft: SafetyDraft | None = self.form.settled()
        return draft


class AdverseForm(QWidget):
    """What went wrong. event_id '': a new one."""

    def __init__(
        self, person: QWidget, words: AdverseWords, draft: AdverseDraft, now: Callable[[], datetime],
        event_id: str = "", version: int = 0,
    ) -> None:  # fmt: skip
        super().__init__()
        self.event_id, self.version = event_id, version
        self._words, self._now = words, now
        self.form = Form(self._check, columns=2)
        self.form.choice("what", tr("What it was"), (NOTHING, *_options(words.what, draft.what)), wide=True)
        self.form.text("began", tr("It began"), hint=tr("As 2026-03-02 15:40."))
        self.form.text("ended", tr("It ended"), hint=tr("Empty while it lasts."))
        severity = tuple((str(n), text) for n, text in enumerate(words.severity, 1))
        self.form.choice("severity", tr("How severe"), (("", tr("not rated")), *severity), wide=True)
        self.form.choice("serious", tr("Seriousness"), (NOTHING, *_options(words.seriousness, draft.serious)))
        related = (NOTHING, *_options(words.relatedness, draft.related))
        self.form.choice("related", tr("Related to the session"), related)
        self.form.lines("action", tr("What was done"), high=2)
        self.form.choice("outcome", tr("Outcome"), (NOTHING, *_options(words.outcome, draft.outcome)))
        self.form.text("follow_up", tr("Follow up on"), hint=tr("Year-month-day."))
        self.form.text("reported_to", tr("Reported to"), wide=True)
        self.form.lines("note", tr("Note"), high=3)
        self.form.show_draft(draft)
        lines = _column(self)
        lines.addWidget(person)
        lines.addWidget(self.form)

    def settled(self) -> AdverseDraft | None:
        """The draft when nothing is wrong with it."""
        draft: AdverseDraft | None = self.form.settled()
        return draft

    def _check(self, draft: AdverseDraft) -> tuple[Problem, ...]:
        return check_adverse(draft, self._words, self._now())


def _options(named: tuple[Named, ...], chosen: str) -> tuple[tuple[str, str], ...]:
    """The choices; what was entered in other words on the board stays among them."""
    known = tuple((one.key, one.label) for one in named)
    return known if not chosen or chosen in dict(known) else (*known, (chosen, chosen))


class CallForm(QWidget):
    """A follow-up: what is asked, and what became of it."""

    def __init__(
        self, person: QWidget, page: FollowUpPage, tried: tuple[str, ...], now: Callable[[], datetime]
    ) -> None:  # fmt: skip
        super().__init__()
        self.followup = page.followup
        self.over = page.followup.state is FollowState.DONE
        self._now = now
        self._questions = page.kind.questions if page.kind is not None else ()
        self.form = Form(self._check)
        for question in self._questions:
            self._ask(question)
        self.form.lines("note", tr("Note"), high=3)
        how = (("done", tr("Done")), ("not_reached", tr("Not reached")), ("moved", tr("Moved to another time")))
        self.how = self.form.choice("how", tr("What became of it"), how)
        self.form.text("due", tr("Moved to"), hint=tr("As 2026-03-04 10:00."))
        self.form.show_draft(_call_fields(self._questions))
        lines = _column(self)
        lines.addWidget(person)
        lines.addWidget(label(page.followup.label, "lead"))
        for each in tried:
            lines.addWidget(wrapped(each, "caption"))
        self.red = notice(Tone.AMBER, tr("Tell the therapist and the prescriber of this answer now."))
        self.red.hide()
        lines.addWidget(self.form)
        self.form.setVisible(not self.over)
        lines.addWidget(self.red)
        self.how.activated.connect(self._follow)
        self.form.edited.connect(self._follow)
        self._follow()

    def settled(self) -> StepDraft | None:
        """The draft when nothing is wrong with it."""
        fields = self.form.settled()
        return self._draft(fields) if fields is not None else None

    def follow(self) -> None:
        """What was put back is shown as when it was typed."""
        self._follow()

    def _ask(self, question: Question) -> None:
        if question.kind is Answered.YES_NO:
            options: tuple[tuple[str, str], ...] = (("", tr("not asked")), ("no", tr("no")), ("yes", tr("yes")))
        elif question.kind is Answered.SCALE:
            options = (("", tr("not asked")), *((str(n), str(n)) for n in range(11)))
        else:
            self.form.text(question.key, question.label)
            return
        self.form.choice(question.key, question.label, options)

    def _draft(self, fields: Any) -> StepDraft:
        answers = tuple((question.key, str(getattr(fields, question.key))) for question in self._questions)
        return StepDraft(fields.how, fields.note, answers, fields.due)

    def _check(self, fields: Any) -> tuple[Problem, ...]:
        return check_step(self._draft(fields), self._now())

    def _follow(self, *_: object) -> None:
        fields = self.form.draft()
        self.form.field("due").setVisible(fields.how == "moved")
        given = {question.key: str(getattr(fields, question.key)) for question in self._questions}
        self.red.setVisible(any(one.red and given[one.key] == one.red for one in self._questions))


def _call_fields(questions: tuple[Question, ...]) -> Any:
    """A frozen dataclass with a text for each question: which there are is data."""
    names = ("how", "note", "due", *(question.key for question in questions))
    made = make_dataclass("CallFields", [(name, str) for name in names], frozen=True)
    return made(**{name: "done" if name == "how" else "" for name in names})
