"""Knows how the keys screen stands: how they are, who can unlock, and one form at a time beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Known, Problem
from desktop.domain.words import tr, trn
from desktop.services.desk import Desk
from desktop.services.keys import OwnDraft
from desktop.services.ports_keys import KitDraft
from desktop.services.ports_paper import PageImage
from desktop.services.practice import Door
from desktop.views.keys.forms import ChoiceForm, CustodianForm, HandOverForm, KitForm, OwnForm, RemoveForm, Words
from desktop.views.keys.presenter import MAKE_KIT, PRINT_DPI, KeyFacts, KeyRow, KeysPresenter, Saving
from desktop.views.ui.basics import Button, Card, PrimaryButton, label, wrapped
from desktop.views.ui.dialogs import ask
from desktop.views.ui.facts import BannerFacts
from desktop.views.ui.look import look
from desktop.views.ui.models import Column, RowsModel
from desktop.views.ui.ops import Ops, explained
from desktop.views.ui.screen import Screen
from desktop.views.ui.sidepanel import SidePanel
from desktop.views.ui.tables import RowsTable
from desktop.views.ui.theme import Tone

Put = Callable[[Any, tuple[PageImage, ...], str], object]


@dataclass(frozen=True, slots=True)
class Ways:
    """How things leave the screen. ask_printer(parent, size, dpi, then): the machine's dialog; put_on: its paper."""

    saving: Saving
    ask_printer: Callable[[QWidget, str, int, Callable[[Any], object]], object]
    put_on: Put


def _name(row: KeyRow) -> str:
    return tr("{name} (you)", name=row.name) if row.you else row.name


def _unlocks(row: KeyRow) -> str:
    return row.unlocks


def _standing(row: KeyRow) -> str:
    return row.standing


def _sign(row: KeyRow) -> str:
    return "user" if row.slot else "ban"


class KeysScreen(Screen):
    """What opens the practice."""

    def __init__(self, desk: Desk, door: Door, ops: Ops, ways: Ways, parent: QWidget | None = None) -> None:
        super().__init__(ops, tr("Keys"), ("keys", "member"), parent)
        self._ways = ways
        self.presenter = KeysPresenter(desk, door, self.doing, self, ways.saving)
        self.own = PrimaryButton(tr("Change my passphrase"), "key-round", key="Ctrl+Shift+P")
        self.kit = Button(tr("Recovery kit…"), "file-text", key="Ctrl+Shift+K")
        self.custodian = Button(tr("Custodian…"), "user")
        self.hand_over = Button(tr("Hand custody over…"), "arrow-right")
        self.choice = Button(tr("My custody…"), "shield")
        self.remove = Button(tr("Remove a member…"), "ban", kind="danger")
        self.want = Button(tr("Require a key file"), "key-round")
        self.want.setToolTip(tr("Of the member who is chosen"))
        self._model = RowsModel(
            (
                Column(tr("Name"), _name, sign=_sign), Column(tr("Unlocks with"), _unlocks),
                Column(tr("Remark"), _standing),
            ),
            self,
        )  # fmt: skip
        self.table = RowsTable(self._model, tr("Who can unlock"))
        self.panel = SidePanel()
        self._kit_line, self._custody_line, self._own_line = wrapped(""), wrapped(""), wrapped("")
        self._epoch_line = wrapped("", "caption")
        self._build()
        self._connect()

    def _build(self) -> None:
        for button in (self.kit, self.own):
            self.head.addWidget(button)
        card = Card()
        card.lines.addWidget(label(tr("Recovery kit"), "strong"))
        card.lines.addWidget(self._kit_line)
        card.lines.addWidget(label(tr("Custody of notes that only their author can open"), "strong"))
        card.lines.addWidget(self._custody_line)
        card.lines.addWidget(self._own_line)
        row = QHBoxLayout()
        row.setSpacing(look().sizes.tight)
        for button in (self.custodian, self.hand_over, self.choice):
            row.addWidget(button)
        row.addStretch(1)
        card.lines.addLayout(row)
        who = Card()
        who.lines.addWidget(label(tr("Who can unlock"), "strong"))
        who.lines.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._epoch_line, 1)
        foot.addWidget(self.want)
        foot.addWidget(self.remove)
        who.lines.addLayout(foot)
        column = QVBoxLayout()
        column.setSpacing(look().sizes.gap)
        column.addWidget(card)
        column.addWidget(who, 1)
        whole = QHBoxLayout()
        whole.setSpacing(look().sizes.gap)
        whole.addLayout(column, 1)
        whole.addWidget(self.panel)
        self.lines.addLayout(whole, 1)

    def _connect(self) -> None:
        for button, title, make, save in (
            (self.own, tr("Change my passphrase"), OwnForm, tr("Change")),
            (self.custodian, tr("Custodian"), CustodianForm, tr("Name the custodian")),
            (self.hand_over, tr("Hand custody over"), HandOverForm, tr("Hand over")),
            (self.choice, tr("My custody"), ChoiceForm, tr("Save")),
            (self.remove, tr("Remove a member"), partial(_removal, self.table), tr("Remove for good")),
        ):
            button.clicked.connect(partial(self._open, title, make, save))
        self.kit.clicked.connect(self.presenter.make_kit)
        self.table.selectionModel().selectionChanged.connect(partial(_say_want, self.table, self.want))
        self.want.clicked.connect(partial(_want, self.table, self.presenter))
        self.panel.left.connect(self.close_form)
        self.panel.saved.connect(self._save)

    def ask_again(self) -> None:
        """Fetch how the keys stand."""
        self.presenter.begin()

    def take_keyboard(self) -> None:
        """The table."""
        self.table.setFocus()

    def answered(self, key: str) -> None:
        """The banner's button."""
        if key == MAKE_KIT:
            self.presenter.make_kit()

    def show_keys(self, facts: KeyFacts) -> None:
        """How they stand."""
        self._model.set_rows(facts.rows)
        if not self.table.chosen() and facts.rows:
            self.table.selectRow(0)
        _say_want(self.table, self.want)
        self._kit_line.setText(
            tr("There is one. Holdfast knows only its public half, which opens nothing: {public}", public=facts.kit)
            if facts.kit else tr("There is none. If every passphrase is lost, everything is lost.")
        )
        self._custody_line.setText(
            tr("Held for two together: {name}, and whoever holds the recovery kit.", name=facts.custodian)
            if facts.custodian else _no_custodian(facts)
        )
        self._own_line.setText(tr("You declined it: “{words}”", words=facts.declined))
        self._own_line.setVisible(bool(facts.declined))
        self._epoch_line.setText(
            trn("The keys were changed {count} time since the practice was made.",
                "The keys were changed {count} times since the practice was made.", facts.epoch - 1)
            if facts.epoch > 1 else tr("The keys are those that the practice was made with.")
        )
        for button in (self.kit, self.custodian, self.want, self.remove):
            button.setVisible(facts.owner)
        self.custodian.setEnabled(bool(facts.kit))
        self.choice.setVisible(facts.clinical)
        self.hand_over.setVisible(facts.holds_custody)
        self.hand_over.setEnabled(any(row.slot and not row.you for row in facts.rows))
        self.remove.setEnabled(any(row.slot and not row.you for row in facts.rows))
        if facts.owner and not facts.kit and self.panel.held is None and not self.banner.isVisible():
            self.show_banner(_no_kit())

    def show_kit(self, draft: KitDraft, group: int) -> None:
        """A kit was drawn."""
        form = KitForm(group, draft.replaces)
        form.save_wanted.connect(self.save_kit)
        form.print_wanted.connect(self.print_kit)
        self.show_banner(None)
        self._hold(tr("Recovery kit"), form, tr("Keep this kit"))
        form.print_.setFocus()

    def show_kit_out(self, words: str) -> None:
        """The page is on paper or in a file."""
        if isinstance(self.panel.held, KitForm):
            self.panel.held.show_out(words)
            if self.panel.held.form is not None:
                self.panel.held.form.field("typed").edit.setFocus()

    def show_form_error(self, error: Known, problems: tuple[Problem, ...]) -> None:
        """Why a form was not taken."""
        self.panel.show_error(error)
        if isinstance(self.panel.held, Words):
            self.panel.held.show_problems(problems)

    def show_busy(self, words: str) -> None:
        """What takes a while."""
        self.panel.say_busy(words)

    def close_form(self) -> None:
        """The form is done with."""
        self.presenter.drop_kit()
        self.panel.empty()

    def save_kit(self) -> QFileDialog:
        """Ask where the page goes."""
        return self._ask_where(tr("Save the recovery kit's page"), "recovery-kit.pdf", self.presenter.save_kit)

    def print_kit(self) -> None:
        """Ask which printer."""
        try:
            put, present = self._ways.put_on, self.presenter
            self._ways.ask_printer(self, "A4", PRINT_DPI, lambda printer: present.print_kit(partial(put, printer)))
        except Exception as error:  # noqa: BLE001 - the machine's own dialog; whatever it does, the page must say so
            self.panel.show_error(explained(error))

    def _ask_where(self, title: str, name: str, then: Callable[[Path], object]) -> QFileDialog:
        dialog = QFileDialog(self, title, str(Path.home() / name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: then(Path(path)))
        ask(dialog)
        return dialog

    def _hold(self, title: str, form: Words, save: str = "") -> None:
        self.panel.hold(title, form, save)
        if form.form is not None and form.form.edits():
            form.form.edits()[0].setFocus()

    def _open(self, title: str, make: Callable[[KeyFacts], Words], save: str, *_: object) -> None:
        if self.presenter.facts is not None:
            self._hold(title, make(self.presenter.facts), save)

    def _save(self) -> None:
        held = self.panel.held
        if isinstance(held, KitForm):
            self.presenter.keep_kit(held.typed())
        elif isinstance(held, OwnForm):
            self._save_own(held)
        elif isinstance(held, RemoveForm):
            draft = held.draft()
            self.presenter.remove(draft.member, draft.typed)
        elif isinstance(held, CustodianForm):
            self.presenter.name_custodian(held.member())
        elif isinstance(held, HandOverForm):
            self.presenter.hand_over(held.draft().member, held.draft().typed)
        elif isinstance(held, ChoiceForm):
            self.presenter.choose_custody(held.text())

    def _save_own(self, form: OwnForm) -> None:
        draft = form.settled()
        if draft is None:
            return
        if form.makes_factor:
            self.ask_factor(draft)
        else:
            self.presenter.change_own(draft)

    def ask_factor(self, draft: OwnDraft) -> QFileDialog:
        """Ask where a fresh key file goes."""
        title = tr("Save the key file, on a stick that you keep apart")
        return self._ask_where(title, "practice.holdfast-key", partial(self.presenter.change_own, draft))


def _removal(table: RowsTable, facts: KeyFacts) -> RemoveForm:
    chosen = table.chosen()
    return RemoveForm(facts, chosen.id if isinstance(chosen, KeyRow) else "")


def _say_want(table: RowsTable, want: Button, *_: object) -> None:
    """What is asked of a member is said of the one who is chosen."""
    row = table.chosen()
    slot, wanted = (row.slot, row.wanted) if isinstance(row, KeyRow) else (False, False)
    want.setEnabled(slot)
    want.say(tr("Require no key file") if wanted else tr("Require a key file"))


def _want(table: RowsTable, presenter: KeysPresenter, *_: object) -> None:
    chosen = table.chosen()
    if isinstance(chosen, KeyRow):
        presenter.want_factor(chosen.id)


def _no_custodian(facts: KeyFacts) -> str:
    none = tr("No custodian is named: if their author cannot open them any more, nobody can.")
    return none if facts.kit else none + " " + tr("One can be named once there is a recovery kit.")


def _no_kit() -> BannerFacts:
    return BannerFacts(
        Tone.AMBER, tr("This practice has no recovery kit."),
        tr("If every passphrase is lost, nobody can open it any more, nor any of its archives."),
        tr("Make the kit, print its page, and keep it in a safe."), ((MAKE_KIT, tr("Make the kit")),), closable=True,
    )
