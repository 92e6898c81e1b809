"""The end of the trail is signed, countersigned, printed and taken out from the screen, also with the keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Known
from desktop.domain.records import Act
from desktop.services.audit_report import Form
from desktop.services.checkpoints import checkpoints, countersign, sign_checkpoint
from desktop.views.audit.points import PointsList, PointsPresenter
from desktop.views.audit.reporting import ReportDraft, ReportFields, ReportPresenter, check_report, file_name
from desktop.views.audit.view import AuditScreen
from desktop.views.ui.ops import Ops
from tests.kit import MARA, PAUL, House
from tests.views.audit.ways import OUT
from tests.views.hands import Hands, Noted, opened, pressed, settle

DAYS = ReportDraft("2026-03-01", "2026-03-31", "csv")


def shown(qtbot: QtBot, ops: Ops, home: House, member: object = MARA) -> AuditScreen:
    screen = AuditScreen(home.desk(member), ops, OUT)  # type: ignore[arg-type]
    opened(qtbot, screen)
    settle(qtbot, ops)
    return screen


def test_an_owner_signs_the_last_line_with_the_keyboard(qtbot: QtBot, ops: Ops, home: House) -> None:
    screen = shown(qtbot, ops, home)
    screen.points.click()
    settle(qtbot, ops)
    held = screen.panel.held
    assert isinstance(held, PointsList)
    assert not held.counter.isEnabled()
    pressed(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, ops)
    assert [point.checkpoint.member_id for point in checkpoints(home.desk())] == [MARA.id]
    (row,) = held.table.rows.rows()
    assert row.counter == "nobody yet"
    assert not held.counter.isEnabled()
    assert screen.table.rows.rows()[0].subject == "a checkpoint"


def test_a_colleague_who_is_no_owner_countersigns(qtbot: QtBot, ops: Ops, home: House) -> None:
    sign_checkpoint(home.desk(MARA))
    screen = shown(qtbot, ops, home, PAUL)
    screen.points.click()
    settle(qtbot, ops)
    held = screen.panel.held
    assert isinstance(held, PointsList)
    assert held.counter.isEnabled()
    held.counter.click()
    settle(qtbot, ops)
    (point,) = checkpoints(home.desk())
    assert [each.member_id for each in point.countersignatures] == [PAUL.id]
    assert not held.counter.isEnabled()


def test_what_is_not_whole_is_not_signed_and_the_panel_says_why(home: House) -> None:
    home.sql("UPDATE clients SET contact = 'x'")
    view = Noted()
    PointsPresenter(home.desk(), Hands(), view).sign()
    error = view.last("show_points_error")[0]
    assert isinstance(error, Known)
    assert view.last("show_points_busy") == ("",)


def test_all_checkpoints_are_printed_as_pages(home: House) -> None:
    sign_checkpoint(home.desk(MARA))
    countersign(home.desk(PAUL))
    pages: list[object] = []
    PointsPresenter(home.desk(), Hands(), Noted()).pages(pages.extend)
    assert len(pages) == 1
    assert home.lines()[-1].entry.act is Act.PRINT


def made(home: House, draft: ReportDraft, target: Path) -> tuple[list[object], list[Known]]:
    saved: list[object] = []
    wrong: list[Known] = []
    presenter = ReportPresenter(home.desk(), Hands(), OUT, lambda *each: saved.append(each), wrong.append)
    assert presenter.save(draft, target)
    return saved, wrong


@pytest.mark.parametrize("form", list(Form))
def test_a_report_lies_beside_its_signature(home: House, tmp_path: Path, form: Form) -> None:
    target = tmp_path / f"march.{form.value}"
    saved, wrong = made(home, ReportDraft("2026-03-01", "2026-03-31", form.value), target)
    assert (len(saved), wrong) == (1, [])
    assert json.loads((tmp_path / f"{target.name}.sig.json").read_text("utf-8"))["file"] == target.name
    assert target.stat().st_size


def test_a_report_is_not_put_beside_a_practice_and_then_the_trail_says_nothing(home: House) -> None:
    count = len(home.lines())
    saved, wrong = made(home, DAYS, home.folder / "march.csv")
    assert saved == []
    assert "practice" in wrong[0].what
    assert len(home.lines()) == count


def test_days_that_make_no_period_are_marked_before_anything_is_asked(qtbot: QtBot, ops: Ops, home: House) -> None:
    screen = shown(qtbot, ops, home)
    screen.report.click()
    held = screen.panel.held
    assert isinstance(held, ReportFields)
    held.form.field("first").show_value("march")
    assert screen.panel.save_report() is None
    assert held.form.field("first").problem
    assert [problem.field for problem in check_report(ReportDraft("x", "2026-03-01"))] == ["first"]


def test_the_report_is_saved_from_the_screen_and_says_its_digest(
    qtbot: QtBot, ops: Ops, home: House, tmp_path: Path
) -> None:
    screen = shown(qtbot, ops, home)
    screen.report.click()
    dialog = screen.panel.save_report()
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / file_name(DAYS)))
    dialog.close()
    settle(qtbot, ops)
    assert (tmp_path / "audit-2026-03-01-2026-03-31.csv.sig.json").exists()
    assert "digest" in screen.banner.accessibleName()
    assert screen.panel.held is None
    assert screen.table.rows.rows()[0].subject == "a report of the audit trail"
