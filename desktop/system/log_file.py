"""Knows the log's file: rotating, and readable only by this user from its first byte."""

from __future__ import annotations

import logging
import os
from logging.handlers import RotatingFileHandler


class LogFile(RotatingFileHandler):
    """Writes lines, and never gets in anybody's way."""

    def _open(self) -> object:  # type: ignore[override] # the stream's exact type is of no matter
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return open(descriptor, "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """A log that cannot be written must not get in anybody's way."""
