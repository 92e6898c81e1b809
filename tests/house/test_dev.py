"""Knows that dev.py sets itself up anywhere, once, repairs what was interrupted, and says plainly what is missing."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from devtools import environment, libraries
from tests.house.tree import ROOT, sources

STUB = '''"""Stands in for the program."""
import os, sys
print("started", sys.argv[1:], os.environ.get("QT_QPA_PLATFORM"))
'''


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with a stub for the program and nothing to install, in a folder with a space and an umlaut."""
    folder = tmp_path_factory.mktemp("house") / "Prüf stand"
    shutil.copytree(ROOT / "devtools", folder / "devtools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "dev.py", folder)
    (folder / "requirements").mkdir()
    for lock in ("run.lock", "dev.lock"):
        (folder / "requirements" / lock).write_text("", encoding="utf-8")
    (folder / "desktop").mkdir()
    (folder / "desktop/__init__.py").write_text("", encoding="utf-8")
    (folder / "desktop/__main__.py").write_text(STUB, encoding="utf-8")
    return folder


def start(project: Path, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH", "QT_QPA_PLATFORM", "COVERAGE_PROCESS_START"}
    surroundings = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, str(project / "dev.py"), *arguments],
        cwd=cwd or project, env=surroundings, capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_a_fresh_checkout_is_set_up_once_and_repaired_after_an_interruption(project: Path, tmp_path: Path) -> None:
    first = start(project, "run", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "Making the virtual environment" in first.stdout
    if sys.platform.startswith("linux"):  # elsewhere there is always a display
        assert "no display" in first.stdout
        assert f"started ['tour', '--out', '{project / 'tour-out'}'] offscreen" in first.stdout

    second = start(project, "run", "practice", "info", cwd=tmp_path)
    assert second.stdout == "started ['practice', 'info'] None\n"

    (project / ".venv" / environment.UNFINISHED).write_text("run", encoding="utf-8")
    third = start(project, "tour")
    assert "Making the virtual environment" in third.stdout
    assert "started" in third.stdout


def test_a_start_of_what_is_set_up_starts_no_program_and_opens_no_socket() -> None:
    watch = """
import sys
seen = []
watched = ("subprocess", "os.posix_spawn", "os.fork", "socket")
sys.addaudithook(lambda event, _: seen.append(event) if event.startswith(watched) else None)
from devtools import environment, libraries
libraries.ensure_libraries(window=False)
environment.is_ready("dev")
print(seen)
"""
    done = subprocess.run([sys.executable, "-c", watch], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


def lay(venv: Path, stamp: str) -> Path:
    interpreter = venv / environment.PYTHON.relative_to(environment.VENV)
    interpreter.parent.mkdir(parents=True)
    interpreter.touch()
    (venv / environment.STAMP).write_text(stamp, encoding="utf-8")
    return venv


def stamp_of(**changed: str) -> str:
    whole = {"python": environment.python_version()}
    whole |= {kind: environment.digest(lock) for kind, lock in environment.LOCKS.items()}
    return str(whole | changed).replace("'", '"')


def test_an_environment_is_ready_when_its_stamp_names_these_locks_and_this_python(tmp_path: Path) -> None:
    venv = lay(tmp_path, stamp_of())
    assert environment.is_ready("run", venv)
    assert environment.is_ready("dev", venv)


@pytest.mark.parametrize("stamp", [stamp_of(run="0"), stamp_of(python="3.1"), "", "[]", "{"])
def test_an_environment_is_not_ready_when_a_lock_or_python_changed_or_the_stamp_is_damaged(
    stamp: str, tmp_path: Path
) -> None:
    venv = lay(tmp_path, stamp)
    assert not environment.is_ready("run", venv)
    assert not environment.is_ready("dev", venv)


def test_an_environment_for_running_is_not_one_for_testing(tmp_path: Path) -> None:
    venv = lay(tmp_path, stamp_of(dev="0"))
    assert environment.is_ready("run", venv)
    assert not environment.is_ready("dev", venv)


def test_an_interrupted_environment_is_not_ready(tmp_path: Path) -> None:
    venv = lay(tmp_path, stamp_of())
    (venv / environment.UNFINISHED).touch()
    assert not environment.is_ready("run", venv)


def test_an_environment_whose_python_is_gone_is_not_ready(tmp_path: Path) -> None:
    venv = lay(tmp_path, stamp_of())
    (venv / environment.PYTHON.relative_to(environment.VENV)).unlink()
    assert not environment.is_ready("run", venv)


def test_a_library_that_is_not_there_is_missing_and_one_that_is_there_is_not() -> None:
    there = {"linux": "libc.so.6", "darwin": "libSystem.dylib", "win32": "kernel32"}[sys.platform]
    assert libraries.missing({there: "base", "libnowhere.so.9": "libnowhere9"}) == {"libnowhere.so.9": "libnowhere9"}


def test_without_rights_the_exact_line_to_type_is_named() -> None:
    advice = libraries.remedy(["libegl1", "libgl1"], "system libraries", ["libEGL.so.1"], is_root=False, has_apt=True)
    assert advice is not None
    assert "  sudo apt-get install -y --no-install-recommends libegl1 libgl1" in advice.splitlines()


def test_on_another_linux_the_libraries_are_named_themselves() -> None:
    advice = libraries.remedy(["libegl1"], "system libraries", ["libEGL.so.1"], is_root=True, has_apt=False)
    assert advice is not None
    assert "libEGL.so.1" in advice
    assert "apt-get" not in advice


def test_root_on_debian_needs_no_advice() -> None:
    assert libraries.remedy(["libegl1"], "system libraries", ["libEGL.so.1"], is_root=True, has_apt=True) is None


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 13), (3, 15, 0)])
def test_a_python_that_will_not_do_is_told_so_in_one_line(version: tuple[int, ...]) -> None:
    complaint = dev.complaint(version)
    assert complaint is not None
    assert "needs Python 3.11 to 3.14" in complaint
    assert "\n" not in complaint


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 9)])
def test_a_python_that_will_do_is_not_complained_about(version: tuple[int, ...]) -> None:
    assert dev.complaint(version) is None


def test_old_pythons_can_read_dev_py_far_enough_to_say_that_they_are_old() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 4))
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef, ast.Nonlocal, ast.Starred)
    assert not [node for node in ast.walk(tree) if isinstance(node, newer)]
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert not [f for f in functions if f.returns or any(argument.annotation for argument in f.args.args)]


def test_dev_py_needs_nothing_that_is_not_in_python() -> None:
    strangers = set()
    for path in sources("dev.py", "devtools/"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            strangers |= {name.split(".")[0] for name in names} - set(sys.stdlib_module_names)
    assert strangers <= {"devtools"}


@pytest.mark.parametrize("word", ["help", "--help", "-h"])
def test_help_lists_every_command(word: str) -> None:
    said = start(ROOT, word)
    assert said.returncode == 0
    for command in ("run", "test", "check", "tour", "shots", "bench", "campaign", "build"):
        assert f"  {command} " in said.stdout


def test_an_unknown_command_is_named_and_is_no_traceback() -> None:
    said = start(ROOT, "fly")
    assert said.returncode == 2
    assert said.stderr == "dev.py has no command 'fly'; `python3 dev.py help` lists them.\n"


def test_ci_calls_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "set -eu" in script
    assert script.rstrip().endswith("python3 dev.py test")
    assert os.access(ROOT / ".ci/run", os.X_OK) or os.name == "nt"
