"""The typeface for Han is put off until the first picture, unless a name needs it."""

from __future__ import annotations

from desktop.views.ui import fonts
from tests.views.conftest import RESOURCES


def test_the_large_typeface_waits_until_a_name_needs_it(qapp: object) -> None:
    fonts.load_rest()
    assert fonts.load(RESOURCES, put_off_large=True)
    assert not fonts.ready_for("Łukasz Wiśniewski, שרה, محمد, Nguyễn Thị Phượng")
    assert fonts.ready_for("李小龙")
    assert not fonts.ready_for("李小龙")


def test_what_was_put_off_is_registered_after_the_first_picture(qapp: object) -> None:
    fonts.load(RESOURCES, put_off_large=True)
    fonts.load_rest()
    assert not fonts.ready_for("李小龙")
