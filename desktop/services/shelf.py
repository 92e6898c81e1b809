"""Knows which protocols a practice has: those that ship with the program, and its own editions in their place."""

from __future__ import annotations

import functools

from desktop.domain.audience import Audience
from desktop.domain.cards import EmergencyCard, read_card
from desktop.domain.editions import DataKind, Done, Edition
from desktop.domain.errors import Refused
from desktop.domain.protocol import Protocol
from desktop.domain.protocol_file import read_protocol
from desktop.domain.words import tr
from desktop.services.desk import Desk
from desktop.services.ports import Resources

PROTOCOLS = "protocols"
CARDS = "cards"
EMERGENCY = "emergency"
KEPT_TEXTS = 32

# Reading the same text again gives the same protocol, and every screen that plans or shows sessions asks for all.
_read = functools.lru_cache(maxsize=KEPT_TEXTS)(read_protocol)


def shipped_texts(resources: Resources) -> dict[str, str]:
    """The protocol files that come with the program: their texts by file name."""
    return {file: resources.text(f"{PROTOCOLS}/{file}") for file in resources.names(PROTOCOLS, ".toml")}


def shipped_named(desk: Desk, protocol_id: str) -> Protocol | None:
    """One protocol that comes with the program, by its id; None when there is none."""
    file = f"{protocol_id}.toml"
    if file not in desk.resources.names(PROTOCOLS, ".toml"):
        return None
    return _read(desk.resources.text(f"{PROTOCOLS}/{file}"), file)


def own_editions(desk: Desk, kind: DataKind) -> dict[str, Edition]:
    """The practice's own editions that are in force, by the name of the file."""
    with desk.store.read() as unit:
        latest = unit.editions.latest(kind, Audience.clinic("protocols"))
    return {edition.name: edition for edition in latest if edition.done is not Done.SHIPPED}


def on_the_shelf(desk: Desk) -> tuple[Protocol, ...]:
    """Every protocol there is, by title, whether it is switched on or not.

    DataFileError says which file is wrong, where and why.
    """
    own = own_editions(desk, DataKind.PROTOCOL)
    texts = {f"{name}.toml": edition.text for name, edition in own.items()}
    texts = {**shipped_texts(desk.resources), **texts}
    return tuple(sorted((_read(text, file) for file, text in texts.items()), key=lambda found: found.title))


def taken_from_shelf(desk: Desk, protocol_id: str) -> Protocol:
    """One protocol by its id, whether it is switched on or not; Refused when there is none."""
    own = own_editions(desk, DataKind.PROTOCOL).get(protocol_id)
    found = shipped_named(desk, protocol_id) if own is None else _read(own.text, f"{protocol_id}.toml")
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


def shipped_card(desk: Desk) -> EmergencyCard:
    """The emergency card as it comes with the program."""
    return read_card(desk.resources.text(f"{CARDS}/{EMERGENCY}.toml"), f"{EMERGENCY}.toml")


def card_in_force(desk: Desk) -> EmergencyCard:
    """The emergency card with the practice's own number and address, else as it is shipped."""
    own = own_editions(desk, DataKind.CARD).get(EMERGENCY)
    return shipped_card(desk) if own is None else read_card(own.text, f"{EMERGENCY}.toml")
