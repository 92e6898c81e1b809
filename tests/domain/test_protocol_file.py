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
from tests.live.play import FULL, IM, LIGHT, ROOT, protocol_text

TEXT = protocol_text(FULL)
SHIPPED = sorted(path.stem for path in (ROOT / "resources/protocols").glob("*.toml"))
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


@pytest.mark.parametrize("name", SHIPPED)
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


def test_the_low_relational_protocol_lets_partners_speak_throughout() -> None:
    low = read_protocol(protocol_text("ketamine-sl-low"), "low")
    assert low.dialogue.throughout
    assert low.dialogue.from_min.whole == 25
    assert [phase.start_min.whole for phase in low.phases] == [0, 25, 55, 80]
    assert low.staff is not None
    assert (low.staff.people.whole, low.staff.prescriber) == (4, "reachable")
    assert low.staffing.endswith("The prescriber can be reached all the time.")


@pytest.mark.parametrize(
    ("name", "dosed", "trained"), [(IM, 1, 2), (IM, 2, 3), (FULL, 2, 2), (FULL, 3, 3), ("ketamine-sl-low", 4, 1),
                                   ("ketamine-sl-low", 12, 3), (FULL, 0, 0)],
)  # fmt: skip
def test_staffing_is_a_ratio_and_free_hands(name: str, dosed: int, trained: int) -> None:
    staff = read_protocol(protocol_text(name), name).staff
    assert staff is not None
    assert staff.trained_for(dosed) == trained


@pytest.mark.parametrize("name", ["mdma", "psilocybin"])
def test_medicines_that_are_not_approved_ship_switched_off_with_a_dated_note(name: str) -> None:
    found = read_protocol(protocol_text(name), name)
    assert not found.enabled
    assert found.legal is not None
    assert found.legal.checked.isoformat() >= "2026-11-25"
    assert "FDA" in found.legal.note
    assert ("9 August 2024" in found.legal.note) == (name == "mdma")
    sourced = {figure.source for figure in figures(found) if figure.basis is Basis.SOURCE}
    assert not any("ketamine" in source or "esketamine" in source for source in sourced)


@pytest.mark.parametrize("name", [FULL, LIGHT, IM, "ketamine-sl-low"])
def test_ketamine_protocols_are_switched_on_and_say_how_old_papers_may_be(name: str) -> None:
    found = read_protocol(protocol_text(name), name)
    assert found.enabled
    assert found.validity is not None
    assert (found.validity.clearance_days.whole, found.validity.order_days.whole) == (90, 60)
    assert (found.validity.weight_days.whole, found.validity.order_doses.whole) == (30, 6)
    assert found.leaving.score == "aldrete"


@pytest.mark.parametrize(
    ("old", "new", "where", "why"),
    [
        ("systolic = { value = 200", "systolic = { value = 150", "band[3]", "amber must come before red"),
        ("diastolic = { value = 120", "diastolic = { value = 201", "band[5].diastolic", "below systolic"),
        ("limit = { value = 92", "limit = { value = 96", "", "amber"),
        ("calm_systolic = { value = 140", "calm_systolic = { value = 90", "leaving.calm_diastolic", "below systolic"),
        ("start_min = { value = 25", "start_min = { value = 25.5", "phase[2].start_min.value", "whole number"),
        ("limit = { value = 30,", "limit = { value = 30.5,", "limit.value", "whole number"),
    ],
)  # fmt: skip
def test_numbers_that_do_not_agree_are_refused_today_and_read_in_an_old_session(
    old: str, new: str, where: str, why: str
) -> None:
    text = changed(old, new)
    assert read_protocol(text, "kept", frozen=True).text == text
    error = refusal(text)
    assert where in error.where
    assert why in error.why
    assert error.line > 1


def test_parts_of_a_milligram_and_of_an_hour_are_allowed() -> None:
    text = changed("mg = { value = 400", "mg = { value = 400.5")
    found = read_protocol(text.replace("food_hours = { value = 4", "food_hours = { value = 4.5"), "mine.toml")
    assert found.validity is not None
    assert str(found.validity.food_hours.value) == "4.5"


def test_a_text_of_an_earlier_version_is_still_read() -> None:
    for part in ("staff", "validity"):
        assert f"[{part}]" in TEXT
    old = re.sub(r"(?s)\[staff\].*?(?=# Who may)", "", TEXT).replace('score = "aldrete"\n', "")
    found = read_protocol(old, "kept")
    assert found.enabled
    assert (found.staff, found.validity, found.legal, found.leaving.score) == (None, None, None, "")


def test_a_number_that_a_practice_set_or_confirmed_says_who_when_and_why() -> None:
    marks = ', was = 5, changed_by = "Mara Kern", changed_on = "2026-03-01", why = "Two rooms"'
    kept = ', confirmed_by = "Paul Roth", confirmed_on = "2026-03-02"'
    found = read_protocol(changed(EARLY, EARLY + marks + kept), FULL)
    early = found.timing.early
    assert early.changed is not None
    assert early.confirmed is not None
    assert (early.changed.by, early.changed.on, early.changed.why, early.changed.was) == (
        "Mara Kern", "2026-03-01", "Two rooms", 5,
    )
    assert (early.confirmed.by, early.confirmed.on) == ("Paul Roth", "2026-03-02")


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
        ("edition = 2", "edition = 0", "edition", "whole number"),
        ("edition = 2", "edition = true", "edition", "whole number"),
        ('medicine = "ketamine"\n', "", "medicine", "missing"),
        ('title = "Ketamine, sublingual, full observation"', 'title = ""', "title", "text of 1 to"),
        ('route = "sublingual"', 'route = "nasal"', "route", "one of sublingual"),
        ('schedule = "full"', 'schedule = "hourly"', "schedule", "no schedule of this name"),
        ('baseline = ["bp", "hr", "spo2"]', 'baseline = "bp"', "baseline", "list"),
        ('baseline = ["bp", "hr", "spo2"]', 'baseline = ["bp", "weight"]', "baseline", "one of bp"),
        ('baseline = ["bp", "hr", "spo2"]', 'baseline = ["bp", "bp"]', "baseline", "twice"),
        ('edition = 2', 'edition = 2\ncolour = "red"', "colour", "not a field"),
        ("throughout = false", 'throughout = "no"', "dialogue.throughout", "true or false"),
        ("hints = [", "hints = [1, ", "dialogue.hints", "list of texts"),
        ('ends_min = { value = 150, basis = "proposed" }', "ends_min = 150", "ends_min", "table"),
        ("early = { value = 5", 'early = { value = "5"', "timing.early.value", "number"),
        ("early = { value = 5", "early = { value = true", "timing.early.value", "number"),
        ("early = { value = 5", "early = { value = nan", "timing.early.value", "number"),
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
        ('title = "Ket', 'enabled = "no"\ntitle = "Ket', "enabled", "true or false"),
        ('title = "Ket', 'legal_note = "x"\ntitle = "Ket', "legal_checked", "missing"),
        ('title = "K', 'legal_note = "x"\nlegal_checked = "9 August"\ntitle = "K', "legal_checked", "a day such as"),
        ('title = "K', 'legal_note = "x"\nlegal_checked = "2024-02-30"\ntitle = "K', "legal_checked", "a day such as"),
        ('prescriber = "reachable"', 'prescriber = "away"', "staff.prescriber", "one of present"),
        ("people = { value = 2", "people = { value = 0", "staff.people.value", "from 1 to 20"),
        ("clearance_days = { value = 90", "clearance_days = { value = 0", "validity.clearance_days.value", "from 1"),
        (EARLY, EARLY + ', changed_by = "x"', "timing.early.changed_on", "missing"),
        (EARLY, EARLY + ', changed_by = "x", changed_on = "2026-03-01", was = 1', "timing.early.why", "missing"),
        (EARLY, EARLY + ', changed_by = "x", changed_on = "2026-03-01", why = "x", was = "1"', "early.was", "number"),
        (EARLY, EARLY + ', confirmed_on = "2026-03-01"', "timing.early.confirmed_by", "missing"),
        (EARLY, EARLY + ', why = "because"', "timing.early.why", "not a field"),
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
    error = refusal(parts.replace("edition = 2", "edition = 2\ngate = []"))
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
