"""Knows which papers a tour prints: a worksheet for each partner and one for both, and a flowsheet for each."""

from __future__ import annotations

import hashlib
from typing import Any

from desktop.domain.paper import Compartment
from desktop.services.flowsheets import flowsheet
from desktop.services.worksheets import PaperUse, worksheet, worksheet_titles
from desktop.tour.out import Out
from desktop.tour.stage import Stage

LOW_DPI = 24  # enough to count pages


def print_papers(stage: Stage, out: Out) -> list[dict[str, Any]]:
    """Print every paper into the folder; what the report says of each."""
    desk, session = stage.at_desk, stage.session_id
    papers = [
        worksheet(desk, sheet.id, session, copy, PaperUse.SAVE)
        for sheet in worksheet_titles(desk)
        for copy in (Compartment.A, Compartment.B, Compartment.BOTH)
    ]
    papers += [flowsheet(desk, session, seat, PaperUse.SAVE) for seat in stage.clients]
    found = []
    for paper in papers:
        out.paper(paper.file_name, paper.pdf)
        found.append({
            "file": f"papers/{paper.file_name}", "pages": len(desk.press.preview(paper.pdf, LOW_DPI)),
            "bytes": len(paper.pdf), "sha256": hashlib.sha256(paper.pdf).hexdigest(),
        })  # fmt: skip
    return found
