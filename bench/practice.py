"""Knows a practice with many couples that the window can be started on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench import crowd
from desktop.bootstrap import Program, Settings
from desktop.domain.people import Role

CLIENTS, COUPLES = 500, 250
PASSPHRASE = "violet harbour seven stones"
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Started:
    """Where the program's own files and the practice lie."""

    root: Path
    folder: Path

    def run(self, *words: str) -> tuple[float, str]:
        """Start a window of bench/window.py: milliseconds from the start to `painted`, and what it said before."""
        # As in an installed program, whose modules are compiled once.
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(self.root / "compiled")}
        own = dict.fromkeys(("XDG_STATE_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME"), str(self.root))
        environment = {**os.environ, **compiled, **own, "QT_QPA_PLATFORM": "offscreen"}
        began = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "bench.window", *words], cwd=ROOT, env=environment, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, encoding="utf-8",
        ) as process:  # fmt: skip
            assert process.stdout is not None
            assert process.stderr is not None
            said = ""
            for line in process.stdout:
                if line == "painted\n":
                    return (time.perf_counter() - began) * 1000, said
                said += line
            raise RuntimeError(f"nothing was painted: {process.stderr.read()[-2000:]}")


def practice(folder: Path) -> Started:
    """Make it, and let the program remember it."""
    started = Started(folder / "own", folder / "practice")
    program = Program(Settings(root=started.root, cheap_keys=True, reserve=1 << 20))
    roles = frozenset({Role.OWNER, Role.THERAPIST})
    desk = program.door.create(started.folder, "Hollybrook", "Mara Köhler", roles, PASSPHRASE)
    crowd.people(desk, CLIENTS, COUPLES)
    program.door.leave(desk)
    kept = {"folder": str(started.folder), "member": desk.member.id, "theme": "light"}
    place = started.root / "Holdfast"  # where the program itself looks, see Started.run
    place.mkdir(mode=0o700, parents=True)
    (place / "window.json").write_text(json.dumps(kept), "utf-8")
    return started
