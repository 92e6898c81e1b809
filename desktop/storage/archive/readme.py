"""Knows the page that lies in every archive and says how to read it without this program."""

from __future__ import annotations

_TEXT = """\
This is an archive of a practice's records, made by Holdfast.

manifest.json           what is inside: sizes, row counts, SHA-256 of every file, and the practice's signature
tables/NAME.jsonl       every record: one line of JSON per record, one file per kind of record
practice.keys.json      the practice's key file: who may unlock, without any passphrase in it
practice.db             the same records as Holdfast's own database (SQLCipher 4); its key is the practice's and is
                        not in here: Holdfast takes it from practice.keys.json, with the kit or a passphrase

To read it without Holdfast, with the tools age, zstd and tar:

    age --decrypt --identity KIT.txt --output archive.tar.zst NAME.age
    zstd --decompress archive.tar.zst
    tar --extract --file archive.tar

KIT.txt holds the line of the recovery kit that begins with AGE-SECRET-KEY-1. What comes out is not encrypted any
more: work on a disk of your own, and remove it when you are done.

tables/clients.jsonl holds the people in care; tables/live_events.jsonl what was entered during sessions, in the order
in which it was entered; tables/notes.jsonl the notes; tables/audit.jsonl who did what, and when. Times ending in _utc
are in UTC; amounts of medicine ending in _mg are whole numbers of 0.01 mg.
"""


def text() -> bytes:
    """The page."""
    return _TEXT.encode("utf-8")
