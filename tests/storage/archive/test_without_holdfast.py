"""Knows that the steps on the recovery kit's page, followed with the system's own tools, show a client's name."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from desktop.storage.archive.readme import text
from tests.storage.archive.kit import KIT_TEXT, NAME, House


def test_the_printed_steps_show_a_clients_name(house: House, tmp_path: Path) -> None:
    archive = house.make()
    (tmp_path / "KIT.txt").write_text(KIT_TEXT + "\n", "ascii")
    steps = re.findall(r"^    ((?:age|zstd|tar) .*)$", text().decode(), re.MULTILINE)
    assert [step.split()[0] for step in steps] == ["age", "zstd", "tar"]
    for step in steps:
        words = step.replace("NAME.age", str(archive)).split()
        ended = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert ended.returncode == 0, ended.stderr
    assert NAME in (tmp_path / "tables/clients.jsonl").read_text("utf-8")
    assert text() == (tmp_path / "READ-ME.txt").read_bytes()


def test_what_the_systems_age_writes_is_read_the_same(house: House, tmp_path: Path) -> None:
    import pyrage

    archive = house.make()
    identity = pyrage.x25519.Identity.from_str(KIT_TEXT)
    (tmp_path / "KIT.txt").write_text(KIT_TEXT + "\n", "ascii")
    subprocess.run(["age", "-d", "-i", "KIT.txt", "-o", "inside", str(archive)], cwd=tmp_path, check=True, timeout=60)
    again = tmp_path / "again.age"
    to = str(identity.to_public())
    subprocess.run(["age", "-r", to, "-o", str(again), "inside"], cwd=tmp_path, check=True, timeout=60)
    found = house.program.archives.verify_with_kit(again, KIT_TEXT, lambda done, total, words: None)
    assert found.counter == 1
