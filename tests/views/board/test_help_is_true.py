"""The help page of the board names every key there is, and none that is not; every line it shows is understood."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.live.quickline import parse
from desktop.system.resources import Resources
from desktop.views.board.doing import ALL, TAKEN_KEYS
from desktop.views.board.doing_safety import SAFE_KEYS, WORDS_KEYS
from desktop.views.board.logside import ENTRY_KEYS
from tests.views.board.conftest import Put

ROW = re.compile(r"^\| `(?P<key>[^`]+)` \| (?P<words>.+) \|$", re.MULTILINE)
PAGE = "help/03-board.md"


def part(resources: Resources, title: str) -> str:
    """A part of the page, by its heading."""
    return resources.text(PAGE).split(f"## {title}\n")[1].split("\n## ")[0]


def rows(resources: Resources, title: str) -> dict[str, str]:
    """The first column of a part's table, with the second."""
    found = ROW.findall(part(resources, title))
    assert len(dict(found)) == len(found)
    return dict(found)


def test_every_key_of_the_board_is_in_the_help_with_its_own_name(resources: Resources) -> None:
    wanted = {doing.key: doing.title for doing in ALL if doing.key}
    wanted |= {key: f"{letter} taken" for key, letter in zip(TAKEN_KEYS, "AB", strict=True)}
    wanted |= {key: f"Safe signal of {letter}" for key, letter in zip(SAFE_KEYS, "AB", strict=True)}
    wanted |= {key: f"Words of {letter}" for key, letter in zip(WORDS_KEYS, "AB", strict=True)}
    listed = rows(resources, "Keys")
    assert listed.keys() == wanted.keys()
    wrong = [key for key, title in wanted.items() if listed[key].partition(":")[0] != title]
    assert wrong == []


def test_the_help_lists_just_the_keys_that_a_real_board_listens_to(put: Put, resources: Resources) -> None:
    stage = put("onset")
    bound = {
        one.key().toString(QKeySequence.SequenceFormat.PortableText)
        for one in stage.screen.findChildren(QShortcut) if one.isEnabled()
    }
    text = part(resources, "Keys")
    assert bound - {"Ctrl+Return", "Ctrl+Enter"} == rows(resources, "Keys").keys()
    assert "`Ctrl+Enter` saves" in text


def test_the_keys_of_the_log_are_in_the_help(resources: Resources) -> None:
    text = part(resources, "Keys")
    for key in ENTRY_KEYS:
        assert f"`{QKeySequence(key).toString().replace('Del', 'Delete')}`" in text


@pytest.mark.parametrize("people", [{"a": "Anna", "b": "Ben"}])
def test_every_line_that_the_help_shows_is_understood(put: Put, resources: Resources, people: dict[str, str]) -> None:
    state = put("onset").state
    phases = tuple(phase.key for phase in state.protocol.phases)
    lines = rows(resources, "The quick line")
    assert len(lines) > 12
    for line, words in lines.items():
        shown = [line, *re.findall(r"`(a [^`]+)`", words)]
        for each in shown:
            found = parse(each, people, state.checklist, phases)
            assert found.ready or found.wants == "lost", (each, found.problem)
