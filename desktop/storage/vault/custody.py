"""Knows what is sealed to one author, and the custody key that two people open together when the author cannot.

The custody key's private half is sealed to the custodian, and inside that to the kit: each alone opens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.errors_keys import KitOfAnother, NoKit, NotInCustody, NotTheCustodian, NotYours
from desktop.domain.errors_practice import DamagedKeyFile, NoSuchMember
from desktop.storage.vault.canonical import Fields, JsonObject, read, spell
from desktop.storage.vault.keyfile import Custody, KeyFile
from desktop.storage.vault.keyholders import read_identifier
from desktop.storage.vault.keyring import KeyRing, authenticated_by
from desktop.storage.vault.primitives import (
    KEY_BYTES,
    NONCE_BYTES,
    SEAL_BYTES,
    CannotOpen,
    close_with,
    exchange_key,
    exchange_public,
    open_sealed,
    open_with,
    random_bytes,
    random_secret,
    seal_to,
    signed_by,
)
from desktop.storage.vault.secret import Secret

FORMAT = "holdfast-sealed-1"
SIGNATURE_BYTES = 64
_KEY_SEALED = KEY_BYTES + SEAL_BYTES


def _purpose(use: str, practice_id: str, of: str, more: str) -> bytes:
    return spell({"use": f"holdfast {use} 1", "practice": practice_id, "of": of, "for": more})


def with_custody(keys: KeyFile, ring: KeyRing, custody_id: str, custodian: str) -> KeyFile:
    """The key file with a fresh custody key, for a custodian and the present kit. NoKit, NoSuchMember.

    Earlier ones stay for what was sealed to them: their own custodian and their own kit open that.
    """
    with random_secret(KEY_BYTES) as private:
        made = _sealed_to_both(keys, custody_id, custodian, private)
    return authenticated_by(replace(keys, custody=(*keys.custody, made)), ring)


def _sealed_to_both(keys: KeyFile, custody_id: str, custodian: str, private: Secret) -> Custody:
    holder = keys.member(custodian)
    if holder is None:
        raise NoSuchMember
    if not keys.recovery:
        raise NoKit
    kit = keys.recovery[0]
    for_kit = _purpose("custody for kit", keys.practice_id, custody_id, kit.id)
    inner = seal_to(kit.exchange, private.reveal(), for_kit)
    purpose = _purpose("custody for custodian", keys.practice_id, custody_id, holder.id)
    sealed = seal_to(holder.exchange, inner, purpose)
    return Custody(custody_id, exchange_public(private), holder.id, kit.id, sealed)


def handed_over(keys: KeyFile, ring: KeyRing, kit: Secret, custodian: str) -> tuple[KeyFile, int]:
    """The key file with every custody key that the member at work and this kit open given to another custodian.

    kit: the present one or an earlier one; what it opens is sealed to the present one. How many keys that were. So
    what was sealed before stays in custody when a custodian leaves or a kit is replaced. NotTheCustodian, KitOfAnother.
    """
    found: list[Custody] = []
    refusal: NotTheCustodian | KitOfAnother = NotTheCustodian()
    for each in keys.custody:
        try:
            with _custody_key(keys, ring, each, kit) as private:
                found.append(_sealed_to_both(keys, each.id, custodian, private))
        except NotTheCustodian:
            found.append(each)
        except KitOfAnother as error:
            found.append(each)
            refusal = error
    count = sum(new is not old for new, old in zip(found, keys.custody, strict=True))
    if not count:
        raise refusal
    return authenticated_by(replace(keys, custody=tuple(found)), ring), count


def present_custody(keys: KeyFile) -> Custody | None:
    """The custody key that is sealed to now; None where none was named since the kit is what it is."""
    last = keys.custody[-1] if keys.custody else None
    holds = last is not None and keys.recovery and last.kit == keys.recovery[0].id and keys.member(last.custodian)
    return last if holds else None


def _custody_key(keys: KeyFile, ring: KeyRing, custody: Custody, kit: Secret) -> Secret:
    """The private half. NotTheCustodian, KitOfAnother."""
    if custody.custodian != ring.member_id:
        raise NotTheCustodian
    try:
        purpose = _purpose("custody for custodian", keys.practice_id, custody.id, custody.custodian)
        with ring.open_own(custody.sealed, purpose) as inner:
            sealed = bytes(inner.reveal())
    except CannotOpen:
        raise NotTheCustodian from None
    try:
        return open_sealed(
            exchange_key(kit), sealed, _purpose("custody for kit", keys.practice_id, custody.id, custody.kit)
        )
    except CannotOpen:
        raise KitOfAnother from None


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A text as it is kept: closed under a key of its own, that key sealed to the author and to custody or nobody."""

    author: str
    custody: str
    to_author: bytes
    to_custody: bytes
    nonce: bytes
    closed: bytes
    signature: bytes = b""

    def signed(self) -> JsonObject:
        """All that the author's signature covers."""
        return {
            "format": FORMAT, "author": self.author, "custody": self.custody, "to_author": self.to_author.hex(),
            "to_custody": self.to_custody.hex(), "nonce": self.nonce.hex(), "closed": self.closed.hex(),
        }  # fmt: skip

    def content(self) -> bytes:
        """Its bytes."""
        return spell({**self.signed(), "signature": self.signature.hex()})


def _read(content: bytes) -> _Sealed:
    """DamagedKeyFile for what is none of these."""
    fields = Fields(read(content), "format author custody to_author to_custody nonce closed signature")
    if fields.text("format", 40) != FORMAT:
        raise DamagedKeyFile
    closed = fields.anything("closed")
    length = len(closed) // 2 if isinstance(closed, str) else 0
    return _Sealed(
        author=read_identifier(fields, "author"),
        custody=read_identifier(fields, "custody") if fields.anything("custody") != "" else "",
        to_author=fields.raw("to_author", _KEY_SEALED),
        to_custody=fields.maybe_raw("to_custody", _KEY_SEALED),
        nonce=fields.raw("nonce", NONCE_BYTES),
        closed=fields.raw("closed", length),
        signature=fields.raw("signature", SIGNATURE_BYTES),
    )


def _around(practice_id: str, author: str, context: bytes) -> bytes:
    return spell({"use": "holdfast sealed text 1", "practice": practice_id, "author": author, "in": context.hex()})


def _to_sign(practice_id: str, sealed: _Sealed, context: bytes) -> bytes:
    return _around(practice_id, sealed.author, context) + spell(sealed.signed())


def seal_for_author(keys: KeyFile, ring: KeyRing, text: bytes, context: bytes, declined: bool) -> bytes:
    """Seal a text to the member at work, and to custody unless declined; signed by them.

    context: what it belongs to; it opens nowhere else. Where no custodian is named it is sealed to the author alone.
    """
    author = keys.member(ring.member_id)
    if author is None:
        raise NoSuchMember
    custody = None if declined else present_custody(keys)
    nonce = random_bytes(NONCE_BYTES)
    with random_secret(KEY_BYTES) as key:
        raw = key.reveal()
        to_custody = b""
        if custody is not None:
            purpose = _purpose("sealed for custody", keys.practice_id, author.id, custody.id)
            to_custody = seal_to(custody.exchange, raw, purpose)
        made = _Sealed(
            author.id, custody.id if custody else "",
            seal_to(author.exchange, raw, _purpose("sealed for author", keys.practice_id, author.id, author.id)),
            to_custody, nonce, close_with(raw, nonce, text, _around(keys.practice_id, author.id, context)),
        )  # fmt: skip
    return replace(made, signature=ring.sign(_to_sign(keys.practice_id, made, context))).content()


def _checked(keys: KeyFile, content: bytes, context: bytes) -> _Sealed:
    """What was sealed, if its author signed it for this place. DamagedKeyFile."""
    sealed = _read(content)
    holder = keys.member(sealed.author)
    halves = [each.signing for each in keys.retired if each.id == sealed.author]
    if holder is not None:
        halves += [holder.signing, *(each.signing for each in holder.former)]
    message = _to_sign(keys.practice_id, sealed, context)
    if not any(signed_by(half, sealed.signature, message) for half in halves):
        raise DamagedKeyFile
    return sealed


def _opened(keys: KeyFile, sealed: _Sealed, context: bytes, key: Secret) -> Secret:
    with key:
        try:
            around = _around(keys.practice_id, sealed.author, context)
            return open_with(key.reveal(), sealed.nonce, sealed.closed, around)
        except CannotOpen:
            raise DamagedKeyFile from None


def open_as_author(keys: KeyFile, ring: KeyRing, content: bytes, context: bytes) -> Secret:
    """The text again, for its author. NotYours, DamagedKeyFile."""
    sealed = _checked(keys, content, context)
    if sealed.author != ring.member_id:
        raise NotYours
    purpose = _purpose("sealed for author", keys.practice_id, sealed.author, sealed.author)
    try:
        key = ring.open_own(sealed.to_author, purpose)
    except CannotOpen:
        raise NotYours from None
    return _opened(keys, sealed, context, key)


def open_in_custody(keys: KeyFile, ring: KeyRing, content: bytes, context: bytes, kit: Secret) -> Secret:
    """The text, for the custodian with the kit. NotInCustody, NotTheCustodian, KitOfAnother, DamagedKeyFile."""
    sealed = _checked(keys, content, context)
    custody = next((each for each in keys.custody if each.id == sealed.custody), None)
    if custody is None:
        raise NotInCustody
    purpose = _purpose("sealed for custody", keys.practice_id, sealed.author, custody.id)
    with _custody_key(keys, ring, custody, kit) as private:
        try:
            key = open_sealed(exchange_key(private), sealed.to_custody, purpose)
        except CannotOpen:
            raise DamagedKeyFile from None
    return _opened(keys, sealed, context, key)
