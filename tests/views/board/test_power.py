"""The machine's power on the top bar: silent on the mains, quiet on battery, amber and in words when low."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.views.board.topbar import TopBar
from desktop.views.ui.theme import Tone


def test_power_is_told_only_off_the_mains_and_amber_when_low(qtbot: QtBot) -> None:
    bar = TopBar("light")
    qtbot.addWidget(bar)
    for charge, text, tone in (
        (None, "", Tone.PLAIN),
        ((5, True), "", Tone.PLAIN),
        ((21, False), "On battery, 21 %", Tone.PLAIN),
        ((20, False), "Battery 20 %: plug in", Tone.AMBER),
    ):
        bar.power.show_charge(charge)
        assert (bar.power.text, bar.power.tone) == (text, tone)
        assert bar.power.isHidden() is not bool(text)
