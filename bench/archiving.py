"""Knows one archive made or restored in a process of its own: python -m bench.archiving make|restore|beat ROOT ...

`beat` does nothing but beat until its input ends: how long this machine lets an idle process wait meanwhile.
"""

from __future__ import annotations

import json
import resource
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bench.records import OWNER, PASSPHRASE, program_at
from desktop.services.archives import add_place
from desktop.services.ports_archives import Reason, RestoreWish

BEAT_S = 0.005


class Heart:
    """Beats on a thread as a window's would; `worst`: by how many milliseconds a beat came late at most."""

    def __init__(self) -> None:
        self.worst = 0.0
        self._beating = True
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self._thread.start()

    def _beat(self) -> None:
        last = time.perf_counter()
        while self._beating:
            time.sleep(BEAT_S)
            now = time.perf_counter()
            self.worst = max(self.worst, (now - last - BEAT_S) * 1000)
            last = now

    def stop(self) -> float:
        """End; the worst delay."""
        self._beating = False
        self._thread.join()
        return self.worst


def _quiet(done: int, total: int, words: str) -> None:
    """Nobody watches."""


def _timed(work: Callable[[], object]) -> dict[str, float]:
    heart, began = Heart(), time.perf_counter()
    work()
    took = (time.perf_counter() - began) * 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform.startswith("linux") else 1 << 20)
    return {"ms": took, "stall_ms": heart.stop(), "peak_mb": peak}


def main(words: list[str]) -> int:
    """make ROOT FOLDER PLACE, or restore ROOT ARCHIVE FOLDER, or beat."""
    if words == ["beat"]:
        heart = Heart()
        sys.stdin.read()
        print(json.dumps({"stall_ms": heart.stop()}))
        return 0
    what, root, first, second = words[0], *map(Path, words[1:4])
    program = program_at(root)
    if what == "make":
        desk = program.door.unlock(first, OWNER, PASSPHRASE)
        archives = program.archives.of(desk)
        add_place(desk, archives, second)

        def make() -> None:
            (run,) = archives.make(Reason.ASKED, desk.clock.now(), _quiet)
            if not run.ok:
                raise SystemExit(run.said)

        print(json.dumps(_timed(make)))
        program.door.leave(desk)
    else:
        wish = RestoreWish(first, second, OWNER, PASSPHRASE)
        print(json.dumps(_timed(lambda: program.archives.restore(wish, _quiet))))
    program.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
