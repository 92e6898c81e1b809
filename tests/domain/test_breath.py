"""The breath of a pause: where a moment lies in it, and what its file may not say."""

from __future__ import annotations

import pytest

from desktop.domain.breath import read_breath
from desktop.domain.errors import Known
from desktop.system.resources import Resources

TEXT = Resources().text("care/breath.toml")


def test_a_breath_goes_in_and_then_longer_out() -> None:
    breath = read_breath(TEXT, "breath.toml")
    assert breath.ms == 90_000
    assert breath.at(0) == (True, 0.0)
    assert breath.at(2_000) == (True, 0.5)
    assert breath.at(4_000) == (False, 1.0)
    assert breath.at(7_000) == (False, 0.5)
    assert breath.at(10_000) == (True, 0.0)


@pytest.mark.parametrize("line", ["breathe_in = { value = 0", "breathe_in = { value = 40"])
def test_a_breath_that_nobody_can_breathe_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(Known) as caught:
        read_breath(TEXT.replace("breathe_in = { value = 4", line), "breath.toml")
    assert "breathe_in" in str(caught.value)
