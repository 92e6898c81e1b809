"""Knows what a data file of care may say, and what is refused of it by file, line, field and reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desktop.domain.care import Answers, May, Permission, Permissions
from desktop.domain.care_drafts import read_local
from desktop.domain.care_files import After, Answered, read_adverse, read_followups, read_touch
from desktop.domain.protocol_fields import DataFileError
from tests.kit import RESOURCES

FILES: dict[str, Callable[[str, str], Any]] = {
    "touch.toml": read_touch, "adverse.toml": read_adverse, "followups.toml": read_followups,
}  # fmt: skip


def text_of(file: str) -> str:
    return RESOURCES.text(f"care/{file}")


def test_what_ships_can_be_read() -> None:
    touch = read_touch(text_of("touch.toml"), "touch.toml")
    assert [who.key for who in touch.who] == ["therapist", "assistant", "partner"]
    assert {place.key for place in touch.places} >= {"hand", "shoulder", "back", "feet", "head", "hold"}
    assert [state.key for state in touch.states] == ["awake", "peak", "return"]
    adverse = read_adverse(text_of("adverse.toml"), "adverse.toml")
    assert {one.key for one in adverse.what} >= {"nausea", "panic", "suicidal-thought", "sexual-arousal", "regret"}
    kinds = {kind.key: kind for kind in read_followups(text_of("followups.toml"), "followups.toml")}
    assert {key: (kind.after, kind.hours.whole) for key, kind in kinds.items()} == {
        "welfare": (After.LEFT, 2), "call": (After.DOSED, 24), "integration": (After.DOSED, 72),
        "week": (After.DOSED, 168),
    }  # fmt: skip
    asked = {one.key: (one.kind, one.red) for one in kinds["call"].questions}
    assert asked["death"] == (Answered.YES_NO, "yes")
    assert asked["sex_wanted"] == (Answered.YES_NO, "no")
    assert set(asked) >= {"sleep", "mood", "nausea", "regret", "fight", "sex", "bladder"}


@pytest.mark.parametrize(
    ("file", "old", "new", "where"),
    [
        ("touch.toml", 'key = "hand"', 'key = "Hand"', "place[1].key"),
        ("touch.toml", 'key = "back"', 'key = "hand"', "place"),
        ("touch.toml", "edition = 1", "edition = 1\ncolour = 3", "colour"),
        ("touch.toml", "[[state]]", "[[stage]]", "state"),
        ("adverse.toml", '"2, troubling", ', "", "severity"),
        ("adverse.toml", 'basis = "proposed"', "basis = 3", "basis"),
        ("followups.toml", "value = 24", "value = -1", "followup[2].hours.value"),
        ("followups.toml", 'basis = "general knowledge" }', 'basis = "source" }', "followup[2].hours.source"),
        ("followups.toml", '"bladder", "other"]', '"bladder", "shoes"]', "followup[2].questions"),
        ("followups.toml", 'kind = "scale"', 'kind = "stars"', "question[4].kind"),
        ("followups.toml", 'after = "left"', 'after = "all"', "followup[1].after"),
    ],
)
def test_a_file_with_a_fault_is_refused_by_its_place(file: str, old: str, new: str, where: str) -> None:
    text = text_of(file)
    assert old in text
    with pytest.raises(DataFileError) as caught:
        FILES[file](text.replace(old, new, 1) if old != "[[state]]" else text.replace(old, new), file)
    assert (caught.value.file, caught.value.where) == (file, where)
    assert caught.value.line >= 1


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_no_toml_is_refused(file: str) -> None:
    with pytest.raises(DataFileError):
        FILES[file]("[[", file)


def test_permissions_come_back_as_they_were_and_say_what_is_wider() -> None:
    hand = Permission("therapist", "hand", "awake", May.YES)
    ask = Permission("partner", "back", "peak", May.ASK)
    kept = Permissions.of((hand, ask, Permission("partner", "hold", "awake", May.NO)))
    assert str(kept) == "partner back peak ask\ntherapist hand awake yes"
    assert Permissions(str(kept)).each == (ask, hand)
    assert kept.wider(Permissions()) == (ask, hand)
    assert kept.wider(Permissions.of((Permission("therapist", "hand", "awake", May.ASK), ask))) == (hand,)
    assert Permissions().wider(kept) == ()


def test_answers_come_back_and_empty_ones_are_left_out() -> None:
    assert Answers.of((("sleep", "gut, mit “Traum”"), ("mood", ""))).pairs == (("sleep", "gut, mit “Traum”"),)


@pytest.mark.parametrize("text", ["", "2026-03-02", "2026-03-02 9:00", "2026-13-02 09:00", "2026-03-02 25:00", "soon"])
def test_a_local_time_is_typed_in_one_way(text: str) -> None:
    assert read_local(text) is None


def test_a_local_time_is_read() -> None:
    found = read_local(" 2026-03-02  09:05 ")
    assert found is not None
    assert found.isoformat() == "2026-03-02T09:05:00"
