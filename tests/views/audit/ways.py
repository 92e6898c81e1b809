"""Knows the ways out that the shell hands to the audit screen, as the program has them."""

from __future__ import annotations

from desktop.views.audit.out import WaysOut
from desktop.views.paper.printing import ask_printer, put_on
from desktop.views.paper.saving import check_target, save_pdf

OUT = WaysOut(check_target, save_pdf, ask_printer, put_on)
