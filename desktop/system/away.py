"""Knows which system tells of sleep and lock, and can keep a window out of screen captures."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    from desktop.system import windows_signals as here
elif sys.platform == "darwin":
    from desktop.system import macos_signals as here
else:
    from desktop.system import linux_signals as here

signals, shield = here.signals, here.shield

__all__ = ["shield", "signals"]
