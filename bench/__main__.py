"""Knows the command line of the measurements: python -m bench [NAME ...] [--json] [--out FILE] [--folder FOLDER]."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from bench.figures import Result

NAMES = {
    "durable": "an observation, from the key press to committed, against one plain insert",
    "start": "process start to the painted unlock screen, against an empty window",
    "unlock": "unlock to the couple list, without the key derivation",
    "archive": "an archive of 1 GB made, verified and restored, against a plain copy, age and restic (minutes)",
    "theme": "another theme on a live board, against an empty window",
    "board": "a board of twelve people: entered to painted, a second at rest, memory, against a plain list",
    "handover": "an emergency's hand-over sheet in a session of 2,000 entries, from the key to the pages",
    "search": "an entry while a long search runs",
}


def main(words: Sequence[str] | None = None) -> int:
    """Measure; 0 when every aim was met."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="What the program costs.")
    about = "; ".join(f"{name}: {text}" for name, text in NAMES.items())
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{about}; none: all")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--out", type=Path, help="keep the report in this file, as JSON")
    parser.add_argument("--folder", type=Path, help="on which disk to measure; none: the one for temporary files")
    asked = parser.parse_args(words)
    unknown = set(asked.names) - set(NAMES)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; choose from {', '.join(NAMES)}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    results = []
    for name in asked.names or NAMES:
        run: Callable[[Path], Result] = import_module(f"bench.{name}").run
        with tempfile.TemporaryDirectory(prefix="holdfast-bench-", dir=asked.folder) as folder:
            results.append(run(Path(folder)))
        if not asked.json:
            print(results[-1].text() + "\n", flush=True)
    whole = {"machine": machine(), "results": [result.whole() for result in results]}
    if asked.json:
        print(json.dumps(whole, indent=1))
    if asked.out is not None:
        asked.out.write_text(json.dumps(whole, indent=1) + "\n", "utf-8")
    return 0 if all(aim.met for result in results for aim in result.aims) else 1


def machine() -> dict[str, object]:
    """What it was measured on, as far as a reader must know."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "system": platform.system(), "processor": platform.machine(), "cores": os.cpu_count(),
        "python": platform.python_version(), "load_1_min": load,
    }


if __name__ == "__main__":
    sys.exit(main())
