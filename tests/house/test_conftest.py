"""Knows that the rules which hold for every test really fail a test that breaks them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.house.tree import ROOT

BREAKING = """
import logging, os, socket, warnings
import pytest

def test_logs_a_warning():
    logging.getLogger("x").warning("surprise")

@pytest.mark.expects_log("announced")
def test_logs_an_announced_warning():
    logging.getLogger("x").warning("this was announced")

def test_opens_a_network_socket_and_swallows_the_refusal():
    with pytest.raises(AssertionError, match="network socket"):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)

def test_looks_a_name_up():
    with pytest.raises(AssertionError, match="network socket"):
        socket.getaddrinfo("localhost", 80)

def test_opens_a_socket_of_this_machine():
    here, there = socket.socketpair()
    here.close(), there.close()
    socket.socket(socket.AF_UNIX).close()

def test_warns():
    warnings.warn("old", DeprecationWarning)

def test_has_no_screen():
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
"""


def test_a_log_warning_and_a_python_warning_fail_a_test_and_no_socket_can_be_opened(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(ROOT / "tests/conftest.py", tmp_path / "tests")
    (tmp_path / "tests/test_breaking.py").write_text(BREAKING, encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:randomly", "-p", "no:cacheprovider"],
        cwd=tmp_path, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert "ERROR tests/test_breaking.py::test_logs_a_warning" in done.stdout
    assert "FAILED tests/test_breaking.py::test_warns" in done.stdout
    assert "ERROR tests/test_breaking.py::test_opens_a_network_socket" in done.stdout
    assert "ERROR tests/test_breaking.py::test_looks_a_name_up" in done.stdout
    assert "6 passed, 3 errors" in done.stdout.replace("1 failed, ", "")
