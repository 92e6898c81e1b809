"""Knows how an open panel is named, so that it can be opened again with what stood in it after a lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desktop.views.board.presenter import PANELS, BoardPresenter


def panel_key(board: BoardPresenter) -> str:
    """Which panel is open, about whom and which entry: `panel/who/entry`; '' for none."""
    scene = board._scene
    if scene is None:
        return ""
    who = scene.who.key if scene.who is not None else ""
    return f"{board._panel.partition(' ')[0]}/{who}/{scene.entry or ''}"


def reopen_panel(board: BoardPresenter, key: str, values: Mapping[str, str]) -> None:
    """Open that panel again, with what was answered in it; nothing when it is about nobody who is here."""
    panel, _, rest = key.partition("/")
    who, _, entry = rest.partition("/")
    state = board.core.state
    if panel not in PANELS or (who and who not in state.people) or state.closed:
        return
    board.open(panel, who or None, int(entry) if entry.isdigit() else None)
    if board._scene is not None:
        facts = PANELS[panel].opens(board._scene)
        fields = tuple(replace(each, value=values.get(each.name, each.value)) for each in facts.fields)
        board.core.view.show_panel(replace(facts, fields=fields))
