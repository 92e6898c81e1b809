"""Knows that the process keeps to itself, finds its folders and files, and asks the machine politely."""

from __future__ import annotations

import os
import resource
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType

import pytest

from desktop.domain.errors import NotFound
from desktop.system import linux
from desktop.system.folders import folders, private
from desktop.system.keep_awake import KeepAwake
from desktop.system.pmset import read_pmset
from desktop.system.power import battery
from desktop.system.resources import Resources, find_root
from desktop.system.value import Battery

ROOT = Path(__file__).resolve().parents[2]


def test_a_hardened_process_writes_no_core_and_cannot_be_read_by_its_neighbours() -> None:
    code = """if True:
        import os, resource
        from desktop.system.hardening import harden
        print(harden(), flush=True)
        print(resource.getrlimit(resource.RLIMIT_CORE), oct(os.umask(0)), flush=True)
        os.abort()
    """
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[:2] == [
        "Hardening(core_dumps_off=True, memory_closed=True)",
        "(0, 0) 0o77",
    ]
    assert done.returncode == -6
    assert not list(ROOT.glob("core*"))


def test_a_process_that_is_not_dumpable_gives_its_files_to_nobody() -> None:
    child = os.fork()
    if child == 0:  # pragma: no cover - runs in a child
        os._exit(0 if linux.undumpable() and resource.getrlimit(resource.RLIMIT_CORE) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_the_programs_folders_are_made_and_private(tmp_path: Path) -> None:
    found = folders(tmp_path / "all")
    for folder in (found.state, found.runtime, found.logs):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert folders(tmp_path / "all") == found


def test_the_systems_own_folders_are_used_and_nothing_is_said() -> None:
    code = "from desktop.system.folders import folders; f = folders(); print(f.state, f.runtime, f.logs, sep='|')"
    def run(base: Path, runtime: bool) -> list[str]:
        environment = {"HOME": str(base), "XDG_STATE_HOME": str(base / "state")}
        if runtime:
            environment["XDG_RUNTIME_DIR"] = str(base)
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        assert done.stderr == ""
        return done.stdout.strip().split("|")

    with tempfile.TemporaryDirectory() as place:
        state, runtime, log = run(Path(place), runtime=True)
        assert state == str(Path(place) / "state" / "Holdfast")
        assert runtime == str(Path(place) / "Holdfast")
        assert log.startswith(state)
        assert Path(run(Path(place), runtime=False)[1]).is_dir()


def test_a_loose_folder_is_closed_and_a_strangers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loose").mkdir(mode=0o755)
    assert stat.S_IMODE(private(tmp_path / "loose").stat().st_mode) == 0o700
    (tmp_path / "link").symlink_to(tmp_path / "loose")
    with pytest.raises(PermissionError):
        private(tmp_path / "link")
    if os.getuid() == 0:
        (tmp_path / "theirs").mkdir()
        os.chown(tmp_path / "theirs", 65534, 65534)
        strangers = tmp_path / "theirs"
    else:
        strangers = Path("/")
    with pytest.raises(PermissionError):
        private(strangers)


class Mode:
    """What stands in for the desktop's own service."""

    def __init__(self, active: bool) -> None:
        self.active = active
        self.entered = 0
        self.left = 0

    def __call__(self) -> Mode:
        return self

    def __enter__(self) -> Mode:
        self.entered += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.left += 1


def test_the_machine_is_kept_awake_once_and_let_go_once() -> None:
    mode = Mode(active=True)
    awake = KeepAwake(mode)
    assert [awake.start(), awake.start()] == ["", ""]
    assert (mode.entered, mode.left) == (1, 0)
    awake.stop()
    awake.stop()
    assert mode.left == 1
    assert awake.start() == ""


def test_a_machine_that_does_not_listen_is_said_to_and_nothing_breaks() -> None:
    mode = Mode(active=False)
    assert "may go to sleep" in KeepAwake(mode).start()
    assert mode.left == 1

    def broken() -> Mode:
        raise RuntimeError("no such service")

    awake = KeepAwake(broken)
    assert "may go to sleep" in awake.start()
    awake.stop()


def test_the_real_service_answers_one_way_or_the_other() -> None:
    awake = KeepAwake()
    assert awake.start() in ("", KeepAwake(Mode(active=False)).start())
    awake.stop()


def supply(power: Path, name: str, **files: str) -> None:
    (power / name).mkdir(parents=True)
    for file, text in files.items():
        (power / name / file).write_text(text + "\n", "ascii")


def test_the_battery_is_read_where_there_is_one(tmp_path: Path) -> None:
    assert linux.battery(tmp_path / "nowhere") is None
    supply(tmp_path, "AC", type="Mains", online="1")
    assert linux.battery(tmp_path) is None
    supply(tmp_path, "BAT1", type="Battery", capacity="abc", status="Full")
    supply(tmp_path, "BAT2", type="Battery", capacity="900", status="Full")
    supply(tmp_path, "BAT3", type="Battery")
    assert linux.battery(tmp_path) is None
    supply(tmp_path, "BAT4", type="Battery", capacity="12", status="Discharging")
    assert linux.battery(tmp_path) == Battery(12, charging=False)
    supply(tmp_path, "BAT5", type="Battery", capacity="80", status="Charging")
    assert linux.battery(tmp_path) == Battery(80, charging=True)
    found = battery()
    assert found is None or 0 <= found.percent <= 100


def test_the_words_of_pmset_are_read() -> None:
    line = " -InternalBattery-0 (id=4653155)\t{percent}%; {state}; 2:10 remaining present: true\n"
    mains, own = "Now drawing from 'AC Power'\n", "Now drawing from 'Battery Power'\n"
    assert read_pmset(own + line.format(percent=12, state="discharging")) == Battery(12, charging=False)
    assert read_pmset(mains + line.format(percent=100, state="charged")) == Battery(100, charging=True)
    assert read_pmset(mains + line.format(percent=101, state="charged")) is None
    assert read_pmset(mains) is None


def test_the_programs_files_are_found_from_source() -> None:
    resources = Resources()
    name = resources.names("help", ".md")[0]
    assert resources.text(f"help/{name}").startswith("#")
    assert resources.path(f"help/{name}") == ROOT / "resources" / "help" / name


def test_a_file_that_is_not_there_or_lies_outside_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "outside.txt").write_text("x", "utf-8")
    resources = Resources(tmp_path / "inside")
    for name in ("nowhere.toml", "../outside.txt", str(tmp_path / "outside.txt"), "", "."):
        with pytest.raises(NotFound):
            resources.text(name)
    assert resources.names("nowhere", "") == ()


def test_the_first_place_that_is_there_is_taken(tmp_path: Path) -> None:
    assert find_root((tmp_path / "nowhere", tmp_path)) == tmp_path
    with pytest.raises(NotFound):
        find_root((tmp_path / "nowhere",))


def test_a_frozen_program_carries_its_files(tmp_path: Path) -> None:
    (tmp_path / "resources").mkdir()
    code = (
        f"import sys; sys._MEIPASS = {str(tmp_path)!r}\n"
        "from desktop.system.resources import find_root; print(find_root())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(tmp_path / "resources")
