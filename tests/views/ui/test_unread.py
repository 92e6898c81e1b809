"""PySide6 need not read the source of every module, and none of ours asks for what it looks for there."""

from __future__ import annotations

import subprocess
import sys

from tests.house.tree import ROOT, sources


def test_pyside_has_the_place_where_its_question_is_answered() -> None:
    code = "from desktop.views.ui.unread import leave_sources_unread; print(leave_sources_unread())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_no_module_of_ours_uses_an_optional_feature_of_pyside() -> None:
    asked = [path for path in sources("desktop/") if "from __feature__ import" in path.read_text("utf-8")]
    assert [path.name for path in asked] == ["unread.py"]  # which only speaks of it
