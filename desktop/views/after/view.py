"""Knows how a session stands afterwards: words at the left, phone orders and notes at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.audience import Owner
from desktop.domain.errors import Known, Problem
from desktop.domain.records import Note
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.progress import SHARED
from desktop.views.after.cards import LinesCard, NotesCard, PhoneCard, WordsCard
from desktop.views.after.forms import DraftForm, ReleaseForm
from desktop.views.after.presenter import AfterPresenter
from desktop.views.after.reading import AfterFacts, PhoneRow, WordsRow
from desktop.views.ui.basics import Button
from desktop.views.ui.dialogs import Question, ask
from desktop.views.ui.halftyped import Fields, Forms, put_into, taken_from
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import BACK, CARE, PAPER, Place
from desktop.views.ui.screen import Screen, scrolled
from desktop.views.ui.sidebyside import SideBySide
from desktop.views.ui.sidepanel import SidePanel

KINDS = ("session", "entry", "note", "word_release", "order_signature", "followup", "adverse_event")


class AfterScreen(Screen):
    """A session that was begun, afterwards."""

    def __init__(self, desk: Desk, ops: Ops, *, session_id: str, parent: QWidget | None = None) -> None:
        super().__init__(ops, tr("Afterwards"), KINDS, parent)
        self.presenter = AfterPresenter(desk, self.doing, self, session_id)
        self.back = Button(tr("Back"), "arrow-left", kind="quiet")
        self.back.setToolTip(tr("Back (Alt+Left)"))
        self.head.insertWidget(0, self.back)
        self.paper = Button(tr("Paper"), "printer", kind="quiet")
        self.head.addWidget(self.paper)
        self.ways: list[Button] = []
        self.words, self.phone, self.notes = WordsCard(), PhoneCard(), NotesCard()
        self.due = LinesCard(tr("Due after it"), tr("Nothing is due: nobody took the medicine, or it is not closed."))
        self.panel = SidePanel(rings=6)
        self._waiting: tuple[str, Fields] | None = None
        gap = look().sizes.gap
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap)
        right = QVBoxLayout()
        right.setSpacing(gap)
        for card in (self.notes, self.phone, self.due):
            right.addWidget(card)
        right.addStretch(1)
        row.addWidget(self.words, 1)
        row.addLayout(right, 1)
        whole = QHBoxLayout()
        whole.setSpacing(gap)
        whole.addWidget(scrolled(inside), 1)
        whole.addWidget(self.panel)
        self.lines.addLayout(whole, 1)
        self._beside = SideBySide(self, self.panel, row)
        self.back.clicked.connect(partial(self.go.emit, Place(BACK)))
        self.paper.clicked.connect(partial(self.go.emit, Place(PAPER, session_id)))
        self.words.give.connect(self._give)
        self.words.take_back.connect(self.presenter.take_back)
        self.phone.sign.connect(self.presenter.sign)
        self.notes.begin.connect(self._draft)
        self.panel.left.connect(self.close_form)
        self.panel.saved.connect(partial(self._save))

    def ask_again(self) -> None:
        """Fetch the page."""
        self.presenter.begin()

    def take_keyboard(self) -> None:
        """The words, what waits to be signed, or the notes."""
        if self.panel.held is None:
            for part in (self.phone.table, self.words.table, *self.notes.buttons):
                if part.isVisible():
                    part.setFocus()
                    return

    def show_after(self, facts: AfterFacts) -> None:
        """The page."""
        self.say_title(facts.title)
        for person in facts.people[len(self.ways) :]:
            words = tr("{letter}: touch and safety", letter=person.letter) if person.letter else tr("Touch and safety")
            way = Button(words, "hand", kind="quiet")
            way.setAccessibleName(tr("Touch and safety of {name}", name=person.name))
            way.clicked.connect(partial(self.go.emit, Place(CARE, person.client_id)))
            self.head.addWidget(way)
            self.ways.append(way)
        self.words.show_words(facts.words, facts.may_lead, facts.closed)
        self.phone.show_phone(facts.phone, facts.may_sign)
        self.notes.show_notes(facts)
        self.due.show_lines(facts.due)
        self.take_keyboard()

    def show_draft_form(self, seat: str, whose: str, owner: Owner, text: str) -> None:
        """A note to be changed, kept and signed."""
        form = DraftForm(seat, whose, owner, text)
        form.sign.connect(partial(self._save, sign=True))
        self.panel.hold(tr("Progress note"), form, tr("Keep as a draft"))
        form.text.setFocus()
        waiting, self._waiting = self._waiting, None
        if waiting is not None and waiting[0] == seat:
            put_into(form, waiting[1])

    def show_release_form(self, row: WordsRow) -> None:
        """Ask whose wish it is."""
        form = ReleaseForm(row)
        self.panel.hold(tr("Give these words to both"), form, tr("Give them"))
        form.asked.setFocus()

    def ask_sign_note(self, note: Note) -> None:
        """Ask first: it cannot be undone."""
        words = tr("Once signed, nobody can change this note; more can only be added in another one.")
        question = Question(self, tr("Sign and lock this note?"), words, tr("Sign it"))
        ask(question, partial(self.presenter.sign_now, note))

    def ask_sign_order(self, row: PhoneRow) -> None:
        """Ask first: it cannot be undone."""
        words = tr("{text}. You sign that you said so by phone, {by}.", text=row.text, by=row.by)
        question = Question(self, tr("Sign this phone order?"), words, tr("Sign it"))
        ask(question, partial(self.presenter.sign_order_now, row))

    def show_form_error(self, error: Known, problems: tuple[Problem, ...]) -> None:
        """Why a form was not saved."""
        held = self.panel.held
        if isinstance(held, DraftForm | ReleaseForm):
            self.panel.show_error(error)
            held.form.show_problems(problems)
        else:
            self.show_error(error)

    def close_form(self) -> None:
        """The form is done with."""
        self.panel.empty()

    def half_typed(self) -> Forms:
        """A note that is being changed and is not kept."""
        held = self.panel.held
        return ((held.seat, taken_from(held)),) if isinstance(held, DraftForm) else ()

    def reopen(self, key: str, values: Fields) -> bool:
        """Begin that note again, with what stood in it; False while the page is not there yet."""
        facts = self.presenter.facts
        if facts is None:
            return False
        if key == SHARED or key.isdigit() or key in {person.seat for person in facts.people}:
            self._waiting = (key, values)
            self.presenter.draft(key)
        return True

    def _give(self, row: WordsRow) -> None:
        if not self.panel.keeps():
            self.presenter.give(row)

    def _draft(self, seat: str) -> None:
        if not self.panel.keeps():
            self.presenter.draft(seat)

    def _save(self, *, sign: bool = False) -> None:
        held = self.panel.held
        if isinstance(held, DraftForm):
            text = held.settled()
            if text is not None:
                self.presenter.keep(held.owner, text, sign=sign)
        elif isinstance(held, ReleaseForm):
            asked = held.settled()
            if asked is not None:
                self.presenter.give_now(held.row, asked)
