"""Knows that every import contract holds here, and that each is really caught when it is broken once on purpose."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {each["id"]: each["name"] for each in SETTINGS["tool"]["importlinter"]["contracts"]}
LINT = "import sys; from importlinter.cli import lint_imports_command as c; sys.argv[0] = 'lint-imports'; c()"

SIBLINGS = ("views", "cli", "storage", "worksheets", "exchange", "system")
EVERY_ROOM = (*SIBLINGS, "tour", "services", "live", "domain")


def rooms_but(*allowed: str) -> tuple[str, ...]:
    return tuple(room for room in EVERY_ROOM if room not in allowed)


# What breaks each contract: (package that gets an offending module, what that module imports).
OFFENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "rooms": (
        ("domain", "desktop.live"),
        ("live", "desktop.services"),
        ("domain", "desktop.bootstrap"),
        ("services", "desktop.tour"),
        ("views", "desktop.tour"),
        ("storage", "desktop.bootstrap"),
        *((room, f"desktop.{other}") for room in SIBLINGS for other in SIBLINGS if room != other),
        *(("services", f"desktop.{room}") for room in SIBLINGS),
    ),
    "ports": tuple((room, "desktop.services.practice") for room in ("storage", "worksheets", "exchange", "system")),
    "core": (
        ("domain", "time"), ("domain", "random"), ("domain", "pathlib"), ("domain", "sqlalchemy"),
        ("domain", "PySide6"),
        ("live", "os"), ("live", "uuid"), ("live", "socket"), ("live", "threading"), ("live", "cryptography"),
    ),
    "qt": tuple((room, "PySide6.QtCore") for room in rooms_but("views", "tour")),
    "sql": (*((room, "sqlalchemy") for room in rooms_but("storage")), ("services", "sqlcipher3")),
    "keys": tuple((room, "cryptography") for room in rooms_but("storage")),
    "paper": (*((room, "reportlab") for room in rooms_but("worksheets")), ("views", "pypdfium2")),
    "vault": tuple((room, "desktop.storage.vault") for room in ("services", "views", "tour", "cli")),
    "presenters": (
        ("views/some/presenter", "PySide6.QtCore"),
        ("views/other/presenter", "desktop.views.ui.timers"),  # which imports Qt itself
    ),
    "screens": (
        ("views/some/screen", "desktop.views.other9"),
        ("views/ui", "desktop.views.other9"),  # nor do the shared parts know a screen
    ),
    "migrations": (("storage/migrations", "desktop.storage.tables"), ("storage/migrations", "desktop.storage.mapper")),
    "machine": (*((room, "platformdirs") for room in rooms_but("system")), ("views", "wakepy")),
}  # fmt: skip

STYLES = {
    "at the top": "import {target}\n",
    "inside a function": "def later():\n    import {target}\n    return {target}\n",
    "as a from-import": "from {parent} import {leaf}\n",
}


@dataclass(frozen=True)
class Verdict:
    """What the linter said."""

    code: int
    text: str

    def broken(self) -> set[str]:
        return {key for key, name in CONTRACTS.items() if f"{name} BROKEN" in self.text}


def lint(folder: Path) -> Verdict:
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "COVERAGE_PROCESS_START"}}
    environment |= {"COLUMNS": "1000", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--no-logo"],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    return Verdict(done.returncode, done.stdout + done.stderr)


def copy_of_the_tree(target: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", target)
    shutil.copytree(ROOT / "desktop", target / "desktop", ignore=shutil.ignore_patterns("__pycache__"))
    (target / "desktop/views/other9").mkdir()
    (target / "desktop/views/other9/__init__.py").touch()
    return target


def offend(tree: Path, place: str, target: str, style: str, number: int) -> str:
    """Put an offending module into the package `place`, a screen's part into a new screen; its dotted name."""
    parent, _, leaf = target.rpartition(".")
    shape = STYLES[style] if parent or style != "as a from-import" else "from {leaf} import anything\n"
    module = tree / "desktop" / place / f"offence_{number}.py"
    if place.endswith(("/presenter", "/screen")):
        folder, _, file = place.rpartition("/")
        module = tree / "desktop" / f"{folder}{number}" / f"{file}.py"
        module.parent.mkdir()
        (module.parent / "__init__.py").touch()
    module.write_text(shape.format(target=target, parent=parent, leaf=leaf), encoding="utf-8")
    return ".".join(module.relative_to(tree).with_suffix("").parts)


def test_the_tree_keeps_every_contract() -> None:
    verdict = lint(ROOT)
    assert verdict.code == 0, verdict.text
    assert f"{len(CONTRACTS)} kept, 0 broken" in verdict.text


def test_every_contract_is_broken_once_here() -> None:
    assert set(OFFENCES) == set(CONTRACTS)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("contract", OFFENCES)
def test_a_broken_contract_is_caught_and_named(contract: str, style: str, tmp_path: Path) -> None:
    tree = copy_of_the_tree(tmp_path)
    culprits = [
        (offend(tree, place, target, style, number), target)
        for number, (place, target) in enumerate(OFFENCES[contract])
    ]
    verdict = lint(tree)
    assert verdict.code == 1
    assert contract in verdict.broken()
    unnamed = [(module, target) for module, target in culprits if f"{module} -> " not in verdict.text]
    assert not unnamed, f"not named: {unnamed}\n{verdict.text}"


def test_a_room_that_nobody_planned_is_caught(tmp_path: Path) -> None:
    tree = copy_of_the_tree(tmp_path)
    (tree / "desktop/attic").mkdir()
    (tree / "desktop/attic/__init__.py").write_text("", encoding="utf-8")
    verdict = lint(tree)
    assert verdict.code == 1
    assert "attic" in verdict.text


def test_every_folder_of_the_program_is_a_package_and_so_visible_to_the_contracts() -> None:
    bare = [
        folder.relative_to(ROOT).as_posix()
        for folder in (ROOT / "desktop").rglob("*")
        if folder.is_dir() and folder.name != "__pycache__" and any(folder.glob("*.py")) | any(folder.glob("*/*.py"))
        if not (folder / "__init__.py").exists()
    ]
    assert not bare


def imports_of(module: Path) -> set[str]:
    """The top names of what a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("room", ["domain", "live"])
def test_the_core_imports_nothing_but_the_standard_library_and_itself(room: str) -> None:
    strangers = {
        f"{module.relative_to(ROOT)}: {name}"
        for module in (ROOT / "desktop" / room).rglob("*.py")
        for name in imports_of(module) - set(sys.stdlib_module_names) - {"desktop"}
    }
    assert not strangers
