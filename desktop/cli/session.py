"""Knows the commands that play a session from a script and that show one that was kept."""

from __future__ import annotations

import argparse
import re
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from desktop.cli import show
from desktop.cli.codes import Exit, Usage
from desktop.cli.files import read_text
from desktop.cli.kit import Kit, at_desk
from desktop.cli.parsing import Families, add_unlocking
from desktop.cli.session_text import say_session
from desktop.domain.words import tr
from desktop.services.desk import Desk

LONGEST_S = 7 * 24 * 3600

STATE = {
    "session_id": "the identifier of the session",
    "at_s": "the moment that the state is of, in seconds since the start",
    "participants": "by key: first_dose_s, since_last_dose_s, given_mg, lost_mg, total_mg, phase, last_vitals, due, "
                    "out_of_band, observations, words, touch, ending, doses",
    "events": "how many entries were kept after the opening, struck ones and corrections included",
    "struck": "how many entries were struck or undone",
    "refused": "the lines that were not played: a list of line, reason",
    "log": "every entry that was kept, in order: entry, t, line, who, do, text, author, and what else it says",
}  # fmt: skip

REPLAY_MORE = """Line 1 describes the session; each further line is one thing somebody did. A line that cannot be is
refused with its number and reason, and the rest goes on: that is part of the output, and the exit code is 0.
Without --practice the script is played in an encrypted practice that is thrown away afterwards."""


def add_to(families: Families) -> None:
    """Write the family down."""
    replay = families.command(
        "session replay", tr("play a script through the real engine and the real storage"), run_replay, STATE,
        tr(REPLAY_MORE),
    )  # fmt: skip
    replay.add_argument("file", metavar="FILE", help=tr("the script, one JSON object per line; - is standard input"))
    add_until(replay, tr("play only the lines up to this moment, and print the state of it"))
    add_unlocking(replay)
    kept = families.command("session show", tr("print the state of a session that was kept"), run_show, STATE)
    kept.add_argument("session", metavar="ID", help=tr("the session's identifier"))
    add_until(kept, tr("print the state of this moment, not of the last entry"))
    add_unlocking(kept)


def add_until(parser: argparse.ArgumentParser, about: str) -> None:
    """The option that names a moment of the session."""
    parser.add_argument("--until", type=seconds, metavar="SECONDS", help=about)


def seconds(text: str) -> Decimal:
    """A number of seconds since the start, with at most three decimals."""
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", text) or Decimal(text) > LONGEST_S:
        raise argparse.ArgumentTypeError(tr("seconds since the start are needed, at most {n}", n=LONGEST_S))
    return Decimal(text)


def run_replay(kit: Kit, arguments: Namespace) -> int:
    """Play a script and print the state."""
    # Imported late, with the engine behind them: help and other commands need none of it.
    from desktop.live.script import read_script
    from desktop.live.snapshot import snapshot
    from desktop.services.replay import replay

    if arguments.file == "-" and arguments.passphrase_fd == 0:
        with _desk(kit, arguments) as desk:  # the passphrase comes first on the shared descriptor
            script = read_script(read_text(arguments.file))
            done = replay(desk, script, arguments.until)
    else:
        script = read_script(read_text(arguments.file))
        with _desk(kit, arguments) as desk:
            done = replay(desk, script, arguments.until)
    played = done.played
    _print(arguments, done.session_id, played.now_ms, snapshot(played.state, played.now_ms, played))
    return Exit.OK


def run_show(kit: Kit, arguments: Namespace) -> int:
    """Print the state of a session that was kept."""
    from desktop.live.fold import fold
    from desktop.live.snapshot import snapshot
    from desktop.services.live import session_state

    if arguments.practice is None:
        raise Usage(
            tr("A session is shown from a practice."), tr("Nothing was changed."), tr("Name it with --practice.")
        )
    with at_desk(kit, arguments.practice, arguments) as desk:
        state = session_state(desk, arguments.session)
    at_ms = state.elapsed_ms
    if arguments.until is not None:
        at_ms = int(arguments.until * 1000)
        state = fold(tuple(entry for entry in state.entries if entry.entered_ms <= at_ms))
    _print(arguments, arguments.session, at_ms, snapshot(state, at_ms))
    return Exit.OK


@contextmanager
def _desk(kit: Kit, arguments: Namespace) -> Iterator[Desk]:
    if arguments.practice is not None:
        with at_desk(kit, arguments.practice, arguments) as desk:
            yield desk
        return
    if arguments.member or arguments.passphrase_fd is not None:
        raise Usage(tr("A member unlocks a practice."), tr("Nothing was changed."), tr("Name it with --practice."))
    with kit.throwaway() as desk:
        yield desk


def _print(arguments: Namespace, session_id: str, at_ms: int, state: dict[str, object]) -> None:
    at_s: int | float = at_ms // 1000 if at_ms % 1000 == 0 else at_ms / 1000
    whole = {"session_id": session_id, "at_s": at_s, **state}
    if arguments.json:
        show.emit(whole)
    else:
        say_session(whole)
