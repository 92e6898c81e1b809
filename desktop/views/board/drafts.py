"""Knows text that was typed on a page and not kept: it waits there until the same page is opened again."""

from __future__ import annotations

from dataclasses import replace

from desktop.views.board.asking import PanelFacts, Scene, Values

_TEXTS = ("note", "words", "late_words", "close")
"""Pages whose answers are sentences; half a reading is never offered again minutes later."""


class Drafts:
    """One draft for each page and person."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str, int | None], dict[str, str]] = {}

    def put_by(self, panel: str, scene: Scene | None, values: Values) -> None:
        """Keep what was typed, when it is text."""
        if panel in _TEXTS and scene is not None:
            self._held[_key(panel, scene)] = dict(values)

    def restored(self, panel: str, scene: Scene, facts: PanelFacts) -> PanelFacts:
        """The page with what was typed before."""
        held = self._held.get(_key(panel, scene))
        if held is None:
            return facts
        fields = (replace(each, value=held.get(each.name, each.value)) for each in facts.fields)
        return replace(facts, fields=tuple(fields))

    def drop(self, panel: str, scene: Scene | None) -> None:
        """It was kept."""
        if scene is not None:
            self._held.pop(_key(panel, scene), None)


def _key(panel: str, scene: Scene) -> tuple[str, str, int | None]:
    return panel, scene.who.key if scene.who is not None else "", scene.entry
