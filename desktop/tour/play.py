"""Knows how the tour is played from beginning to end, and what it reports."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from desktop.bootstrap import VERSION, Program
from desktop.domain.words import tr
from desktop.live.snapshot import snapshot
from desktop.services.trail import verify_trail
from desktop.tour import story
from desktop.tour.archives import play_archives
from desktop.tour.kit import make_kit
from desktop.tour.out import Out, open_out
from desktop.tour.papers import print_papers
from desktop.tour.stage import Moment, Stage, Stop, no_stop

Tell = Callable[[str], None]
AFTERNOON = (
    "An afternoon: staggered doses, an amber reading and its repeat, half a lozenge lost, words kept, a dialogue, "
    "a wrong partner moved, two discharges, the close"
)


class _Steps:
    """Does one part after the other, says so, and remembers how long each took."""

    def __init__(self, tell: Tell, count: int) -> None:
        self._tell, self._count = tell, count
        self.done: list[str] = []
        self.timings: dict[str, float] = {}
        self._began = time.perf_counter()

    def step(self, name: str, words: str, work: Callable[[], Any]) -> Any:
        """One part of the tour."""
        self._tell(f"[{len(self.done) + 1}/{self._count}] {words}")
        started = time.perf_counter()
        value = work()
        self.timings[name] = round(time.perf_counter() - started, 3)
        self.done.append(words)
        return value

    @property
    def took(self) -> float:
        """Seconds since the beginning."""
        return round(time.perf_counter() - self._began, 3)


def play_tour(program: Program, folder: Path, seed: int, *, pictures: bool, tell: Tell) -> dict[str, Any]:
    """Play everything, leave papers and pictures in `folder`, and return what report.json says.

    Refused when the folder holds something else, Unreachable when it cannot be written.
    """
    out = open_out(folder)
    with ExitStack() as stack:
        album: list[dict[str, Any]] = []
        stop = _photographer(stack, out, album, tell) if pictures else no_stop
        stage = stack.enter_context(story.stage_for(program, seed))
        return _play(stage, out, seed, stop, album, tell)


def _photographer(stack: ExitStack, out: Out, album: list[dict[str, Any]], tell: Tell) -> Stop:
    # Imported late: without pictures the tour loads no Qt.
    from desktop.tour.camera import Camera
    from desktop.tour.shots import OF_TOUR, TOUR_SIZE, take_all

    camera = stack.enter_context(Camera.ready(out))

    def stop(moment: Moment, stage: Stage) -> None:
        taken = take_all(camera, moment, stage, (TOUR_SIZE,), OF_TOUR)
        album.extend(taken)
        tell(tr("      {n} pictures: {moment}", n=len(taken), moment=moment.value))

    return stop


def _play(stage: Stage, out: Out, seed: int, stop: Stop, album: list[dict[str, Any]], tell: Tell) -> dict[str, Any]:
    cast, steps = stage.cast, _Steps(tell, 9)
    steps.step("practice", tr("A practice is made; its therapist takes a prescriber in"),
               lambda: story.found_practice(stage))  # fmt: skip
    steps.step("people", tr("{n} couples are taken into the records", n=1 + len(cast.others)),
               lambda: story.take_people_in(stage))  # fmt: skip
    steps.step("orders", tr("The prescriber writes an order for each partner"), lambda: story.write_orders(stage))
    steps.step("records", tr("The practice is looked at, locked and unlocked"), lambda: story.look_around(stage, stop))
    live = steps.step("session", tr(AFTERNOON), lambda: story.play_afternoon(stage, seed, stop))
    papers = steps.step("papers", tr("Worksheets and pages for A, for B, for both and for the clinic"),
                        lambda: print_papers(stage, out))  # fmt: skip
    kit = steps.step("kit", tr("A recovery kit is made, printed and tried"), lambda: make_kit(stage, out))
    archive = steps.step("archive", tr("An archive is made on a stick, verified, tried out and restored elsewhere"),
                         lambda: play_archives(stage, story.PASSPHRASE, stop, out))  # fmt: skip
    trail = steps.step("trail", tr("The audit trail is checked from its first line"),
                       lambda: verify_trail(stage.at_desk))  # fmt: skip
    state = live.state
    report: dict[str, Any] = {
        "finished": True, "version": VERSION, "seed": seed, "done": steps.done,
        "figures": {
            "entries": len(state.entries), "readings": sum(len(person.vitals) for person in state.people.values()),
            "pages": sum(paper["pages"] for paper in papers), "pictures": len(album), "trail_lines": trail.entries,
            "trail_intact": trail.intact,
        },
        "session": snapshot(state, state.elapsed_ms), "papers": papers, "kit": kit, "archive": archive,
        "pictures": album,
        "timings_s": steps.timings, "took_s": steps.took,
    }  # fmt: skip
    return out.report(report)

