"""Knows how an unlocked practice's keys are changed: each change as one step of the key file, or of key file and pages.

The services' port onto the vault; what is done is written down in the audit trail by them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.domain.errors import HoldfastError
from desktop.domain.errors_keys import CustodianLeaves, NoKit, UnitsUnderWay
from desktop.domain.errors_practice import WrongPassphrase
from desktop.services.ports_keys import Given, KeyRoom, KeyState, KitDraft, SlotState
from desktop.storage.audit import Head, Stretch
from desktop.storage.head_file import HeadFile
from desktop.storage.opened import Opened
from desktop.storage.rekeying import change_keys
from desktop.storage.unit import SqlStore
from desktop.storage.vault import bech32, custody
from desktop.storage.vault.attempts import Attempts
from desktop.storage.vault.epochs import Change, TrailEnd, next_epoch
from desktop.storage.vault.factor import credentials, draw_factor
from desktop.storage.vault.keyfile import KeyFile
from desktop.storage.vault.keyring import KeyRing, Label
from desktop.storage.vault.kit import DrawnKit, draw_kit, groups, open_with_kit, read_kit, with_kit
from desktop.storage.vault.own import renewed, with_factor_required, with_new_slot
from desktop.storage.vault.slots import Credentials


def stretches(ring: KeyRing) -> tuple[Stretch, ...]:
    """The parts of the audit trail that are under the keys of earlier epochs."""
    found = []
    for each in ring.earlier:
        with ring.subkey(Label.AUDIT, each) as key:
            found.append(Stretch(Head(each.lines, each.head.hex()), bytes(key.reveal())))
    return tuple(found)


def audit_key(ring: KeyRing) -> bytes:
    """The key that the trail's present lines are under."""
    with ring.subkey(Label.AUDIT) as key:
        return bytes(key.reveal())


class OpenedKeys(KeyRoom):
    """The keys behind one desk. heads: whose file is sealed with them too. wait_seconds: for an archive under way."""

    wait_seconds = 60.0

    def __init__(self, opened: Opened, store: SqlStore, heads: HeadFile) -> None:
        self._opened, self._store, self._heads = opened, store, heads

    def state(self) -> KeyState:
        """How they stand now."""
        keys = self._opened.keys
        slots = (SlotState(each.id, each.name, each.slot.second_factor, each.factor_required) for each in keys.members)
        kit = keys.recovery[0] if keys.recovery else None
        held = custody.present_custody(keys)
        return KeyState(
            practice_id=keys.practice_id,
            epoch=keys.epoch,
            slots=tuple(slots),
            kit=kit.id if kit else "",
            kit_public=bech32.encode(bech32.RECIPIENT, kit.exchange) if kit else "",
            custodian=held.custodian if held else "",
        )

    def draw_kit(self, kit_id: str) -> KitDraft:
        """A fresh kit; nothing is changed."""
        drawn = draw_kit(kit_id)
        with drawn.secret:
            text = drawn.text
            return KitDraft(kit_id, text, groups(text), drawn.recipient, bool(self._opened.keys.recovery))

    def keep_kit(self, draft: KitDraft) -> None:
        """Seal the keys to a kit. Where there was one, the practice gets new keys, which the old kit does not open."""
        with read_kit(draft.text) as secret:
            drawn = DrawnKit(draft.id, secret)
            if self._opened.keys.recovery:
                self._next_epoch(Change(kit=(drawn.id, drawn.exchange)))
            else:
                self._opened.keep(with_kit(self._opened.keys, self._opened.ring, drawn))

    def holds_kit(self, text: str) -> None:
        """Return when a kit is this practice's; KitMistyped, KitOfAnother, NoKit."""
        if not self._opened.keys.recovery:
            raise NoKit
        with read_kit(text) as secret:
            open_with_kit(self._opened.keys, secret).wipe()

    def remove(self, member_id: str) -> None:
        """Take a member's slot away and give the practice new keys. NoSuchMember, LastMember, CustodianLeaves."""
        if self.state().custodian == member_id:
            raise CustodianLeaves
        self._next_epoch(Change(without=member_id))

    def change_own(self, old: Given, new: Given, renew: bool) -> None:
        """Change one's own passphrase or key file. renew: new pairs, and new keys for the practice."""
        opened = self._opened
        before, after = credentials(old.passphrase, old.factor), credentials(new.passphrase, new.factor)
        with self._counted():
            made = self._made_anew(before, after, renew)
        if isinstance(made, Change):
            self._next_epoch(made)
        else:
            opened.keep(made)
        opened.factor = after.factor  # what the veil asks with from now on

    def _made_anew(self, before: Credentials, after: Credentials, renew: bool) -> Change | KeyFile:
        opened = self._opened
        if not renew:
            return with_new_slot(opened.keys, opened.ring, before, after, opened.cost)
        holder, own = renewed(opened.keys, opened.ring, before, after, opened.cost)
        return Change(holder=holder, own=own)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """A wrong passphrase within the block counts as one at unlocking does. TooManyTries, WrongPassphrase."""
        opened = self._opened
        attempts = Attempts(opened.folder, opened.around.disk)
        wait = attempts.begin(opened.member_id, opened.around.clock.now())
        try:
            yield
        except WrongPassphrase:
            raise WrongPassphrase(wait) from None
        except HoldfastError:
            attempts.clear(opened.member_id)
            raise
        attempts.clear(opened.member_id)

    def require_factor(self, member_id: str, required: bool) -> None:
        """Want a key file of a member, from their next change on; NoSuchMember."""
        opened = self._opened
        opened.keep(with_factor_required(opened.keys, opened.ring, member_id, required))

    def draw_factor(self) -> bytes:
        """A fresh key file's content; nothing is changed."""
        return draw_factor()

    def name_custodian(self, custody_id: str, member_id: str) -> None:
        """Draw a custody key that this member and the kit open together. NoKit, NoSuchMember."""
        opened = self._opened
        opened.keep(custody.with_custody(opened.keys, opened.ring, custody_id, member_id))

    def hand_over_custody(self, kit: str, member_id: str) -> int:
        """As the custodian with a kit in hand, give another member what both open; how many custody keys."""
        opened = self._opened
        with read_kit(kit) as secret:
            keys, count = custody.handed_over(opened.keys, opened.ring, secret, member_id)
        opened.keep(keys)
        return count

    def seal_for_author(self, text: bytes, context: bytes, declined: bool) -> bytes:
        """Seal to the member at work, and to custody unless declined. context: what it belongs to."""
        return custody.seal_for_author(self._opened.keys, self._opened.ring, text, context, declined)

    def open_own(self, sealed: bytes, context: bytes) -> bytes:
        """What the member at work sealed before; NotYours."""
        with custody.open_as_author(self._opened.keys, self._opened.ring, sealed, context) as text:
            return bytes(text.reveal())

    def open_in_custody(self, sealed: bytes, context: bytes, kit: str) -> bytes:
        """With the kit, as the custodian. NotTheCustodian, NotInCustody, KitMistyped, KitOfAnother."""
        opened = self._opened
        with read_kit(kit) as secret, custody.open_in_custody(
            opened.keys, opened.ring, sealed, context, secret
        ) as text:
            return bytes(text.reveal())

    @contextmanager
    def _no_archive(self) -> Iterator[None]:
        """Within the block no archive is made or read: it would go on with keys that are gone. UnitsUnderWay."""
        work = self._opened.long_work
        if not work.acquire(timeout=self.wait_seconds):
            raise UnitsUnderWay
        try:
            yield
        finally:
            work.release()

    def _next_epoch(self, change: Change) -> None:
        """New keys for everything: the key file, every page, the trail's next lines, and the head file."""
        opened = self._opened
        with self._no_archive(), self._store.still() as head:
            following, ring = next_epoch(opened.keys, opened.ring, TrailEnd(head.number, head.raw), change)
            try:
                change_keys(opened, following, ring)
            except BaseException:
                ring.wipe()
                raise
            engines = opened.engines
            self._store.move(engines.writer, engines.readers, audit_key(opened.ring), stretches(opened.ring))
            self._heads.follow(opened.ring)
