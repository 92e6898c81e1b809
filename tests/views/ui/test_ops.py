"""Work leaves the window's thread and comes back to it, or to nobody."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Known
from desktop.services.outcome import Outcome, Report, Topic, touches
from desktop.views.ui.ops import Ops, explained

CLIENT = Topic("client", "c1")


@pytest.fixture
def ops(qapp: object) -> Iterator[Ops]:
    made = Ops()
    yield made
    made.close()


def quiet(ops: Ops, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not ops.busy)


def test_a_change_is_made_elsewhere_and_its_value_comes_back_here(ops: Ops, qtbot: QtBot) -> None:
    threads: list[str] = []
    here = threading.current_thread().name
    got: list[tuple[int, str]] = []

    def work() -> Outcome[int]:
        threads.append(threading.current_thread().name)
        return Outcome.of(7, CLIENT)

    ops.run(work, ops, then=lambda value: got.append((value, threading.current_thread().name)))
    quiet(ops, qtbot)
    assert got == [(7, here)]
    assert threads != [here]
    assert threads[0].startswith("writer")


def test_changes_run_one_after_the_other_in_the_order_they_were_asked(ops: Ops, qtbot: QtBot) -> None:
    done: list[tuple[int, str]] = []

    def work(number: int) -> Outcome[None]:
        done.append((number, threading.current_thread().name))
        return Outcome(None)

    for number in range(20):
        ops.run(partial(work, number), ops)
    quiet(ops, qtbot)
    assert [number for number, _ in done] == list(range(20))
    assert len({name for _, name in done}) == 1


def test_a_question_does_not_wait_for_a_long_change(ops: Ops, qtbot: QtBot) -> None:
    may_end = threading.Event()
    got: list[str] = []

    def long() -> Outcome[str]:
        may_end.wait(10)
        return Outcome("changed")

    ops.run(long, ops, then=got.append)
    ops.read(lambda: "asked", ops, then=got.append)
    qtbot.waitUntil(lambda: got == ["asked"])
    may_end.set()
    quiet(ops, qtbot)
    assert got == ["asked", "changed"]


def test_what_changed_is_told_to_the_whole_program(ops: Ops, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ops.changed) as told:
        ops.run(lambda: Outcome.of(1, CLIENT, Topic("couple")), ops)
    assert told.args == [frozenset({CLIENT, Topic("couple")})]


@pytest.mark.expects_log("nobody was told of an error")
def test_an_error_that_nobody_asked_to_be_told_of_is_said_by_the_window(ops: Ops, qtbot: QtBot) -> None:
    def refuse() -> Outcome[None]:
        raise Known("The disk is full.", "Nothing was lost.", "Free some space.")

    with qtbot.waitSignal(ops.untold) as told:
        ops.run(refuse, ops)
    assert told.args is not None
    assert told.args[0].what == "The disk is full."


def test_a_question_after_the_end_is_never_answered_and_breaks_nothing(qapp: object) -> None:
    ended = Ops()
    ended.close()
    asked: list[int] = []
    job = ended.read(lambda: 1, ended, then=asked.append)
    assert job.cancelled
    assert not ended.busy
    assert asked == []


def test_nothing_is_told_when_nothing_changed(ops: Ops, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(ops.changed):
        ops.run(lambda: Outcome(1), ops)
        quiet(ops, qtbot)


def test_a_receiver_that_is_gone_is_not_called_but_the_program_is_told(ops: Ops, qtbot: QtBot) -> None:
    receiver = QObject()
    may_end = threading.Event()
    called: list[int] = []

    def work() -> Outcome[int]:
        may_end.wait(10)
        return Outcome.of(1, CLIENT)

    with qtbot.waitSignal(ops.changed):
        ops.run(work, receiver, then=called.append, oops=lambda error: called.append(2))
        shiboken6.delete(receiver)
        may_end.set()
    quiet(ops, qtbot)
    assert called == []


def test_an_error_comes_back_as_it_was_raised(ops: Ops, qtbot: QtBot) -> None:
    errors: list[Known] = []
    full = Known("The disk is full.", "Nothing was changed.", "Free some room.")

    def work() -> Outcome[int]:
        raise full

    ops.run(work, ops, oops=errors.append)
    quiet(ops, qtbot)
    assert errors == [full]


@pytest.mark.expects_log("a bug: ZeroDivisionError in divide")
def test_a_bug_comes_back_in_three_sentences_without_its_text(ops: Ops, qtbot: QtBot) -> None:
    errors: list[Known] = []

    def divide() -> int:
        return 1 // len(errors)

    ops.read(divide, ops, oops=errors.append)
    quiet(ops, qtbot)
    assert "Something went wrong" in errors[0].what
    assert errors[0].safe
    assert errors[0].next_step


@pytest.mark.expects_log("a bug: ValueError")
def test_the_text_of_a_bug_reaches_neither_the_screen_nor_the_log(caplog: pytest.LogCaptureFixture) -> None:
    said = explained(ValueError("Łukasz Wiśniewski"))
    assert "Łukasz" not in str(said)
    assert "Łukasz" not in caplog.text


@pytest.mark.expects_log("nobody was told of an error: Known")
def test_an_error_that_nobody_takes_is_logged(ops: Ops, qtbot: QtBot) -> None:
    def work() -> Outcome[int]:
        raise Known("No.")

    ops.run(work, ops)
    quiet(ops, qtbot)


def test_long_work_reports_its_progress_here(ops: Ops, qtbot: QtBot) -> None:
    steps: list[tuple[int, int, str]] = []
    got: list[str] = []

    def work(report: Report) -> Outcome[str]:
        report(1, 2, "half")
        report(2, 2, "all")
        return Outcome("done")

    def step(done: int, total: int, words: str) -> None:
        steps.append((done, total, words))

    ops.run(work, ops, then=got.append, progress=step)
    quiet(ops, qtbot)
    assert steps == [(1, 2, "half"), (2, 2, "all")]
    assert got == ["done"]


def test_cancelled_work_stops_at_its_next_report_and_calls_nobody(ops: Ops, qtbot: QtBot) -> None:
    begun, may_go_on = threading.Event(), threading.Event()
    reached: list[str] = []
    called: list[object] = []

    def work(report: Report) -> Outcome[str]:
        begun.set()
        may_go_on.wait(10)
        report(1, 2, "half")
        reached.append("end")
        return Outcome("done")

    job = ops.run(work, ops, then=called.append, oops=called.append, progress=lambda *step: called.append(step))
    assert begun.wait(10)
    job.cancel()
    may_go_on.set()
    quiet(ops, qtbot)
    assert job.cancelled
    assert reached == []
    assert called == []


def test_work_that_was_cancelled_before_it_began_never_runs(ops: Ops, qtbot: QtBot) -> None:
    may_end = threading.Event()
    ran: list[int] = []

    def first() -> Outcome[None]:
        may_end.wait(10)
        return Outcome(None)

    def second() -> Outcome[None]:
        ran.append(2)
        return Outcome(None)

    ops.run(first, ops)
    ops.run(second, ops).cancel()
    may_end.set()
    quiet(ops, qtbot)
    assert ran == []


def test_a_saved_change_is_told_even_when_it_was_cancelled_too_late(ops: Ops, qtbot: QtBot) -> None:
    begun, may_end = threading.Event(), threading.Event()
    called: list[int] = []

    def work() -> Outcome[int]:
        begun.set()
        may_end.wait(10)
        return Outcome.of(1, CLIENT)

    with qtbot.waitSignal(ops.changed):
        job = ops.run(work, ops, then=called.append)
        assert begun.wait(10)
        job.cancel()
        may_end.set()
    quiet(ops, qtbot)
    assert called == []


def test_closing_waits_for_the_change_that_has_begun(qapp: object) -> None:
    ops = Ops()
    done: list[int] = []

    def work(number: int) -> Outcome[None]:
        done.append(number)
        return Outcome(None)

    for number in range(5):
        ops.run(partial(work, number), ops)
    ops.close()
    assert done == [0, 1, 2, 3, 4]


def test_after_the_close_nothing_is_begun_any_more(qapp: object) -> None:
    ops = Ops()
    done: list[int] = []

    def work() -> Outcome[None]:
        done.append(1)
        return Outcome(None)

    ops.close()
    assert ops.run(work, ops).cancelled
    assert ops.read(lambda: done.append(2), ops).cancelled
    assert not ops.busy
    assert not done


@pytest.mark.parametrize(
    ("asked", "concerned"),
    [
        (("client", "c1"), True),
        (("client", "c2"), False),
        (("client", None), True),
        (("couple", None), False),
        (("session", "any"), True),
    ],
)
def test_a_screen_knows_whether_a_change_concerns_it(asked: tuple[str, str | None], concerned: bool) -> None:
    changed = frozenset({CLIENT, Topic("session")})
    assert touches(changed, *asked) is concerned

