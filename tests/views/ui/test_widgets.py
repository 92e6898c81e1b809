"""Plain parts: buttons, fields, forms, tables, messages, the palette, questions."""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Known, Problem
from desktop.views.ui import fonts, icons, paint, timers
from desktop.views.ui.banner import CLOSE, Banner, banner_of, notice
from desktop.views.ui.basics import Button, Card, EmptyState, PrimaryButton, Sign
from desktop.views.ui.dialogs import Question, ask
from desktop.views.ui.facts import BannerFacts, Table
from desktop.views.ui.fields import SearchBox, Secret, Tick
from desktop.views.ui.finder import folded, matching
from desktop.views.ui.forms import Form
from desktop.views.ui.look import look
from desktop.views.ui.models import ROW, SORT, Column, RowsModel
from desktop.views.ui.tables import show_table, table_view
from desktop.views.ui.theme import Density, Tone
from tests.views.ui import gallery
from tests.views.ui.conftest import ROOT, Dress, Folder
from tests.views.ui.hands import gone, opened, typed

KEY = Qt.Key
VIEWS = sorted((ROOT / "desktop" / "views").rglob("*.py"))


# ------------------------------------------------------------------ rules of the room


def test_no_class_inherits_a_qt_object_and_something_else() -> None:
    found = [
        f"{path.name}: {node.name}"
        for path in VIEWS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and len(node.bases) > 1
    ]
    assert found == []


def test_no_lambda_holds_self() -> None:
    found = [
        f"{path.name}:{node.lineno}"
        for path in VIEWS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Lambda)
        and any(isinstance(part, ast.Name) and part.id == "self" for part in ast.walk(node.body))
    ]
    assert found == []


def test_no_dialog_stops_the_program() -> None:
    found = [
        f"{path.name}:{node.lineno}"
        for path in VIEWS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("exec", "exec_")
        and not (isinstance(node.value, ast.Name) and node.value.id == "app")
    ]
    assert found == []


# ------------------------------------------------------------------ type and icons


def test_the_bundled_typeface_is_found_and_its_digits_are_equally_wide(typefaces: bool) -> None:
    assert typefaces
    assert fonts.sized(20).family() == "Source Sans 3"
    assert paint.width_of("1111", 20) == paint.width_of("0888", 20)


def test_without_the_bundled_typeface_the_systems_stands_in(qapp: QApplication, tmp_path: object) -> None:
    assert not fonts.load(Folder(ROOT / "docs"))


def test_every_icon_takes_the_themes_colour() -> None:
    names = sorted(path.stem for path in (ROOT / "resources" / "icons").glob("*.svg"))
    assert len(names) > 50
    for name in names:
        assert "currentColor" in (ROOT / "resources" / "icons" / f"{name}.svg").read_text("utf-8")
        picture = icons.icon(name, Tone.RED, 24).pixmap(24, 24).toImage()
        red = look().theme.red.text
        colours = [picture.pixelColor(x, y) for x in range(24) for y in range(24)]
        assert {colour.name() for colour in colours if colour.alpha() == 255} <= {red}, name


def test_every_icon_that_is_named_is_there() -> None:
    here = {path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")}
    assert {"heart-pulse", "triangle-alert", "octagon-alert", "info", "circle-check", "check", "ban", "flag"} <= here
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_the_icons_licence_ships_with_them() -> None:
    assert "ISC License" in (ROOT / "resources" / "icons" / "ISC-Lucide.txt").read_text("utf-8")


# ------------------------------------------------------------------ timers


def test_a_timer_ends_with_its_receiver(qtbot: QtBot) -> None:
    receiver, ticks, once = QObject(), [], []
    timer = timers.every(1, receiver, lambda: ticks.append(1))
    timers.later(1, receiver, lambda: once.append(1))
    qtbot.waitUntil(lambda: len(ticks) >= 3 and bool(once))
    assert once == [1]
    receiver.deleteLater()
    gone(qtbot, timer)


def test_a_resting_timer_waits_until_it_is_started(qtbot: QtBot) -> None:
    receiver, calls = QObject(), []
    timer = timers.rest(1, receiver, lambda: calls.append(1))
    assert not timer.isActive()
    timer.start()
    qtbot.waitUntil(lambda: calls == [1])


# ------------------------------------------------------------------ buttons, cards, empty places


def test_a_button_has_a_name_a_key_and_an_icon_in_every_state(dress: Dress, qtbot: QtBot) -> None:
    button = PrimaryButton("Save", "check", key="Ctrl+S")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Save"
    assert "Ctrl+S" in button.toolTip()
    on = button.icon().pixmap(24, 24).toImage()
    button.setEnabled(False)
    assert button.icon().pixmap(24, 24).toImage() != on
    button.setEnabled(True)
    button.say("Save again")
    assert button.accessibleName() == "Save again"
    button.show()
    dress("dark", Density.COMPACT)
    assert button.icon().pixmap(24, 24).toImage() != on


@pytest.mark.parametrize("kind", ["", "quiet", "danger", "rail"])
def test_buttons_of_every_kind_keep_their_size_when_they_are_focused(kind: str, qtbot: QtBot) -> None:
    button = Button("Undo", "undo-2", kind=kind)
    off = Button("Undo", "undo-2", kind=kind)
    off.setEnabled(False)
    qtbot.addWidget(off)
    off.show()
    opened(qtbot, button)
    plain = button.sizeHint()
    button.setFocus()
    assert button.hasFocus()
    assert button.sizeHint() == plain
    assert plain.height() >= look().sizes.control


def test_an_empty_place_teaches_and_offers_one_button(qtbot: QtBot) -> None:
    begun: list[int] = []
    text = "A couple is a record of its own."
    place = EmptyState("users", "No couples yet", text, "Make a couple", lambda: begun.append(1))
    qtbot.addWidget(place)
    place.show()
    assert place.button is not None
    qtbot.mouseClick(place.button, Qt.MouseButton.LeftButton)
    assert begun == [1]
    bare = EmptyState("users", "Nothing yet", "It fills by itself.")
    qtbot.addWidget(bare)
    assert bare.button is None


def test_a_card_takes_the_margins_of_its_density(dress: Dress, qtbot: QtBot) -> None:
    card = Card(title="Log")
    qtbot.addWidget(card)
    card.show()
    narrow = card.lines.contentsMargins().left()
    dress("light", Density.COMFORTABLE)
    assert card.lines.contentsMargins().left() > narrow
    assert card.accessibleName() == "Log"


def test_a_sign_is_tinted_anew(dress: Dress, qtbot: QtBot) -> None:
    sign = Sign("info", Tone.RED)
    qtbot.addWidget(sign)
    sign.show()
    red = sign.pixmap().toImage()
    sign.show_sign("info", Tone.GREEN)
    assert sign.pixmap().toImage() != red
    dress("dark", Density.COMPACT)
    assert sign.pixmap().toImage() != red


# ------------------------------------------------------------------ messages


def test_a_message_says_what_happened_what_is_safe_and_what_to_do(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_banner(banner_of(Known("The disk is full.", "Nothing was changed.", "Free some room.")))
    assert banner.isVisible()
    assert banner.accessibleName() == "The disk is full. Nothing was changed. Free some room."
    assert banner.property("tone") == "amber"
    banner.show_banner(None)
    assert not banner.isVisible()


def test_a_message_is_answered_by_its_buttons_and_never_takes_the_keyboard(qtbot: QtBot) -> None:
    page = QWidget()
    line, banner = QLineEdit(page), Banner(page)
    opened(qtbot, page)
    line.setFocus()
    chosen: list[str] = []
    banner.chosen.connect(chosen.append)
    actions = (("none", "No symptoms"), ("some", "Symptoms"))
    facts = BannerFacts(Tone.AMBER, "Take it again.", actions=actions, closable=True)
    banner.show_banner(facts)
    assert line.hasFocus()
    for button in banner.buttons():
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert chosen == ["none", "some", CLOSE]
    first = banner.buttons()[0]
    banner.show_banner(facts)
    assert banner.buttons()[0] is first
    banner.show_banner(replace(facts, actions=()))
    gone(qtbot, first)


def test_a_notice_carries_its_words(qtbot: QtBot) -> None:
    made = notice(Tone.GREEN, "The archive is whole.")
    qtbot.addWidget(made)
    assert "The archive is whole." in [label.text() for label in made.findChildren(QLabel)]


# ------------------------------------------------------------------ fields and forms


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = gallery.form()
    opened(qtbot, made)
    return made


def test_filling_a_form_is_not_editing_it(form: Form, qtbot: QtBot) -> None:
    draft = gallery.Draft("Łukasz", "1984-05-01", "pl", "calls himself Luk", True)
    with qtbot.assertNotEmitted(form.edited):
        form.show_draft(draft)
    assert form.draft() == draft


@pytest.mark.parametrize("name", ["name", "note"])
def test_what_a_person_types_in_any_script_is_in_the_draft(name: str, form: Form, qtbot: QtBot) -> None:
    edit = form.field(name).edit
    edit.setFocus()
    with qtbot.waitSignal(form.edited):
        typed(edit, "Nguyễn 李小龙 שרה محمد")
    assert getattr(form.draft(), name) == "Nguyễn 李小龙 שרה محمد"


def test_a_tick_and_a_choice_are_editing_too(form: Form, qtbot: QtBot) -> None:
    tick = form.field("call").edit
    with qtbot.waitSignal(form.edited):
        qtbot.mouseClick(tick, Qt.MouseButton.LeftButton)
    choice = form.field("language").edit
    with qtbot.waitSignal(form.edited):
        qtbot.keyClick(choice, KEY.Key_Down)
    assert form.draft().call is True
    assert form.draft().language == "pl"


def test_a_form_that_is_not_settled_marks_its_fields_and_goes_to_the_first(form: Form) -> None:
    assert form.settled() is None
    assert form.field("name").problem == "A name is needed."
    assert form.field("born").problem.startswith("Write the date")
    assert form.field("language").problem == ""
    assert form.field("name").edit.hasFocus()
    assert form.field("name").edit.accessibleDescription() == "A name is needed."


def test_a_mended_field_is_no_longer_marked(form: Form) -> None:
    form.settled()
    typed(form.field("name").edit, "Phượng")
    assert form.field("name").problem == ""
    assert form.field("born").problem != ""
    typed(form.field("born").edit, "1986-11-23")
    assert form.settled() == gallery.Draft("Phượng", "1986-11-23")


def test_only_the_first_thing_wrong_with_a_field_is_said(form: Form) -> None:
    form.show_problems((Problem("name", "one"), Problem("name", "two")))
    assert form.field("name").problem == "one"
    form.show_problems(())
    assert form.field("name").problem == ""


def test_every_field_is_named_and_tab_goes_through_them_in_order(form: Form, qtbot: QtBot) -> None:
    assert [edit.accessibleName() for edit in form.edits()] == [
        "Name",
        "Born",
        "Language",
        "Anything to know beforehand",
        "May be called at home",
    ]
    form.edits()[0].setFocus()
    for before, after in zip(form.edits(), form.edits()[1:], strict=False):
        qtbot.keyClick(before, KEY.Key_Tab)
        assert after.hasFocus()


def test_a_passphrase_is_asked_in_dots(qtbot: QtBot) -> None:
    made = Form(lambda draft: ())
    qtbot.addWidget(made)
    edit = made.secret("passphrase", "Passphrase")
    assert isinstance(edit, Secret)
    assert edit.echoMode() is QLineEdit.EchoMode.Password
    assert edit.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData


def test_a_problem_of_several_lines_makes_its_field_higher(form: Form) -> None:
    before = form.field("born").sizeHint().height()
    form.resize(300, form.height())
    form.settled()
    QApplication.processEvents()
    assert form.field("born").sizeHint().height() > before + 2 * look().sizes.caption


def test_escape_empties_a_search_before_it_does_anything_else(qtbot: QtBot) -> None:
    box = SearchBox("Search couples")
    qtbot.addWidget(box)
    said: list[str] = []
    box.textEdited.connect(said.append)
    typed(box, "Łuk")
    qtbot.keyClick(box, KEY.Key_Escape)
    assert box.text() == ""
    assert said == ["Łuk", ""]
    qtbot.keyClick(box, KEY.Key_Escape)
    assert said == ["Łuk", ""]


def test_a_tick_is_drawn_when_it_is_set(qtbot: QtBot) -> None:
    tick = Tick("May be called")
    qtbot.addWidget(tick)
    tick.show()
    before = tick.grab().toImage()
    tick.setChecked(True)
    tick.setFocus()
    assert tick.grab().toImage() != before


# ------------------------------------------------------------------ tables


def model() -> RowsModel:
    made = RowsModel(
        (
            Column("Name", lambda row: row.name, spoken=lambda row: f"couple {row.name}"),
            Column("Due", lambda row: row.due, sort=lambda row: len(row.due), right=True,
                   sign=lambda row: "clock" if row.due else "", tone=lambda row: Tone.AMBER),
        )
    )  # fmt: skip
    made.set_rows(gallery.COUPLES)
    return made


def test_a_table_keeps_the_rules_of_qt(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model())
    qtmodeltester.check(RowsModel(()))


def test_a_cell_says_shows_and_sorts_what_its_column_says() -> None:
    made = model()
    name, due = made.index(0, 0), made.index(0, 1)
    roles = Qt.ItemDataRole
    assert name.data(roles.AccessibleTextRole) == f"couple {gallery.COUPLES[0].name}"
    assert due.data(roles.AccessibleTextRole) == "24 h call"
    assert due.data(SORT) == len("24 h call")
    assert name.data(SORT) == gallery.COUPLES[0].name.casefold()
    assert due.data(ROW) is gallery.COUPLES[0]
    assert due.data(roles.ForegroundRole).name() == look().theme.amber.text
    assert name.data(roles.ForegroundRole) is None
    assert not due.data(roles.DecorationRole).isNull()
    assert made.index(1, 1).data(roles.DecorationRole) is None
    assert due.data(roles.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert made.headerData(1, Qt.Orientation.Horizontal, roles.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert made.headerData(1, Qt.Orientation.Vertical) is None
    assert made.headerData(1, Qt.Orientation.Horizontal, roles.ToolTipRole) is None
    assert made.data(made.index(9, 9)) is None


def test_rows_that_come_behind_keep_the_selection_and_others_reset_it(qtbot: QtBot) -> None:
    made = RowsModel((Column("Name", lambda row: row.name),))
    choice = QItemSelectionModel(made)

    def chosen() -> list[int]:
        return [index.row() for index in choice.selectedIndexes()]

    made.set_rows(gallery.COUPLES[1:3])
    choice.select(made.index(0, 0), QItemSelectionModel.SelectionFlag.Select)
    made.set_rows(gallery.COUPLES[1:])
    assert chosen() == [0]
    made.set_rows(gallery.COUPLES)
    assert chosen() == [1]
    made.set_rows(tuple(replace(row, due="") for row in gallery.COUPLES))
    assert chosen() == [1]
    with qtbot.assertNotEmitted(made.dataChanged):
        made.set_rows(made.rows())
    made.set_rows(())
    assert chosen() == []


def test_the_chosen_row_is_found_in_a_sorted_table(qtbot: QtBot) -> None:
    table = gallery.couples()
    qtbot.addWidget(table)
    table.show()
    assert table.chosen() is None
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    table.selectRow(0)
    assert table.chosen() == max(gallery.COUPLES, key=lambda row: row.name.casefold())


def test_tab_leaves_a_table(qtbot: QtBot) -> None:
    page = QWidget()
    table, line = gallery.couples(), QLineEdit(page)
    table.setParent(page)
    QWidget.setTabOrder(table, line)
    opened(qtbot, page)
    table.setFocus()
    qtbot.keyClick(table, KEY.Key_Tab)
    assert line.hasFocus()


def test_a_table_of_words_may_have_short_rows(qtbot: QtBot) -> None:
    view = table_view(Table("Phases", ("Phase", "Minutes"), (("Core",),)))
    qtbot.addWidget(view)
    assert view.model().index(0, 1).data() == ""


# ------------------------------------------------------------------ questions


def test_a_question_opens_without_stopping_and_is_freed_when_it_is_answered(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    agreed: list[int] = []
    for answer in ("Strike", "Cancel"):
        dialog = ask(Question(page, "Strike this entry?", "It stays visible.", "Strike"), lambda: agreed.append(1))
        button = next(each for each in dialog.findChildren(Button) if each.text() == answer)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        gone(qtbot, dialog)
    assert agreed == [1]
    assert page.findChildren(QDialog) == []


def test_enter_never_chooses_what_destroys(qtbot: QtBot) -> None:
    page = QWidget()
    opened(qtbot, page)
    agreed: list[int] = []
    dialog = ask(Question(page, "Leave?", "What was typed is lost.", "Leave", danger=True), lambda: agreed.append(1))
    qtbot.keyClick(dialog, KEY.Key_Return)
    gone(qtbot, dialog)
    assert agreed == []


def test_an_empty_table_can_be_shown_too(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    dialog = show_table(page, Table("Nothing", ("Time",), ()))
    dialog.close()
    gone(qtbot, dialog)


# ------------------------------------------------------------------ the palette


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lukasz", "c1"),
        ("WISNIEWSKI", "c1"),
        ("phuong nguyen", "c2"),
        ("1986", "c2"),
        ("night", "k1"),
        ("worksheet", "w1"),
    ],
)
def test_the_palette_finds_without_accents_case_or_order(text: str, found: str) -> None:
    assert [entry.key for entry in matching(gallery.ENTRIES, text)][:1] == [found]


def test_the_palette_puts_what_begins_so_first_and_finds_at_most_fifty() -> None:
    letter = matching(gallery.ENTRIES, "l")
    assert letter[0].title.startswith(("Ł", "L"))
    assert len(matching(gallery.ENTRIES * 20, "")) == 50
    assert matching(gallery.ENTRIES, "zzz") == ()
    assert folded("Łódź Straße") == "lodz strasse"


def test_the_palette_is_worked_by_keyboard_and_gives_it_back(qtbot: QtBot) -> None:
    page = QWidget()
    page.resize(900, 600)
    first, line = QLineEdit(page), QLineEdit(page)
    opened(qtbot, page)
    line.setFocus()
    made = gallery.palette(page)
    chosen: list[str] = []
    made.chosen.connect(chosen.append)
    assert made.line.hasFocus()
    made.grab()
    qtbot.keyClick(made.line, KEY.Key_Down)
    qtbot.keyClick(made.line, KEY.Key_Down)
    qtbot.keyClick(made.line, KEY.Key_Up)
    qtbot.keyClick(made.line, KEY.Key_Return)
    assert chosen == ["c2"]
    assert line.hasFocus()
    assert not first.hasFocus()
    assert not made.isVisible()
    made.open()
    typed(made.line, "zzz")
    qtbot.keyClick(made.line, KEY.Key_Return)
    assert chosen == ["c2"]
    assert made.isVisible()
    qtbot.keyClick(made.line, KEY.Key_Escape)
    assert line.hasFocus()


def test_the_palette_asks_for_more_while_one_types_and_takes_a_click(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    made = gallery.palette(page)
    with qtbot.waitSignal(made.asked) as asked:
        typed(made.line, "lock")
    assert asked.args == ["lock"]
    index = made.rows.index(0, 0)
    with qtbot.waitSignal(made.chosen) as chosen:
        qtbot.mouseClick(
            made.found.viewport(), Qt.MouseButton.LeftButton, pos=made.found.visualRect(index).center()
        )
    assert chosen.args == ["k2"]


# ------------------------------------------------------------------ all together


@pytest.mark.parametrize("page", [gallery.board, gallery.parts])
def test_tab_reaches_every_control_and_each_has_a_name(page: type[QWidget], qtbot: QtBot) -> None:
    widget = page()
    widget.resize(1366, 768)
    opened(qtbot, widget)
    takes = {
        each
        for each in widget.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled()
        and not isinstance(each, QScrollArea)
    }  # fmt: skip
    assert takes
    reached: set[QWidget] = set()
    start = next(iter(takes))
    start.setFocus()
    while (now := QApplication.focusWidget()) is not None and now not in reached:
        reached.add(now)
        qtbot.keyClick(now, KEY.Key_Tab)
    assert takes <= reached
    assert [type(each).__name__ for each in takes if not each.accessibleName()] == []
