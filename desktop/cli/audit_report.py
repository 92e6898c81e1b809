"""Knows the commands that take a period of the audit trail out of a practice, and check such a report again."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from desktop.cli import show
from desktop.cli.codes import Exit, Usage
from desktop.cli.files import read_bytes, write_new
from desktop.cli.kit import Kit, at_desk
from desktop.cli.parsing import Families, add_unlocking, path
from desktop.domain.checkpoints import fingerprint
from desktop.domain.errors import Invalid, Refused
from desktop.domain.report_signature import NotASignature, ReportSignature, read_signature, report_holds
from desktop.domain.words import tr
from desktop.services.audit_report import Form, audit_report, read_period, signature_name

REPORT = {
    "file": "the report, as a whole path",
    "signature_file": "the signature beside it, as a whole path",
    "first": "the first day",
    "last": "the last day",
    "lines": "how many lines of the trail it tells of",
    "sha256": "the digest of the file",
    "rows_sha256": "the digest of the lines, as printed on the PDF",
    "whole": "true when the whole trail and all records held at that time",
}
VERIFY_REPORT = {
    "ok": "true when nothing speaks against the report",
    "file_unchanged": "true when the file is the one that was signed",
    "signature_holds": "true when the signature is its key's",
    "member_known": "true when the key is that member's in the practice given, false when not, null without a practice",
    "member": "who signed, by name",
    "signed_at": "when, as UTC",
    "first": "the first day",
    "last": "the last day",
    "lines": "how many lines of the trail it tells of",
    "whole": "true when the whole trail and all records held at that time",
    "public_key": "what the signature is checked with, in hex",
}
PAGES = ("A4", "Letter")


def add_to(families: Families) -> None:
    """Write the commands down."""
    about = tr("take the audit trail of some days out of a practice, signed")
    make = families.command(
        "audit report", about, run_report, REPORT,
        tr("Neither file is encrypted: they leave the practice. The audit trail says so."),
    )  # fmt: skip
    make.add_argument("--from", dest="first", required=True, metavar="DAY", help=tr("the first day: 2026-05-01"))
    make.add_argument("--to", dest="last", required=True, metavar="DAY", help=tr("the last day, included"))
    make.add_argument("--csv", type=path, metavar="FILE", help=tr("write a CSV for spreadsheets here"))
    make.add_argument("--pdf", type=path, metavar="FILE", help=tr("write a PDF here"))
    make.add_argument("--page", choices=PAGES, default=PAGES[0], help=tr("the size of the paper"))
    make.add_argument("--force", action="store_true", help=tr("replace files that are there already"))
    add_unlocking(make, folder=True)
    about = tr("check a report against the signature beside it")
    check = families.command("audit verify-report", about, run_verify_report, VERIFY_REPORT)
    check.add_argument("file", type=path, metavar="FILE", help=tr("the report; its signature lies beside it"))
    check.add_argument("--practice", type=path, metavar="FOLDER", help=tr("whose members' keys to compare with"))


def run_report(kit: Kit, arguments: Namespace) -> int:
    """Make one report and its signature."""
    if (arguments.csv is None) == (arguments.pdf is None):
        raise Usage(tr("Say either --csv or --pdf."), tr("Nothing was changed."), tr("See `audit report --help`."))
    form, target = (Form.CSV, arguments.csv) if arguments.csv is not None else (Form.PDF, arguments.pdf)
    period, problems = read_period(arguments.first, arguments.last)
    if period is None:
        raise Invalid(problems)
    beside = target.with_name(signature_name(target.name))
    if beside.exists() and not arguments.force:
        raise Refused(
            "file_there", tr("There is a signature of another report beside it already."),
            next_step=tr("Choose another name, or add --force to replace both files."),
        )  # fmt: skip
    with at_desk(kit, arguments.folder, arguments) as desk:
        report = audit_report(desk, period, form, target.name, arguments.page)
    write_new(target, report.content, arguments.force)
    write_new(beside, report.beside, arguments.force)
    _tell_report(arguments, target, beside, report.signature)
    return Exit.OK


def _tell_report(arguments: Namespace, target: Path, beside: Path, made: ReportSignature) -> None:
    if arguments.json:
        show.emit({
            "file": str(target.resolve()), "signature_file": str(beside.resolve()), "first": made.first,
            "last": made.last, "lines": made.lines, "sha256": made.sha256, "rows_sha256": made.rows_sha256,
            "whole": made.whole,
        })  # fmt: skip
        return
    show.line(str(target.resolve()))
    show.line(str(beside.resolve()))
    show.line(tr("{n} lines, digest of the file {digest}", n=made.lines, digest=made.sha256))
    if not made.whole:
        show.line(tr("The trail or the records were NOT whole when this was made; the signature says so."))


def run_verify_report(kit: Kit, arguments: Namespace) -> int:
    """Check a file against the signature beside it; no passphrase is needed."""
    content = read_bytes(arguments.file)
    try:
        signature = read_signature(read_bytes(arguments.file.with_name(signature_name(arguments.file.name))))
    except NotASignature:
        raise Refused(
            "no_signature", tr("What lies beside the report is no signature of one."),
            next_step=tr("Ask whoever gave you the report for the file that ends in .sig.json."),
        ) from None  # fmt: skip
    same, holds = report_holds(content, signature, kit.check_signature)
    known = None if arguments.practice is None else _known(kit, arguments.practice, signature)
    ok = same and holds and known is not False
    if arguments.json:
        show.emit({
            "ok": ok, "file_unchanged": same, "signature_holds": holds, "member_known": known,
            "member": signature.member, "signed_at": signature.signed_at, "first": signature.first,
            "last": signature.last, "lines": signature.lines, "whole": signature.whole,
            "public_key": signature.public_key,
        })  # fmt: skip
    else:
        _tell_verdict(signature, same, holds, known)
    return Exit.OK if ok else Exit.NOT_INTACT


def _known(kit: Kit, folder: Path, signature: ReportSignature) -> bool:
    peek = kit.door().peek(folder)
    signers = (member for member in (*peek.members, *peek.left) if member.id == signature.member_id)
    known = any(signature.public_key in member.signing_keys for member in signers)
    return known and peek.practice_id == signature.practice_id


def _tell_verdict(signature: ReportSignature, same: bool, holds: bool, known: bool | None) -> None:
    show.line(tr("The file is the one that was signed.") if same else tr("The file is NOT the one that was signed."))
    show.line(tr("The signature holds.") if holds else tr("The signature does NOT hold."))
    if known is None:
        key = fingerprint(signature.public_key)
        show.line(tr("Its key calls itself {name}: {key}. Compare it, or give --practice.", name=signature.member,
                     key=key))  # fmt: skip
    elif known:
        show.line(tr("The key is that of {name} in this practice.", name=signature.member))
    else:
        show.line(tr("The key is NOT that of a member of this practice by the name {name}.", name=signature.member))
    if not signature.whole:
        show.line(tr("The trail or the records were NOT whole when this was made."))
