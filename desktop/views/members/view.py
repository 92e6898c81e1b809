"""Knows how the members' screen stands: a table, and a form beside it for an owner."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Known, Problem
from desktop.domain.people import Role
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.practice import MIN_PASSPHRASE, Door, MemberDraft
from desktop.views.members.presenter import MemberRow, MembersPresenter
from desktop.views.ui.basics import Button, Card, PrimaryButton, wrapped
from desktop.views.ui.forms import Form
from desktop.views.ui.look import look
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.ops import Ops
from desktop.views.ui.place import Place
from desktop.views.ui.roles import RoleRow, roles_line
from desktop.views.ui.screen import Screen
from desktop.views.ui.sidepanel import SidePanel
from desktop.views.ui.tables import RowsTable

ALL_ROLES = (Role.OWNER, Role.THERAPIST, Role.PRESCRIBER, Role.ASSISTANT)


def _name(row: MemberRow) -> str:
    return tr("{name} (you)", name=row.name) if row.you else row.name


def _initials(row: MemberRow) -> str:
    return row.initials


def _roles(row: MemberRow) -> str:
    return roles_line(row.roles)


def _sign(row: MemberRow) -> str:
    return "user"


class MemberForm(QWidget):
    """Name, roles, and a passphrase that the new member types themselves."""

    def __init__(self, presenter: MembersPresenter) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self._presenter = presenter
        self.roles = RoleRow(tr("What they do here"), ALL_ROLES)
        self.form = Form(self._check)
        self.form.text("name", tr("Name"), hint=tr("Stands beside every entry they make."))
        self.secret = Form(self._check)
        hint = tr("At least {n} characters; four or five plain words.", n=MIN_PASSPHRASE)
        self.secret.secret("passphrase", tr("Their passphrase"), hint=hint)
        self.secret.secret("again", tr("The passphrase again"))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().sizes.inner)
        lines.addWidget(self.form)
        lines.addWidget(self.roles)
        lines.addWidget(wrapped(tr("The new member types this themselves, unseen; you never learn it."), "muted"))
        lines.addWidget(self.secret)
        for form in (self.form, self.secret):
            form.show_draft(MemberDraft())

    def draft(self) -> MemberDraft:
        """What stands in all fields."""
        named: MemberDraft = self.form.draft()
        hidden: MemberDraft = self.secret.draft()
        return replace(hidden, name=named.name, roles=self.roles.value())

    def settled(self) -> MemberDraft | None:
        """The draft when nothing is wrong with it."""
        draft = self.draft()
        problems = self._presenter.check(draft)
        self.show_problems(problems)
        return None if problems else draft

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Mark what needs another look; the first wrong field gets the keyboard."""
        self.secret.show_problems(problems)
        self.form.show_problems(problems)
        self.roles.show_problem(next((problem.text for problem in problems if problem.field == "roles"), ""))

    def _check(self, draft: MemberDraft) -> tuple[Problem, ...]:
        return self._presenter.check(self.draft())


@dataclass(frozen=True, slots=True)
class NameFields:
    """A name as it stands in the form."""

    name: str = ""


class NameForm(Form):
    """What a member is called rightly. row: the member as the list shows them."""

    def __init__(self, presenter: MembersPresenter, row: MemberRow) -> None:
        self.row, self._presenter = row, presenter
        super().__init__(self._problems)
        self.text("name", tr("Name"), hint=tr("Stands beside their entries, and at unlock."))
        self.show_draft(NameFields(row.name))

    def _problems(self, draft: NameFields) -> tuple[Problem, ...]:
        return self._presenter.check_name(self.row, draft.name)


class MembersScreen(Screen):
    """Who works here."""

    def __init__(self, desk: Desk, door: Door, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(ops, tr("Members"), ("member",), parent)
        self.presenter = MembersPresenter(desk, door, self.doing, self)
        self.add = PrimaryButton(tr("Add a member"), "user-plus", key="Ctrl+Shift+A")
        self.add.setToolTip(tr("Add a member (Ctrl+N)"))
        self.head.addWidget(self.add)
        self._model = RowsModel(
            (
                Column(tr("Name"), _name, sign=_sign),
                Column(tr("Initials"), _initials),
                Column(tr("Roles"), _roles),
            ),
            self,
        )
        self.table = RowsTable(self._model, tr("Members"))
        self.panel = SidePanel()
        card = Card()
        self._hint = wrapped("", "muted")
        card.lines.addWidget(self._hint)
        card.lines.addWidget(self.table, 1)
        self.correct = Button(tr("Correct the name"), "pencil", kind="quiet")
        below = QHBoxLayout()
        below.addWidget(self.correct)
        below.addStretch(1)
        card.lines.addLayout(below)
        row = QHBoxLayout()
        row.setSpacing(look().sizes.gap)
        row.addWidget(card, 1)
        row.addWidget(self.panel)
        self.lines.addLayout(row, 1)
        self.add.clicked.connect(self.begin_new)
        self.correct.clicked.connect(self._correct)
        self.panel.left.connect(self.close_form)
        self.panel.saved.connect(self._save)

    def show_part(self, place: Place) -> None:
        """`new`: ask for a member."""
        if place.part == "new":
            self.begin_new()

    def begin_new(self, *_: object) -> None:
        """Ask for a new member, unless a form is half filled in: that stays. Somebody who may not is told so."""
        if not self.presenter.may_add:
            self._hint.setText(tr("Only an owner of the practice can add members."))
        elif not self.panel.keeps():
            self.presenter.add()

    def ask_again(self) -> None:
        """Fetch the members."""
        self.presenter.begin()

    def take_keyboard(self) -> None:
        """The table, unless a form is open."""
        if self.panel.held is None:
            self.table.setFocus()

    def show_members(self, rows: tuple[MemberRow, ...], may_add: bool) -> None:
        """Everyone who works here."""
        self._model.set_rows(rows)
        self.add.setEnabled(may_add)
        self.correct.setVisible(may_add)
        held = self.panel.held
        if isinstance(held, NameForm):
            held.row = next((row for row in rows if row.id == held.row.id), held.row)
        if not self.table.chosen() and rows:
            self.table.selectRow(0)
        self._hint.setText(
            tr("Each member unlocks with a passphrase of their own; nobody else's is needed.")
            if may_add
            else tr("Only an owner of the practice can add members.")
        )

    def show_form(self) -> None:
        """Ask for a new member."""
        form = MemberForm(self.presenter)
        self.panel.hold(tr("New member"), form, tr("Add"))
        form.form.field("name").edit.setFocus()

    def show_name_form(self, row: MemberRow) -> None:
        """Ask what a member is called rightly."""
        form = NameForm(self.presenter, row)
        self.panel.hold(tr("Correct the name"), form)
        form.field("name").edit.setFocus()

    def show_form_error(self, error: Known, problems: tuple[Problem, ...]) -> None:
        """Why the member was not added, or the name not corrected."""
        self.panel.show_error(error)
        if isinstance(self.panel.held, MemberForm | NameForm):
            self.panel.held.show_problems(problems)

    def show_busy(self, words: str) -> None:
        """What takes a while."""
        self.panel.say_busy(words)

    def close_form(self) -> None:
        """The form is done with."""
        self.panel.empty()

    def _correct(self) -> None:
        row = self.table.chosen()
        if isinstance(row, MemberRow) and not self.panel.keeps():
            self.presenter.correct(row)

    def _save(self) -> None:
        held = self.panel.held
        if isinstance(held, NameForm):
            named = held.settled()
            if named is not None:
                self.presenter.save_name(held.row, named.name)
            return
        draft = held.settled() if isinstance(held, MemberForm) else None
        if draft is not None:
            self.presenter.save(draft)
