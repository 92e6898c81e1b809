"""Knows which protocols a practice has, and which of them sessions may be planned with."""

from __future__ import annotations

from desktop.domain.errors import Refused
from desktop.domain.protocol import Protocol
from desktop.domain.protocol_file import read_protocol
from desktop.domain.words import tr
from desktop.services.desk import Desk

PROTOCOLS = "protocols"


def shipped(desk: Desk) -> tuple[Protocol, ...]:
    """The protocols that come with the program, by title; DataFileError says which file is wrong, where and why."""
    files = desk.resources.names(PROTOCOLS, ".toml")
    found = (read_protocol(desk.resources.text(f"{PROTOCOLS}/{file}"), file) for file in files)
    return tuple(sorted(found, key=lambda protocol: protocol.title))


def shipped_named(desk: Desk, protocol_id: str) -> Protocol | None:
    """One protocol that comes with the program, by its id; None when there is none."""
    file = f"{protocol_id}.toml"
    if file not in desk.resources.names(PROTOCOLS, ".toml"):
        return None
    return read_protocol(desk.resources.text(f"{PROTOCOLS}/{file}"), file)


def on_the_shelf(desk: Desk) -> tuple[Protocol, ...]:
    """Every protocol there is, by title, whether it is switched on or not."""
    return shipped(desk)


def taken_from_shelf(desk: Desk, protocol_id: str) -> Protocol:
    """One protocol by its id, whether it is switched on or not; Refused when there is none."""
    found = shipped_named(desk, protocol_id)
    if found is None:
        raise Refused("no_protocol", tr("There is no protocol of this name."), next_step=tr("Choose from the list."))
    return found


def require_on(protocol: Protocol) -> None:
    """Refused when the practice has not switched a protocol on."""
    if not protocol.enabled:
        raise Refused(
            "protocol_off", tr("The protocol {title} is switched off in this practice.", title=protocol.title),
            tr("Nothing was changed."), tr("The owner or a prescriber can switch it on under Protocols."),
        )
