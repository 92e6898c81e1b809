"""Knows how each screen behind the lock is made. Each is loaded when it is first visited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from desktop.views.ui.place import (
    AFTER,
    ARCHIVES,
    AUDIT,
    AWAY,
    BOARD,
    CARE,
    CARRY,
    CLIENT,
    COUPLE,
    GROUPS,
    HELP,
    KEYS,
    MEMBERS,
    PAPER,
    PAPER_ENTRY,
    PEOPLE,
    PROTOCOLS,
    TODAY,
    Place,
)  # fmt: skip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.views.shell.here import Builder, Here


def people(here: Here, place: Place) -> QWidget:
    """The list of couples and clients."""
    from desktop.views.people.view import PeopleScreen

    return PeopleScreen(here.desk, here.ops)


def couple(here: Here, place: Place) -> QWidget:
    """A couple's page."""
    from desktop.views.couple.view import ChartScreen

    return ChartScreen(here.desk, here.ops, couple_id=place.id)


def client(here: Here, place: Place) -> QWidget:
    """The page of a client alone."""
    from desktop.views.couple.view import ChartScreen

    return ChartScreen(here.desk, here.ops, client_id=place.id)


def board(here: Here, place: Place) -> QWidget:
    """The board of a session."""
    from desktop.views.shell.hosting import BoardHost

    return BoardHost(here, place.id, ticking=here.ticking)


def paper(here: Here, place: Place) -> QWidget:
    """Pages as they will be printed, for a session or blank."""
    from desktop.views.paper.view import PaperScreen

    return PaperScreen(here.desk, here.ops, session_id=place.id)


def paper_entry(here: Here, place: Place) -> QWidget:
    """The grid in which a session that was kept on paper is typed in."""
    from desktop.views.paperentry.view import PaperEntryScreen

    return PaperEntryScreen(here.desk, here.ops, place.id, here.lives)


def carry(here: Here, place: Place) -> QWidget:
    """The page on which a session is carried; without one, the list of all that were."""
    from desktop.views.carry.listing import CarriedListScreen
    from desktop.views.carry.view import CarryScreen
    from desktop.views.paper.saving import save_pdf

    way = here.door.carry()
    if not place.id or way is None:
        return CarriedListScreen(here.desk, here.ops)
    return CarryScreen(here.desk, way, here.ops, place.id, save_pdf)


def away(here: Here, place: Place) -> QWidget:
    """The page of a travelling practice."""
    from desktop.views.carry.away import AwayScreen
    from desktop.views.paper.saving import save_pdf

    way = here.door.carry()
    assert way is not None, "a travelling practice is opened by a door that carries"
    return AwayScreen(here.desk, way, here.ops, save_pdf)


def members(here: Here, place: Place) -> QWidget:
    """Who works here."""
    from desktop.views.members.view import MembersScreen

    return MembersScreen(here.desk, here.door, here.ops)


def keys(here: Here, place: Place) -> QWidget:
    """What opens the practice. How pages leave the program is the paper screen's."""
    from desktop.views.keys.view import KeysScreen, Ways
    from desktop.views.paper.printing import ask_printer, put_on
    from desktop.views.paper.saving import save_pdf

    return KeysScreen(here.desk, here.door, here.ops, Ways(save_pdf, ask_printer, put_on))


def audit(here: Here, place: Place) -> QWidget:
    """The audit trail."""
    from desktop.views.audit.out import WaysOut
    from desktop.views.audit.view import AuditScreen
    from desktop.views.paper.printing import ask_printer, put_on
    from desktop.views.paper.saving import check_target, save_pdf

    return AuditScreen(here.desk, here.ops, WaysOut(check_target, save_pdf, ask_printer, put_on))


def archives(here: Here, place: Place) -> QWidget:
    """The archives."""
    from desktop.views.archives.printing import Ways
    from desktop.views.archives.view import ArchivesScreen
    from desktop.views.paper.printing import ask_printer, put_on

    return ArchivesScreen(here.desk, here.archives, here.ops, Ways(ask_printer, put_on))


def care(here: Here, place: Place) -> QWidget:
    """What somebody permits and needs."""
    from desktop.views.client.view import CareScreen

    return CareScreen(here.desk, here.ops, client_id=place.id)


def after(here: Here, place: Place) -> QWidget:
    """A session afterwards."""
    from desktop.views.after.view import AfterScreen

    return AfterScreen(here.desk, here.ops, session_id=place.id)


def today(here: Here, place: Place) -> QWidget:
    """What the day asks for."""
    from desktop.views.today.view import TodayScreen

    return TodayScreen(here.desk, here.ops, _archive_words(here))


def groups(here: Here, place: Place) -> QWidget:
    """Groups of couples."""
    from desktop.views.groups.view import GroupsScreen

    return GroupsScreen(here.desk, here.ops)


def protocols(here: Here, place: Place) -> QWidget:
    """The practice's protocols."""
    from desktop.views.paper.saving import save_pdf
    from desktop.views.protocols.view import ProtocolsScreen

    return ProtocolsScreen(here.desk, here.ops, save_pdf)


def _archive_words(here: Here) -> Callable[[], str] | None:
    """How old the last archive is, in a sentence; None where there are no archives."""
    door = here.archives
    if door is None:
        return None

    def words() -> str:
        from desktop.services.archives import policy_of, standing

        log = door.of(here.desk).log()
        return standing(log, here.desk.clock.now().utc, policy_of(here.desk.resources)).words

    return words


def helping(here: Here, place: Place) -> QWidget:
    """Help."""
    from desktop.views.help.view import HelpScreen

    return HelpScreen(here.desk.resources, here.ops)


def builders() -> Mapping[str, Builder]:
    """Every screen by its name."""
    return {
        PEOPLE: people, COUPLE: couple, CLIENT: client, BOARD: board, PAPER: paper, MEMBERS: members, KEYS: keys,
        PAPER_ENTRY: paper_entry, CARRY: carry, AWAY: away,
        AUDIT: audit, ARCHIVES: archives, HELP: helping, CARE: care, AFTER: after, TODAY: today,
        GROUPS: groups, PROTOCOLS: protocols,
    }


