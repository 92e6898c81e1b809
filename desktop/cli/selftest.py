"""Knows the command that lets the program test itself, also where it is installed."""

from __future__ import annotations

from argparse import Namespace

from desktop.cli import show
from desktop.cli.codes import Exit
from desktop.cli.kit import Kit
from desktop.cli.parsing import Families
from desktop.domain.words import tr

SELFTEST = {
    "ok": "true when every check passed",
    "version": "the program's version",
    "checks": "what was tried: a list of name, ok, text",
}


def add_to(families: Families) -> None:
    """Write the command down."""
    families.command("selftest", tr("let this installation test itself, without touching any practice"), run, SELFTEST)


def run(kit: Kit, arguments: Namespace) -> int:
    """Try everything once."""
    findings = kit.self_test()
    ok = all(finding.ok for finding in findings)
    if arguments.json:
        checks = [{"name": finding.name, "ok": finding.ok, "text": finding.text} for finding in findings]
        show.emit({"ok": ok, "version": kit.version, "checks": checks})
    else:
        show.table([("ok" if finding.ok else tr("NOT OK"), finding.name, finding.text) for finding in findings])
        show.line(tr("Holdfast {version}: everything works.", version=kit.version) if ok else
                  tr("Holdfast {version} does not work here.", version=kit.version))  # fmt: skip
    return Exit.OK if ok else Exit.NOT_INTACT
