"""A process of its own that unlocks a practice with less memory than the derivation needs.

    python -m tests.storage.little_memory FOLDER

Not a fork of the test process: that one's heap may hold freed room enough, which no limit takes away.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from desktop.domain.errors import Known
from desktop.storage.practice_folder import open_practice
from desktop.storage.vault.selftest import selftest
from tests.storage.practice_kit import NAME, PASSPHRASE, surroundings

SPARE = 40 << 20


def main(folder: Path) -> None:
    """Print what came of it."""
    selftest()  # whatever is loaded for the first time is loaded before the limit
    used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + SPARE, used + SPARE))
    try:
        open_practice(folder, NAME, PASSPHRASE, surroundings())
    except Known as error:
        print(f"{type(error).__name__}: {error}")
    else:
        print("it opened")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
