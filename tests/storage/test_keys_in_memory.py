"""Knows that after locking no key of the practice is left in this process's memory, where it was before."""

from __future__ import annotations

import mmap
import re
import subprocess
import sys
from pathlib import Path

from desktop.storage.practice_folder import open_practice
from desktop.storage.vault.secret import wipe
from tests.storage.practice_kit import NAME, PASSPHRASE, add_note, make, notes, surroundings

ROOT = Path(__file__).resolve().parents[2]
MASK = 0x5A


def masked(key: bytes | bytearray) -> bytes:
    """A key in a disguise in which it may lie about while it is being looked for."""
    return bytes(byte ^ MASK for byte in key)


def masked_digits(key: bytes | bytearray) -> bytes:
    """The key's hexadecimal digits, never unmasked on the way."""
    digits = b"0123456789abcdef"
    return bytes(digits[half] ^ MASK for byte in key for half in (byte >> 4, byte & 15))


def copies(key: bytes) -> int:
    """How often the masked `key` stands unmasked in this process's writable memory, this function's own copy aside."""
    # Unmasked in place and wiped again below: what Python frees it does not wipe, and the next search would find it.
    wanted = bytearray(len(key))
    for at, byte in enumerate(key):
        wanted[at] = byte ^ MASK
    found = 0
    with open("/proc/self/maps", encoding="utf-8", errors="replace") as maps:
        areas = [re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line) for line in maps if "[v" not in line]
    with open("/proc/self/mem", "rb", buffering=0) as memory:
        for area in areas:
            if area is None:
                continue
            start, end = int(area[1], 16), int(area[2], 16)
            # A mapping of its own: it is not among the areas, and what was read goes with it.
            with mmap.mmap(-1, end - start) as read:
                memory.seek(start)
                memory.readinto(read)
                at = read.find(wanted)
                while at >= 0:
                    found += 1
                    at = read.find(wanted, at + 1)
    wipe(wanted)
    return found - 1


def look(folder: Path) -> None:
    """Open, use and lock a practice; print how many copies there were before and after, for each key."""
    make(folder).close()
    opened = open_practice(folder, NAME, PASSPHRASE, surroundings())
    add_note(opened, "x")
    notes(opened)
    page, master = masked(opened.ring.page_key.reveal()), masked(opened.ring._master.reveal())
    digits = masked_digits(opened.ring.page_key.reveal())
    before = [copies(page), copies(master)]
    opened.close()
    print(*before, copies(page), copies(master), copies(digits))


def test_no_key_is_left_in_memory_after_locking(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from tests.storage.test_keys_in_memory import look; "
        f"look(Path({str(tmp_path / 'practice')!r}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    before_page, before_master, *after = (int(each) for each in done.stdout.split())
    assert before_page >= 1, "the search does not find what is there"
    assert before_master >= 1, "the search does not find what is there"
    assert after == [0, 0, 0]
