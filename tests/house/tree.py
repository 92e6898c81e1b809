"""Knows which files belong to the project, for the tests that read them."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = set(".py .md .toml .lock .txt .json .jsonl .spec .svg .qss .html .ini .yml".split()) | {""}


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is or is about to be under version control, sorted."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True, check=True,
    ).stdout.decode("utf-8")  # fmt: skip
    return tuple(sorted(ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()))


def name_of(path: Path) -> str:
    """The path within the project, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def text_files(*starts: str) -> tuple[Path, ...]:
    """The project's text files whose path begins with one of `starts`, or all."""
    return tuple(
        path for path in project_files() if path.suffix in TEXT and (not starts or name_of(path).startswith(starts))
    )


def sources(*starts: str) -> tuple[Path, ...]:
    """The project's Python files whose path begins with one of `starts`."""
    return tuple(path for path in text_files(*starts) if path.suffix == ".py")
