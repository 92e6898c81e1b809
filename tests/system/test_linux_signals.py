"""Sleep and the desktop's lock, over the real wire: a small bus at the other end of a socket."""

from __future__ import annotations

import os
import queue
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, Parser, new_method_return, new_signal
from jeepney.io.blocking import DBusConnection

from desktop.services.ports import Why
from desktop.system.linux_signals import LOGIN_SESSION, MANAGER, SAVERS, SESSION, SYSTEM, BusSignals, connect

OWN, OTHER = "/org/freedesktop/login1/session/_31", "/org/freedesktop/login1/session/_32"
LIMIT_S = 20


class Bus(threading.Thread):
    """Answers what it is asked, and says what it is told to say."""

    def __init__(self, own: str | None = OWN) -> None:
        super().__init__(daemon=True)
        self.here, self.there = socket.socketpair()
        self.asked: queue.Queue[str] = queue.Queue()
        self.own, self.held = own, list[int]()
        self._serial = iter(range(1, 1000))
        self.start()

    def run(self) -> None:
        parser = Parser()
        while True:
            try:
                data = self.there.recv(4096)
            except OSError:
                return
            if not data:
                return
            parser.add_data(data)
            while (message := parser.get_next_message()) is not None:
                self._answer(message)

    def _answer(self, message: Any) -> None:
        name = message.header.fields[HeaderFields.member]
        if name == "Hello":
            reply = new_method_return(message, "s", (":1.7",))
        elif name == "GetSessionByPID" and self.own is not None:
            reply = new_method_return(message, "o", (self.own,))
        elif name == "GetSessionByPID":
            reply = new_method_return(message)
            reply.header.message_type = MessageType.error
            reply.header.fields[HeaderFields.error_name] = "org.freedesktop.login1.NoSessionForPID"
        elif name == "Inhibit":
            held, given = os.pipe()
            self.held.append(held)
            reply = new_method_return(message, "h", (given,))
        else:
            reply = new_method_return(message)
        self._send(reply)
        self.asked.put(name)

    def _send(self, message: Any) -> None:
        import array

        fds = array.array("i")
        data = message.serialise(next(self._serial), fds=fds)
        self.there.sendmsg([data], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)] if fds else [])
        for each in fds:
            os.close(each)

    def signal(self, path: str, interface: str, member: str, *yes: bool) -> None:
        self._send(new_signal(DBusAddress(path, None, interface), member, "b" * len(yes), yes))

    def wait_for(self, name: str) -> None:
        while self.asked.get(timeout=LIMIT_S) != name:
            pass

    def released(self, at: int) -> bool:
        """Whether what the sleep waited for was let go: the other end of its pipe is closed."""
        return os.read(self.held[at], 1) == b""


class Desktop:
    """Both buses, and what was told."""

    def __init__(self, own: str | None = OWN) -> None:
        self.system, self.session = Bus(own), Bus()
        self.told: queue.Queue[Why] = queue.Queue()
        self.signals = BusSignals(self.connect)
        self.signals.start(self.told.put)
        self.system.wait_for("Inhibit")
        for _ in SAVERS:
            self.session.wait_for("AddMatch")

    def connect(self, bus: str) -> DBusConnection:
        return DBusConnection({SYSTEM: self.system, SESSION: self.session}[bus].here, enable_fds=True)

    def close(self) -> None:
        self.signals.stop()
        for bus in (self.system, self.session):
            bus.there.shutdown(socket.SHUT_RDWR)
            bus.join(LIMIT_S)
            bus.there.close()
            for each in bus.held:
                os.close(each)
        for thread in threading.enumerate():
            if thread.name.startswith("bus-"):
                thread.join(LIMIT_S)

    def next(self) -> Why:
        return self.told.get(timeout=LIMIT_S)


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    made = Desktop()
    yield made
    made.close()


def test_the_machine_waits_with_sleeping_until_it_is_locked_and_is_held_again_on_waking(desktop: Desktop) -> None:
    desktop.system.signal("/org/freedesktop/login1", MANAGER, "PrepareForSleep", True)
    assert desktop.next() is Why.SLEEP
    desktop.signals.may_sleep()
    assert desktop.system.released(0)
    desktop.system.signal("/org/freedesktop/login1", MANAGER, "PrepareForSleep", False)
    desktop.system.wait_for("Inhibit")
    assert len(desktop.system.held) == 2


def test_only_the_lock_of_ones_own_login_counts(desktop: Desktop) -> None:
    desktop.system.signal(OTHER, LOGIN_SESSION, "Lock")
    desktop.system.signal(OWN, LOGIN_SESSION, "Lock")
    assert desktop.next() is Why.DESKTOP
    assert desktop.told.empty()


def test_without_a_login_of_ones_own_any_lock_counts() -> None:
    desktop = Desktop(own=None)
    desktop.system.signal(OTHER, LOGIN_SESSION, "Lock")
    assert desktop.next() is Why.DESKTOP
    desktop.close()


@pytest.mark.parametrize("saver", SAVERS)
def test_a_screen_saver_that_begins_is_told_of_and_one_that_ends_is_not(desktop: Desktop, saver: str) -> None:
    desktop.session.signal("/ScreenSaver", saver, "ActiveChanged", False)
    desktop.session.signal("/ScreenSaver", saver, "ActiveChanged", True)
    assert desktop.next() is Why.DESKTOP
    assert desktop.told.empty()


def test_a_machine_without_a_bus_runs_on_and_says_so_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    told: list[Why] = []

    def nobody(bus: str) -> DBusConnection:
        raise FileNotFoundError(bus)

    signals = BusSignals(nobody)
    signals.start(told.append)
    for thread in threading.enumerate():
        if thread.name.startswith("bus-"):
            thread.join(LIMIT_S)
    signals.may_sleep()
    signals.stop()
    assert not told
    assert {record.getMessage() for record in caplog.records} >= {
        "no system bus: FileNotFoundError", "no session bus: FileNotFoundError",
    }  # fmt: skip


def test_the_buses_are_sockets_of_this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "tcp:host=127.0.0.1,port=9")
    with pytest.raises(RuntimeError, match="transports"):
        connect(SESSION)
