"""Knows which folders pictures name: those that a practice would have, not those that a tour makes and throws away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from desktop.services.desk import Desk
from desktop.services.ports_archives import ArchiveDoor, ArchiveLog, Archives, PlaceState, Run
from desktop.tour.stage import Stage

SHOWN_FOLDER = Path("Documents", "Harbour Street")
SHOWN_STICK = Path("/media", "Archive stick")


class _ShownArchives:
    """The real archives, lying somewhere else."""

    def __init__(self, real: Archives) -> None:
        self._real = real

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def log(self) -> ArchiveLog:
        """What is known of them."""
        log = self._real.log()
        runs = tuple(_run(run) for run in log.runs)
        return replace(log, runs=runs, verified=None if log.verified is None else _run(log.verified))

    def places(self) -> tuple[PlaceState, ...]:
        """Every place, with what lies there."""
        return tuple(
            replace(place, path=SHOWN_STICK, archives=tuple(
                replace(each, path=SHOWN_STICK / each.path.name) for each in place.archives
            )) for place in self._real.places()
        )  # fmt: skip


class _ShownDoor:
    """The real way to archives, lying somewhere else. stick: where they really lie."""

    def __init__(self, real: ArchiveDoor, stick: Path) -> None:
        self._real, self._stick = real, stick

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def of(self, desk: Desk) -> Archives:
        """The archives of the practice at a desk."""
        return cast(Archives, _ShownArchives(self._real.of(desk)))

    def members_beside(self, archive: Path) -> tuple[str, ...]:
        """The names in the key file beside an archive."""
        return self._real.members_beside(self._stick / archive.name)


def shown_archives(stage: Stage) -> ArchiveDoor:
    """The way to archives of the story."""
    return cast(ArchiveDoor, _ShownDoor(stage.program.archives, stage.folder.parent / "Archive stick"))


def _run(run: Run) -> Run:
    return replace(run, place=str(SHOWN_STICK) if run.place else "")
