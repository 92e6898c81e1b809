"""The keys screen: what it decides, and with real widgets over a real practice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.bootstrap import Program
from desktop.domain.people import Role
from desktop.services.custody import custody_choice
from desktop.services.desk import Desk
from desktop.services.keys import RecoverDraft, key_state, recover
from desktop.services.practice import MemberDraft, PracticeDraft, add_member, create_practice
from desktop.views.keys.forms import ChoiceForm, CustodianForm, HandOverForm, KitForm, OwnForm, RemoveForm
from desktop.views.keys.view import KeysScreen, Ways
from desktop.views.paper.saving import save_pdf
from desktop.views.shell.mustread import SEEN, MustRead
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from tests.cli.harness import program_at
from tests.storage.archive.kit import OTHER_KIT_TEXT
from tests.views.hands import opened, settle
from tests.worksheets.reading import text

PASSPHRASE = "violet harbour seven stones"
PAULS = "quiet ladder under orange snow"
NEW = "seldom paper rivers borrow eleven"
MARTA, PAUL = "Marta Kowalczyk", "Paul Osei"
BOTH = frozenset({Role.OWNER, Role.THERAPIST})


class Paper:
    """A printer that takes everything."""

    def __init__(self) -> None:
        self.pages = 0

    def ask(self, parent: QWidget, size: str, dpi: int, then: Any) -> None:
        then(self)

    def put(self, printer: Paper, pages: tuple[Any, ...], title: str) -> None:
        self.pages += len(pages)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return program_at(tmp_path / "own")


@pytest.fixture
def desk(program: Program, tmp_path: Path) -> Iterator[Desk]:
    draft = PracticeDraft("Praxis Łódź", MARTA, PASSPHRASE, PASSPHRASE, BOTH)
    made = create_practice(program.door, tmp_path / "practice", draft)
    add_member(made, program.door, MemberDraft(PAUL, PAULS, PAULS, frozenset({Role.PRESCRIBER})))
    yield made
    program.door.leave(made)


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def screen(qtbot: QtBot, ops: Ops, desk: Desk, program: Program, paper: Paper) -> Iterator[KeysScreen]:
    made = KeysScreen(desk, program.door, ops, Ways(save_pdf, paper.ask, paper.put))
    opened(qtbot, made)
    settle(qtbot, ops)
    yield made
    settle(qtbot, ops)


def banner(screen: KeysScreen) -> str:
    return screen.banner._what.text()


def fill(form: Any, **values: Any) -> None:
    for name, value in values.items():
        form.form.field(name).show_value(value)


def make_kit(qtbot: QtBot, ops: Ops, screen: KeysScreen, path: Path, kits: list[str] | None = None) -> str:
    """The kit as somebody makes it: its page saved, one group typed. Returns what the page says; kits: its secret."""
    screen.kit.click()
    settle(qtbot, ops)
    form = screen.panel.held
    assert isinstance(form, KitForm)
    screen.presenter.save_kit(path)
    settle(qtbot, ops)
    assert form.out.isVisible()
    said = text(path.read_bytes())
    assert screen.presenter._draft is not None
    if kits is not None:
        kits.append(screen.presenter._draft.text)
    fill(form, typed=screen.presenter._draft.groups[screen.presenter.group].lower())
    screen.panel.save.click()
    settle(qtbot, ops)
    return said


def test_without_a_kit_the_page_says_what_that_means_and_offers_to_make_one(
    qtbot: QtBot, ops: Ops, screen: KeysScreen
) -> None:
    assert banner(screen) == "This practice has no recovery kit."
    assert not screen.custodian.isEnabled()
    screen.banner.chosen.emit("make-kit")
    settle(qtbot, ops)
    assert isinstance(screen.panel.held, KitForm)


def test_a_kit_is_kept_once_its_page_is_out_and_in_somebodys_hands(
    qtbot: QtBot, ops: Ops, screen: KeysScreen, desk: Desk, program: Program, tmp_path: Path
) -> None:
    screen.kit.click()
    settle(qtbot, ops)
    form = screen.panel.held
    assert isinstance(form, KitForm)
    screen.panel.save.click()
    assert form.form is not None
    assert "Save or print" in form.form.field("typed").problem
    screen.presenter.save_kit(tmp_path / "kit.pdf")
    settle(qtbot, ops)
    fill(form, typed="XXXX")
    screen.panel.save.click()
    assert f"not group {screen.presenter.group}" in form.form.field("typed").problem
    assert key_state(desk, program.door).kit == ""
    said = make_kit(qtbot, ops, screen, tmp_path / "again.pdf")
    assert "AGE-SECRET-KEY-1" in said
    assert screen.panel.held is None
    assert banner(screen) == "The recovery kit holds now."
    assert key_state(desk, program.door).kit
    assert "age1" in screen._kit_line.text()


def test_the_page_is_printed_without_a_file(
    qtbot: QtBot, ops: Ops, screen: KeysScreen, paper: Paper, tmp_path: Path
) -> None:
    before = set(tmp_path.rglob("*.pdf"))
    screen.kit.click()
    settle(qtbot, ops)
    form = screen.panel.held
    assert isinstance(form, KitForm)
    form.print_.click()
    settle(qtbot, ops)
    assert (paper.pages, form.out.text()) == (1, "Sent to the printer.")
    assert set(tmp_path.rglob("*.pdf")) == before
    screen.panel.cancel.click()
    assert screen.presenter._draft is None


def test_the_page_is_not_saved_among_the_practices_own_files(
    qtbot: QtBot, ops: Ops, screen: KeysScreen, tmp_path: Path
) -> None:
    screen.kit.click()
    settle(qtbot, ops)
    screen.presenter.save_kit(tmp_path / "practice" / "kit.pdf")
    settle(qtbot, ops)
    assert "does not belong beside it" in screen.panel.banner._what.text()
    assert not (tmp_path / "practice" / "kit.pdf").exists()


def test_a_kit_that_takes_anothers_place_says_what_that_does(
    qtbot: QtBot, ops: Ops, screen: KeysScreen, desk: Desk, program: Program, tmp_path: Path
) -> None:
    make_kit(qtbot, ops, screen, tmp_path / "one.pdf")
    screen.kit.click()
    settle(qtbot, ops)
    form = screen.panel.held
    assert isinstance(form, KitForm)
    assert "opens nothing new" in form.words.text()
    screen.panel.cancel.click()
    make_kit(qtbot, ops, screen, tmp_path / "two.pdf")
    assert key_state(desk, program.door).epoch == 2
    assert screen._epoch_line.text() == "The keys were changed 1 time since the practice was made."


def test_a_member_is_removed_once_their_name_was_typed(
    qtbot: QtBot, ops: Ops, screen: KeysScreen, desk: Desk, program: Program
) -> None:
    screen.remove.click()
    form = screen.panel.held
    assert isinstance(form, RemoveForm)
    fill(form, typed="somebody")
    screen.panel.save.click()
    assert form.form is not None
    assert "as it stands" in form.form.field("typed").problem
    fill(form, typed=" paul  osei ")
    screen.panel.save.click()
    settle(qtbot, ops)
    assert banner(screen) == "Paul Osei cannot open the practice any more."
    assert [slot.name for slot in key_state(desk, program.door).slots] == [MARTA]
    assert {row.name: row.unlocks for row in screen._model._rows}[PAUL] == "cannot unlock"
    assert not screen.remove.isEnabled()


def test_ones_passphrase_is_changed_and_what_is_wrong_stands_at_its_field(
    qtbot: QtBot, ops: Ops, screen: KeysScreen, program: Program, desk: Desk, tmp_path: Path
) -> None:
    screen.own.click()
    form = screen.panel.held
    assert isinstance(form, OwnForm)
    assert form.form is not None
    screen.panel.save.click()
    assert form.form.field("now").problem
    fill(form, now=PASSPHRASE, passphrase="passwordpassword", again="passwordpassword")
    screen.panel.save.click()
    settle(qtbot, ops)
    assert "tried first" in form.form.field("passphrase").problem
    fill(form, now="wrong one, long enough", passphrase=NEW, again=NEW)
    screen.panel.save.click()
    settle(qtbot, ops)
    assert "does not open" in screen.panel.banner._what.text()
    fill(form, now=PASSPHRASE, renew=True)
    screen.panel.save.click()
    settle(qtbot, ops)
    assert banner(screen) == "Your passphrase was changed."
    assert key_state(desk, program.door).epoch == 2


def test_a_key_file_is_made_where_somebody_wants_it_and_asked_for_after(
    qtbot: QtBot, ops: Ops, screen: KeysScreen, desk: Desk, program: Program, tmp_path: Path
) -> None:
    screen.own.click()
    form = screen.panel.held
    assert isinstance(form, OwnForm)
    fill(form, now=PASSPHRASE, passphrase=NEW, again=NEW, factor="make")
    assert form.makes_factor
    draft = form.settled()
    assert draft is not None
    stick = tmp_path / "stick.holdfast-key"
    screen.presenter.change_own(draft, stick)
    settle(qtbot, ops)
    assert key_state(desk, program.door).slot(desk.member.id).factor  # type: ignore[union-attr]
    screen.own.click()
    again = screen.panel.held
    assert isinstance(again, OwnForm)
    again.take_file(str(stick))
    fill(again, now=NEW, passphrase=PASSPHRASE, again=PASSPHRASE, factor="drop")
    screen.panel.save.click()
    settle(qtbot, ops)
    assert not key_state(desk, program.door).slot(desk.member.id).factor  # type: ignore[union-attr]


def test_a_key_file_is_wanted_of_the_member_who_is_chosen_and_no_longer(
    qtbot: QtBot, ops: Ops, screen: KeysScreen
) -> None:
    rows = [row.name for row in screen._model._rows]
    screen.table.selectRow(rows.index(PAUL))
    screen.want.click()
    settle(qtbot, ops)
    assert banner(screen) == "A key file is required of Paul Osei."
    assert {row.name: row.standing for row in screen._model._rows}[PAUL] == "a key file is required at the next change"
    screen.table.selectRow(rows.index(PAUL))
    assert screen.want.accessibleName() == "Require no key file"
    screen.want.click()
    settle(qtbot, ops)
    assert screen.want.text() == "Require a key file"
    assert {row.name: row.standing for row in screen._model._rows}[PAUL] == ""


def test_custody_is_named_and_declined_in_writing(
    qtbot: QtBot, ops: Ops, screen: KeysScreen, desk: Desk, tmp_path: Path
) -> None:
    make_kit(qtbot, ops, screen, tmp_path / "kit.pdf")
    screen.custodian.click()
    form = screen.panel.held
    assert isinstance(form, CustodianForm)
    assert "If they die" in form.words.text()
    screen.panel.save.click()
    settle(qtbot, ops)
    assert MARTA in screen._custody_line.text()
    screen.choice.click()
    choice = screen.panel.held
    assert isinstance(choice, ChoiceForm)
    fill(choice, declined="They end with me.")
    screen.panel.save.click()
    settle(qtbot, ops)
    assert custody_choice(desk).declined == "They end with me."
    assert "They end with me." in screen._own_line.text()


def test_a_custodian_hands_over_with_the_kit_in_hand(
    qtbot: QtBot, ops: Ops, screen: KeysScreen, desk: Desk, program: Program, tmp_path: Path
) -> None:
    kits: list[str] = []
    make_kit(qtbot, ops, screen, tmp_path / "kit.pdf", kits)
    assert not screen.hand_over.isVisible()  # nobody is custodian yet
    screen.presenter.name_custodian(desk.member.id)
    settle(qtbot, ops)
    screen.hand_over.click()
    form = screen.panel.held
    assert isinstance(form, HandOverForm)
    screen.panel.save.click()
    assert form.form is not None
    assert form.form.field("typed").problem
    fill(form, typed=OTHER_KIT_TEXT)
    screen.panel.save.click()
    settle(qtbot, ops)
    assert screen.panel.banner.isVisible()
    assert form.draft().member == next(row.id for row in screen._model._rows if row.name == PAUL)
    fill(form, typed=kits[0].lower())
    screen.panel.save.click()
    settle(qtbot, ops)
    assert "handed over" in banner(screen)
    assert PAUL in screen._custody_line.text()
    assert not screen.hand_over.isVisible()


def test_who_is_no_owner_changes_their_own_only(
    qtbot: QtBot, ops: Ops, desk: Desk, program: Program, tmp_path: Path, paper: Paper
) -> None:
    program.door.leave(desk)
    folder = tmp_path / "practice"
    paul = next(member.id for member in program.door.peek(folder).members if member.name == PAUL)
    pauls = program.door.unlock(folder, paul, PAULS)
    made = KeysScreen(pauls, program.door, ops, Ways(save_pdf, paper.ask, paper.put))
    opened(qtbot, made)
    settle(qtbot, ops)
    assert [button.isVisible() for button in (made.own, made.kit, made.custodian, made.remove)] == [
        True, False, False, False
    ]  # fmt: skip
    assert not made.banner.isVisible()
    program.door.leave(pauls)


def test_a_notice_stands_above_every_screen_until_it_was_taken(
    qtbot: QtBot, ops: Ops, screen: KeysScreen, desk: Desk, program: Program, tmp_path: Path
) -> None:
    said = make_kit(qtbot, ops, screen, tmp_path / "kit.pdf")
    start = said.index("AGE-SECRET-KEY-1")
    words = said[start : said.index("Where to keep it")].split()
    kit = words[0] + "".join(words[2::2])  # each group stands behind its number; a group may be digits, too
    program.door.leave(desk)
    again = recover(program.door, tmp_path / "practice", RecoverDraft(desk.member.id, kit, NEW, NEW))
    bar = MustRead(again, ops)
    opened(qtbot, bar)
    settle(qtbot, ops)
    gap = look().sizes.gap
    assert bar.lines.contentsMargins().left() == bar.lines.contentsMargins().right() == gap
    assert "The recovery kit was used" in bar.banner._what.text()
    bar.banner.chosen.emit(SEEN)
    settle(qtbot, ops)
    assert not bar.isVisible()
    program.door.leave(again)
