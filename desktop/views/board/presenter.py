"""Knows what the board does with what a person does: it asks, keeps, and shows; it paints nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.domain.people import Member
from desktop.domain.words import tr
from desktop.live.asks import AskNote
from desktop.views.board import (
    panels_arrival,
    panels_body,
    panels_course,
    panels_dialogue,
    panels_end,
    panels_gates,
    panels_join,
    panels_medicine,
    panels_orders,
    panels_safety,
    panels_text,
)
from desktop.views.board.acting import Acting, unwritten
from desktop.views.board.acting_safety import HandsOver, SafetyActing
from desktop.views.board.asking import PanelFacts, PanelKind, Scene, Settled, Values
from desktop.views.board.core import Core, Live, Shows, Works, open_couple
from desktop.views.board.doing import commands_of
from desktop.views.board.drafts import Drafts
from desktop.views.board.groupfocus import FOCUS, focus_commands
from desktop.views.board.redasks import NONE, SOME
from desktop.views.board.typing_line import Typing
from desktop.views.ui.facts import Entry
from desktop.views.ui.theme import Tone

PANELS: dict[str, PanelKind] = {
    kind.id: kind
    for part in (
        panels_arrival, panels_body, panels_medicine, panels_course, panels_text, panels_end, panels_safety,
        panels_gates, panels_orders, panels_dialogue, panels_join,
    )
    for kind in part.PANELS
}


class BoardPresenter:
    """One live session on the screen. start() once, then tick() every second."""

    def __init__(
        self, view: Shows, live: Live, ops: Works, *, members: tuple[Member, ...], me: str, title: str,
        on_paper: Callable[[str, str | None], object] | None = None, on_back: Callable[[], object] | None = None,
        on_handover: HandsOver | None = None,
    ) -> None:
        """members: who works here; me: the member at the desk. on_paper(session, seat or None): what a closed
        session offers was asked for. on_back(): a closed session's board is to be left. on_handover(who, tell): print
        the hand-over sheet."""
        self.core = Core(view, live, ops, members, title, me)
        self.safety = SafetyActing(self.core, self.open, on_handover)
        self.acting = Acting(self.core, self.open, self.safety)
        self.line = Typing(self.core, self.acting.write_words, partial(self.open, "lost", entry=None))
        self._on_paper, self._on_back = on_paper, on_back
        self._panel = ""
        self._scene: Scene | None = None
        self._drafts = Drafts()

    def start(self) -> None:
        """Show the session, and what reopening it found."""
        self.core.show(self.core.state)
        self.core.take_notes(Tone.PLAIN)

    def tick(self) -> None:
        """A second has passed."""
        self.core.tick()

    def commands(self) -> tuple[Entry, ...]:
        """What the palette offers while this board is shown."""
        return (*commands_of(self.core.near), *focus_commands(self.core.state))

    def typed(self, text: str) -> None:
        """The quick line changed."""
        self.line.typed(text)

    def entered(self, text: str) -> None:
        """Enter in the quick line."""
        self.line.entered(text)

    def completed(self) -> None:
        """The first completion is wanted."""
        self.line.complete()

    def acted(self, action: str) -> None:
        """A key, a button or the palette asks for an action."""
        if action.startswith(f"{FOCUS}:"):
            open_couple(self.core, int(action.partition(":")[2]))
            return
        self.core.forget_question()
        self._put_by()
        who = self.line.person_typed()
        if who:
            self.core.view.line_saved(self.line.text)
        if action == "dialogue" and self._panel and self.core.view.panel_begun() is None:
            # A page that nobody has answered anything on does not stay open beside the dialogue.
            self._close_panel()
        self.acting.act(action, who)

    def chip(self, who: str, key: str) -> None:
        """A chip was pressed."""
        self.acting.chip(who, key)

    def stepped(self, step: str) -> None:
        """A step of the dialogue was pressed."""
        self.acting.step(step)

    def entry_asked(self, what: str, key: str) -> None:
        """Something is to be done to an entry: `strike`, `move`, `adverse` or `text`."""
        seq = int(key.split()[0])
        who = unwritten(self.core.state, seq)
        if what == "text" and who:
            self.open("words", who, seq)
        elif what == "adverse":
            owner = self.core.state.owners.get(seq, self.core.state.entries[seq - 1].owner)
            if owner in self.core.state.people:
                self.open("adverse", owner, seq)
        elif what != "text":
            self.open("move_entry" if what == "move" else what, None, seq)

    def answered(self, choice: str) -> None:
        """A question was answered by its key."""
        self.core.view.focus_line()
        self.core.answer(choice)

    def left(self) -> None:
        """Escape: out of the question, else out of the panel, else of a closed session's board; the keyboard goes back
        to the quick line."""
        if not self.core.forget_question():
            if self.core.state.closed and not self._panel and self._on_back is not None:
                self._on_back()
                return
            self._put_by()
            self._close_panel()
        self.core.view.focus_line()

    def banner_chosen(self, choice: str) -> None:
        """An answer in the banner: symptoms after a red value, or it is closed."""
        red = self.core.answer_red()
        if red is not None and choice == SOME:
            self.open("note", red.who, None)
            return
        if red is not None and choice == NONE:
            self.core.keep((AskNote(tr("Asked: no symptoms with {value}", value=red.words), red.who),))
        self.core.view.focus_line()

    def paper(self, seat: str | None) -> None:
        """A closed session's flowsheet or worksheets are wanted."""
        if self._on_paper is not None:
            self._on_paper(self.core.state.opened.session_id, seat)

    def open(self, panel: str, who: str | None, entry: int | None) -> None:
        """Open a panel in the board."""
        state = self.core.state
        self._put_by()
        self._panel = panel
        self._scene = self.core.scene(state.people[who] if who is not None else None, entry)
        self.core.view.show_panel(self._drafts.restored(panel, self._scene, PANELS[panel].opens(self._scene)))

    def _put_by(self) -> None:
        """What is typed on the open page, and not kept, is there again when it is opened again."""
        begun = self.core.view.panel_begun() if self._panel else None
        if begun is not None:
            self._drafts.put_by(self._panel, self._scene, begun)

    def panel_saved(self, values: Values) -> None:
        """The panel's answers are to be kept."""
        if "action" in values:
            self._close_panel()
            self.acted(values["action"])
            return
        if self._scene is None:
            return
        # The session may have gone on since the panel was opened.
        who, entry = self._scene.who, self._scene.entry
        scene = self.core.scene(self.core.state.people[who.key] if who is not None else None, entry)
        settled = self._settle(scene, values)
        if settled.problems:
            self.core.view.show_problems(settled.problems)
        elif settled.again is not None or settled.paper:
            then = partial(self.paper, settled.paper) if settled.paper else partial(_show_again, self, settled.again)
            if settled.asks:
                self.core.keep(settled.asks, ago_min=settled.ago_min, then=then)
            else:
                then()
        else:
            self.core.keep(settled.asks, ago_min=settled.ago_min, then=partial(self._close_panel, True))

    def _settle(self, scene: Scene, values: Values) -> Settled:
        name, _, detail = self._panel.partition(" ")
        if name == "strength":
            return panels_body.settle_strength(scene, detail, values)
        if name == "discharge" and detail:
            return panels_end.settle_ending(scene, detail, values)
        if name == panels_gates.GATES and detail:
            return panels_gates.settle_gate(scene, detail, values)
        return PANELS[name].settles(scene, values)

    def _close_panel(self, kept: bool = False) -> None:
        if kept:
            self._drafts.drop(self._panel, self._scene)
        self._panel, self._scene = "", None
        self.core.view.show_panel(None)


def _show_again(board: BoardPresenter, facts: PanelFacts | None) -> None:
    """A page that follows from the answers on the one before."""
    if facts is not None:
        board._panel = facts.id
        board.core.view.show_panel(facts)
