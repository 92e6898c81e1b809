"""Knows the quiet navigation at the left: words with icons, who is here, and the lock."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.people import Member
from desktop.domain.words import tr
from desktop.views.audit.watching import Watch
from desktop.views.ui.basics import Button, Sign, label, restyle, wrapped
from desktop.views.ui.look import look
from desktop.views.ui.place import ARCHIVES, AUDIT, AWAY, HELP, KEYS, MEMBERS, PEOPLE, PROTOCOLS, TODAY, Place
from desktop.views.ui.roles import roles_line
from desktop.views.ui.theme import THEMES, Tone

SIGNS = {"light": "sun", "dark": "moon", "night": "eye-off"}


def theme_words(theme: str) -> str:
    """A theme as it is called on screen."""
    return {"light": tr("Light"), "dark": tr("Dark"), "night": tr("Night")}[theme]


def places(travelling: bool = False) -> tuple[tuple[Place, str, str, str], ...]:
    """What the rail leads to: place, words, icon, key. travelling: the practice holds a carried session alone."""
    if travelling:
        return (Place(AWAY), tr("Carried session"), "timer", "Ctrl+1"), (Place(HELP), tr("Help"), "info", "F1")
    return (
        (Place(TODAY), tr("Today"), "calendar", "Ctrl+0"),
        (Place(PEOPLE), tr("Couples & clients"), "users", "Ctrl+1"),
        (Place(MEMBERS), tr("Members"), "user", "Ctrl+2"),
        (Place(AUDIT), tr("Audit"), "list", "Ctrl+3"),
        (Place(PROTOCOLS), tr("Protocols"), "clipboard-list", "Ctrl+4"),
        (Place(KEYS), tr("Keys"), "key-round", "Ctrl+5"),
        (Place(ARCHIVES), tr("Archives"), "archive", "Ctrl+6"),
        (Place(HELP), tr("Help"), "info", "F1"),
    )


class Rail(QFrame):
    """Where one can go. go(place), find_asked(), lock_asked() and theme_asked(name) are all it says."""

    go = Signal(object)
    find_asked = Signal()
    lock_asked = Signal()
    theme_asked = Signal(str)

    def __init__(
        self, practice: str, member: Member, theme: str, parent: QWidget | None = None, *, travelling: bool = False
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.setAccessibleName(tr("Navigation"))
        self._lines = QVBoxLayout(self)
        title = wrapped(practice, "lead")
        self._lines.addWidget(title)
        self.ways: dict[str, Button] = {}
        for place, words, sign, key in places(travelling):
            self._lines.addWidget(self._way(place, words, sign, key))
        self._lines.addStretch(1)
        self._watch_sign, self.watch, checked = _state("circle-dashed")
        self._archive_sign, self.archive_state, self._archived = _state("archive")
        self.archive_state.setAccessibleName(tr("Last archive"))
        self._archived.hide()
        for state in (checked, self._archived):
            self._lines.addWidget(state)
        self.show_watch(Watch())
        self.finder = Button(tr("Find…  {key}", key="Ctrl+K"), "search", kind="rail")
        self.finder.setAccessibleName(tr("Find, Control K"))
        self.finder.clicked.connect(self.find_asked)
        self._lines.addWidget(self.finder)
        row = QHBoxLayout()
        row.setSpacing(0)
        self.themes: dict[str, Button] = {}
        for name in THEMES:
            button = Button("", SIGNS[name], kind="quiet")
            button.setCheckable(True)
            button.setAccessibleName(tr("{theme} theme", theme=theme_words(name)))
            button.setToolTip(tr("{theme} theme (F11 for the next)", theme=theme_words(name)))
            button.clicked.connect(partial(self.theme_asked.emit, name))
            self.themes[name] = button
            row.addWidget(button)
        row.addSpacing(look().sizes.hair)
        self._theme_words = label("", "caption")
        row.addWidget(self._theme_words)
        row.addStretch(1)
        self._lines.addLayout(row)
        self._who(member)
        self.show_theme(theme)
        self._space()

    def show_place(self, screen: str) -> None:
        """Mark where we are; a person's page belongs to the list."""
        for name, button in self.ways.items():
            button.setChecked(name == screen)

    def show_theme(self, theme: str) -> None:
        """Mark the theme in use, also in words."""
        for name, button in self.themes.items():
            button.setChecked(name == theme)
        self._theme_words.setText(theme_words(theme))

    def show_watch(self, watch: Watch) -> None:
        """How far the check of the records is, and what it found."""
        self._watch_sign.show_sign(watch.sign, watch.tone)
        self.watch.setText(watch.words)
        self.watch.setAccessibleName(watch.words)
        restyle(self.watch, "tone", "" if watch.tone is Tone.PLAIN else watch.tone.value)

    def show_archive(self, words: str, tone: str) -> None:
        """How old the last archive is, always in sight. tone: a Tone's value."""
        self.archive_state.setText(words)
        self.archive_state.setAccessibleName(tr("Last archive: {words}", words=words))
        restyle(self.archive_state, "tone", tone)
        self._archive_sign.show_sign("archive", Tone(tone))
        self._archived.show()

    def _way(self, place: Place, words: str, sign: str, key: str) -> Button:
        button = Button(words.replace("&", "&&"), sign, kind="rail")
        button.setAccessibleName(words)
        button.setCheckable(True)
        button.setToolTip(f"{words} ({key})")
        button.clicked.connect(partial(self._chosen, place))
        self.ways[place.screen] = button
        return button

    def _chosen(self, place: Place) -> None:
        self.go.emit(place)

    def _who(self, member: Member) -> None:
        name = label(member.name, "strong")
        name.setToolTip(member.name)
        self._lines.addWidget(name)
        self._lines.addWidget(wrapped(roles_line(member.roles), "caption"))
        self.locker = Button(tr("Lock"), "lock")
        self.locker.setToolTip(tr("Lock (Ctrl+L)"))
        self.locker.clicked.connect(self.lock_asked)
        self._lines.addWidget(self.locker)

    def _space(self) -> None:
        sizes = look().sizes
        self._lines.setContentsMargins(sizes.inner, sizes.gap, sizes.inner, sizes.gap)
        self._lines.setSpacing(sizes.tight)
        self.setFixedWidth(int(sizes.ring * 2.5))

    def changeEvent(self, event: QEvent) -> None:
        """Another density has another width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._space()


def _state(sign: str) -> tuple[Sign, QLabel, QWidget]:
    """A quiet line with an icon in front of it, in line with the ways above."""
    made = QWidget()
    made.setProperty("kind", "bare")
    row = QHBoxLayout(made)
    row.setContentsMargins(look().sizes.inner, 0, 0, 0)
    row.setSpacing(look().sizes.tight)
    icon, words = Sign(sign), wrapped("", "caption")
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    return icon, words, made
