"""Knows how the memory of another process is searched, and which network sockets it has; Linux."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
from collections.abc import Iterator
from pathlib import Path

STEM = "zqmemory"
_CHUNK, _OVERLAP = 1 << 24, 256
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
_PR_SET_CHILD_SUBREAPER = 36
_NETS = ("tcp", "tcp6", "udp", "udp6", "udplite", "raw", "raw6", "packet")


def canary(number: int) -> str:
    """The canary of a number; a thousand at most."""
    return f"{STEM}{number:03d}"


def _patterns() -> list[tuple[re.Pattern[bytes], str]]:
    digit = {"utf-8": b"[0-9]", "utf-16-le": b"[0-9]\0", "utf-16-be": b"\0[0-9]", "utf-32-le": b"[0-9]\0\0\0"}
    return [
        (re.compile(re.escape(stem.encode(encoding)) + b"(" + digit[encoding] * 3 + b")"), encoding)
        for encoding in _ENCODINGS for stem in (STEM, STEM.upper(), STEM.capitalize())
    ]


def areas(pid: int) -> Iterator[bytes]:
    """Every readable part of a process's memory, in overlapping pieces. PermissionError."""
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text("utf-8", "replace").splitlines():
            match = re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line)
            if match is None or "[v" in line:
                continue
            at, end = int(match[1], 16), int(match[2], 16)
            while at < end:
                try:
                    memory.seek(at)
                    piece = memory.read(min(_CHUNK, end - at))
                except (OSError, OverflowError, ValueError):
                    break  # a device, or a page that is gone
                if not piece:
                    break
                yield piece
                at += len(piece) if at + len(piece) >= end else max(1, len(piece) - _OVERLAP)


def canaries_on_disk(folder: Path) -> list[str]:
    """`file: number` for every canary in any file under a folder, links not followed."""
    patterns = _patterns()
    return [
        f"{path.relative_to(folder)}: {hit[1].decode(encoding)}"
        for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()
        for pattern, encoding in patterns for hit in pattern.finditer(path.read_bytes())
    ]


def look_into(pid: int, others: dict[str, list[bytes]]) -> tuple[set[int], set[str], int]:
    """Which canaries and which of the other things, by their spellings, a process holds; and how many bytes it has."""
    numbers, found, size = set(), set(), 0
    patterns = _patterns()
    for piece in areas(pid):
        size += len(piece)
        for pattern, encoding in patterns:
            numbers |= {int(hit[1].decode(encoding)) for hit in pattern.finditer(piece)}
        found |= {name for name, forms in others.items() if name not in found and any(form in piece for form in forms)}
    return numbers, found, size


def adopt_orphans() -> None:
    """From now on a process whose parent has ended becomes a child of this one, so that it can be found and ended."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants(pid: int) -> list[int]:
    """The processes below one, those that are dead and not waited for left out."""
    found = []
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text("ascii").split()):
                state = Path(f"/proc/{child}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0]
                found += [*([child] if state != "Z" else []), *descendants(child)]
    return found


def command_line(pid: int) -> bytes:
    """How a process was started; b'' once it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def network_sockets(pid: int) -> list[str]:
    """What a process has open towards a network; sockets on this machine's file system are none."""
    inodes = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed meanwhile
            match = re.fullmatch(r"socket:\[(\d+)\]", os.readlink(entry))
            inodes |= {match[1]} if match else set()
    found = []
    for kind in _NETS:
        table = Path(f"/proc/{pid}/net/{kind}")
        lines = table.read_text("ascii").splitlines()[1:] if table.exists() else []
        found += [f"{kind}: {line.split()[1]}" for line in lines if inodes & set(line.split())]
    return found
