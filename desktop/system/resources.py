"""Knows where the program's data files lie: beside the source, installed with it, or frozen into it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from desktop.domain.errors import NotFound
from desktop.domain.words import tr

FOLDER = "resources"
_INSTALLED = ("share", "holdfast", FOLDER)


def _places() -> Iterable[Path]:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        yield Path(str(frozen)) / FOLDER
    yield Path(__file__).resolve().parents[2] / FOLDER
    yield Path(sys.prefix).joinpath(*_INSTALLED)


def _missing() -> NotFound:
    return NotFound(
        tr("A file of the program itself is missing."), tr("Nothing was changed."), tr("Install Holdfast again.")
    )


def find_root(places: Iterable[Path] | None = None) -> Path:
    """The folder that holds the data files: the first of the known places that is there. NotFound."""
    for place in _places() if places is None else places:
        if place.is_dir():
            return place
    raise _missing()


class Resources:
    """A Resources port over one folder."""

    def __init__(self, root: Path | None = None) -> None:
        self._root = find_root() if root is None else root

    def path(self, name: str) -> Path:
        """Where `folder/file` lies; NotFound when it is not there, or would lie outside the program's folder."""
        pure = PurePosixPath(name)
        found = self._root.joinpath(*pure.parts)
        if pure.is_absolute() or ".." in pure.parts or not found.is_file():
            raise _missing()
        return found

    def text(self, name: str) -> str:
        """The UTF-8 text of `folder/file`; NotFound when it is not there."""
        return self.path(name).read_text("utf-8")

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """The file names in a folder that end in `suffix`, sorted; none for a folder that is not there."""
        place = self._root / folder
        if not place.is_dir():
            return ()
        return tuple(sorted(each.name for each in place.iterdir() if each.is_file() and each.name.endswith(suffix)))
