"""Knows which screens and states are photographed, and at which moment of the story each is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.bootstrap import RealDoor
from desktop.domain.words import tr
from desktop.services.practice import PracticePeek
from desktop.tour.stage import Moment, Stage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.views.board.screen import BoardScreen
    from desktop.views.shell.frame import Frame
    from desktop.views.ui.ops import Ops

SHOWN_FOLDER = Path("Documents", "Harbour Street")


class _ShownDoor(RealDoor):
    """The real door, but pictures name the folder that a practice would have."""

    def peek(self, folder: Path) -> PracticePeek:
        """What the unlock screen may show."""
        return replace(super().peek(folder), folder=SHOWN_FOLDER)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a shot is built from."""

    stage: Stage
    ops: Ops
    theme: str

    def frame(self, screen: str, record: str = "", part: str = "") -> Frame:
        """Everything behind the lock, at a place."""
        from desktop.views.shell.frame import Frame
        from desktop.views.shell.here import Here
        from desktop.views.shell.registry import builders
        from desktop.views.ui.place import Place

        stage = self.stage
        frame = Frame(Here(
            stage.at_desk, stage.program.door, self.ops, None, self.theme, archives=stage.program.archives
        ), builders())
        frame.visit(Place(screen, record, part))
        return frame

    def board(self) -> BoardScreen:
        """The live session, its clock standing still."""
        from desktop.views.board.screen import board_screen

        stage = self.stage
        if stage.live is None:
            raise RuntimeError("no session is running")
        return board_screen(
            stage.live, self.ops, members=tuple(stage.members.values()), me=stage.at_desk.member.id,
            title=tr("Medicine session"), on_theme=_nothing, on_lock=_nothing, on_paper=_nothing, ticking=False,
        )  # fmt: skip


def _nothing(*values: object) -> None:
    """A picture leads nowhere."""


Build = Callable[[Scene], "QWidget"]
Then = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen in one state. then: what is done once it has come to rest, before the picture.

    tour: whether the tour takes it too; the others are for `dev.py shots` alone.
    """

    name: str
    moment: Moment
    build: Build
    then: Then | None = None
    tour: bool = True


def _welcome(scene: Scene) -> QWidget:
    from desktop.views.welcome.view import WelcomeScreen

    program = scene.stage.program
    return WelcomeScreen(_ShownDoor(program.settings, program.resources, lambda: program.press), scene.ops)


def _door(then: Callable[[Any, Scene], object]) -> Build:
    """The welcome screen, on one of its pages."""

    def build(scene: Scene) -> QWidget:
        screen = _welcome(scene)
        then(screen, scene)
        return screen

    return build


def _at(screen: str, part: str = "") -> Build:
    """A screen behind the lock, of the couple of the story."""

    def build(scene: Scene) -> QWidget:
        stage = scene.stage
        records = {
            "couple": stage.couple.id if stage.couple is not None else "",
            "client": stage.clients["a"].id if stage.clients else "",
            "paper": stage.session_id,
        }
        return scene.frame(screen, records.get(screen, ""), part)

    return build


def _board(scene: Scene) -> QWidget:
    return scene.board()


def _typed(text: str) -> Then:
    """Something in the quick line, not entered."""
    return lambda board: board.quick.edit.setText(text)


def _panel(name: str, who: str | None = None) -> Then:
    """A panel of the board, empty."""
    return lambda board: board.presenter.open(name, who, None)


def _search(text: str) -> Then:
    return lambda frame: frame.current.search.setText(text)


def _passphrase_is_wrong(screen: Any, scene: Scene) -> None:
    from desktop.domain.errors_practice import WrongPassphrase

    screen.begin(scene.stage.folder)
    screen.show_error(WrongPassphrase(8), 8)


def _lost(screen: Any, scene: Scene) -> None:
    from desktop.services.practice import MemberName
    from desktop.views.welcome.presenter import UnlockFacts

    member = MemberName("m1", "Marta Kowalczyk")
    screen.show_recover(UnlockFacts("", ((member.id, member.name),), member.id))


SHOTS: tuple[Shot, ...] = (
    Shot("people", Moment.RECORDS, _at("people")),
    Shot("people-new-client", Moment.RECORDS, _at("people", "new-client")),
    Shot("people-new-couple", Moment.RECORDS, _at("people", "new-couple"), tour=False),
    Shot("people-found", Moment.RECORDS, _at("people"), _search("wisn"), tour=False),
    Shot("people-not-found", Moment.RECORDS, _at("people"), _search("nobody at all"), tour=False),
    Shot("couple-before", Moment.RECORDS, _at("couple"), tour=False),
    Shot("couple-plan", Moment.RECORDS, _at("couple"), lambda frame: frame.current.presenter.plan()),
    Shot("couple-note", Moment.RECORDS, _at("couple"), lambda frame: frame.current.noting.note(), tour=False),
    Shot("members", Moment.RECORDS, _at("members")),
    Shot("keys", Moment.RECORDS, _at("keys")),
    Shot("keys-kit", Moment.RECORDS, _at("keys"), lambda frame: frame.current.presenter.make_kit()),
    Shot("keys-own", Moment.RECORDS, _at("keys"), lambda frame: frame.current.own.click(), tour=False),
    Shot("keys-remove", Moment.RECORDS, _at("keys"), lambda frame: frame.current.remove.click(), tour=False),
    Shot("help", Moment.RECORDS, _at("help")),
    Shot("welcome", Moment.DOOR, _door(lambda screen, scene: screen.begin(None))),
    Shot("create", Moment.DOOR, _door(lambda screen, scene: screen.presenter.create_page())),
    Shot("unlock", Moment.DOOR, _door(lambda screen, scene: screen.begin(scene.stage.folder))),
    Shot("recover", Moment.DOOR, _door(_lost), tour=False),
    Shot("unlock-wrong", Moment.DOOR, _door(_passphrase_is_wrong), tour=False),
    Shot("board-arrived", Moment.ARRIVED, _board),
    Shot("board-checks", Moment.ARRIVED, _board, _panel("checks", "a"), tour=False),
    Shot("board-dose", Moment.ARRIVED, _board, _panel("dose", "a")),
    Shot("board-amber", Moment.AMBER, _board),
    Shot("board-typed", Moment.AMBER, _board, _typed("a 148/90 86 98")),
    Shot("board-text", Moment.AMBER, _board, _typed("a long silence"), tour=False),
    Shot("board-vitals", Moment.AMBER, _board, _panel("vitals", "b"), tour=False),
    Shot("board-lost", Moment.AMBER, _board, _panel("lost", "b"), tour=False),
    Shot("board-dialogue", Moment.DIALOGUE, _board),
    Shot("board-discharge", Moment.DIALOGUE, _board, _panel("discharge", "a")),
    Shot("board-close", Moment.DIALOGUE, _board, _panel("close"), tour=False),
    Shot("board-closed", Moment.CLOSED, _board),
    Shot("couple", Moment.CLOSED, _at("couple")),
    Shot("client", Moment.CLOSED, _at("client")),
    Shot("paper-worksheet", Moment.CLOSED, _at("paper", "after-medicine-keep/a")),
    Shot("paper-both", Moment.CLOSED, _at("paper", "after-medicine-keep/both"), tour=False),
    Shot("paper-flowsheet", Moment.CLOSED, _at("paper", "flowsheet/a")),
    Shot("audit", Moment.CLOSED, _at("audit")),
    Shot("archives", Moment.ARCHIVED, _at("archives")),
    Shot("archives-restore", Moment.ARCHIVED, _at("archives"), lambda frame: frame.current.open_restore(), tour=False),
    Shot("find", Moment.CLOSED, _at("people"), lambda frame: frame.finding.open()),
)
