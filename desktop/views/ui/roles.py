"""Knows how a member's roles are asked for and written."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.people import Role
from desktop.domain.words import tr
from desktop.views.ui.basics import label
from desktop.views.ui.fields import Tick
from desktop.views.ui.look import look

CLINIC_ROLES = (Role.THERAPIST, Role.PRESCRIBER, Role.ASSISTANT)


def role_words(role: Role) -> str:
    """A role as it is written on screen."""
    return {
        Role.OWNER: tr("Owner"),
        Role.THERAPIST: tr("Therapist"),
        Role.PRESCRIBER: tr("Prescriber"),
        Role.ASSISTANT: tr("Assistant or sitter"),
    }[role]


def roles_line(roles: frozenset[Role]) -> str:
    """Roles in one line, always in the same order."""
    return ", ".join(role_words(role) for role in Role if role in roles)


class RoleRow(QWidget):
    """A tick for each role, with what is wrong below."""

    def __init__(self, words: str, roles: tuple[Role, ...] = CLINIC_ROLES, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        sizes = look().sizes
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(sizes.hair)
        lines.addWidget(label(words, "strong"))
        row = QHBoxLayout() if len(roles) < 4 else QVBoxLayout()
        row.setSpacing(0 if len(roles) > 3 else sizes.gap)
        self.ticks = {role: Tick(role_words(role)) for role in roles}
        for role, tick in self.ticks.items():
            tick.setAccessibleName(f"{words} {role_words(role)}")
            row.addWidget(tick)
        row.addStretch(1)
        lines.addLayout(row)
        self._problem = label("", "problem")
        self._problem.hide()
        lines.addWidget(self._problem)

    def value(self) -> frozenset[Role]:
        """The roles that are ticked."""
        return frozenset(role for role, tick in self.ticks.items() if tick.isChecked())

    def show_roles(self, roles: frozenset[Role]) -> None:
        """Tick these."""
        for role, tick in self.ticks.items():
            tick.setChecked(role in roles)

    def show_problem(self, text: str) -> None:
        """What is wrong; '' for nothing."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
