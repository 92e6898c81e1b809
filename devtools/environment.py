"""Knows how the virtual environment is made, proven complete, and repaired after an interruption."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devtools.libraries import ensure_venv_module
from devtools.places import PYTHON, ROOT, SET_UP_FAILED, VENV, say, stop

LOCKS = {"run": ROOT / "requirements/run.lock", "dev": ROOT / "requirements/dev.lock"}
# Present while packages are being written: found at a start, it means that the last set-up did not end.
UNFINISHED = "holdfast-unfinished"
STAMP = "holdfast-installed.json"


def digest(lock: Path) -> str:
    """The SHA-256 of a lock file, whatever the line endings git gave it."""
    return hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def python_version() -> str:
    """This Python as `3.11`: packages are made for it and no other."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def is_ready(kind: str, venv: Path = VENV) -> bool:
    """Whether `venv` holds exactly what the lock of `kind` (`run` or `dev`) names, for this Python."""
    if not (venv / PYTHON.relative_to(VENV)).exists() or (venv / UNFINISHED).exists():
        return False
    try:
        stamp = json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if not isinstance(stamp, dict) or stamp.get("python") != python_version():
        return False
    # The development lock holds everything that running needs, so installing it stamps both.
    return all(stamp.get(each) == digest(LOCKS[each]) for each in {"run", kind})


def ensure_environment(kind: str) -> None:
    """Make `.venv` hold what the lock of `kind` names. Takes no time and no network when it already does."""
    if is_ready(kind):
        return
    with _one_at_a_time():
        if not is_ready(kind):
            _set_up(kind)


def _set_up(kind: str) -> None:
    if not _is_usable():
        ensure_venv_module()
        say(f"Making the virtual environment in {VENV} (Python {python_version()})")
        _make_venv()
    _install(kind)


def _is_usable() -> bool:
    """Whether what is there can be installed into: made for this Python, whole, and with a pip that answers."""
    if not PYTHON.exists() or (VENV / UNFINISHED).exists():
        return False
    probe = "import pip, sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and done.stdout.strip() == python_version()


def _make_venv() -> None:
    base = getattr(sys, "_base_executable", None) or sys.executable
    if VENV.exists() or VENV.is_symlink():
        _remove(VENV)
    done = subprocess.run([base, "-m", "venv", str(VENV)], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        _remove(VENV)
        stop(f"Could not make {VENV}:\n{_tail(done.stdout + done.stderr)}", SET_UP_FAILED)


def _remove(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def _install(kind: str) -> None:
    lock = LOCKS[kind]
    total = sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if re.match(r"[A-Za-z0-9]", line))
    say(f"Installing at most {total} packages, each checked against its recorded hash")
    (VENV / UNFINISHED).write_text(kind, encoding="utf-8")
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "--no-input"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "-r", str(lock)]
    _run_pip(command, total)
    stamp = {"python": python_version(), "run": digest(LOCKS["run"]), kind: digest(lock)}
    staged = VENV / (STAMP + ".new")
    staged.write_text(json.dumps(stamp), encoding="utf-8")
    os.replace(staged, VENV / STAMP)
    (VENV / UNFINISHED).unlink()
    say("Set-up is done; the next start needs no network")


def _run_pip(command: list[str], total: int) -> None:
    """Run pip, showing how far it is; its own words go to a log, and its last ones to the person if it fails."""
    # Without the user's own settings for other projects' folders, but with those for their mirrors and proxies.
    unwanted = {"PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PYTHONPATH", "PYTHONHOME"}
    environment = {k: v for k, v in os.environ.items() if k not in unwanted}
    log: list[str] = []
    seen = 0
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
    ) as pip:  # fmt: skip
        assert pip.stdout is not None
        for line in pip.stdout:
            log.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied: ")):
                seen += 1
                _progress(seen, total, line.split(": ")[-1].removeprefix("Collecting ").split("==")[0].strip())
    (VENV / "holdfast-setup.log").write_text("".join(log), encoding="utf-8")
    if sys.stdout.isatty():
        print("\r" + " " * 70 + "\r", end="", flush=True)
    if pip.returncode != 0:
        stop(f"Could not install the packages; start again when this is mended:\n{_tail(''.join(log))}", SET_UP_FAILED)


def _progress(seen: int, total: int, name: str) -> None:
    if sys.stdout.isatty():
        print(f"\r  {seen:>3} of {total}  {name[:50]:<50}", end="", flush=True)
    elif seen % 10 == 0:
        say(f"  {seen} of {total}")


def _tail(text: str) -> str:
    return "\n".join("  " + line for line in text.strip().splitlines()[-8:])


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two starts at once take turns; the operating system frees the lock of one that was killed."""
    with (ROOT / ".dev.lock").open("a+", encoding="utf-8") as handle:
        _lock(handle.fileno())
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is setting up; waiting for it")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
