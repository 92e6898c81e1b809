"""Knows how a test plays a script: from lines or objects to the machine-readable state."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from desktop.domain.protocol_file import read_protocol
from desktop.live.script import Played, Record, keep_nothing, play, read_script
from desktop.live.script_header import opening_of
from desktop.live.snapshot import snapshot
from tests.live.play import CHECKLIST, protocol_text

ORDER = {"max_single_mg": "200", "max_total_mg": "300", "boosters": 1, "booster_after_min": 45}
LUKASZ = {"key": "a", "name": "Łukasz Wiśniewski", "born": "1984-05-01", "role": "dosed", "order": ORDER}
PHUONG = {"key": "b", "name": "Nguyễn Thị Phượng", "born": "1986-11-23", "role": "sitting"}
HEADER: dict[str, Any] = {
    "session": {
        "protocol": "ketamine-sl-full", "start": "2026-03-02T10:00:00-05:00", "participants": [LUKASZ, PHUONG],
    }
}  # fmt: skip
DOSE = {
    "t": 300, "do": "dose", "who": "a", "route": "sublingual", "mg": "100", "lot": "L1", "by": "m1", "checked_by": "m2",
}  # fmt: skip


def script(*lines: Mapping[str, Any] | str, header: Mapping[str, Any] = HEADER) -> str:
    """A script's text; a line that is text already goes in as it is."""
    body = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in (header, *lines)]
    return "\n".join(body) + "\n"


def played(text: str, until: str | None = None, record: Record = keep_nothing) -> Played:
    """A script's text, played."""
    read = read_script(text)
    protocol = read_protocol(protocol_text(read.header.protocol_id), read.header.protocol_id)
    opened = opening_of(
        read.header, protocol.text, protocol.sha256, (CHECKLIST.text, CHECKLIST.sha256), "0.1", "session-1",
        {one.key: f"client-{one.key}" for one in read.header.people},
    )  # fmt: skip
    return play(read, opened, "m1", record, None if until is None else Decimal(until))


def shown(text: str, until: str | None = None) -> dict[str, Any]:
    """The state that `session replay --json` prints, after a trip through JSON."""
    done = played(text, until)
    found: dict[str, Any] = json.loads(json.dumps(snapshot(done.state, done.now_ms, done), allow_nan=False))
    return found


def refused(*lines: Mapping[str, Any] | str) -> list[tuple[int, str]]:
    """Which lines are refused, and with which code."""
    return [(one.line, one.code) for one in played(script(*lines)).refused]
