"""Knows what is remembered outside a practice: its folder, who was last, the theme; nothing about a client."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from desktop.views.ui.theme import THEMES

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """What is remembered. folder: of the practice that was used last; member: the id of who unlocked it last.

    idle_minutes: after how long without a touch it is locked; '' for the usual, see `desktop.services.idling`.
    """

    folder: str = ""
    member: str = ""
    theme: str = THEMES[0]
    idle_minutes: str = ""


class SettingsFile:
    """One small plain file; without a path nothing is kept. A file that cannot be read or written is no error."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.settings = self._read()

    def change(self, **values: str) -> Settings:
        """Remember these from now on."""
        self.settings = replace(self.settings, **values)
        self._write()
        return self.settings

    def _read(self) -> Settings:
        if self._path is None:
            return Settings()
        try:
            raw = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return Settings()
        if not isinstance(raw, dict):
            return Settings()
        known = {field.name for field in fields(Settings)}
        found = Settings(**{key: value for key, value in raw.items() if key in known and isinstance(value, str)})
        return found if found.theme in THEMES else replace(found, theme=THEMES[0])

    def _write(self) -> None:
        if self._path is None:
            return
        beside = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(asdict(self.settings), indent=1), "utf-8")
            os.replace(beside, self._path)
        except OSError as error:
            log.info("the settings could not be kept: %s", type(error).__name__)
