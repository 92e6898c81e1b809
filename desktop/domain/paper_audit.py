"""Knows what a printed part of the audit trail says: plain content, without how it looks."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.paper import Fact


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of the trail on paper. It names members and kinds of records, no client."""

    number: str
    when: str
    who: str
    act: str
    subject: str
    owner: str
    detail: str


@dataclass(frozen=True, slots=True)
class PrintedPoint:
    """A checkpoint on paper: the line, its code, and each signature with who gave it, when and with which key."""

    number: str
    code: str
    signatures: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class PrintedArchive:
    """An archive on paper. code: the first half of its file's SHA-256; verified, drilled: when last, '' for never."""

    number: str
    made: str
    where: str
    size: str
    code: str
    verified: str
    drilled: str


@dataclass(frozen=True, slots=True)
class ArchiveList:
    """Every archive, for the log that is signed in ink. to_compare: how a line is held against its archive."""

    rows: tuple[PrintedArchive, ...]
    to_compare: str


@dataclass(frozen=True, slots=True)
class AuditPaper:
    """Lines of a period, checkpoints, or both.

    words: paragraphs that say what the page is for; facts: who made it, from what, and its digest; archives: with them
    it is the log of archives, which has room for signatures in ink.
    """

    title: str
    subtitle: str
    practice: str
    who_will_see: str
    printed_on: str
    program_version: str
    words: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    lines: tuple[PrintedLine, ...] = ()
    points: tuple[PrintedPoint, ...] = ()
    archives: ArchiveList | None = None
