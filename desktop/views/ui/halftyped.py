"""Knows how what stands in a form is taken out as plain values, and put back in; a passphrase never."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from desktop.views.ui.fields import Field, Secret

Fields = tuple[tuple[str, str | bool], ...]
Forms = tuple[tuple[str, Fields], ...]
"""(which form, as the screen calls it; what stands in it)."""


def _fields(form: QWidget) -> list[Field]:
    inside = form.findChildren(Field)
    return [each for each in inside if not isinstance(each.edit, Secret)]


def taken_from(form: QWidget) -> Fields:
    """What stands in a form, in its order; () when no word was written in it."""
    fields = _fields(form)
    written = any(isinstance(each.edit, QLineEdit | QPlainTextEdit) and str(each.value()).strip() for each in fields)
    return tuple((each.name, each.value()) for each in fields) if written else ()


def put_into(form: QWidget, values: Fields) -> None:
    """Put back what was taken, where the form still asks for it; what can be chosen no more stays as it is."""
    for field, (name, value) in zip(_fields(form), values, strict=False):
        edit = field.edit
        if field.name != name:
            return
        if not isinstance(edit, QComboBox):
            field.show_value(value)
        elif (at := edit.findData(value)) >= 0:
            edit.setCurrentIndex(at)
            edit.activated.emit(at)  # what depends on it follows, as when a person chooses
