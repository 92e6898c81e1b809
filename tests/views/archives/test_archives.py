"""The archives' screen: what it says, with a real practice, real archives and real widgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors_archive import MissingPlace, NoPlaces, OlderArchive
from desktop.domain.people import ClientDraft, Member, Role
from desktop.services.archives import make_archive, policy_of, standing
from desktop.services.clients import make_client
from desktop.services.ports_archives import ArchiveLog, Reason, Run, RunKind
from desktop.storage.archive.shelf import MARK
from desktop.views.archives.presenter import ArchivesPresenter, rail_facts
from desktop.views.archives.restore import RestoreDialog, RestoreDraft, RestoreForm, check
from desktop.views.archives.view import ArchivesScreen
from desktop.views.shell.registry import builders
from desktop.views.shell.settings import SettingsFile
from desktop.views.shell.window import Window
from desktop.views.ui.basics import Button
from desktop.views.ui.look import look
from desktop.views.ui.ops import Ops
from desktop.views.ui.theme import Tone
from tests.kit import RESOURCES
from tests.storage.archive.kit import KIT_TEXT, OWNER, PASSPHRASE, House, nobody
from tests.views.hands import Hands, Noted, opened, pressed, settle


class LongHands(Hands):
    """A Doing whose long work is done at once too."""

    def aside(
        self, work: Callable[[Any], Any], then: Callable[[Any], object], oops: Callable[[Any], object],
        progress: Callable[[int, int, str], object],
    ) -> object:  # fmt: skip
        return self.change(lambda: work(progress), then, oops)


def presenter(house: House, waiting: bool = False) -> tuple[ArchivesPresenter, Noted]:
    view = Noted()
    made = ArchivesPresenter(house.desk, house.room, LongHands(waiting), view)  # type: ignore[arg-type]
    made.begin()
    return made, view


def test_without_an_archive_it_is_said_plainly(house: House) -> None:
    house.room.forget_place(house.place)
    _, view = presenter(house)
    (facts,) = view.last("show_state")
    assert (facts.tone, "no verified archive" in facts.words, "place" in facts.words) == (Tone.RED, True, True)


def test_making_one_turns_it_green_and_three_days_later_amber(house: House) -> None:
    made, view = presenter(house)
    made.make()
    assert view.last("show_banner")[0].tone is Tone.GREEN
    assert view.last("show_state")[0].tone is Tone.GREEN
    assert [row.number for row in view.last("show_archives")[0]] == ["1"]
    assert view.last("show_progress") == (0, 0, "")
    house.clock.forward(timedelta(days=3).total_seconds())
    made.begin()
    (facts,) = view.last("show_state")
    assert (facts.tone, "too old" in facts.words) == (Tone.AMBER, True)


def test_a_stick_that_is_not_in_is_named_with_what_to_do(house: House) -> None:
    (house.place / MARK).unlink()
    made, view = presenter(house)
    made.make()
    (facts,) = view.last("show_banner")
    assert facts.what == MissingPlace().what
    assert str(house.place) in facts.next_step
    assert facts.tone is Tone.RED
    assert view.last("show_archives")[0][0].tone is Tone.AMBER


def test_verifying_and_trying_out_say_how_long_it_took(house: House) -> None:
    house.make()
    made, view = presenter(house)
    for do in (made.verify, made.drill):
        do(None)
        assert "seconds" in view.last("show_banner")[0].safe
    assert [row.what for row in view.last("show_runs")[0]] == ["tried out", "verified", "made"]


def test_work_that_is_under_way_is_not_begun_twice_and_can_be_stopped(house: House) -> None:
    made, view = presenter(house, waiting=True)
    made.make()
    made.make()
    assert made.busy
    made.stop()
    assert not made.busy
    assert view.last("show_banner")[0].what == "Stopped."


def test_errors_come_back_in_three_sentences(house: House) -> None:
    house.room.forget_place(house.place)
    made, view = presenter(house)
    made.make()
    assert isinstance(view.last("show_error")[0], NoPlaces)
    made.add_place(house.root / "gone")
    assert isinstance(view.last("show_error")[0], MissingPlace)
    made.add_place(house.place)
    assert [row.note for row in view.last("show_archives")[0]] == ["nothing yet"]
    made.forget_place(house.place)
    assert view.last("show_archives")[0] == ()


def test_a_log_that_somebody_changed_is_said_to_be_so(house: House) -> None:
    house.make()
    side = house.folder / "practice.archives"
    side.write_bytes(side.read_bytes().replace(b'"lines":', b'"lines":1'))
    _, view = presenter(house)
    assert "changed by another program" in view.last("show_state")[0].confirmed


def test_the_rail_says_it_in_a_few_words(house: House) -> None:
    now, policy = house.clock.now().utc, policy_of(house.desk.resources)
    assert rail_facts(standing(house.room.log(), now, policy))[1] is Tone.RED
    house.make()
    assert rail_facts(standing(house.room.log(), now, policy)) == ("Archive: just now", Tone.PLAIN)
    late = now + timedelta(days=4)
    assert rail_facts(standing(house.room.log(), late, policy)) == ("Archive: 4 days ago, too old", Tone.AMBER)


def test_only_an_owner_changes_places(house: House) -> None:
    from dataclasses import replace

    helper = replace(house.desk, member=Member("x", "Helper", "HE", frozenset({Role.ASSISTANT})))
    view = Noted()
    made = ArchivesPresenter(helper, house.room, LongHands(), view)  # type: ignore[arg-type]
    made.begin()
    assert not view.last("show_state")[0].may_change
    made.forget_place(house.place)
    assert view.last("show_error")


@pytest.fixture
def screen(qtbot: QtBot, ops: Ops, house: House) -> ArchivesScreen:
    house.make()
    made = ArchivesScreen(house.desk, house.program.archives, ops)
    opened(qtbot, made)
    settle(qtbot, ops)
    return made


def test_the_screen_makes_an_archive_and_shows_it(qtbot: QtBot, ops: Ops, house: House, screen: ArchivesScreen) -> None:
    screen.make.click()
    assert screen.progress.isVisible()
    assert not screen.make.isEnabled()
    settle(qtbot, ops)
    assert len(house.archives()) == 2
    assert not screen.progress.isVisible()
    assert screen.make.isEnabled()
    assert "just now" in screen.state.text()


@pytest.mark.parametrize("name", ["verify", "drill"])
def test_a_button_works_on_the_archive_that_is_chosen(
    qtbot: QtBot, ops: Ops, house: House, screen: ArchivesScreen, name: str
) -> None:
    screen.ask_again()
    settle(qtbot, ops)
    getattr(screen, name).click()
    settle(qtbot, ops)
    assert "seconds" in screen.banner._more.text()


@pytest.mark.parametrize("way", ["passphrase", "kit"])
def test_a_practice_is_restored_from_the_screen(
    qtbot: QtBot, ops: Ops, house: House, screen: ArchivesScreen, tmp_path: Path, way: str
) -> None:
    screen.open_restore()
    form = screen.panel.held
    assert isinstance(form, RestoreForm)
    screen.panel.save.click()
    assert form.form.field("folder").problem
    draft = form.form.draft()
    assert draft.archive.endswith(".age")
    secret = PASSPHRASE if way == "passphrase" else KIT_TEXT
    form.form.show_draft(RestoreDraft(draft.archive, str(tmp_path / "new"), way, OWNER, secret))
    screen.panel.save.click()
    settle(qtbot, ops)
    assert (tmp_path / "new" / "practice.db").exists()
    assert screen.panel.held is None


def test_a_wrong_passphrase_stays_in_the_panel(
    qtbot: QtBot, ops: Ops, house: House, screen: ArchivesScreen, tmp_path: Path
) -> None:
    screen.open_restore()
    form = screen.panel.held
    assert isinstance(form, RestoreForm)
    draft = form.form.draft()
    form.form.show_draft(RestoreDraft(draft.archive, str(tmp_path / "new"), "passphrase", OWNER, "wrong"))
    screen.panel.save.click()
    settle(qtbot, ops)
    assert screen.panel.banner.isVisible()
    assert not (tmp_path / "new").exists()
    pressed(Qt.Key.Key_Escape)


def test_without_a_place_only_what_can_be_done_is_offered(qtbot: QtBot, ops: Ops, house: House) -> None:
    house.room.forget_place(house.place)
    bare = ArchivesScreen(house.desk, house.program.archives, ops)
    opened(qtbot, bare)
    bare.ask_again()
    settle(qtbot, ops)
    assert bare.empty.isVisible()
    assert not bare.table.isVisible()
    assert not bare.make.isEnabled()
    main = [each for each in bare.findChildren(Button) if each.property("kind") == "primary" and each.isVisible()]
    assert main == [bare.empty.button]
    bare.take_keyboard()
    assert bare.empty.button.hasFocus()
    bare.presenter.add_place(house.place)
    settle(qtbot, ops)
    assert bare.table.isVisible()
    assert bare.make.isEnabled()
    assert bare.make.property("kind") == "primary"
    assert not bare.verify.isEnabled()


def test_times_stand_on_the_clock_of_the_place(house: House) -> None:
    house.make()
    _, view = presenter(house)
    here = f"{house.desk.clock.now().local:%Y-%m-%d}"
    assert view.last("show_runs")[0][0].when.startswith(here)
    assert "UTC" not in repr((view.last("show_runs"), view.last("show_archives")))


def test_the_form_to_restore_asks_for_what_its_way_needs_and_fits_its_panel(
    ops: Ops, screen: ArchivesScreen
) -> None:
    screen.open_restore()
    form = screen.panel.held
    assert isinstance(form, RestoreForm)
    assert form.form.field("folder").edit.hasFocus()
    assert form.minimumSizeHint().width() <= look().sizes.ring * 4
    assert form.form.field("member").isVisible()
    assert not form.form.field("older").isVisible()
    way = form.form.field("way").edit
    assert isinstance(way, QComboBox)
    way.setCurrentIndex(1)
    assert not form.form.field("member").isVisible()
    assert not form.form.field("key_file").isVisible()
    assert "AGE-SECRET-KEY-1" in form.form.field("secret").edit.accessibleName()


def test_an_older_archive_can_be_asked_for_only_once_it_was_refused(
    qtbot: QtBot, ops: Ops, screen: ArchivesScreen
) -> None:
    screen.open_restore()
    form = screen.panel.held
    assert isinstance(form, RestoreForm)
    form._failed(screen.panel, OlderArchive(1, 2))
    assert form.form.field("older").isVisible()


def test_a_draft_without_archive_folder_and_secret_is_not_tried() -> None:
    assert {problem.field for problem in check(RestoreDraft())} == {"archive", "folder", "secret"}


def test_a_bare_machine_restores_before_anybody_is_in(
    qtbot: QtBot, ops: Ops, house: House, clothed: object, tmp_path: Path
) -> None:
    archive = house.make()
    window = Window(
        house.program.door, RESOURCES, ops, SettingsFile(None), builders(), archives=lambda: house.program.archives
    )
    opened(qtbot, window)
    assert window.welcome.restore.isVisible()
    done: list[Path] = []
    dialog = RestoreDialog(window, house.program.archives, ops, lambda found: done.append(found.folder))
    dialog.show()
    dialog.form.take_archive(archive)
    dialog.form.form.show_draft(RestoreDraft(str(archive), str(tmp_path / "new"), "passphrase", OWNER, PASSPHRASE))
    dialog.panel.save.click()
    settle(qtbot, ops)
    assert done == [tmp_path / "new"]


def test_the_dialog_on_a_bare_machine_cuts_nothing_off_and_lists_who_can_open_an_archive_that_was_typed(
    qtbot: QtBot, ops: Ops, house: House, clothed: object, tmp_path: Path
) -> None:
    archive = house.make()
    behind = QWidget()
    opened(qtbot, behind)
    dialog = RestoreDialog(behind, house.program.archives, ops, lambda found: None)
    dialog.show()
    form = dialog.form
    room = form.parentWidget()
    assert room is not None
    shown = room.parentWidget()
    assert shown is not None
    assert room.width() <= shown.width()
    for name, typed in (("archive", str(archive)), ("folder", str(tmp_path / "new")), ("secret", PASSPHRASE)):
        edit = form.form.field(name).edit
        assert isinstance(edit, QLineEdit)
        qtbot.keyClicks(edit, typed)
        edit.editingFinished.emit()  # as when the keyboard goes on
    assert form.form.draft().member == OWNER
    dialog.panel.save.click()
    settle(qtbot, ops)
    assert (tmp_path / "new" / "practice.db").exists()


def test_the_window_says_how_old_the_last_one_is_and_makes_one_when_it_closes_after_a_change(
    qtbot: QtBot, ops: Ops, house: House, clothed: object
) -> None:
    make_archive(house.desk, house.room, Reason.ASKED, nobody)
    window = Window(
        house.program.door, RESOURCES, ops, SettingsFile(None), builders(), archives=lambda: house.program.archives
    )
    opened(qtbot, window)
    window.sit_down(house.desk, house.folder)
    settle(qtbot, ops)
    assert window.frame is not None
    assert window.frame.rail.archive_state.text() == "Archive: just now"
    # The drill that was due since there was none has been done meanwhile.
    assert house.room.log().drilled is not None
    assert house.program.archives.hand_over(house.folder) is not None
    make_client(house.desk, ClientDraft(name="Somebody New", born="1990-01-01"))
    window.close()
    settle(qtbot, ops)
    assert len(house.archives()) == 2
    assert house.program.archives.hand_over(house.folder) is None


def test_a_window_that_closes_without_a_change_makes_none(
    qtbot: QtBot, ops: Ops, house: House, clothed: object
) -> None:
    make_archive(house.desk, house.room, Reason.ASKED, nobody)
    window = Window(
        house.program.door, RESOURCES, ops, SettingsFile(None), builders(), archives=lambda: house.program.archives
    )
    opened(qtbot, window)
    window.sit_down(house.desk, house.folder)
    settle(qtbot, ops)
    window.close()
    settle(qtbot, ops)
    assert len(house.archives()) == 1


def test_a_save_does_not_wait_for_an_archive(qtbot: QtBot, ops: Ops, house: House, screen: ArchivesScreen) -> None:
    from desktop.services.outcome import Outcome

    came: list[str] = []
    ops.aside(lambda report: Outcome(came.append("archive") or came), screen, progress=lambda *told: None)
    ops.run(lambda: Outcome(came.append("save")), screen)
    settle(qtbot, ops)
    assert set(came) == {"archive", "save"}


def test_a_restore_is_not_taken_for_a_new_archive() -> None:
    at = datetime(2026, 5, 4, 7, tzinfo=UTC)
    run = Run(RunKind.RESTORE, at, True, "/stick", "a.age", 3)
    stands = standing(ArchiveLog(3, 9, (), (run,), run, run), at, policy_of(RESOURCES))
    assert rail_facts(stands) == ("Restored: just now", Tone.PLAIN)
    assert "none was made since" in stands.words
