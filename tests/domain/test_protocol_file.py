"""A protocol file is read whole, or refused with file, line, field and reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.protocol import Basis, Figure, GateOn, Protocol, Sign
from desktop.domain.protocol_fields import DataFileError
from desktop.domain.protocol_file import read_protocol
from tests.live.play import FULL, IM, LIGHT, protocol_text

TEXT = protocol_text(FULL)
EARLY = 'early = { value = 5, basis = "proposed"'


def changed(old: str, new: str, count: int = 1) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, count)


def refusal(text: str) -> DataFileError:
    with pytest.raises(DataFileError) as caught:
        read_protocol(text, "mine.toml")
    assert "mine.toml" in str(caught.value)
    return caught.value


def figures(thing: object) -> Iterator[Figure]:
    if isinstance(thing, Figure):
        yield thing
    elif isinstance(thing, tuple):
        for item in thing:
            yield from figures(item)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from figures(getattr(thing, field.name))


@pytest.mark.parametrize("name", [FULL, LIGHT, IM])
def test_every_clinical_number_of_a_shipped_protocol_says_where_it_comes_from(name: str) -> None:
    found = list(figures(read_protocol(protocol_text(name), name)))
    assert len(found) > 60
    for figure in found:
        assert (figure.basis is Basis.SOURCE) == bool(figure.source)
        assert not figure.source or re.match(r"\[S\d+\]", figure.source)


def minutes(protocol: Protocol, key: str) -> list[int]:
    schedule = protocol.named_schedule(key)
    assert schedule is not None
    return [check.minute.whole for check in schedule.checks]


def test_the_shipped_protocols_hold_the_amended_numbers() -> None:
    full, light, im = (read_protocol(protocol_text(name), name) for name in (FULL, LIGHT, IM))
    assert minutes(full, full.schedule) == [20, 40, 60, 90, 120]
    assert minutes(light, light.schedule) == [40, 90]
    assert minutes(im, im.schedule) == [5, 15, 30, 45, 60, 90, 120]
    for sublingual in (full, light):
        assert [phase.start_min.whole for phase in sublingual.phases] == [0, 25, 65, 100]
        assert sublingual.ends_min.whole == 150
        assert sublingual.guards.mg is not None
        assert sublingual.guards.mg.whole == 400
    assert [phase.start_min.whole for phase in im.phases] == [0, 8, 30, 60]
    assert str(im.guards.mg_per_kg.value if im.guards.mg_per_kg else None) == "1.5"
    assert full.timing.stay.whole == im.timing.stay.whole == 120
    assert im.named_schedule("full") is None
    assert im.phase_named("nowhere") is None
    assert im.schedules[0].checks[0].needs == (Sign.SPO2, Sign.HR)
    assert [gate.key for gate in full.gates_on(GateOn.BOOSTER)] == ["wanted"]


@pytest.mark.parametrize(
    ("name", "ratio"),
    [(IM, "Each person who was given the medicine"), (FULL, "For every two people"), (LIGHT, "For every two people")],
)
def test_who_must_be_in_the_room_is_said_in_two_plain_sentences(name: str, ratio: str) -> None:
    staffing = read_protocol(protocol_text(name), name).staffing
    assert staffing.startswith(ratio)
    assert staffing.endswith("One more trained person is free to help.")


def test_a_protocol_keeps_its_very_text_and_that_texts_hash() -> None:
    found = read_protocol(TEXT, FULL)
    assert found.text == TEXT
    assert len(found.sha256) == 64
    assert found.sha256 != read_protocol(TEXT + "\n", FULL).sha256


@pytest.mark.parametrize(
    ("old", "new", "where", "why"),
    [
        ('id = "ketamine-sl-full"', 'id = "Ketamine SL"', "id", "small letters"),
        ("edition = 1", "edition = 0", "edition", "whole number"),
        ("edition = 1", "edition = true", "edition", "whole number"),
        ('medicine = "ketamine"\n', "", "medicine", "missing"),
        ('title = "Ketamine, sublingual, full observation"', 'title = ""', "title", "text of 1 to"),
        ('route = "sublingual"', 'route = "oral"', "route", "one of sublingual"),
        ('schedule = "full"', 'schedule = "hourly"', "schedule", "no schedule of this name"),
        ('baseline = ["bp", "hr", "spo2"]', 'baseline = "bp"', "baseline", "list"),
        ('baseline = ["bp", "hr", "spo2"]', 'baseline = ["bp", "weight"]', "baseline", "one of bp"),
        ('baseline = ["bp", "hr", "spo2"]', 'baseline = ["bp", "bp"]', "baseline", "twice"),
        ('edition = 1', 'edition = 1\ncolour = "red"', "colour", "not a field"),
        ("throughout = false", 'throughout = "no"', "dialogue.throughout", "true or false"),
        ("hints = [", "hints = [1, ", "dialogue.hints", "list of texts"),
        ('ends_min = { value = 150, basis = "proposed" }', "ends_min = 150", "ends_min", "table"),
        ("early = { value = 5", 'early = { value = "5"', "timing.early.value", "number"),
        ("early = { value = 5", "early = { value = true", "timing.early.value", "number"),
        ("early = { value = 5", "early = { value = nan", "timing.early.value", "number from"),
        ("early = { value = 5", "early = { value = 500", "timing.early.value", "number from"),
        (EARLY, EARLY.replace("proposed", "source"), "timing.early.source", "needed"),
        (EARLY, EARLY.replace("proposed", "guess"), "timing.early.basis", "one of"),
        (EARLY, f'{EARLY}, unit = "min"', "early.unit", "not a field"),
        ('hold_late = { value = 5, basis = "proposed" }\n', "", "timing.hold_late", "come together"),
        ('level = "amber"\ntest = "above"', 'level = "normal"\ntest = "above"', "band[1].level", "amber or red"),
        ("needs = [\"bp\"]\n\n[[schedules.check]]", "needs = []\n\n[[schedules.check]]", "needs", "at least one"),
        ("start_min = { value = 0,", "start_min = { value = 1,", "phase[1].start_min", "starts at 0"),
        ("start_min = { value = 65,", "start_min = { value = 25,", "phase[3].start_min", "later"),
        ("ends_min = { value = 150,", "ends_min = { value = 90,", "ends_min", "later"),
        ("minute = { value = 60,", "minute = { value = 20,", "schedules[1].check", "later"),
        ('key = "afterglow"', 'key = "peak"', "phase[4].key", "twice"),
        ('key = "willing"', 'key = "identity"', "gate[2].key", "twice"),
        ('not_in_phase = "peak"', 'not_in_phase = "moon"', "not_in_phase", "no phase"),
        ("every_min =", 'until_min = { value = 5, basis = "proposed" }\nevery_min =', "round", "until_min"),
        ("[dialogue]", "[dialogue]\nsong = 1", "dialogue.song", "not a field"),
    ],
)  # fmt: skip
def test_a_file_that_contradicts_itself_is_refused_with_its_field_and_reason(
    old: str, new: str, where: str, why: str
) -> None:
    error = refusal(changed(old, new))
    assert where in error.where
    assert why in error.why


@pytest.mark.parametrize("mark", ["throughout", "[leaving]", "minute = { value = 90", 'key = "consent"', "rr"])
def test_a_refusal_names_the_line_of_the_field(mark: str) -> None:
    edits = {
        "throughout": ("throughout = false", "throughout = 1", "throughout = 1"),
        "[leaving]": ("moaas = { value = 5", "moaas = { value = 9", "moaas = { value = 9"),
        "minute = { value = 90": ("minute = { value = 90", "minute = { value = 9000", "minute = { value = 9000"),
        'key = "consent"': ('label = "Consents signed and in force"', "label = 3", "label = 3"),
        "rr": ("limit = { value = 24", 'limit = { value = "x"', 'limit = { value = "x"'),
    }
    old, new, found = edits[mark]
    text = changed(old, new)
    error = refusal(text)
    assert text.splitlines()[error.line - 1].startswith(found)


def test_a_list_of_tables_must_not_be_empty() -> None:
    parts = re.sub(r"(?s)\[\[gate\]\].*", "", TEXT)
    error = refusal(parts.replace("edition = 1", "edition = 1\ngate = []"))
    assert "at least one" in error.why


def test_text_that_is_no_toml_is_refused_with_its_line() -> None:
    error = refusal(changed('medicine = "ketamine"', 'medicine = "ketamine'))
    assert error.line == TEXT.splitlines().index('medicine = "ketamine"') + 1
    assert refusal("a = [1,").line == 1


def test_text_that_is_empty_is_refused_by_its_first_field() -> None:
    error = refusal("")
    assert error.where == "route"
    assert error.line == 1


@settings(deadline=None, database=None, max_examples=60)
@given(st.data())
def test_no_damage_to_a_file_gives_anything_but_a_protocol_or_a_refusal(data: st.DataObject) -> None:
    lines = TEXT.splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    kind = data.draw(st.sampled_from(["drop", "double", "cut", "zero"]))
    line = lines[number]
    half, zero = line[: len(line) // 2], re.sub(r"\d+", "0", line)
    new = {"drop": [], "double": [line, line], "cut": [half], "zero": [zero]}[kind]
    text = "\n".join([*lines[:number], *new, *lines[number + 1 :]])
    try:
        found = read_protocol(text, "mine.toml").text
    except DataFileError as error:
        found = error.why if error.line >= 1 else ""
    assert found
