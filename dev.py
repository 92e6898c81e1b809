#!/usr/bin/env python3
"""Knows one thing: that this Python is recent enough to read the rest. `python3 dev.py help` says what there is.

Everything here must be readable by very old Pythons, so that they can say what is wrong instead of a syntax error.
"""

import os
import sys

OLDEST = (3, 11)
NEWEST = (3, 14)


def complaint(version):
    # type: (tuple[int, ...]) -> str | None
    """What to tell somebody whose Python is too old or too new for the pinned packages; None when it will do."""
    if OLDEST <= tuple(version[:2]) <= NEWEST:
        return None
    oldest, newest, this = (".".join(str(part) for part in each[:2]) for each in (OLDEST, NEWEST, version))
    sentence = "Holdfast needs Python {0} to {1}; this is {2} ({3}). Start dev.py with another Python."
    return sentence.format(oldest, newest, this, sys.executable)


if __name__ == "__main__":
    problem = complaint(tuple(sys.version_info[:3]))
    if problem:
        sys.stderr.write(problem + "\n")
        sys.exit(3)
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from devtools.commands import main

    sys.exit(main(sys.argv[1:]))
