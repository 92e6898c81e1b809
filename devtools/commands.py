"""Knows dev.py's commands: what each one sets up, and which program it hands over to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from devtools import coverage
from devtools.environment import ensure_environment
from devtools.libraries import ensure_libraries, ensure_tools, has_display
from devtools.places import FAILED, PYTHON, ROOT, USAGE, Stop, say, stop

Command = Callable[[list[str]], int]
LINTER = "import sys; from importlinter.cli import lint_imports_command as c; sys.argv[0] = 'lint-imports'; c()"


def child_environment(offscreen: bool = False) -> dict[str, str]:
    """The environment for the project's own programs: found from any folder, and unaffected by the user's Python."""
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV"}}
    environment["PYTHONPATH"] = str(ROOT)
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return environment


def python(*arguments: str, offscreen: bool = False, cwd: Path | None = None) -> int:
    """Run the environment's Python to its end; its exit code, or 130 when the person stopped it."""
    command = [str(PYTHON), "-P", *arguments]
    with subprocess.Popen(command, env=child_environment(offscreen), cwd=cwd) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                # The child got the same interrupt; it decides how to end.
                signal.signal(signal.SIGINT, signal.SIG_IGN)


def become(*arguments: str) -> int:
    """Hand over to the environment's Python for good, where the system can: then its signals are its own."""
    if os.name == "posix":
        sys.stdout.flush()
        os.execve(PYTHON, [str(PYTHON), "-P", *arguments], child_environment())
    return python(*arguments)


def need(relative: str) -> None:
    """End with one line when this copy lacks a part of itself."""
    if not (ROOT / relative).exists():
        stop(f"This copy has no {relative}, so there is nothing to start.")


def run(arguments: list[str]) -> int:
    """open Holdfast; without a display, play the tour into tour-out/"""
    need("desktop/__main__.py")
    # With words it is the command line, which needs no display.
    command_line = bool(arguments)
    display = command_line or has_display()
    ensure_libraries(window=display and not command_line)
    ensure_environment("run")
    # Asked again: what asks an X display may only have come with the libraries.
    if command_line or has_display():
        return become("-m", "desktop", *arguments)
    out = ROOT / "tour-out"
    say(f"This machine has no display, so Holdfast plays its tour into {out}")
    code = python("-m", "desktop", "tour", "--out", str(out), offscreen=True)
    say(f"The tour's papers and pictures are in {out}" if code == 0 else f"The tour ended with code {code}")
    return code


def check(arguments: list[str]) -> int:
    """lint, types and the import contracts"""
    if arguments:
        stop("check takes no arguments.", USAGE)
    ensure_environment("dev")
    failed = [name for name, command in _checks() if not _passes(name, command)]
    say(f"check: {', '.join(failed)} failed" if failed else "check: all passed")
    return FAILED if failed else 0


def _checks() -> tuple[tuple[str, list[str]], ...]:
    return (
        ("lint", ["-m", "ruff", "check", "--quiet", "."]),
        ("types", ["-m", "mypy", "--no-error-summary"]),
        ("contracts", ["-c", LINTER]),
    )


def _passes(name: str, command: list[str]) -> bool:
    # On PYTHONPATH the rooms would count as installed packages, whose types are not followed.
    environment = {k: v for k, v in child_environment().items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [str(PYTHON), *command], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    say(f"  {name}: {'passed' if done.returncode == 0 else 'FAILED'}")
    if done.returncode != 0:
        say(done.stdout.rstrip())
    return done.returncode == 0


def test(arguments: list[str]) -> int:
    """check, then every test; further words go to pytest"""
    ensure_libraries(window=False)
    ensure_tools()
    checked = check([])
    workers = [] if any(a.startswith(("-n", "--numprocesses")) for a in arguments) else ["-n", str(_cores())]
    tested = python("-m", "pytest", "-q", *workers, *arguments, offscreen=True, cwd=ROOT)
    return tested or checked


def cover(arguments: list[str]) -> int:
    """every test, and how much of each room they reach"""
    ensure_libraries(window=False)
    ensure_tools()
    ensure_environment("dev")
    report = ROOT / ".coverage.json"
    report.unlink(missing_ok=True)  # an earlier run's figures say nothing of this one
    options = ["-q", "-n", str(_cores()), "--cov=desktop", "--cov-branch", f"--cov-report=json:{report}"]
    tested = python("-m", "pytest", *options, *arguments, offscreen=True, cwd=ROOT)
    least = coverage.floors()
    lines, enough = coverage.compare(coverage.shares(report, list(least)), least)
    say("\n".join(lines))
    return tested or (0 if enough else FAILED)


def _cores() -> int:
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(count, 8))


def shots(arguments: list[str]) -> int:
    """pictures of every screen in three themes, into shots-out/"""
    need("desktop/tour/shots.py")
    return _offscreen("run", "desktop.tour.shots", ["--out", str(ROOT / "shots-out"), *arguments])


def tour(arguments: list[str]) -> int:
    """play the whole program with made-up people, into tour-out/"""
    need("desktop/__main__.py")
    out = [] if "--out" in arguments else ["--out", str(ROOT / "tour-out")]
    return _offscreen("run", "desktop", ["tour", *out, *arguments])


def bench(arguments: list[str]) -> int:
    """measure what the program costs, side by side with the plainest thing that could do it"""
    need("bench/__main__.py")
    return _offscreen("dev", "bench", arguments)


def campaign(arguments: list[str]) -> int:
    """NAME [--count N] [--seconds T] [--seed S] [--out FILE]: the long form of a family of tests; --help names them"""
    need("tests/campaigns/__main__.py")
    return _offscreen("dev", "tests.campaigns", arguments)


def _offscreen(kind: str, module: str, arguments: list[str]) -> int:
    ensure_libraries(window=False)
    ensure_environment(kind)
    return python("-m", module, *arguments, offscreen=True)


def build(arguments: list[str]) -> int:
    """make the program for this system in dist/, and let it test itself"""
    need("build_installer.spec")
    ensure_libraries(window=sys.platform.startswith("linux"))
    ensure_environment("dev")
    options = ["--noconfirm", "--log-level", "WARN", *arguments]
    code = python("-m", "PyInstaller", *options, "build_installer.spec", cwd=ROOT)
    if code != 0:
        return code
    program = ROOT / "dist/holdfast" / ("holdfast.exe" if os.name == "nt" else "holdfast")
    say(f"Built {program}; now it tests itself")
    done = subprocess.run([str(program), "selftest"], env=child_environment(offscreen=True), stdin=subprocess.DEVNULL)
    return done.returncode


def show_help(arguments: list[str]) -> int:
    """this list"""
    say("Usage: python3 dev.py COMMAND [...]. Each command does all the set-up that it needs.\n")
    for name, command in COMMANDS.items():
        say(f"  {name:<9} {command.__doc__}")
    return 0


COMMANDS: dict[str, Command] = {
    "run": run,
    "test": test,
    "check": check,
    "cover": cover,
    "tour": tour,
    "shots": shots,
    "bench": bench,
    "campaign": campaign,
    "build": build,
    "help": show_help,
}


def main(arguments: list[str]) -> int:
    """Carry out one command; its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a path may hold what the terminal cannot show
    name, *rest = arguments or ["help"]
    if name in {"-h", "--help"}:
        name = "help"
    if name not in COMMANDS:
        print(f"dev.py has no command {name!r}; `python3 dev.py help` lists them.", file=sys.stderr)
        return USAGE
    try:
        return COMMANDS[name](rest)
    except Stop as end:
        print(str(end), file=sys.stderr)
        return end.code
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
