"""Knows which papers a tour prints: every one that a session has, for each who may have it."""

from __future__ import annotations

import hashlib
from typing import Any

from desktop.services.paperwork import BLANK, EMERGENCY, paper_for, paper_titles
from desktop.services.worksheets import PaperUse
from desktop.tour.out import Out
from desktop.tour.stage import Stage

LOW_DPI = 24  # enough to count pages


def print_papers(stage: Stage, out: Out) -> list[dict[str, Any]]:
    """Print every paper into the folder; what the report says of each."""
    desk, session = stage.at_desk, stage.session_id
    papers = [
        paper_for(desk, title.key, session, copy, PaperUse.SAVE)
        for title in paper_titles(desk, tuple(stage.clients), begun=True)
        for copy in title.copies if copy != BLANK or title.key == EMERGENCY
    ]
    found = []
    for paper in papers:
        out.paper(paper.file_name, paper.pdf)
        found.append({
            "file": f"papers/{paper.file_name}", "pages": len(desk.press.preview(paper.pdf, LOW_DPI)),
            "bytes": len(paper.pdf), "sha256": hashlib.sha256(paper.pdf).hexdigest(),
        })  # fmt: skip
    return found
