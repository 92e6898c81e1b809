"""Knows the form for a report of some days, and how it and its signature are put where a member wants them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.errors import Known, Problem
from desktop.domain.trailfilter import Period
from desktop.domain.words import tr
from desktop.services.audit_report import Form as ReportForm
from desktop.services.audit_report import Report, audit_report, read_period, signature_name
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome
from desktop.views.audit.out import WaysOut
from desktop.views.ui.basics import wrapped
from desktop.views.ui.doing import Doing
from desktop.views.ui.forms import Form
from desktop.views.ui.look import look


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """Which days, and in which form."""

    first: str = ""
    last: str = ""
    form: str = ReportForm.PDF.value


def check_report(draft: ReportDraft) -> tuple[Problem, ...]:
    """What is wrong with the days."""
    return read_period(draft.first, draft.last)[1]


def file_name(draft: ReportDraft) -> str:
    """What the file could be called."""
    return f"audit-{draft.first.strip()}-{draft.last.strip()}.{draft.form}"


def save_report(desk: Desk, out: WaysOut, period: Period, form: ReportForm, target: Path) -> Outcome[Report]:
    """Make the report and put both files there; where that cannot be, nothing is made."""
    beside = target.with_name(signature_name(target.name))
    for path in (target, beside):
        out.check(path)
    report = audit_report(desk, period, form, target.name)
    out.save(target, report.content)
    out.save(beside, report.beside)
    return Outcome(report)


class ReportPresenter:
    """Has reports made. saved(report, path) and oops(error) hear of it."""

    def __init__(
        self, desk: Desk, doing: Doing, out: WaysOut, saved: Callable[[Report, Path], object],
        oops: Callable[[Known], object],
    ) -> None:  # fmt: skip
        self._desk, self._doing, self._out, self._saved, self._oops = desk, doing, out, saved, oops

    def save(self, draft: ReportDraft, target: Path) -> bool:
        """Make it; whether the draft was whole enough to begin."""
        period, _ = read_period(draft.first, draft.last)
        if period is None:
            return False
        work = partial(save_report, self._desk, self._out, period, ReportForm(draft.form), target)
        self._doing.change(work, partial(self._done, target), self._oops)
        return True

    def _done(self, target: Path, report: Report) -> None:
        self._saved(report, target)


class ReportFields(QWidget):
    """Two days and a form."""

    def __init__(self, today: str) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.form = Form(check_report)
        self.form.text("first", tr("From day"), hint=tr("year-month-day: 2026-05-01"))
        self.form.text("last", tr("To day"), hint=tr("that day included"))
        pairs = ((ReportForm.PDF.value, tr("PDF, for paper")), (ReportForm.CSV.value, tr("CSV, for spreadsheets")))
        self.form.choice("form", tr("As"), pairs)
        self.form.show_draft(ReportDraft(f"{today[:8]}01", today))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look().sizes.inner)
        lines.addWidget(self.form)
        lines.addWidget(wrapped(
            tr("The file names members and kinds of records, no client by name. It is not encrypted; your signature "
               "lies beside it in a file that ends in .sig.json. The audit trail says who took which days."), "muted",
        ))  # fmt: skip

    def draft(self) -> ReportDraft:
        """What stands in the fields."""
        found: ReportDraft = self.form.draft()
        return found
