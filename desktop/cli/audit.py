"""Knows the commands that check the audit trail and sign its end."""

from __future__ import annotations

from argparse import Namespace

from desktop.cli import show
from desktop.cli.codes import Exit
from desktop.cli.kit import Kit, at_desk
from desktop.cli.parsing import Families, add_unlocking
from desktop.domain.checkpoints import Checkpoint, Countersignature, SignedPoint, fingerprint
from desktop.domain.words import tr
from desktop.services.checkpoints import countersign, sign_checkpoint
from desktop.services.integrity import findings_of
from desktop.services.practice import Finding
from desktop.services.trail import verify_all

VERIFY = {
    "intact": "true when nothing wrong was found",
    "entries": "how many lines the trail has",
    "head": "the last line's code, in hex",
    "first_wrong": "the number of the first line that does not hold, or null",
    "reason": "what is wrong with it, or an empty text",
    "notes": "what else was seen: a list of texts",
    "findings": "all that is wrong: a list of code, text, safe, next_step",
}
POINT = {
    "id": "the checkpoint's identifier",
    "number": "the line of the trail that was signed",
    "mac": "that line's code, in hex",
    "signed": "when, as UTC",
    "member": "who signed: the member's id",
    "public_key": "what the signature is checked with, in hex",
    "signature": "the signature, in hex",
    "countersignatures": "who else signed: a list of member, signed, public_key, signature",
}


def add_to(families: Families) -> None:
    """Write the family down."""
    parser = families.command("audit verify", tr("check the whole audit trail, line by line"), run_verify, VERIFY)
    add_unlocking(parser, folder=True)
    about = tr("check everything, and sign the end of the audit trail")
    add_unlocking(families.command("audit checkpoint", about, run_checkpoint, POINT), folder=True)
    about = tr("check everything, and sign a colleague's checkpoint too")
    counter = families.command("audit countersign", about, run_countersign, POINT)
    counter.add_argument("--checkpoint", metavar="ID", help=tr("which one; left out: the newest that waits"))
    add_unlocking(counter, folder=True)


def run_verify(kit: Kit, arguments: Namespace) -> int:
    """Check the chain from its first line to its head, and every record against it."""
    with at_desk(kit, arguments.folder, arguments) as desk:
        state = verify_all(desk)
    findings = findings_of(state.flaws)
    if arguments.json:
        show.emit({
            "intact": state.intact, "entries": state.entries, "head": state.head, "first_wrong": state.first_wrong,
            "reason": state.reason, "notes": list(state.notes), "findings": [listed(each) for each in findings],
        })  # fmt: skip
    elif state.intact:
        head = state.head[:16]
        show.line(tr("The audit trail is intact: {n} lines, the last one {head}.", n=state.entries, head=head))
    else:
        show.line(tr("The audit trail is NOT intact."))
        if state.first_wrong is not None:
            show.line(tr("The first line that does not hold: {n} of {all}.", n=state.first_wrong, all=state.entries))
        for finding in findings:
            show.line(" ".join((finding.text, finding.safe, finding.next_step)))
    return Exit.OK if state.intact else Exit.NOT_INTACT


def listed(finding: Finding) -> dict[str, str]:
    """A finding that is not all right, for machines."""
    return {
        "code": finding.code, "text": finding.text, "safe": finding.safe, "next_step": finding.next_step,
    }  # fmt: skip


def run_checkpoint(kit: Kit, arguments: Namespace) -> int:
    """Sign the end of the trail."""
    with at_desk(kit, arguments.folder, arguments) as desk:
        made = sign_checkpoint(desk).value
    return _tell(SignedPoint(made), arguments, tr("Line {n} of the audit trail is signed.", n=made.number))


def run_countersign(kit: Kit, arguments: Namespace) -> int:
    """Sign a colleague's checkpoint too."""
    with at_desk(kit, arguments.folder, arguments) as desk:
        point = countersign(desk, arguments.checkpoint).value
    words = tr("The checkpoint of line {n} is countersigned.", n=point.checkpoint.number)
    return _tell(point, arguments, words)


def _tell(point: SignedPoint, arguments: Namespace, words: str) -> int:
    made = point.checkpoint
    if arguments.json:
        show.emit({"id": made.id, "number": made.number, "mac": made.mac, **_signature(made),
                   "countersignatures": [_signature(counter) for counter in point.countersignatures]})  # fmt: skip
    else:
        show.line(words)
        show.line(tr("checkpoint {id}, code of the line {code}", id=made.id, code=fingerprint(made.mac)))
    return Exit.OK


def _signature(signed: Checkpoint | Countersignature) -> dict[str, str]:
    return {
        "signed": signed.signed.utc.isoformat(), "member": signed.member_id, "public_key": signed.public_key,
        "signature": signed.signature,
    }  # fmt: skip
