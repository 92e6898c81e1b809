"""Rehearsals by command: they are named, a script of one's own is tried, what cannot be read is said by its line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.harness import Terminal

HEAD = (
    '{"session": {"protocol": "ketamine-sl-full", "start": "2026-03-02T10:00:00-05:00", "participants": '
    '[{"key": "a", "name": "Made Up", "born": "1984-05-01", "role": "sitting"}]}, "title": "Ours"}\n'
)


def test_the_five_that_are_shipped_are_named(holdfast: Terminal) -> None:
    found = holdfast("rehearse", "list", "--json").json["rehearsals"]
    assert [one["title"] for one in found] == [
        "A pressure over the limit", "A lozenge that did not stay", "The safe signal", "The wrong letter",
        "The emergency",
    ]  # fmt: skip
    assert all(one["yours"] >= 4 and one["minutes"] >= 15 for one in found)


def test_a_script_of_ones_own_is_tried_and_what_the_engine_refuses_is_said(holdfast: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "ours.jsonl"
    file.write_text(HEAD + '{"t": 5, "do": "vitals", "who": "a", "spo2": 140, "say": "x", "yours": true}\n', "utf-8")
    found = holdfast("rehearse", "check", str(file), "--json").json
    assert (found["title"], found["lines"], found["yours"]) == ("Ours", 1, 1)
    assert [one["line"] for one in found["refused"]] == [2]
    file.write_text(HEAD + "{\n", "utf-8")
    said = holdfast("rehearse", "check", str(file))
    assert said.code == 3
    assert "line 2" in said.err
