"""Knows how lines of the audit trail become a file for spreadsheets: RFC 4180, UTF-8, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from desktop.domain.records import AuditLine

COLUMNS = (
    "line", "time_utc", "time_local", "member", "member_id", "act", "record", "record_id", "compartment",
    "compartment_id", "version", "digest", "detail", "mac",
)  # fmt: skip
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what would begin one."""
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text


def cells(line: AuditLine, names: Mapping[str, str]) -> tuple[str, ...]:
    """One line as text, in the order of COLUMNS. names: members' by their ids."""
    entry = line.entry
    return (
        str(line.number), entry.at.utc.isoformat(timespec="milliseconds"),
        entry.at.local.isoformat(timespec="seconds"), names.get(entry.member_id, ""), entry.member_id, entry.act.value,
        entry.subject_kind, entry.subject_id, entry.owner.kind.value, entry.owner.id, str(entry.version), entry.digest,
        entry.detail, line.mac,
    )  # fmt: skip


def csv_bytes(rows: Iterable[tuple[str, ...]]) -> bytes:
    """A header and the rows: lines end with CR LF, a quote is doubled, what holds either or a comma is quoted."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(tuple(harmless(cell) for cell in row) for row in rows)
    return out.getvalue().encode("utf-8")
