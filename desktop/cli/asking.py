"""Knows how a command asks: a passphrase at the terminal or from a file descriptor, never as an argument."""

from __future__ import annotations

import getpass
import os
import sys

from desktop.cli.codes import Usage
from desktop.domain.words import tr

MOST_BYTES = 4096


def passphrase(descriptor: int | None, new: bool = False, label: str = "", option: str = "--passphrase-fd") -> str:
    """The passphrase: the first line of a descriptor, or typed without being shown. new: typed twice. Usage.

    label: what is asked for at the terminal; option: the one that gives the descriptor.
    """
    if descriptor is not None:
        return _first_line(descriptor, option)
    if not _has_terminal():
        raise Usage(
            tr("There is no terminal to ask for the passphrase."), tr("Nothing was changed."),
            tr("Give it on a file descriptor, as in: {option} 3 3<FILE", option=option),
        )  # fmt: skip
    try:
        typed = getpass.getpass(label or tr("Passphrase: "))
        if new and getpass.getpass(tr("Once more: ")) != typed:
            raise Usage(tr("The two passphrases do not match."), tr("Nothing was changed."), tr("Try again."))
    except EOFError:
        raise Usage(tr("No passphrase was given."), tr("Nothing was changed."), tr("Try again.")) from None
    return typed


def secret_line(descriptor: int | None, label: str, option: str) -> str:
    """A secret that is no passphrase: from a descriptor, or typed without being shown. Usage names the option."""
    if descriptor is not None:
        return _first_line(descriptor, option)
    if not _has_terminal():
        raise Usage(
            tr("Something is missing: {option}.", option=option), tr("Nothing was changed."),
            tr("Give it on a file descriptor, as in: {option} 3 3<FILE", option=option),
        )  # fmt: skip
    try:
        return getpass.getpass(label)
    except EOFError:
        raise Usage(tr("Nothing was typed."), tr("Nothing was changed."), tr("Try again.")) from None


def words(given: str | None, label: str, option: str) -> str:
    """A word that was given, or asked for at the terminal. Usage names the option."""
    if given is not None:
        return given
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Usage(
            tr("Something is missing: {option}.", option=option), tr("Nothing was changed."),
            tr("Give it, or start the command at a terminal, where it is asked for."),
        )  # fmt: skip
    print(label, end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def _has_terminal() -> bool:
    if os.name != "posix":
        return sys.stdin.isatty()
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _first_line(descriptor: int, option: str) -> str:
    """Byte by byte, so that what follows on the same descriptor stays there for others."""
    line = bytearray()
    try:
        while len(line) < MOST_BYTES and (byte := os.read(descriptor, 1)) not in (b"", b"\n"):
            line += byte
        text = line.decode("utf-8").removesuffix("\r")
    except OSError:
        raise Usage(
            tr("The descriptor given with {option} cannot be read.", option=option), tr("Nothing was changed."),
            tr("Open it for the command, as in: {option} 3 3<FILE", option=option),
        ) from None  # fmt: skip
    except UnicodeDecodeError:
        raise Usage(
            tr("The passphrase is not UTF-8 text."), tr("Nothing was changed."), tr("Write it in UTF-8.")
        ) from None
    finally:
        line[:] = bytes(len(line))
    if not text:
        raise Usage(
            tr("The descriptor given with {option} holds nothing.", option=option), tr("Nothing was changed."),
            tr("Write it on the first line."),
        )  # fmt: skip
    return text
