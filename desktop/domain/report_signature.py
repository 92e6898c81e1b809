"""Knows what is signed of a report that leaves the practice, and how the file beside it is read again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields

FORMAT = "holdfast-report-signature-1"
ENDING = ".sig.json"
MOST_BYTES = 16_384
_TEXTS = frozenset({"format", "file", "sha256", "rows_sha256", "practice_id", "practice", "member_id", "member",
                    "first", "last", "trail_mac", "signed_at", "public_key", "signature"})  # fmt: skip

Check = Callable[[bytes, bytes, bytes], bool]
"""check(public key, signature, message): whether the key's owner signed exactly this."""


@dataclass(frozen=True, slots=True)
class ReportSignature:
    """What a member vouches for. sha256: of the file; rows_sha256: of the lines that it tells of, as printed on it.

    first, last: the days; lines: how many; trail_number, trail_mac: the end of the trail at that time; whole: whether
    everything was found whole then. public_key and signature: hex.
    """

    file: str
    sha256: str
    rows_sha256: str
    practice_id: str
    practice: str
    member_id: str
    member: str
    first: str
    last: str
    lines: int
    trail_number: int
    trail_mac: str
    whole: bool
    signed_at: str
    public_key: str
    signature: str = ""
    format: str = FORMAT

    @property
    def text(self) -> bytes:
        """What is signed: everything but the signature, in one spelling."""
        said = {name: value for name, value in asdict(self).items() if name != "signature"}
        return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")

    @property
    def file_content(self) -> bytes:
        """The file that lies beside the report."""
        return (json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n").encode("utf-8")


class NotASignature(ValueError):
    """A file that is no signature of a report; its text says nothing of what it holds."""


def read_signature(content: bytes) -> ReportSignature:
    """The signature in a file; NotASignature."""
    try:
        found = json.loads(content[: MOST_BYTES + 1].decode("utf-8")) if len(content) <= MOST_BYTES else None
    except ValueError:
        raise NotASignature from None
    names = {field.name for field in fields(ReportSignature)}
    if not isinstance(found, dict) or set(found) != names or not _typed(found):
        raise NotASignature
    return ReportSignature(**found)


def _typed(found: Mapping[str, object]) -> bool:
    if any(not isinstance(found[name], str) for name in _TEXTS) or found["format"] != FORMAT:
        return False
    if not all(type(found[name]) is int for name in ("lines", "trail_number")) or type(found["whole"]) is not bool:
        return False
    lengths = {"sha256": 64, "rows_sha256": 64, "trail_mac": 64, "public_key": 64, "signature": 128}
    return all(re.fullmatch(f"[0-9a-f]{{{length}}}", str(found[name])) for name, length in lengths.items())


def report_holds(content: bytes, signature: ReportSignature, check: Check) -> tuple[bool, bool]:
    """Whether the file is the one that was signed, and whether the signature is its key's."""
    same = hashlib.sha256(content).hexdigest() == signature.sha256
    return same, check(bytes.fromhex(signature.public_key), bytes.fromhex(signature.signature), signature.text)
