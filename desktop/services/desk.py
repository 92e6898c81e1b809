"""Knows what a member at an unlocked desk has at hand; every use case takes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only named here; the unlock screen is painted sooner without loading them
    from desktop.domain.audience import Owner
    from desktop.domain.people import Member
    from desktop.domain.records import Act, AuditEntry
    from desktop.services.ports import Clock, Ids, Resources, Signer, Store
    from desktop.services.ports_paper import PaperPress


@dataclass(frozen=True, slots=True)
class Desk:
    """The member who unlocked, and what the machine and the practice offer them.

    signer: signs with the member's own key; None at a desk that was not unlocked with one.
    travelling: it holds a session carried from elsewhere: its board takes entries, and nothing else is done here.
    """

    member: Member
    store: Store
    clock: Clock
    ids: Ids
    resources: Resources
    press: PaperPress
    program_version: str
    practice_name: str
    signer: Signer | None = None
    travelling: bool = False

    def line(self, act: Act, kind: str, subject_id: str, owner: Owner, detail: str = "") -> AuditEntry:
        """An audit line by this member, now."""
        from desktop.domain.records import AuditEntry

        return AuditEntry(act, self.member.id, kind, subject_id, owner, self.clock.now(), detail=detail)
