"""Sameness: one content gives one file, wherever and whenever it is printed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRINT = """
import hashlib
from tests.worksheets import page_samples, samples
press = samples.press()
sheets = (samples.for_lukasz(), samples.for_both())
pages = (press.page(page_samples.handover()), press.page(page_samples.page()))
for pdf in (press.flowsheet(samples.flowsheet()), *pages, *(press.worksheet(sheet) for sheet in sheets)):
    print(hashlib.sha256(pdf).hexdigest())
"""
PLACES = (
    {"TZ": "UTC", "LANG": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "Pacific/Chatham", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"},
)


def printed_in(place: dict[str, str]) -> list[str]:
    environment = {**os.environ, **place}
    command = [sys.executable, "-X", "utf8", "-c", PRINT]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.split()


def test_time_zone_language_and_hash_seed_change_no_byte() -> None:
    first, second = (printed_in(place) for place in PLACES)
    assert len(first) == 5
    assert first == second


def test_the_press_loads_nothing_heavy_until_it_prints() -> None:
    code = (
        "import sys; from tests.worksheets import samples; samples.press();"
        "print(sorted(m for m in sys.modules if m in ('reportlab', 'uharfbuzz', 'pypdfium2')))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
