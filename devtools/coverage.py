"""Knows how much of each room the tests reach, branch by branch, and the floor below which it may not fall."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from devtools.places import ROOT


def floors() -> dict[str, float]:
    """Folder to the least covered share in percent, from pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    table = settings["tool"]["holdfast"]["coverage-floor"]
    return {str(folder): float(share) for folder, share in table.items()}


def shares(report: Path, folders: list[str]) -> dict[str, float]:
    """Folder to covered statements and branches in percent, from coverage.py's JSON report."""
    files: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))["files"]
    found: dict[str, float] = {}
    for folder in folders:
        sums = [each["summary"] for name, each in files.items() if name.replace("\\", "/").startswith(folder)]
        whole = sum(each["num_statements"] + each.get("num_branches", 0) for each in sums)
        reached = sum(each["covered_lines"] + each.get("covered_branches", 0) for each in sums)
        found[folder] = 100.0 * reached / whole if whole else 0.0
    return found


def compare(found: dict[str, float], least: dict[str, float]) -> tuple[list[str], bool]:
    """One line per folder, and whether every folder is at its floor or above."""
    lines = [
        f"  {folder:<28} {found[folder]:6.2f} %   floor {floor:6.2f} %{'' if found[folder] >= floor else '   TOO LOW'}"
        for folder, floor in least.items()
    ]
    return lines, all(found[folder] >= floor for folder, floor in least.items())
