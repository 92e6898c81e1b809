"""Knows which system this is: the one place that chooses between Linux, macOS and Windows."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    from desktop.system import windows as here
elif sys.platform == "darwin":
    from desktop.system import macos as here
else:
    from desktop.system import linux as here

__all__ = ["here"]
