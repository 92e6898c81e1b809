"""The power may fail at any instant: nothing acknowledged is lost, nothing is half there.

The simulated disk and the harness are tested too: with a database that is not brought down at every entry, they must
find losses.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest

from tests.campaigns import power
from tests.campaigns.power_disk import Data, SimulatedDisk, Survival
from tests.campaigns.power_trace import Player, UnknownCall, calls, record
from tests.campaigns.report import Report

STATES = 2500  # in each of two parts


@pytest.mark.parametrize("part", range(2))
def test_nothing_acknowledged_is_lost_and_nothing_is_half_there_when_the_power_fails(tmp_path: Path, part: int) -> None:
    report = Report("power", 9000 + part, STATES)
    power.run(report, tmp_path)
    assert report.wrong == []
    assert report.done == report.figures["states"] == STATES
    assert report.figures["opened as a whole"] == STATES // power.WHOLE_EVERY
    assert report.figures["states after a second power loss"] == power.AGAIN


def test_the_harness_sees_the_losses_of_a_database_that_is_not_brought_down_at_every_entry(tmp_path: Path) -> None:
    report = Report("power", 9100, 100)
    power.run(report, tmp_path, synchronous="NORMAL")
    assert report.figures["lost"] > 10
    assert any("lines were acknowledged" in problem for problem in report.wrong)


def disk() -> SimulatedDisk:
    return SimulatedDisk({"there": b"a" * 1024}, set())


def outcomes(one: SimulatedDisk) -> set[tuple[tuple[str, bytes], ...]]:
    found = (one.after_power_loss(Random(seed))[0] for seed in range(300))
    return {tuple(sorted(files.items())) for files in found}


def test_what_was_brought_down_stays() -> None:
    one = disk()
    one.now["there"].waiting.append(Data(0, b"b" * 1024))
    one.now["there"].sync()
    assert outcomes(one) == {(("there", b"b" * 1024),)}


def test_what_was_not_is_found_whole_torn_at_sectors_or_not_at_all() -> None:
    one = disk()
    one.now["there"].waiting.append(Data(0, b"b" * 1024))
    old, new = b"a" * 512, b"b" * 512
    assert {found[0][1] for found in outcomes(one)} == {old + old, new + old, old + new, new + new}


def test_a_later_write_may_be_there_without_an_earlier_one() -> None:
    one = disk()
    one.now["there"].waiting += [Data(0, b"b"), Data(2048, b"c")]
    assert b"a" * 1024 + bytes(1024) + b"c" in {found[0][1] for found in outcomes(one)}


def test_a_new_name_stands_only_once_its_folder_was_brought_down(tmp_path: Path) -> None:
    script = (
        "import os, sys; os.chdir('/'); path = sys.argv[1]\n"
        "fd = os.open(path + '/new', os.O_CREAT | os.O_WRONLY); os.write(fd, b'content'); os.fsync(fd)\n"
        "os.rename(path + '/new', path + '/there')\n"
        "if sys.argv[2] == 'sync': fd = os.open(path, os.O_RDONLY); os.fsync(fd)\n"
    )
    for word, wanted in (("sync", {b"content"}), ("no", {b"a" * 1024, b"content"})):
        root = tmp_path / word
        root.mkdir()
        (root / "there").write_bytes(b"a" * 1024)
        one = disk()
        assert record([sys.executable, "-c", script, str(root), word], tmp_path / "trace", b"", {}, tmp_path) == ""
        player = Player(str(root), "", one, lambda text: None)
        for call in calls(tmp_path / "trace"):
            player.play(call)
        assert one.seen() == {"there": b"content"}
        assert {dict(found)["there"] for found in outcomes(one)} == wanted


def test_a_call_that_the_model_does_not_know_ends_the_campaign(tmp_path: Path) -> None:
    script = f"import os; os.link({str(tmp_path / 'there')!r}, {str(tmp_path / 'other')!r})"
    (tmp_path / "there").write_bytes(b"")
    assert record([sys.executable, "-c", script], tmp_path / "trace", b"", {}, tmp_path) == ""
    player = Player(str(tmp_path), "", disk(), lambda text: None)
    with pytest.raises(UnknownCall, match="link"):
        for call in calls(tmp_path / "trace"):
            player.play(call)


def test_a_beginning_is_all_before_it_and_a_part_of_one_write() -> None:
    one = disk().now["there"]
    one.waiting += [Data(0, b"b" * 512), Data(512, b"c" * 512)]
    found = {Survival("beginning", 512, 0.5).content(one, Random(seed)) for seed in range(100)}
    assert found == {b"a" * 1024, b"b" * 512 + b"a" * 512, b"b" * 512 + b"c" * 512}
