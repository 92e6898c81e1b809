"""The presenter without any Qt: what it asks, keeps and shows, against a view that only remembers."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.protocol import Level
from desktop.live.asks import AskDialogue, AskGiven, AskVitals, AskWords
from desktop.live.events import Step
from desktop.services.outcome import Topic
from desktop.services.ports import Resources
from desktop.views.board.demo import MEMBERS, TITLE, DemoLive
from desktop.views.board.presenter import BoardPresenter
from desktop.views.ui.theme import Tone
from tests.views.board.played import AtOnce, Play, Remembers


def test_the_presenter_and_all_it_needs_load_no_qt() -> None:
    code = "import sys, desktop.views.board.presenter; print(any(name.startswith('PySide6') for name in sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def test_a_preview_names_the_person_and_what_enter_will_save(resources: Resources) -> None:
    play = Play(resources, "onset")
    play.presenter.typed("b 128/84 76")
    assert play.view.preview.letter == "B"
    assert play.view.preview.seat is Tone.B
    assert "Nguyễn Thị Phượng" in play.view.preview.text
    assert play.view.preview.ready


def test_what_cannot_be_kept_is_said_before_enter_and_kept_by_none(resources: Resources) -> None:
    play = Play(resources, "onset")
    before = len(play.live.state.entries)
    play.line("a 80/120")
    assert not play.view.preview.ready
    assert "systolic" in play.view.preview.text
    assert len(play.live.state.entries) == before


def test_an_entry_says_which_session_changed(resources: Resources) -> None:
    play = Play(resources, "onset")
    play.line("a 120/80")
    assert play.ops.changed == [frozenset({Topic("session", "s3")})]


def test_a_tick_shows_the_new_second_and_no_new_board(resources: Resources) -> None:
    play = Play(resources, "onset")
    boards = play.view.boards
    play.live.now_s += 61
    play.presenter.tick()
    assert play.view.top is not None
    assert play.view.top.clock.seconds == 43 * 60 + 30 + 61
    assert play.view.sides["a"].person.clock_s == 31 * 60 + 30 + 61
    assert play.view.boards == boards


def test_the_clock_says_when_it_is_estimated(resources: Resources) -> None:
    class Estimated(DemoLive):
        def now(self) -> Any:
            found = super().now()
            return type(found)(found.ms, True)

    view = Remembers()
    presenter = BoardPresenter(view, Estimated(resources), AtOnce(), members=MEMBERS, me="m1", title=TITLE)
    presenter.start()
    assert view.top is not None
    assert view.top.clock.note == "estimated"


def test_given_and_lost_stand_in_the_header_with_the_minutes_since_the_dose(resources: Resources) -> None:
    play = Play(resources, "onset")
    assert play.view.sides["b"].person.dose == "150 mg, 50 lost, 23 min ago"
    assert play.view.sides["a"].limits.text.startswith("Order: up to 200 mg at once, 300 mg in all, 1 booster from 45")


def test_each_has_an_own_clock_and_phase(resources: Resources) -> None:
    play = Play(resources, "onset")
    a, b = play.view.sides["a"], play.view.sides["b"]
    assert a.person.clock_s != b.person.clock_s
    assert a.phases.expected is not None
    assert b.phases.expected is not None
    assert (a.phases.expected.key, b.phases.expected.key) == ("peak", "onset")


def test_a_missed_reading_is_a_gap_with_its_reason_and_no_dot(resources: Resources) -> None:
    play = Play(resources, "peak")
    strips = play.view.sides["b"].strips.strips
    assert all(strip.gaps[0].reason == "refused: asleep" for strip in strips)
    assert [dot.at_s for dot in strips[0].readings] == [600, 2460, 2760]
    tile = play.view.sides["b"].tiles[0]
    assert (tile.value, tile.level) == ("152/94", "refused")


def test_an_amber_reading_carries_its_level_as_a_word(resources: Resources) -> None:
    play = Play(resources, "onset")
    tile = play.view.sides["b"].tiles[0]
    assert (tile.level, tile.tone) == (Level.AMBER.value, Tone.AMBER)
    assert play.view.board is not None
    assert "amber" in play.view.board.log[0].text


def test_the_checks_that_wait_are_never_named_on_the_shared_screen(resources: Resources) -> None:
    play = Play(resources, "before")
    lines = [line.text for line in play.view.sides["b"].lines]
    assert lines == ["Before the dose: 9 still to ask"]


def test_closing_tells_by_letter_who_waits_and_keeps_nothing(resources: Resources) -> None:
    play = Play(resources, "peak")
    play.presenter.acted("close")
    assert play.view.panel is not None
    assert "A, B" in play.view.panel.note
    play.presenter.panel_saved({"summary": ""})
    assert not play.live.state.closed
    assert play.view.banner is not None
    assert "A, B" in play.view.banner.what


def test_a_panel_that_is_refused_stays_open(resources: Resources) -> None:
    play = Play(resources, "onset")
    play.presenter.acted("lost:a")
    play.presenter.panel_saved({"mg": "900", "why": "vomited", "ago": ""})
    assert play.view.panel is not None
    assert play.view.banner is not None


@pytest.mark.parametrize(
    ("panel", "values", "field"),
    [
        ("vitals:a", {}, "systolic"),
        ("vitals:a", {"systolic": "12x"}, "systolic"),
        ("vitals:a", {"systolic": "120", "diastolic": "80", "ago": "x"}, "ago"),
        ("dose:a", {"mg": "a lot"}, "mg"),
        ("dose:a", {"mg": "50", "source": "lot", "lot": ""}, "lot"),
        ("dose:a", {"mg": "50", "source": "own", "by": "m1", "checked_by": "m1"}, "checked_by"),
        ("lost:a", {"mg": "", "why": "dropped"}, "mg"),
        ("lost:a", {"mg": "5"}, "why"),
        ("given:a", {"medicine": ""}, "medicine"),
        ("given:a", {"medicine": "x", "unit": "mg", "route": "oral", "amount": "-1"}, "amount"),
        ("note", {"text": ""}, "text"),
        ("note", {"text": "x", "who": ""}, "who"),
        ("scale:a", {}, "moaas"),
        ("checks:a", {}, "note"),
        ("room", {}, "oxygen"),
        ("away:a", {"ago": "-3"}, "ago"),
        ("strike", {"reason": "", "why": ""}, "reason"),
        ("late_words:a", {"text": ""}, "text"),
    ],
)
def test_answers_that_cannot_be_kept_are_marked_in_their_field(
    resources: Resources, panel: str, values: dict[str, str], field: str
) -> None:
    play = Play(resources, "onset")
    before = len(play.live.state.entries)
    play.presenter.acted(panel)
    play.presenter.panel_saved(values)
    assert [problem.field for problem in play.view.problems] == [field]
    assert len(play.live.state.entries) == before


def test_an_injection_computes_its_milligrams_from_volume_and_strength(resources: Resources) -> None:
    play = Play(resources)
    play.live = DemoLive(resources, protocol="ketamine-im")
    play.presenter = BoardPresenter(play.view, play.live, play.ops, members=MEMBERS, me="m1", title=TITLE)
    play.presenter.start()
    play.presenter.acted("dose:a")
    assert play.view.panel is not None
    assert [field.name for field in play.view.panel.fields][:3] == ["ml", "strength", "site"]
    answers = {
        "ml": "0.5", "strength": "100", "site": "left deltoid", "source": "lot", "lot": "L1", "by": "m1",
        "checked_by": "m2",
    }
    play.presenter.panel_saved(answers)
    dose = play.live.state.people["a"].doses[0]
    assert (str(dose.mg), dose.site, dose.checked_by) == ("50.00", "left deltoid", "m2")


def test_the_response_to_another_medicine_is_asked_for_and_answered(resources: Resources) -> None:
    play = Play(resources, "onset")
    play.live.record(AskGiven("a", "ondansetron", Decimal(4), "mg", "oral", "Dr Jonas Ode"))
    play.presenter.core.show(play.live.state)
    play.presenter.acted("response")
    assert play.view.panel is not None
    assert "ondansetron" in play.view.panel.note
    play.presenter.panel_saved({"value": "nausea gone", "ago": ""})
    line = play.live.state.people["a"].check("response")
    assert line is not None
    assert line.value == "nausea gone"


def test_a_named_entry_is_moved_from_the_log(resources: Resources) -> None:
    play = Play(resources, "onset")
    play.live.record(AskVitals("a", 120, 80))
    seq = len(play.live.state.entries)
    play.live.record(AskWords("a", "later"))
    play.presenter.core.show(play.live.state)
    play.presenter.entry_asked("move", str(seq))
    assert play.view.panel is not None
    play.presenter.panel_saved({"to": "b"})
    assert play.live.state.people["b"].vitals[-1].bp == "120/80"
    assert play.view.board is not None
    rows = [row for row in play.view.board.log if "120/80" in row.text]
    assert sorted((row.letter, row.struck) for row in rows) == [("A", True), ("B", False)]


def test_the_coach_names_who_speaks_and_what_comes_next(resources: Resources) -> None:
    play = Play(resources, "peak")
    play.live.record(AskDialogue(Step.SEND, "a"))
    play.presenter.core.show(play.live.state)
    coach = play.view.coach
    assert coach is not None
    assert (coach.speaker_letter, coach.next_step) == ("A", "mirror")
    assert "Before minute 90: A, B" in coach.hint
    play.presenter.stepped("mirror")
    coach = play.view.coach
    assert coach is not None
    assert coach.speaker_letter == "B"
    assert "1 mirror" in coach.tally


def test_somebody_away_is_offered_to_come_back(resources: Resources) -> None:
    play = Play(resources, "away")
    assert play.view.top is not None
    assert "away" in play.view.top.due[0].text
    play.presenter.acted("away:a")
    assert play.live.state.people["a"].away is None
    assert play.view.panel is None


def test_a_person_who_was_discharged_is_not_offered_any_more(resources: Resources) -> None:
    play = Play(resources, "discharged")
    play.presenter.acted("vitals")
    assert play.view.strip is None
    assert play.view.panel is not None
    assert play.view.panel.person is not None
    assert play.view.panel.person.letter == "B"


def test_a_closed_session_offers_a_flowsheet_for_each_and_the_worksheets(resources: Resources) -> None:
    play = Play(resources, "closed")
    assert play.view.board is not None
    seats = [link.seat for link in play.view.board.papers]
    assert seats[:2] == ["a", "b"]
    assert seats[-2:] == [None, "after"]
    assert play.view.board.actions == ()
    assert play.view.top is not None
    assert play.view.top.clock.seconds == 146 * 60
