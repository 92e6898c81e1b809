"""Knows the folder that a tour fills: a new or empty one, or that of an earlier tour, and nothing else."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.cli.codes import Unreachable
from desktop.domain.errors import Refused
from desktop.domain.words import tr

REPORT = "report.json"
PAPERS = "papers"
PICTURES = "pictures"
MARK = "holdfast_tour"


@dataclass(frozen=True, slots=True)
class Out:
    """An open tour folder."""

    folder: Path

    def paper(self, name: str, pdf: bytes) -> Path:
        """Keep a PDF."""
        return self._write(self.folder / PAPERS / name, pdf)

    def picture(self, theme: str, name: str) -> Path:
        """Where a picture goes; its folder is made."""
        path = self.folder / PICTURES / theme / f"{name}.png"
        with _reachable():
            path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def report(self, content: dict[str, Any]) -> dict[str, Any]:
        """Keep what was done, and return it as it is kept."""
        whole = {MARK: 1, **content}
        text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
        self._write(self.folder / REPORT, text.encode("utf-8"))
        return whole

    def _write(self, path: Path, content: bytes) -> Path:
        with _reachable():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return path


class _reachable:  # noqa: N801 - read as a word: with _reachable()
    """Turns what the disk says into a known error."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise Unreachable(
                tr("The folder for the tour cannot be written."), tr("No practice was touched."),
                tr("Choose a folder of your own, on a disk with 50 MB free."),
            ) from None  # fmt: skip


def is_tour(folder: Path) -> bool:
    """Whether a folder holds an earlier tour."""
    try:
        found = json.loads((folder / REPORT).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get(MARK) == 1


def open_out(folder: Path) -> Out:
    """Make or empty the folder, and mark it as a tour's. Refused when something else lies in it; Unreachable."""
    with _reachable():
        folder.mkdir(parents=True, exist_ok=True)
        filled = any(folder.iterdir())
    if filled and not is_tour(folder):
        raise Refused(
            "not_a_tour", tr("The folder is not empty, and what lies in it is not an earlier tour."),
            next_step=tr("Choose a new or an empty folder."),
        )  # fmt: skip
    out = Out(folder)
    with _reachable():
        for part in (PAPERS, PICTURES):
            if (folder / part).exists():
                shutil.rmtree(folder / part)
    out.report({"finished": False})
    return out
