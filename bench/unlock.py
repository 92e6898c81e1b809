"""Knows how long it takes from the right passphrase to the painted list of couples, without the key derivation."""

from __future__ import annotations

from pathlib import Path

from bench.figures import Aim, Result, Spread
from bench.practice import CLIENTS, COUPLES, PASSPHRASE, practice

ROUNDS = 10


def run(folder: Path, rounds: int = ROUNDS) -> Result:
    """Each in a fresh process: what is loaded only now is part of it."""
    started = practice(folder)
    times = []
    for n in range(rounds + 1):
        _, said = started.run("unlock", str(started.root), str(started.folder), PASSPHRASE)
        if n:
            times.append(float(said))
    name = f"unlock to the list, {CLIENTS} clients, {COUPLES} couples"
    spread = Spread.of(times)
    return Result("unlock", {name: spread}, (Aim("unlock to the couple list (median)", spread.middle, 300, "ms"),))
