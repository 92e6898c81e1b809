"""Knows how the started program behaves as a process: it loads no Qt, stops when asked, and survives a closed pipe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.__main__ import main
from desktop.system.display import LIBRARIES, why_no_window
from tests.cli.harness import PASSPHRASE, script_text

ROOT = Path(__file__).parents[2]


def surroundings(home: Path) -> dict[str, str]:
    """An environment of its own: no display, another home, and an odd locale."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    places = {name: str(home / name) for name in ("HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME")}
    return {**kept, **places, "PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


def test_the_command_line_loads_no_qt_and_prints_every_script_into_a_pipe(tmp_path: Path) -> None:
    words = {"t": 1, "do": "words", "who": "a", "text": "Nguyễn 李 שרה"}
    (tmp_path / "s.jsonl").write_text(script_text(words), encoding="utf-8")
    watch = (
        "import sys; from desktop.__main__ import main; code = main(sys.argv[1:]); "
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))], file=sys.stderr); "
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", watch, "session", "replay", str(tmp_path / "s.jsonl"), "--json"],
        env=surroundings(tmp_path), cwd=tmp_path, capture_output=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr.decode() == "[]\n"
    assert json.loads(done.stdout.decode("utf-8"))["participants"]["a"]["words"][0]["text"] == "Nguyễn 李 שרה"


def test_a_passphrase_and_a_script_can_come_through_the_same_pipe(tmp_path: Path, practice: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "session", "replay", "-", "--practice", str(practice), "--passphrase-fd", "0",
         "--json"],
        input=(PASSPHRASE + "\n" + script_text()).encode("utf-8"), env=surroundings(tmp_path), cwd=tmp_path,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["events"] == 7


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "s.jsonl").write_text(script_text(), encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "session", "replay", str(tmp_path / "s.jsonl"), "--json"],
        env=surroundings(tmp_path), cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=writing, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


ON_A_TERMINAL = """
import fcntl, signal, sys, termios
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background may ignore it
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from desktop.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def at_a_terminal(folder: Path, answers: list[tuple[str, str]], *words: str) -> tuple[int, str]:
    """Start a command at a terminal of its own and answer its questions; its exit code and all that was on screen."""
    import pty

    screen, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", ON_A_TERMINAL, *words], env=surroundings(folder), cwd=folder, start_new_session=True,
        stdin=terminal, stdout=terminal, stderr=terminal,
    ) as child:  # fmt: skip
        os.close(terminal)
        shown = ""
        for question, answer in answers:
            while question not in shown.rpartition("\n")[2]:
                shown += os.read(screen, 1000).decode("utf-8", "replace")
            os.write(screen, answer.encode("utf-8"))
        try:
            while part := os.read(screen, 1000):
                shown += part.decode("utf-8", "replace")
        except OSError:
            pass  # Linux says so when nobody is at the terminal any more
    os.close(screen)
    return child.returncode, shown


@pytest.mark.parametrize(("again", "code"), [(PASSPHRASE, 0), (PASSPHRASE + "!", 2)])
def test_at_a_terminal_everything_is_asked_for_and_the_passphrase_is_never_shown(
    tmp_path: Path, again: str, code: int
) -> None:
    answers = [
        ("Name of the practice:", "Harbour\n"), ("Your name:", "Marta\n"), ("Passphrase:", f"{PASSPHRASE}\n"),
        ("Once more:", f"{again}\n"),
    ]  # fmt: skip
    ended, shown = at_a_terminal(tmp_path, answers, "practice", "create", str(tmp_path / "new"))
    assert ended == code, shown
    assert PASSPHRASE not in shown
    assert (tmp_path / "new").exists() is (code == 0)


def test_ctrl_c_at_a_question_ends_with_130_and_no_traceback(tmp_path: Path, practice: Path) -> None:
    ended, shown = at_a_terminal(tmp_path, [("Passphrase:", "\x03")], "practice", "check", str(practice))
    assert ended == 130
    assert "Stopped." in shown
    assert "Traceback" not in shown


def test_an_end_of_input_at_a_question_ends_with_two(tmp_path: Path, practice: Path) -> None:
    ended, shown = at_a_terminal(tmp_path, [("Passphrase:", "\x04")], "practice", "check", str(practice))
    assert ended == 2
    assert "No passphrase was given" in shown


def test_without_a_display_the_window_says_so_in_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop"], env=surroundings(tmp_path), cwd=tmp_path, stdin=subprocess.DEVNULL,
        capture_output=True, text=True,
    )  # fmt: skip
    if sys.platform.startswith("linux"):  # elsewhere there is always a display
        assert done.returncode == 7
        assert done.stderr.count("\n") == 1
        assert "no display" in done.stderr


def test_missing_libraries_are_named_before_qt_would_abort() -> None:
    here = {"DISPLAY": ":0"}
    if sys.platform.startswith("linux"):
        said = why_no_window(here, has=lambda name: name != LIBRARIES[0], answers=lambda: True)
        assert LIBRARIES[0] in said
        assert LIBRARIES[1] not in said
        assert "no display" in why_no_window(here, answers=lambda: False)
    assert why_no_window(here, has=lambda name: True, answers=lambda: True) == ""
    assert why_no_window({"QT_QPA_PLATFORM": "offscreen"}, answers=lambda: False) == ""


def test_words_lead_to_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    before = os.umask(0o022)
    try:
        assert main(["--version"]) == 0
    finally:
        os.umask(before)
    assert capsys.readouterr().out.startswith("holdfast ")


def test_a_full_or_closed_output_is_told_in_words_and_is_no_fault_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "s.jsonl").write_text(script_text(), encoding="utf-8")
    words = [sys.executable, "-m", "desktop", "session", "replay", str(tmp_path / "s.jsonl"), "--json"]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            words, env=surroundings(tmp_path), cwd=tmp_path, stdout=full, stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    assert (done.returncode, done.stderr.decode().count("\n")) == (7, 1)
    assert "cannot be written" in done.stderr.decode()


def test_a_closed_input_is_told_in_words(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    real, sys.stdin = sys.stdin, None
    try:
        code = main(["session", "replay", "-"])
    finally:
        sys.stdin = real
    assert (code, "cannot be read" in capfd.readouterr().err) == (7, True)
