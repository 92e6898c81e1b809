"""Knows a day's work of the whole program in a process of its own, with a canary in everything that can be typed.

    python -m tests.canaries.flow FOLDER END     END: leave, kill (SIGKILL in the session) or abort (SIGABRT in it)

It prints every canary, one a line, before it uses it. A network socket ends it with an error.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from desktop.bootstrap import Program, Settings
from desktop.domain.care_drafts import AdverseDraft, SafetyDraft, TouchDraft
from desktop.domain.drafts import NoteDraft, OrderDraft, PlanDraft, PlanPerson
from desktop.domain.errors import HoldfastError
from desktop.domain.paper import Compartment
from desktop.domain.people import ClientDraft, Couple, Role
from desktop.live.asks import Ask, AskClose, AskDischarge, AskMove, AskNote, AskObserve, AskStrike, AskUndo
from desktop.live.events import Ending
from desktop.services.adverse import MINUTE, local_now, write_adverse
from desktop.services.clients import change_client, make_client, open_client, search_people
from desktop.services.couples import make_couple, open_couple
from desktop.services.desk import Desk
from desktop.services.flowsheets import flowsheet
from desktop.services.live import LiveDesk
from desktop.services.notes import change_note, search_notes, session_notes, sign_note, write_note
from desktop.services.orders import write_order
from desktop.services.practice import PracticeDraft, create_practice
from desktop.services.safety_cards import keep_safety_card
from desktop.services.sessions import plan_session
from desktop.services.touch import keep_touch
from desktop.services.worksheets import PaperUse, worksheet
from desktop.system.hardening import harden
from tests.canaries.planting import ABOUT, SEATS, Planted

STEM = "zqcanary"
SHEET = "after-medicine-keep"
SEEN: list[Any] = []  # the window and what works for it, kept until the end
NETWORK = frozenset({"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"})


def no_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Ends the process at the first thing that looks like a network."""
    if (event == "socket.__new__" and arguments[1] in {socket.AF_INET, socket.AF_INET6}) or event in NETWORK:
        os.write(2, f"a network socket: {event}\n".encode())
        os._exit(9)


class Canaries(Planted):
    """Prints each canary as it is made; with a letter that is spelt otherwise in Latin-1 and UTF-8."""

    def new(self, home: str) -> str:
        word = f"{STEM}{len(self.homes):03d}é{home[0]}x"
        self.homes[word] = home
        print(word, flush=True)
        return word


def care(desk: Desk, client_id: str, seat: str, words: Canaries) -> None:
    """What somebody permits and needs, and something that went wrong."""
    new = partial(words.new, seat)
    keep_touch(desk, client_id, TouchDraft((), new(), new(), new(), True, new(), "", sober=True), 0)
    keep_safety_card(desk, client_id, SafetyDraft(new(), new(), new(), new(), new()), 0)
    began = f"{local_now(desk):{MINUTE}}"
    bad = AdverseDraft("nausea", began, "", "2", "no", "possible", new(), "ongoing", new(), "", new())
    write_adverse(desk, client_id, bad)


def records(desk: Desk, words: Canaries) -> tuple[Couple, str]:
    """Clients, couple, orders, notes, and a session that is planned; the session's id."""
    clients = []
    for seat in SEATS:
        typed = ClientDraft(words.new(seat), "1984-05-01", words.new(seat), words.new(seat), words.new(seat))
        made = make_client(desk, typed).value
        other = ClientDraft(words.new(seat), "1984-05-01", words.new(seat), words.new(seat), words.new(seat))
        clients.append(change_client(desk, made.id, other, made.version).value)
    couple = make_couple(desk, clients[0].id, clients[1].id, words.new("room")).value
    people = []
    for seat, client in zip(SEATS, clients, strict=True):
        limits = OrderDraft(client.id, "ketamine", "sublingual", "200", "400", "1", "45", until="2200-01-01")
        order = write_order(desk, replace(limits, remarks=words.new(seat))).value
        people.append(PlanPerson(client.id, seat, "dosed", order.id, words.new(seat)))
        note = write_note(desk, NoteDraft(client.owner, words.new(seat))).value
        note = change_note(desk, note.id, words.new(seat), note.version).value
        sign_note(desk, note.id, note.version)
        care(desk, client.id, seat, words)
    today = desk.clock.now().local.date().isoformat()
    session = plan_session(desk, PlanDraft("ketamine-sl-full", today, tuple(people), couple.id)).value
    write_note(desk, NoteDraft(couple.owner, words.new("room") * 20, session.id))
    return couple, session.id


def refused(live: LiveDesk, ask: Ask) -> None:
    """Ask for what cannot be, with canaries in it."""
    with contextlib.suppress(HoldfastError):
        live.record(ask)


def session(live: LiveDesk, words: Canaries) -> None:
    """Every kind of entry for both, corrections, and what is refused."""
    for make in ABOUT:
        for seat in SEATS:
            refused(live, make(words, seat))  # some are, most are not
    refused(live, AskNote(words.new("a"), "nobody"))
    refused(live, AskObserve("a", words.new("a")))
    live.record(AskStrike(3, words.new("a")))
    live.record(AskNote(words.new("a"), "a"))
    live.record(AskMove("b"))
    live.record(AskUndo(words.new("b")))
    live.record(AskNote(words.new("room")))


def looking(desk: Desk, couple: Couple, session_id: str, words: Canaries) -> None:
    """Pages, searches and paper: shown on the way, never kept."""
    open_couple(desk, couple.id)
    for client in (couple.partner_a, couple.partner_b):
        open_client(desk, client)
    session_notes(desk, session_id)
    for typed in (STEM, words.new("a"), "é"):
        search_people(desk, typed)
        search_notes(desk, typed)
    for seat in SEATS:
        for use in PaperUse:
            desk.press.preview(flowsheet(desk, session_id, seat, use).pdf, 96)
    for copy in (Compartment.A, Compartment.B, Compartment.BOTH):
        desk.press.preview(worksheet(desk, SHEET, session_id, copy, PaperUse.PREVIEW).pdf, 96)


def window(program: Program, desk: Desk, folder: Path, couple: Couple, session_id: str) -> None:
    """Every screen behind the lock, painted, with the session's board and its paper among them."""
    from PySide6.QtWidgets import QApplication

    from desktop.views.shell.app import make_window
    from desktop.views.ui.ops import Ops
    from desktop.views.ui.place import (
        AFTER,
        AUDIT,
        BOARD,
        CARE,
        CLIENT,
        COUPLE,
        GROUPS,
        MEMBERS,
        PAPER,
        PEOPLE,
        TODAY,
        Place,
    )

    ops = Ops()
    shown = make_window(program.door, program.resources, ops, settings=program.folders.state / "window.json")
    shown.resize(1366, 768)
    shown.show()
    shown.sit_down(desk, folder)
    places = (Place(PEOPLE), Place(COUPLE, couple.id), Place(CLIENT, couple.partner_a), Place(BOARD, session_id),
              Place(PAPER, session_id, "a"), Place(MEMBERS), Place(AUDIT), Place(CARE, couple.partner_a),
              Place(AFTER, session_id), Place(TODAY), Place(GROUPS), Place(PEOPLE))  # fmt: skip
    for place in places:
        shown.visit(place)
        QApplication.processEvents()
        while ops.busy:
            QApplication.processEvents()
        QApplication.processEvents()
        assert not shown.grab().isNull()
    SEEN.extend((shown, ops))


def faults(program: Program, words: Canaries) -> None:
    """Something goes wrong with canaries in hand, and reaches the program's log."""
    text = words.new("a")

    def fail() -> None:
        raise ValueError(text)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    try:
        fail()
    except ValueError as error:
        program.failed(error)


def main() -> None:
    """A day's work, and its end."""
    harden()
    sys.addaudithook(no_network)
    folder, end = Path(sys.argv[1]), sys.argv[2]
    words = Canaries()
    program = Program(Settings(cheap_keys=True, reserve=1 << 20))
    program.log.attach()
    passphrase = words.new("room") + " seven stones"
    draft = PracticeDraft(words.new("room"), "Mara Köhler", passphrase, passphrase,
                          frozenset({Role.THERAPIST, Role.PRESCRIBER}))  # fmt: skip
    desk = create_practice(program.door, folder, draft)
    couple, session_id = records(desk, words)
    program.door.leave(desk)
    desk = program.door.unlock(folder, program.door.peek(folder).members[0].id, passphrase)
    live = LiveDesk.begin(desk, session_id)
    session(live, words)
    looking(desk, couple, session_id, words)
    window(program, desk, folder, couple, session_id)
    faults(program, words)
    print("in the session", flush=True)
    if end == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if end == "abort":
        os.abort()
    live = LiveDesk.resume(desk, session_id)  # the board in the window has written that it was opened again
    for seat in SEATS:
        live.record(AskDischarge(seat, Ending.LEFT if live.state.people[seat].doses else Ending.NOT_DOSED,
                                 ((words.new(seat), words.new(seat)),), words.new(seat)))  # fmt: skip
    live.record(AskClose(words.new("room")))
    program.door.leave(desk)
    program.close()
    SEEN[1].close()
    print("left", flush=True)


if __name__ == "__main__":
    main()
