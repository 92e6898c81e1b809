"""Knows the command that checks the audit trail."""

from __future__ import annotations

from argparse import Namespace

from desktop.cli import show
from desktop.cli.codes import Exit
from desktop.cli.kit import Kit, at_desk
from desktop.cli.parsing import Families, add_unlocking
from desktop.domain.words import tr
from desktop.services.practice import Finding
from desktop.services.trail import findings_with_words, verify_trail

VERIFY = {
    "intact": "true when nothing wrong was found",
    "entries": "how many lines the trail has",
    "head": "the last line's code, in hex",
    "first_wrong": "the number of the first line that does not hold, or null",
    "reason": "what is wrong with it, or an empty text",
    "notes": "what else was seen: a list of texts",
    "findings": "all that is wrong: a list of code, text, safe, next_step",
}


def add_to(families: Families) -> None:
    """Write the family down."""
    parser = families.command("audit verify", tr("check the whole audit trail, line by line"), run_verify, VERIFY)
    add_unlocking(parser, folder=True)


def run_verify(kit: Kit, arguments: Namespace) -> int:
    """Check the chain from its first line to its head, and every record against it."""
    with at_desk(kit, arguments.folder, arguments) as desk:
        state = verify_trail(desk)
        findings = tuple(finding for finding in findings_with_words(desk, state) if not finding.ok)
    if arguments.json:
        show.emit({
            "intact": not findings, "entries": state.entries, "head": state.head, "first_wrong": state.first_wrong,
            "reason": state.reason, "notes": list(state.notes), "findings": [listed(each) for each in findings],
        })  # fmt: skip
    elif not findings:
        head = state.head[:16]
        show.line(tr("The audit trail is intact: {n} lines, the last one {head}.", n=state.entries, head=head))
    else:
        show.line(tr("The audit trail is NOT intact."))
        if state.first_wrong is not None:
            show.line(tr("The first line that does not hold: {n} of {all}.", n=state.first_wrong, all=state.entries))
        for finding in findings:
            show.line(" ".join((finding.text, finding.safe, finding.next_step)))
    return Exit.NOT_INTACT if findings else Exit.OK


def listed(finding: Finding) -> dict[str, str]:
    """A finding that is not all right, for machines."""
    return {
        "code": finding.code, "text": finding.text, "safe": finding.safe, "next_step": finding.next_step,
    }  # fmt: skip
