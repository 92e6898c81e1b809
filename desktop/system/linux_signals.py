"""Knows how Linux tells that the machine is about to sleep and that the desktop was locked: over D-Bus, on threads.

Both buses are sockets on this machine's file system. A machine without them, or whose bus refuses, is no error: the
boot clock shows afterwards that it slept.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.services.ports import Why

if TYPE_CHECKING:
    from jeepney import Message
    from jeepney.io.blocking import DBusConnection

log = logging.getLogger(__name__)
SYSTEM, SESSION = "SYSTEM", "SESSION"
LOGIN = "org.freedesktop.login1"
MANAGER, LOGIN_SESSION = f"{LOGIN}.Manager", f"{LOGIN}.Session"
SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver")
REPLY_S = 5.0
Tell = Callable[[Why], object]


def connect(bus: str) -> DBusConnection:
    """The connection to a bus. OSError and its like where there is none."""
    from jeepney.io.blocking import open_dbus_connection

    return open_dbus_connection(bus, enable_fds=True)


class BusSignals:
    """A MachineSignals port over logind and the desktop's screen saver."""

    def __init__(self, connect: Callable[[str], DBusConnection] = connect) -> None:
        self._connect = connect
        self._guard = threading.Lock()
        self._held: list[Any] = []
        self._open: list[DBusConnection] = []
        self._stopped = False

    def start(self, tell: Tell) -> None:
        """Listen on both buses; tell(why) is called from their threads."""
        for listen, bus in ((self._on_system, SYSTEM), (self._on_session, SESSION)):
            thread = threading.Thread(target=self._listen, args=(bus, listen, tell), name=f"bus-{bus}", daemon=True)
            thread.start()

    def may_sleep(self) -> None:
        """Let go of what holds the sleep back; it is taken again on waking."""
        with self._guard:
            held, self._held = self._held, []
        for each in held:
            each.close()

    def stop(self) -> None:
        """Tell nothing any more."""
        self._stopped = True
        self.may_sleep()
        with self._guard:
            closing, self._open = self._open, []
        for each in closing:
            with contextlib.suppress(OSError):
                each.sock.shutdown(2)

    def _listen(self, bus: str, listen: Callable[[DBusConnection, deque[Message], Tell], None], tell: Tell) -> None:
        """In a thread of its own, until the bus is gone."""
        from jeepney import MatchRule

        try:
            connection = self._connect(bus)
        except Exception as error:  # noqa: BLE001 - whatever the bus is like, the program runs without it
            log.info("no %s bus: %s", bus.lower(), type(error).__name__)
            return
        with self._guard:
            self._open.append(connection)
        try:
            signals: deque[Message] = deque()
            with connection, connection.filter(MatchRule(type="signal"), queue=signals):
                listen(connection, signals, tell)
        except Exception as error:  # noqa: BLE001 - the same
            if not self._stopped:
                log.info("the %s bus is gone: %s", bus.lower(), type(error).__name__)

    def _on_system(self, connection: DBusConnection, signals: deque[Message], tell: Tell) -> None:
        _subscribe(connection, MANAGER, "PrepareForSleep")
        _subscribe(connection, LOGIN_SESSION, "Lock")
        own = _own_session(connection)
        self._hold(connection)
        while not self._stopped:
            message = connection.recv_until_filtered(signals)
            name = _member(message)
            if name == "PrepareForSleep" and message.body[0]:
                tell(Why.SLEEP)
            elif name == "PrepareForSleep":
                self._hold(connection)
            elif name == "Lock" and own in (None, _path(message)):
                tell(Why.DESKTOP)

    def _on_session(self, connection: DBusConnection, signals: deque[Message], tell: Tell) -> None:
        for saver in SAVERS:
            _subscribe(connection, saver, "ActiveChanged")
        while not self._stopped:
            message = connection.recv_until_filtered(signals)
            if _member(message) == "ActiveChanged" and message.body[0]:
                tell(Why.DESKTOP)

    def _hold(self, connection: DBusConnection) -> None:
        """Have the machine wait with sleeping until the window is covered and the practice closed; as long as it does.

        The end of the process lets go of it as well.
        """
        words = ("sleep", "Holdfast", "Locks the practice first", "delay")
        body = _call(connection, "/org/freedesktop/login1", MANAGER, "Inhibit", "ssss", words)
        if body is not None:
            with self._guard:
                self._held.append(body[0])
        if self._stopped:
            self.may_sleep()


def _subscribe(connection: DBusConnection, interface: str, member: str) -> None:
    from jeepney import MatchRule, message_bus

    rule = MatchRule(type="signal", interface=interface, member=member)
    connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=REPLY_S)


def _call(
    connection: DBusConnection, path: str, interface: str, method: str, signature: str, body: tuple[object, ...]
) -> tuple[Any, ...] | None:
    """What logind answers; None for an error or no answer."""
    from jeepney import DBusAddress, MessageType, new_method_call

    call = new_method_call(DBusAddress(path, LOGIN, interface), method, signature, body)
    try:
        reply = connection.send_and_get_reply(call, timeout=REPLY_S)
    except TimeoutError:
        return None
    return tuple(reply.body) if reply.header.message_type is MessageType.method_return else None


def _own_session(connection: DBusConnection) -> str | None:
    """The path of the login session that this program belongs to; None when logind knows none, as for a service."""
    body = _call(connection, "/org/freedesktop/login1", MANAGER, "GetSessionByPID", "u", (os.getpid(),))
    return str(body[0]) if body else None


def _member(message: Message) -> str:
    from jeepney import HeaderFields

    return str(message.header.fields.get(HeaderFields.member, ""))


def _path(message: Message) -> str:
    from jeepney import HeaderFields

    return str(message.header.fields.get(HeaderFields.path, ""))


def signals() -> BusSignals:
    """What tells of sleep and lock here."""
    return BusSignals()


def shield(window_id: int) -> bool:
    """No window can be kept out of captures on this system."""
    return False
