"""How a process is followed by a fresh one, with real processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from desktop.system.replace import command

ROOT = Path(__file__).resolve().parents[2]


def followed(words: list[str], told: str = "x", limit_s: float = 60) -> int:
    """Have a process be followed by `words`; the exit code of its end."""
    code = f"from desktop.system.replace import FreshProcess; FreshProcess({words!r}, {limit_s}).follow({told!r})"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=50, stdout=subprocess.DEVNULL).returncode


def test_the_fresh_process_is_told_one_line_and_waited_for_until_it_has_painted(tmp_path: Path) -> None:
    out = tmp_path / "told"
    code = (
        "import os, pathlib; from desktop.system.replace import MARK, say_painted, told_before;"
        f"pathlib.Path({str(out)!r}).write_text(repr((told_before(), told_before(), MARK in os.environ)));"
        "say_painted()"
    )
    assert followed([sys.executable, "-c", code], '{"folder": "/x"}\n') == 0
    assert out.read_text() == repr(('{"folder": "/x"}\n', None, False))


def test_a_program_that_cannot_be_started_ends_this_one_all_the_same(tmp_path: Path) -> None:
    assert followed([str(tmp_path / "nothing")]) == 0


def test_one_that_ends_or_never_paints_is_not_waited_for_for_ever() -> None:
    assert followed([sys.executable, "-c", "import sys; sys.stdin.read()"]) == 0
    assert followed([sys.executable, "-c", "import threading; threading.Event().wait(2)"], limit_s=0.05) == 0


def test_the_real_end_is_at_once_and_runs_nothing_more(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    code = (
        "import atexit, pathlib, sys; from desktop.system.replace import FreshProcess;"
        f"atexit.register(pathlib.Path({str(mark)!r}).touch);"
        "FreshProcess([sys.executable, '-c', 'print(\"painted\", flush=True)']).follow('x')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.returncode == 0
    assert not mark.exists()


def test_the_command_is_the_one_that_started_the_program() -> None:
    code = "from desktop.system.replace import command; print(command())"
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == str([sys.executable, "-X", "utf8", "-c", code])
    assert command()[0] == sys.executable


def test_a_frozen_program_is_its_own_command() -> None:
    code = "import sys; sys.frozen = True; from desktop.system.replace import command; print(command())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == str([sys.executable])


def test_no_file_that_is_open_here_is_open_there(tmp_path: Path) -> None:
    secret, out = tmp_path / "secret", tmp_path / "open"
    secret.write_text("x")
    look = (
        "import os, pathlib, sys; sys.stdin.read(); here = '/proc/self/fd';"
        "links = [os.readlink(f'{here}/{n}') for n in os.listdir(here) if os.path.exists(f'{here}/{n}')];"
        f"pathlib.Path({str(out)!r}).write_text(repr(links)); print('painted', flush=True)"
    )
    code = (
        f"import os; os.set_inheritable(os.open({str(secret)!r}, os.O_RDONLY), True);"
        "from desktop.system.replace import FreshProcess;"
        f"FreshProcess([{sys.executable!r}, '-c', {look!r}]).follow('x')"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=50, stdout=subprocess.DEVNULL)
    assert "pipe:" in out.read_text()
    assert str(secret) not in out.read_text()
