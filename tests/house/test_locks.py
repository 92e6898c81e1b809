"""Knows that the locks pin everything by hash, name no host and agree, and that licences are recorded."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata

import pytest

from tests.house.tree import ROOT

LOCKS = ("run.lock", "dev.lock")


def requirements(lock: str) -> dict[str, tuple[str, str]]:
    """Name to (version, the whole requirement with its hashes) of a lock file."""
    text = (ROOT / "requirements" / lock).read_text("utf-8")
    joined = re.sub(r"\s*\\\n\s*", " ", text)
    found: dict[str, tuple[str, str]] = {}
    for line in joined.splitlines():
        if line and not line.startswith((" ", "#")):
            name, version = re.match(r"([A-Za-z0-9._-]+)==(\S+)", line).groups()  # type: ignore[union-attr]
            found[name] = (version, line)
    return found


def plain(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {plain(re.match(r"[A-Za-z0-9._-]+", each).group()) for each in project["dependencies"]}  # type: ignore[union-attr]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_carries_hashes(lock: str) -> None:
    bare = [
        name for name, (_, line) in requirements(lock).items() if not re.search(r"--hash=sha256:[0-9a-f]{64}", line)
    ]
    assert requirements(lock)
    assert not bare


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_option(lock: str) -> None:
    lines = (ROOT / "requirements" / lock).read_text("utf-8").splitlines()
    assert not [line for line in lines if "://" in line or line.startswith("-")]


def test_what_runs_is_what_was_tested() -> None:
    run, dev = requirements("run.lock"), requirements("dev.lock")
    assert {name: version for name, (version, _) in run.items()} == {name: dev[name][0] for name in run}


def test_the_run_lock_holds_what_the_project_declares_and_no_test_tool() -> None:
    assert declared() <= set(requirements("run.lock"))
    assert not set(requirements("run.lock")) & {"pytest", "mypy", "ruff", "hypothesis", "pyinstaller"}


def recorded_licences() -> dict[str, str]:
    """Name to licence from the table in docs/adr."""
    text = (ROOT / "docs/adr/0007-licences.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", text, flags=re.MULTILINE)
    return {plain(name.strip("` ")): licence.strip() for name, licence in rows}


def test_every_package_that_ships_has_its_licence_recorded() -> None:
    assert not set(requirements("run.lock")) - set(recorded_licences())


def test_the_recorded_licences_are_what_the_packages_declare() -> None:
    installed = {plain(each.name): each for each in metadata.distributions()}
    recorded = {name: licence for name, licence in recorded_licences().items() if name in installed}
    # Older packages state theirs in free words, which are read by a person.
    stated = {name: installed[name].metadata.get("License-Expression") for name in recorded}
    assert {name: licence for name, licence in stated.items() if licence and licence != recorded[name]} == {}
