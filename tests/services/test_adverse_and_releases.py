"""Knows how adverse events are written down, and how words become the couple's: sober, later, by their speaker."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.audience import Audience
from desktop.domain.care_drafts import AdverseDraft
from desktop.domain.errors import Conflict, Invalid, NotFound, Refused
from desktop.domain.paper import Compartment
from desktop.live.asks import AskWords
from desktop.services.adverse import adverse_choices, change_adverse, write_adverse
from desktop.services.live import LiveDesk
from desktop.services.releases import release_words, released, take_back, words_of_session
from desktop.services.worksheets import PaperUse, worksheet
from tests.kit import ANNA, BEN, PAIR, House, dose, finish, plan, ready
from tests.worksheets.reading import text

DAY = 24 * 3600
BAD = AdverseDraft(
    "nausea", "2026-03-02 09:40", "2026-03-02 09:55", "2", "no", "probable", "ondansetron", "recovered", "Paul Osei",
    "2026-03-09", " twice ",
)  # fmt: skip


def test_an_adverse_event_is_written_and_followed(home: House) -> None:
    desk = home.desk()
    event = write_adverse(desk, ANNA.id, replace(BAD, ended="", outcome="ongoing")).value
    assert (event.severity, event.ended, event.note, event.session_id) == (2, "", "twice", None)
    changed = change_adverse(desk, event.id, BAD, event.version).value
    assert (changed.ended, changed.outcome, changed.version) == ("2026-03-02 09:55", "recovered", 2)
    with pytest.raises(Conflict):
        change_adverse(desk, event.id, BAD, event.version)
    with home.store.read() as unit:
        assert unit.care.adverse.of_client(ANNA.id, Audience.clinic("t")) == (changed,)
        assert unit.care.adverse.of_client(ANNA.id, Audience.partner(BEN.id, PAIR.id)) == ()
        with pytest.raises(NotFound):
            unit.care.adverse.get(event.id, Audience.both(PAIR.id))
    for sql in ("UPDATE adverse_events SET client_id = 'client-b'", "DELETE FROM adverse_events"):
        with pytest.raises(Exception, match="holdfast"):
            home.sql(sql)
    assert home.intact()


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"what": ""}, {"what"}), ({"began": "yesterday"}, {"began"}),
        ({"began": "2026-03-02 11:00"}, {"began", "ended"}),
        ({"ended": "2026-03-02 09:00"}, {"ended"}), ({"ended": "soon"}, {"ended"}), ({"severity": "6"}, {"severity"}),
        ({"follow_up": "next week"}, {"follow_up"}), ({"note": "x" * 4001}, {"note"}),
    ],
)  # fmt: skip
def test_an_adverse_event_with_a_fault_is_not_kept(home: House, change: dict[str, Any], wrong: set[str]) -> None:
    with pytest.raises(Invalid) as caught:
        write_adverse(home.desk(), ANNA.id, replace(BAD, **change))
    assert {problem.field for problem in caught.value.problems} == wrong
    assert home.acts("adverse_event") == []


def test_there_is_one_record_of_an_entry_and_only_of_who_was_there(home: House) -> None:
    desk = home.desk()
    session = plan(desk)
    LiveDesk.begin(desk, session.id)
    write_adverse(desk, ANNA.id, BAD, session.id, 1)
    with pytest.raises(Conflict):
        write_adverse(desk, ANNA.id, BAD, session.id, 1)
    with pytest.raises(NotFound):
        write_adverse(desk, "nobody", BAD, session.id, 1)


def test_the_list_of_what_can_happen_is_data(home: House) -> None:
    words = adverse_choices(home.desk())
    assert len(words.what) > 30
    assert len(words.severity) == 5


@pytest.fixture
def said(home: House) -> tuple[House, str, int]:
    """A session is over in which A said something after a dose, and B something, undosed: house, session, A's entry."""
    live = LiveDesk.begin(home.desk(), plan(home.desk()).id)
    ready(live)
    live.record(dose())
    live.record(AskWords("a", "the sea, canarysea"))
    seq = live.state.people["a"].words[0].seq
    live.record(AskWords("b", "canaryb"))
    with pytest.raises(Refused) as caught:
        release_words(home.desk(), live.session.id, seq, "speaker")
    assert caught.value.code == "running"
    finish(live)
    return home, live.session.id, seq


def shared(home: House, session_id: str) -> str:
    with home.store.read() as unit:
        return str(released(unit, session_id, PAIR.id))


def test_words_are_released_the_next_day_and_are_the_couples_then(said: tuple[House, str, int]) -> None:
    home, session_id, seq = said
    desk = home.desk()
    with pytest.raises(Refused) as caught:
        release_words(desk, session_id, seq, "speaker")
    assert caught.value.code == "too_soon"
    assert "canary" not in shared(home, session_id)
    home.clock.forward(DAY)
    for wrong in ((seq, "nobody"), (1, "speaker")):
        with pytest.raises((Invalid, Refused)):
            release_words(desk, session_id, *wrong)
    release = release_words(desk, session_id, seq, "partner").value
    assert "canarysea" in shared(home, session_id)
    assert "canaryb" not in shared(home, session_id)
    lines = words_of_session(desk, session_id)
    assert [(line.seat, line.release is not None) for line in lines] == [("a", True), ("b", False)]
    with pytest.raises(Refused) as caught:
        release_words(desk, session_id, seq, "speaker")
    assert caught.value.code == "released"
    with home.store.read() as unit:
        assert unit.care.releases.of_session(session_id, Audience.person(BEN.id)) == ()
        assert unit.care.releases.of_session(session_id, Audience.both("couple-9")) == ()
    taken = take_back(desk, release.id, release.version).value
    assert taken.withdrawn is not None
    assert "canary" not in shared(home, session_id)
    with pytest.raises(Refused):
        take_back(desk, release.id, taken.version)
    assert release_words(desk, session_id, seq, "speaker").value.id != release.id
    assert home.again().intact()


def test_words_are_not_released_on_the_day_of_another_dose(said: tuple[House, str, int]) -> None:
    home, session_id, seq = said
    home.clock.forward(DAY)
    live = LiveDesk.begin(home.desk(), plan(home.desk(), "session-2").id)
    ready(live)
    live.record(dose())
    with pytest.raises(Refused) as caught:
        release_words(home.desk(), session_id, seq, "speaker")
    assert caught.value.code == "medicated"
    assert release_words(home.desk(), session_id, words_of_session(home.desk(), session_id)[1].seq, "speaker")


def test_a_dose_after_midnight_counts_for_its_own_day(home: House) -> None:
    home.clock.forward(13.5 * 3600)  # half past eleven at night
    live = LiveDesk.begin(home.desk(), plan(home.desk()).id)
    ready(live)
    home.clock.forward(3600)
    live.record(dose())
    live.record(AskWords("a", "late"))
    seq = live.state.people["a"].words[0].seq
    finish(live)
    with pytest.raises(Refused) as caught:
        release_words(home.desk(), live.session.id, seq, "speaker")
    assert caught.value.code == "too_soon"
    home.clock.forward(DAY)
    assert release_words(home.desk(), live.session.id, seq, "speaker").value.text == "late"


def test_the_database_takes_no_words_before_the_close_and_no_change_of_them(said: tuple[House, str, int]) -> None:
    home, session_id, seq = said
    home.clock.forward(DAY)
    release = release_words(home.desk(), session_id, seq, "speaker").value
    second = LiveDesk.begin(home.desk(), plan(home.desk(), "session-2").id)
    with home.store.write() as unit, pytest.raises(Refused) as caught:
        unit.care.releases.add(replace(release, id="x", session_id=second.session.id, seq=1))
    assert caught.value.code == "running"
    for sql in ("UPDATE word_releases SET text = 'other'", "DELETE FROM word_releases"):
        with pytest.raises(Exception, match="holdfast"):
            home.sql(sql)


def test_what_was_given_to_both_is_printed_for_both_and_nothing_else_is(said: tuple[House, str, int]) -> None:
    home, session_id, seq = said
    home.clock.forward(DAY)

    def both() -> str:
        pdf = worksheet(home.desk(), "after-medicine-keep", session_id, Compartment.BOTH, PaperUse.PREVIEW).pdf
        return " ".join(text(pdf).split())

    before = both()
    release = release_words(home.desk(), session_id, seq, "speaker").value
    given = both()
    assert "canary" not in before
    assert "gave to both" not in before
    assert "the sea, canarysea" in given
    assert "What A said in the session and gave to both" in given
    assert "What B said" not in given
    assert "canaryb" not in given
    take_back(home.desk(), release.id, release.version)
    assert both().split("printed on")[0] == before.split("printed on")[0]
