"""Knows the pictures of what keeps a practice: its lock, its keys, its audit trail and its archives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.domain.integrity import Flaw, Wrong
from desktop.services.integrity import findings_of
from desktop.tour.scene import Scene, Shot, Then, at, at_door
from desktop.tour.shown import SHOWN_FOLDER, shown_archives
from desktop.tour.stage import Moment

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


FLAWS = (Flaw(Wrong.EDITED_RECORD, line=41, kind="note"), Flaw(Wrong.NO_HEAD))
"""One record that was altered behind the program's back, and a file that somebody moved away."""


def _passphrase_is_wrong(screen: Any, scene: Scene) -> None:
    from desktop.domain.errors_practice import WrongPassphrase

    screen.begin(scene.stage.folder)
    screen.show_error(WrongPassphrase(8), 8)


def _unlock_with_key_file(screen: Any, scene: Scene) -> None:
    from desktop.views.welcome.presenter import UnlockFacts

    cast = scene.stage.cast
    facts = UnlockFacts(str(SHOWN_FOLDER), (("m1", cast.therapist), ("m2", cast.prescriber)), "m2", frozenset({"m2"}))
    screen.show_unlock(facts)


def _session_behind(screen: Any, scene: Scene) -> None:
    screen.begin(scene.stage.folder, "", lambda: (52 * 60 + 11, 4 * 60 + 30))


def _lost(screen: Any, scene: Scene) -> None:
    from desktop.views.welcome.presenter import UnlockFacts

    screen.show_recover(UnlockFacts(str(SHOWN_FOLDER), (("m1", scene.stage.cast.therapist),), "m1"))


def _restore(scene: Scene) -> QWidget:
    """The dialog in the middle of the screen before anybody is in."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

    from desktop.views.archives.restore import RestoreDialog

    held = QWidget()
    held.setProperty("kind", "page")
    dialog = RestoreDialog(held, shown_archives(scene.stage), scene.ops, lambda done: None)
    dialog.setWindowFlags(Qt.WindowType.Widget)
    dialog.setFixedSize(dialog.size())
    row, column = QHBoxLayout(), QVBoxLayout(held)
    row.addStretch(1)
    row.addWidget(dialog)
    row.addStretch(1)
    column.addStretch(1)
    column.addLayout(row)
    column.addStretch(1)
    return held


def _found(scene: Scene) -> QWidget:
    from desktop.views.audit.found import FoundPage

    return FoundPage(findings_of(FLAWS))


def _cover(scene: Scene) -> QWidget:
    from desktop.views.shell.locking import Cover

    return Cover()


def _veil(scene: Scene) -> QWidget:
    from desktop.views.shell.veil import Veil

    board = scene.board()
    veil = Veil(board, scene.stage.program.door, scene.stage.at_desk, scene.ops)
    board.setParent(veil)
    board.hide()
    return veil


def _must_read(frame: Any) -> None:
    """What stands above every screen after the kit was used."""
    from desktop.services.custody import Notice
    from desktop.services.keys import KIT
    from desktop.views.shell.mustread import facts_of

    desk = frame.here.desk
    notice = Notice(41, desk.clock.now(), desk.member.name, KIT, "")
    frame.must_read.show()
    frame.must_read.banner.show_banner(facts_of(notice))


def _wrong(frame: Any) -> None:
    """A check behind the work of the day found something."""
    from desktop.domain.records import AuditState

    frame.watching.found(AuditState(119, "", 41, FLAWS[0].what, flaws=FLAWS))


def _click(name: str) -> Then:
    """One of the page's own buttons."""
    return lambda frame: getattr(frame.current, name).click()


def _filtered(text: str) -> Then:
    return lambda frame: frame.current.filter.setText(text)


KEEPING: tuple[Shot, ...] = (
    Shot("unlock", Moment.DOOR, at_door(lambda screen, scene: screen.begin(scene.stage.folder))),
    Shot("unlock-wrong", Moment.DOOR, at_door(_passphrase_is_wrong), tour=False),
    Shot("unlock-key-file", Moment.DOOR, at_door(_unlock_with_key_file), tour=False),
    Shot("unlock-running", Moment.DOOR, at_door(_session_behind), tour=False),
    Shot("recover", Moment.DOOR, at_door(_lost)),
    Shot("found", Moment.DOOR, _found, lambda page: page.take_keyboard()),
    Shot("cover", Moment.DOOR, _cover, tour=False),
    Shot("restore", Moment.DOOR, _restore),
    Shot("veil", Moment.AMBER, _veil, lambda veil: veil.take_keyboard()),
    Shot("keys-none", Moment.RECORDS, at("keys"), tour=False),
    Shot("keys-kit", Moment.RECORDS, at("keys"), lambda frame: frame.current.presenter.make_kit()),
    Shot("keys-own", Moment.RECORDS, at("keys"), _click("own"), tour=False),
    Shot("keys-remove", Moment.RECORDS, at("keys"), _click("remove"), tour=False),
    Shot("keys", Moment.ARCHIVED, at("keys")),
    Shot("keys-kit-again", Moment.ARCHIVED, at("keys"), lambda frame: frame.current.presenter.make_kit(), tour=False),
    Shot("keys-custodian", Moment.ARCHIVED, at("keys"), _click("custodian")),
    Shot("keys-custody", Moment.ARCHIVED, at("keys"), _click("choice"), tour=False),
    Shot("audit", Moment.CLOSED, at("audit")),
    Shot("audit-filtered", Moment.CLOSED, at("audit"), _filtered("kowalczyk viewed"), tour=False),
    Shot("audit-nothing", Moment.CLOSED, at("audit"), _filtered("nobody at all"), tour=False),
    Shot("audit-checkpoints", Moment.ARCHIVED, at("audit"), _click("points")),
    Shot("audit-report", Moment.ARCHIVED, at("audit"), _click("report"), tour=False),
    Shot("audit-wrong", Moment.ARCHIVED, at("audit"), _wrong, tour=False),
    Shot("must-read", Moment.ARCHIVED, at("people"), _must_read),
    Shot("archives-none", Moment.RECORDS, at("archives"), tour=False),
    Shot("archives", Moment.ARCHIVED, at("archives")),
    Shot("archives-restore", Moment.ARCHIVED, at("archives"), lambda frame: frame.current.open_restore(), tour=False),
)
