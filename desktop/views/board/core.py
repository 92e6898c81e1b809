"""Knows the one session: keeps entries through the writer thread, and turns each new state into what is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from desktop.domain.cards import EmergencyCard
from desktop.domain.errors import Known, Problem
from desktop.domain.people import Member, Role
from desktop.domain.words import tr
from desktop.live.asks import Ask, Now
from desktop.live.due import due_of
from desktop.live.state import LiveState, PersonState
from desktop.services.joining import Newcomer
from desktop.services.outcome import Outcome, Topic
from desktop.services.ports import Resources
from desktop.views.board.asking import PanelFacts, Scene
from desktop.views.board.checkwords import CheckWords
from desktop.views.board.coachfacts import coach_of
from desktop.views.board.doing import actions_of, hidden_actions
from desktop.views.board.duefacts import line_of
from desktop.views.board.groupfocus import couples_of, first_couple, focus_actions, glance_of, near, whose
from desktop.views.board.paperlinks import papers_of
from desktop.views.board.privately import shared
from desktop.views.board.redasks import RedQuestion, open_repeats, red_questions, still_asked
from desktop.views.board.safetywords import SafetyWords
from desktop.views.board.shown import (
    BoardFacts,
    Choice,
    CoachFacts,
    PreviewFacts,
    SideFacts,
    StripFacts,
    TopFacts,
)
from desktop.views.board.shown_safety import EmergencyFacts, FactLine
from desktop.views.board.sidefacts import side_of
from desktop.views.board.wording import log_rows, seat_of
from desktop.views.ui.facts import BannerFacts, ClockFacts
from desktop.views.ui.theme import Tone


class Elapsed(Protocol):
    """What the session's clock says."""

    @property
    def ms(self) -> int:
        """Milliseconds since the session started."""

    @property
    def estimated(self) -> bool:
        """Whether it is reckoned from the wall clock."""


class Live(Protocol):
    """One running session at an unlocked desk (`desktop.services.live.LiveDesk`)."""

    notes: tuple[str, ...]
    card: EmergencyCard | None

    @property
    def resources(self) -> Resources:
        """The data files that come with the program."""

    @property
    def state(self) -> LiveState:
        """The session as it is on disk."""

    def now(self) -> Elapsed:
        """How long it has been running."""

    def newcomers(self) -> tuple[Newcomer, ...]:
        """Who may come to it now."""

    def record(self, ask: Ask, *, author: str | None = None, ago_ms: int = 0) -> LiveState:
        """Keep what was asked, on disk before this returns; Refused."""


class Works(Protocol):
    """Runs changes off the window's thread (`desktop.views.ui.ops.Ops`)."""

    def run(
        self,
        work: Callable[[], Outcome[Any]],
        receiver: Any,
        *,
        then: Callable[[Any], object] | None = None,
        oops: Callable[[Known], object] | None = None,
    ) -> object:
        """Make a change on the writer thread."""


class Shows(Protocol):
    """The board's screen, as the presenter sees it."""

    def receiver(self) -> Any:
        """What work is done for; callbacks are dropped once it is gone."""

    def show_board(self, facts: BoardFacts) -> None:
        """Show everything."""

    def show_top(self, facts: TopFacts) -> None:
        """Show the clock and what is due."""

    def show_side(self, facts: SideFacts, at: int = 0, of: int = 1) -> None:
        """Show one person."""

    def show_coach(self, facts: CoachFacts | None, sides: int = 2) -> None:
        """Show the dialogue, or none."""

    def show_emergency(self, facts: EmergencyFacts | None, take: bool = False) -> None:
        """Show the emergency card beside the board, or none. take: it gets the keyboard."""

    def show_preview(self, facts: PreviewFacts) -> None:
        """Say what Enter would save."""

    def show_strip(self, facts: StripFacts | None) -> None:
        """Ask with one key, or ask nothing any more."""

    def show_panel(self, facts: PanelFacts | None) -> None:
        """Open a panel, or close it."""

    def panel_begun(self) -> dict[str, str] | None:
        """What the open panel holds when something was answered that is not kept yet; else None."""

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Mark what is wrong in the panel."""

    def show_banner(self, facts: BannerFacts | None) -> None:
        """Say something in the page, or nothing any more."""

    def line_saved(self, text: str) -> None:
        """What was typed is on disk."""

    def set_line(self, text: str) -> None:
        """Put text into the quick line."""

    def focus_line(self) -> None:
        """Put the keyboard into the quick line."""

    def choose_entry(self, key: str) -> None:
        """Put the keyboard on an entry of the log."""


class Core:
    """The session, its clock, and the ways to ask and to keep."""

    def __init__(self, view: Shows, live: Live, ops: Works, members: tuple[Member, ...], title: str, me: str) -> None:
        self.view, self.live, self.ops = view, live, ops
        self.title, self.me = title, me
        self.here: Mapping[str, Member] = {member.id: member for member in members}
        self.names: Mapping[str, str] = {member.id: member.initials for member in members}
        self._members = tuple((one.id, f"{one.initials}  {one.name}") for one in members if one.active)
        self._prescribers = tuple((one.id, one.name) for one in members if one.active and Role.PRESCRIBER in one.roles)
        self.state = live.state
        self.couple = first_couple(self.state)
        self._reds: list[RedQuestion] = []
        self._notes: list[BannerFacts] = []
        self._noted = 0
        self._complained = False
        self._answer: Callable[[str], object] | None = None
        self.newcomers: tuple[Newcomer, ...] = ()
        self.words, self.checks = SafetyWords.read(live.resources, live.card), CheckWords.read(live.resources)
        self.emergency: Callable[[int], EmergencyFacts | None] = lambda now_ms: None
        self.handover: Callable[[str], tuple[FactLine, ...]] = lambda who: ()

    @property
    def near(self) -> LiveState:
        """The session as far as it is opened: all of it, in a group one couple."""
        return near(self.state, self.couple)

    def now_ms(self) -> int:
        """The session's time; it stands still once the session is closed."""
        return self.state.closed_ms if self.state.closed_ms is not None else self.live.now().ms

    def scene(self, who: PersonState | None = None, entry: int | None = None) -> Scene:
        """What a panel is opened with."""
        now = Now(self.now_ms(), self.state.entries[-1].wall)
        told = self.handover(who.key) if who is not None else ()
        return Scene(
            self.state, now, who, entry, self._members, self._prescribers, self.me, self.words, told, self.checks,
            self.newcomers,
        )

    def show(self, state: LiveState) -> None:
        """Show a new state, whole."""
        before, self.state = self.state, state
        now_ms = self.now_ms()
        near = self.near
        sides = tuple(side_of(near, one, now_ms, self.names, self.words.touch) for one in near.people.values())
        self.view.show_board(
            BoardFacts(
                self._top(now_ms), sides, log_rows(state, self.names, whose(state, self.couple)),
                coach_of(near, now_ms, self.words.breath), actions_of(near), state.closed, papers_of(state),
                (*hidden_actions(near), *focus_actions(state)),
            )
        )
        self.view.show_emergency(self.emergency(now_ms))
        asked = red_questions(before, state)
        reds = [*still_asked(self._reds, state), *asked]
        gone = len(reds) < len(self._reds) + len(asked)
        self._reds = reds
        if asked or (gone and not self._complained):
            self._show_red()
        hint = open_repeats(before, state)
        if hint is not None and not self._reds:
            self.tell(hint)

    def answer_red(self) -> RedQuestion | None:
        """The question that the banner asked was answered; the next one follows. None when it asked nothing."""
        answered = self._reds.pop(0) if self._reds and not self._complained else None
        if answered is None and not self._complained:
            self._notes = self._notes[1:]
        self._show_red()
        return answered

    def take_notes(self, tone: Tone) -> bool:
        """Say what the session itself has to tell since the last time, such as a full disk; whether there was any.

        It stays until somebody closes it; only a red value's question comes first.
        """
        fresh, self._noted = self.live.notes[self._noted :], len(self.live.notes)
        self._notes += [BannerFacts(tone, note, closable=True) for note in fresh]
        if fresh:
            self._show_red()
        return bool(fresh)

    def _show_red(self) -> None:
        """A red value's question stays until it is answered, and a note until it is closed."""
        self._complained = False
        waiting = [red.banner for red in self._reds] + self._notes
        self.view.show_banner(waiting[0] if waiting else None)

    def tick(self) -> None:
        """The clock went on; what is shown of it follows, and nothing is folded."""
        if self.state.closed:
            return
        now_ms = self.now_ms()
        near = self.near
        self.view.show_top(self._top(now_ms))
        for at, person in enumerate(near.people.values()):
            side = side_of(near, person, now_ms, self.names, self.words.touch)
            self.view.show_side(side, at, len(near.people))
        self.view.show_coach(coach_of(near, now_ms, self.words.breath), len(near.people))
        self.view.show_emergency(self.emergency(now_ms))

    def keep(
        self, asks: tuple[Ask, ...], *, ago_min: int = 0, author: str | None = None,
        then: Callable[[], object] | None = None, oops: Callable[[Known], object] | None = None,
    ) -> None:
        """Keep these, one after the other; then() comes once all are on disk, oops(error) when one was refused."""
        self.ops.run(
            partial(self._record, asks, ago_min * 60_000, author), self.view.receiver(),
            then=partial(self._kept, then), oops=partial(self._refused, oops, asks),
        )

    def _record(self, asks: tuple[Ask, ...], ago_ms: int, author: str | None) -> Outcome[LiveState]:
        """On the writer thread."""
        for ask in asks:
            self.live.record(ask, author=author, ago_ms=ago_ms)
        return Outcome.of(self.live.state, Topic("session", self.state.opened.session_id))

    def _kept(self, then: Callable[[], object] | None, state: LiveState) -> None:
        if self._complained:
            self._show_red()
        self.show(state)
        self.take_notes(Tone.AMBER)
        if then is not None:
            then()

    def _refused(self, oops: Callable[[Known], object] | None, asks: tuple[Ask, ...], error: Known) -> None:
        self.show(self.live.state)
        self.take_notes(Tone.AMBER)
        error = shared(error, asks)
        if oops is not None:
            oops(error)
        else:
            self.say(error)

    def say(self, error: Known) -> None:
        """Tell of an error in the page, until the next entry is kept."""
        self.tell(BannerFacts(Tone.AMBER, error.what, error.safe, error.next_step, closable=True))

    def tell(self, facts: BannerFacts) -> None:
        """Say something in the page, until the next entry is kept."""
        self._complained = True
        self.view.show_banner(facts)

    def ask(self, question: str, choices: tuple[Choice, ...], then: Callable[[str], object]) -> None:
        """Ask with one key; then(id) comes with the answer."""
        self._answer = then
        self.view.show_strip(StripFacts(question, choices))

    def answer(self, choice: str) -> None:
        """A question was answered."""
        then, self._answer = self._answer, None
        self.view.show_strip(None)
        if then is not None:
            then(choice)

    def forget_question(self) -> bool:
        """Take the question back; False when none was asked."""
        asked, self._answer = self._answer is not None, None
        self.view.show_strip(None)
        return asked

    def people(self, question: str, who: tuple[PersonState, ...], then: Callable[[str], object]) -> None:
        """Ask whose, unless there is only one person whom it can be about."""
        if len(who) == 1:
            then(who[0].key)
            return
        choices = tuple(Choice(one.key, one.name, one.key, seat_of(one.key)) for one in who)
        self.ask(question, choices, then)

    def _top(self, now_ms: int) -> TopFacts:
        state = self.state
        estimated = tr("estimated") if not state.closed and self.live.now().estimated else ""
        staff = ", ".join(self.names.get(member, member) for member in state.room.staff)
        room = tr("In the room: {staff}", staff=staff) if staff else tr("Nobody of the staff is in the room")
        due = tuple(
            line_of(person, due_of(state, person, now_ms), now_ms) for person in self.near.people.values()
        )
        caption = tr("Closed") if state.closed else tr("Elapsed")
        return TopFacts(
            ClockFacts(caption, now_ms // 1000, estimated), self.title,
            f"{room} \u00b7 {tr(state.protocol.title)}", due if not state.closed else (), state.closed,
            glance_of(state, self.couple, now_ms),
        )


def open_couple(core: Core, couple: int) -> None:
    """Open another couple of the group."""
    if couple in couples_of(core.state) and couple != core.couple:
        core.couple = couple
        core.show(core.state)
