"""Knows how the tour makes a recovery kit: its page printed, the kit kept, and tried as it would be typed."""

from __future__ import annotations

from typing import Any

from desktop.services.keys import draw_kit, keep_kit, kit_page, try_kit
from desktop.tour.out import Out
from desktop.tour.stage import Stage

FILE = "recovery-kit.pdf"
LOW_DPI = 24  # enough to count pages


def make_kit(stage: Stage, out: Out) -> dict[str, Any]:
    """Make the kit; what the report says of it. It opens only the tour's own practice, which is thrown away."""
    desk, door = stage.at_desk, stage.program.door
    draft = draw_kit(desk, door)
    pdf = kit_page(desk, draft)
    out.paper(FILE, pdf)
    state = keep_kit(desk, door, draft).value
    try_kit(desk, door, " ".join(draft.groups).lower())
    return {"file": f"papers/{FILE}", "pages": len(desk.press.preview(pdf, LOW_DPI)), "kit": state.kit_public}
