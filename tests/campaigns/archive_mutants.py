"""Knows archives that were altered by chance (R5): none is taken for a whole one, takes long or takes much memory.

Nine in ten are altered outside, as a worn disk does; one in ten inside and sealed again to the kit's public half, as a
stranger can.
"""

from __future__ import annotations

import hashlib
import io
import resource
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import pyrage

from desktop.domain.errors import Known
from desktop.storage.archive import manifest as names
from desktop.storage.archive.agefile import recipients
from desktop.storage.archive.agewriting import encrypt
from desktop.storage.archive.kit_opening import open_with_kit
from desktop.storage.archive.manifest import Entry, Manifest, signed
from desktop.storage.archive.reading import read_whole
from desktop.storage.archive.tarball import END, header, padding
from desktop.storage.archive.zstd import frame, zstd
from desktop.storage.audit import Head
from desktop.storage.vault.keyring import KeyRing
from tests.campaigns.report import Report
from tests.kit import START
from tests.storage.archive.kit import KIT, KIT_TEXT, found, give_kit, ring_of

MOST_SECONDS, MOST_MEMORY_KIB = 1.0, 64 * 1024
Mutate = Callable[[bytes, Random], bytes]


def _bit(whole: bytes, by: Random) -> bytes:
    at = by.randrange(len(whole))
    return whole[:at] + bytes([whole[at] ^ 1 << by.randrange(8)]) + whole[at + 1 :]


def _splice(whole: bytes, by: Random) -> bytes:
    first, second = sorted(by.randrange(len(whole) + 1) for _ in range(2))
    return whole[:first] + by.randbytes(by.randrange(1, 200)) + whole[second:]


def _truncate(whole: bytes, by: Random) -> bytes:
    return whole[: by.randrange(len(whole))]


def _double(whole: bytes, by: Random) -> bytes:
    first, second = sorted(by.randrange(len(whole) + 1) for _ in range(2))
    return whole[:second] + (whole[first:second] or b"\0") + whole[second:]


def _swap(whole: bytes, by: Random) -> bytes:
    first, second, third = sorted(by.randrange(len(whole) + 1) for _ in range(3))
    return whole[:first] + whole[second:third] + whole[first:second] + whole[third:]


def _digits(whole: bytes, by: Random) -> bytes:
    """Another number where one stands: lengths, counts, versions."""
    places = [at for at, byte in enumerate(whole[:6000]) if 48 <= byte <= 57] or [0]
    at = by.choice(places)
    return whole[:at] + bytes([48 + by.randrange(10)]) + whole[at + 1 :]


MUTATIONS: tuple[Mutate, ...] = (_bit, _splice, _truncate, _double, _swap, _digits)


class Small:
    """An archive in its proper form with next to nothing in it, so that very many can be tried."""

    def __init__(self, folder: Path) -> None:
        found(folder)
        self.keys = give_kit(folder / "practice")
        self.ring: KeyRing = ring_of(folder / "practice")
        database = bytes(range(256)) * 4
        rows = b'{"id":"1"}\n'
        content = {
            names.KEYS: self.keys.content(), names.README: b"readme\n", "tables/clients.jsonl": rows,
            names.DATABASE: database,
        }  # fmt: skip
        entries = tuple(
            Entry(name, len(each), hashlib.sha256(each).hexdigest(), 1 if name.startswith("tables/") else names.NO_ROWS)
            for name, each in content.items()
        )
        manifest = signed(
            Manifest("0.1.0", 1, self.ring.practice_id, self.ring.epoch, 1, START.utc, 0, "m", "asked",
                     Head(1, "00" * 32), entries),
            self.ring,
        )  # fmt: skip
        ordered = {names.KEYS: content.pop(names.KEYS), names.MANIFEST: manifest.content(), **content}
        self.tar = b"".join(header(name, len(each)) + each + padding(len(each)) for name, each in ordered.items()) + END
        out = io.BytesIO()
        encrypt(iter([frame(self.tar)]), out, recipients(self.keys, self.ring))
        self.whole = out.getvalue()
        self._public = pyrage.x25519.Identity.from_str(KIT_TEXT).to_public()

    def sealed(self, tar: bytes) -> bytes:
        return bytes(pyrage.encrypt(zstd.compress(tar, 1), [self._public]))

    def read(self, content: bytes, apart: bool) -> None:
        read_whole(io.BytesIO(content), len(content), KIT_TEXT, lambda keys: open_with_kit(keys, KIT), apart=apart)


def run(report: Report, folder: Path) -> None:
    """Alter and read so many."""
    small, by = Small(folder), Random(report.seed)
    for apart in (False, True):
        small.read(small.whole, apart)  # the unaltered one is whole, or the refusals would say nothing
        small.read(small.sealed(small.tar), apart)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name in ("refused outside", "refused inside"):
        report.add(name, 0)
    for number in report.rounds():
        inside = number % 10 == 0
        base = small.tar if inside else small.whole
        mutate = by.choice(MUTATIONS)
        content = mutate(base, by)
        if content != base:
            read = partial(small.read, small.sealed(content) if inside else content, apart=by.random() < 0.5)
            _look(read, report, f"{number} {mutate.__name__}", inside)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    report.add("memory grown KiB", grown)
    if grown > MOST_MEMORY_KIB:
        report.fault(f"memory grew by {grown} KiB")


def _look(read: Callable[[], None], report: Report, what: str, inside: bool) -> None:
    began = time.perf_counter()
    try:
        read()
    except Known:
        report.add("refused inside" if inside else "refused outside")
    except Exception as error:  # noqa: BLE001 - anything that nobody explains is what is looked for
        report.fault(f"{what}: {type(error).__name__} was not explained")
    else:
        report.fault(f"{what}: was taken for a whole archive")
    took = time.perf_counter() - began
    report.figures["slowest s"] = max(report.figures.get("slowest s", 0), round(took, 4))
    if took > MOST_SECONDS:
        report.fault(f"{what}: took {took:.1f} s")
