"""What both partners may see of one person, and what the board says of endings, notes and open looks."""

from __future__ import annotations

from functools import partial

import pytest

from desktop.domain.checks import Asked
from desktop.domain.protocol import GateOn
from desktop.live.asks import AskCheck, AskDischarge, AskScale, AskVitals, Now
from desktop.live.engine import enter
from desktop.live.events import ClockKind, ClockNoted, Ending
from desktop.services.ports import Resources
from desktop.views.board.checkwords import CheckWords
from desktop.views.board.demo import MEMBERS, STATES, TITLE, DemoLive
from desktop.views.board.presenter import BoardPresenter
from desktop.views.board.unspoken import SAID_TOGETHER
from desktop.views.ui.theme import Tone
from tests.views.board.played import AtOnce, Play, Remembers


def _texts(facts: object) -> str:
    """Everything that a board, a panel or a banner says."""
    return repr(facts)


@pytest.mark.parametrize("item", ["consent", "identity"])
def test_a_no_before_the_dose_is_only_an_open_check_where_both_may_look(resources: Resources, item: str) -> None:
    said = []
    for answered in (item, "willing"):
        play = Play(resources, "before")
        gates = play.live.state.protocol.gates_on(GateOn.DOSE)
        for gate in gates:
            play.live.record(AskCheck(gate.key, "no" if gate.key == answered else "yes", "b"))
        play.presenter.core.show(play.live.state)
        play.presenter.acted("taken:b")
        banner = play.view.banner
        assert banner is not None
        assert banner.what == "Not yet: a check for B is open. See B's own page."
        play.presenter.acted("dose:b")
        play.presenter.panel_saved({"mg": "50", "source": "own", "by": "m1", "checked_by": "m3"})
        assert play.view.panel is not None
        assert play.view.panel.note == banner.what
        assert ("mg", "50") in [(field.name, field.value) for field in play.view.panel.fields]
        play.presenter.acted("discharge:b")
        said.append(_texts((play.view.board, play.view.sides, play.view.top, banner, play.view.panel)))
        assert not play.live.state.people["b"].doses
    assert said[0] == said[1]


PRIVATE = ("willing", "safe_today", "consent", "clearance", "medicines", "touch_plan")


def _everything(play: Play) -> str:
    """All that is shown where both may look, page after page."""
    play.presenter.core.show(play.live.state)
    said = [_texts((play.view.board, play.view.sides, play.view.top, play.view.card, play.view.banner))]
    for page in ("checks:b", "gates:b", "alone:b", "dose:b", "discharge:b", "close"):
        play.presenter.acted(page)
        said.append(_texts(play.view.panel))
        play.presenter.left()
    return "\n".join(said)


@pytest.mark.parametrize("item", PRIVATE)
def test_two_sessions_that_differ_in_one_private_answer_show_the_same_before_the_dose(
    resources: Resources, item: str
) -> None:
    said = []
    for value in ("yes", "no"):
        play = Play(resources, "before")
        play.live.record(AskVitals("b", 126, 80, 78, 98, 14))
        for gate in play.live.state.protocol.gates_on(GateOn.DOSE):
            play.live.record(AskCheck(gate.key, "yes", "b"))
        play.presenter.acted("alone:b")
        play.presenter.panel_saved({item: value})
        said.append(_everything(play))
        play.presenter.acted("gates:b")
        play.presenter.panel_saved({"own": "own"})
        assert play.view.panel is not None
        assert (play.view.panel.note_tone is Tone.GREEN) == (value == "yes")
    assert said[0] == said[1]


@pytest.mark.parametrize("item", ["clearance", "medicines", "touch_plan"])
def test_a_dose_given_after_a_private_no_looks_the_same_and_keeps_what_was_missing(
    resources: Resources, item: str
) -> None:
    said = []
    for value in ("yes", "no"):
        play = Play(resources, "before")
        play.live.record(AskVitals("b", 126, 80, 78, 98, 14))
        for gate in play.live.state.protocol.gates_on(GateOn.DOSE):
            play.live.record(AskCheck(gate.key, value if gate.key == item else "yes", "b"))
        play.presenter.acted("taken:b")
        play.presenter.acted("dose:b")
        play.presenter.panel_saved({"mg": "50", "source": "own", "by": "m1", "checked_by": "m3"})
        dose = play.live.state.people["b"].doses[0]
        assert (item in dose.missing) == (value == "no")
        said.append(_everything(play))
    assert said[0] == said[1]


@pytest.mark.parametrize("item", ["safety_question", "partner_safety"])
def test_a_no_at_leaving_looks_like_a_yes_before_and_after_the_discharge(resources: Resources, item: str) -> None:
    said = []
    for value in ("yes", "no"):
        play = Play(resources, "discharged")
        play.live.record(AskScale("b", "moaas", 5))
        play.live.record(AskCheck(item, value, "b"))
        said.append(_everything(play))
        gates = play.live.state.protocol.gates_on(GateOn.DISCHARGE)
        items = {f"item {gate.key}": value if gate.key == item else "yes" for gate in gates}
        play.presenter.acted("discharge:b")
        play.presenter.panel_saved({"ending": "met"})
        play.presenter.panel_saved(items | {"escort": "Marta"})
        ending = play.live.state.people["b"].ending
        assert ending is not None
        assert (item in ending.missing) == (value == "no")
        said[-1] += _everything(play)
    assert said[0] == said[1]


def test_what_was_never_asked_is_still_said_where_both_may_look(resources: Resources) -> None:
    play = Play(resources, "before")
    play.presenter.acted("taken:b")
    assert play.view.board is not None
    assert "not all checks" in play.view.board.log[0].text


def test_what_is_asked_together_is_what_the_check_files_say(resources: Resources) -> None:
    words = CheckWords.read(resources)
    both = (*words.arrival.asked(Asked.SHARED), *words.leaving.asked(Asked.SHARED))
    assert {item.key for item in both} == SAID_TOGETHER


def test_two_sessions_that_differ_in_one_private_answer_show_the_same_discharge(resources: Resources) -> None:
    shown = []
    for item in ("safety_question", "partner_safety"):
        play = Play(resources, "discharged")
        gates = play.live.state.protocol.gates_on(GateOn.DISCHARGE)
        for gate in gates:
            play.live.record(AskCheck(gate.key, "no" if gate.key == item else "yes", "b"))
        play.live.record(AskScale("b", "moaas", 5))
        play.presenter.core.show(play.live.state)
        play.presenter.acted("discharge:b")
        first = play.view.panel
        play.presenter.panel_saved({"ending": "met"})
        second = play.view.panel
        assert first is not None
        assert second is not None
        assert "See B's own page" in first.note
        labels = {gate.label for gate in gates}
        assert not any(label in _texts((first, second)) for label in labels)
        shown.append((first, second, play.view.sides, play.view.top, play.view.board, play.view.banner))
        play.presenter.panel_saved({"own": "own", "escort": "Marta"})
        own = play.view.panel
        assert own is not None
        fields = {field.name: field.value for field in own.fields}
        assert fields[f"item {item}"] == "no"
        assert fields["escort"] == "Marta"
    assert shown[0] == shown[1]


def test_what_is_open_before_leaving_is_listed_only_on_the_persons_own_page(resources: Resources) -> None:
    play = Play(resources, "discharged")
    play.presenter.acted("discharge:b")
    panel = play.view.panel
    assert panel is not None
    assert "thought of suicide" not in panel.note
    play.presenter.panel_saved({"ending": "", "own": "own"})
    own = play.view.panel
    assert own is not None
    assert "thought of suicide" in own.note
    assert [field.name for field in own.fields] == ["ending"]


def test_the_log_says_by_initials_who_checked_a_dose_and_the_list_who_is_not_in_the_room(resources: Resources) -> None:
    play = Play(resources, "before")
    play.presenter.acted("dose:a")
    assert play.view.panel is not None
    checkers = next(field for field in play.view.panel.fields if field.name == "checked_by").options
    words = dict(checkers)
    assert words["m2"].endswith("not in the room")
    assert not words["m3"].endswith("not in the room")
    play.presenter.panel_saved({"mg": "50", "source": "own", "by": "m1", "checked_by": "m3"})
    assert play.view.board is not None
    assert "second check: IS" in play.view.board.log[0].text


def test_strike_the_last_entry_passes_over_what_the_clocks_did(resources: Resources) -> None:
    play = Play(resources, "onset")
    play.line("a crying")
    seq = len(play.live.state.entries)
    now = Now(int(play.live.now_s * 1000), play.live.wall())
    play.live._state, _ = enter(play.live.state, ClockNoted(ClockKind.REOPENED, 9000), now, "m1", "m1")
    play.presenter.core.show(play.live.state)
    play.presenter.acted("strike")
    play.presenter.panel_saved({"reason": "wrong person"})
    assert play.live.state.marks[seq].how == "struck"


@pytest.mark.parametrize(
    ("ending", "tone"), [("left", Tone.AMBER), ("transferred", Tone.AMBER), ("met", Tone.GREEN)],
)
def test_leaving_early_is_not_shown_as_a_good_ending(resources: Resources, ending: str, tone: Tone) -> None:
    play = Play(resources, "discharged")
    gates = play.live.state.protocol.gates_on(GateOn.DISCHARGE)
    play.live.now_s += 90 * 60
    play.live.record(AskScale("b", "moaas", 5))
    play.live.record(AskVitals("b", 126, 80, 78, 98, 14))
    codes = ("risks_told", "keys", "escort_called", "prescriber_told", "welfare_call", "sheet_given")
    items = tuple((name, "yes") for name in (*codes, *(gate.key for gate in gates)))
    play.live.record(AskDischarge("b", Ending(ending), items, "Marta", to="City hospital"))
    play.presenter.core.show(play.live.state)
    line = next(line for line in play.view.sides["b"].lines if line.icon == "log-out")
    assert not play.live.state.people["b"].ending.missing  # type: ignore[union-attr]
    assert line.tone is tone


def test_a_text_is_previewed_as_a_note_and_not_as_somebodys(resources: Resources) -> None:
    play = Play(resources, "onset")
    play.presenter.typed("a long silence")
    assert play.view.preview.text == "Note: \u201ca long silence\u201d"
    assert play.view.preview.letter == ""


def test_a_dose_taken_while_a_repeat_is_open_says_so_and_is_kept(resources: Resources) -> None:
    play = Play(resources, "onset")
    play.line("b +")
    assert len(play.live.state.people["b"].doses) == 2
    banners = play.view.banner
    assert banners is not None
    assert "again" in banners.what
    play.line(".")
    assert play.view.banner is None


def test_escape_leaves_a_closed_board_and_no_other(resources: Resources) -> None:
    gone: list[str] = []
    for state in ("peak", "closed"):
        live = DemoLive(resources)
        STATES[state](live)
        presenter = BoardPresenter(
            Remembers(), live, AtOnce(), members=MEMBERS, me="m1", title=TITLE, on_back=partial(gone.append, state)
        )
        presenter.start()
        presenter.left()
    assert gone == ["closed"]
