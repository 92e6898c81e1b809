"""Protocols on the command line: listed, shown, checked by line, taken in switched off, given out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.harness import PASSPHRASE, Terminal
from tests.live.play import FULL, protocol_text

OWN = protocol_text(FULL).replace(f'id = "{FULL}"', 'id = "our-own"')


def test_the_shipped_ones_are_listed_and_shown_without_a_practice(holdfast: Terminal) -> None:
    listed = {one["id"]: one for one in holdfast("protocol", "list", "--json").json["protocols"]}
    assert listed["ketamine-sl-low"]["enabled"]
    assert (listed["mdma"]["enabled"], listed["mdma"]["own"]) == (False, False)
    assert listed["mdma"]["legal_checked"] >= "2026-11-25"
    shown = holdfast("protocol", "show", "mdma", "--json").json
    assert "9 August 2024" in shown["legal_note"]
    assert {"source", "general knowledge", "proposed"} == {one["basis"] for one in shown["numbers"]}
    assert holdfast("protocol", "show", "tea").code == 3
    text = holdfast("protocol", "show", FULL).out
    assert "12 min  Hold and swish  ([S4][S41] hold and swish 10 to 12 min, then spit)" in text
    assert "MDMA, by mouth" in holdfast("protocol", "list").out
    assert "(switched off)" in holdfast("protocol", "show", "mdma").out


def test_a_file_is_checked_without_a_practice_and_refused_by_line(holdfast: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    found = holdfast("protocol", "check", file, "--json").json
    assert (found["id"], found["enabled"], found["numbers"] > 60) == ("our-own", True, True)
    file.write_text(OWN.replace("hold_late = { value = 5,", "hold_late = { value = -5,"), encoding="utf-8")
    said = holdfast("protocol", "check", file)
    assert said.code == 3
    line = OWN.splitlines().index('hold_late = { value = 5, basis = "proposed" }') + 1
    assert f"line {line}, timing.hold_late.value: a number from 0 to 60 is needed" in said.err
    assert str(file) in said.err
    assert holdfast("protocol", "check", tmp_path / "none.toml").code == 7


def test_a_protocol_of_the_practice_s_own_goes_in_and_out(holdfast: Terminal, practice: Path, tmp_path: Path) -> None:
    file, out = tmp_path / "own.toml", tmp_path / "out.toml"
    file.write_text(OWN, encoding="utf-8")
    words = ("protocol", "import", file, "--practice", practice, "--reason", "Our formulary")
    taken = holdfast(*words, "--json", passphrase=PASSPHRASE).json
    assert (taken["id"], taken["enabled"]) == ("our-own", False)
    assert holdfast(*words, passphrase=PASSPHRASE).code == 3
    again = holdfast(*words, "--replace", passphrase=PASSPHRASE)
    assert (again.code, "switched off until" in again.out) == (0, True)
    assert holdfast(*words[:5], "--reason", " ", passphrase=PASSPHRASE).code == 3
    listed = holdfast("protocol", "list", "--practice", practice, passphrase=PASSPHRASE).out
    assert "our-own" in listed
    shown = holdfast("protocol", "show", "our-own", "--practice", practice, "--json", passphrase=PASSPHRASE).json
    assert [(one["number"], one["done"], one["reason"]) for one in shown["history"]] == [
        (2, "imported", "Our formulary"), (1, "imported", "Our formulary"),
    ]
    give = ("protocol", "export", "our-own", "--practice", practice, "--out", out)
    assert holdfast(*give, passphrase=PASSPHRASE).code == 0
    assert 'id = "our-own"' in out.read_text(encoding="utf-8")
    assert holdfast(*give, passphrase=PASSPHRASE).code == 3


@pytest.mark.parametrize("protocol", [FULL, "psilocybin"])
def test_a_shipped_protocol_is_given_out_word_for_word(holdfast: Terminal, tmp_path: Path, protocol: str) -> None:
    out = tmp_path / "out.toml"
    assert holdfast("protocol", "export", protocol, "--out", out, "--json").json["id"] == protocol
    assert out.read_text(encoding="utf-8") == protocol_text(protocol)
