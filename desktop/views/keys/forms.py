"""Knows the forms beside the keys: the kit's page, one's own passphrase, removing somebody, custody."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.domain.errors import Problem
from desktop.domain.words import tr
from desktop.services.keys import OwnDraft, check_own
from desktop.services.practice import MIN_PASSPHRASE
from desktop.views.keys.presenter import KeyFacts
from desktop.views.ui.basics import Button, wrapped
from desktop.views.ui.dialogs import ask
from desktop.views.ui.forms import Form
from desktop.views.ui.look import look

KEEP, MAKE, DROP = "keep", "make", "drop"


def said(*texts: str) -> str:
    """Several sentences as paragraphs."""
    return "\n\n".join(texts)


class Words(QWidget):
    """A form with words above it; `lines` is where its parts go."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(look().sizes.inner)
        self.words = wrapped(words, "muted")
        self.lines.addWidget(self.words)
        self.form: Form | None = None

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Mark what needs another look."""
        if self.form is not None:
            self.form.show_problems(problems)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a form of one or two fields."""

    member: str = ""
    typed: str = ""


def _nothing_wrong(draft: object) -> tuple[Problem, ...]:
    return ()


class KitForm(Words):
    """The page of a kit: put it away first, then show that it is in hand."""

    save_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, group: int, replaces: bool) -> None:
        first = tr("A recovery kit is one page with a secret. Whoever has it can open the practice and its archives, "
                   "without any passphrase. Holdfast keeps no copy of it.")  # fmt: skip
        more = tr("There is a kit already. If its page was lost, stolen or seen, replace it: everything is encrypted "
                  "anew, and the old page opens nothing new. What is held in custody needs a new "
                  "custodian after that.") if replaces else tr("It is made once, and kept in a safe.")  # fmt: skip
        super().__init__(said(first, more))
        self.print_ = Button(tr("Print the page…"), "printer")
        self.save = Button(tr("Save the page as PDF…"), "download")
        self.out = wrapped("", "strong")
        self.lines.addWidget(self.print_)
        self.lines.addWidget(self.save)
        self.lines.addWidget(wrapped(tr("A saved page is not encrypted."), "caption"))
        self.lines.addWidget(self.out)
        self.out.hide()
        self.form = Form(_nothing_wrong)
        self.form.text("typed", tr("Group {n} of the page", n=group), hint=tr("Shows that the page is in your hands."))
        self.form.show_draft(Typed())
        self.lines.addWidget(self.form)
        self.print_.clicked.connect(self.print_wanted)
        self.save.clicked.connect(self.save_wanted)

    def show_out(self, words: str) -> None:
        """The page is out."""
        self.out.setText(words)
        self.out.show()

    def typed(self) -> str:
        """What was typed."""
        draft: Typed = self.form.draft() if self.form is not None else Typed()
        return draft.typed

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Both problems are shown at the one field there is."""
        super().show_problems(tuple(Problem("typed", problem.text) for problem in problems))


@dataclass(frozen=True, slots=True)
class OwnTyped:
    """What stands in the form for one's own passphrase."""

    now: str = ""
    passphrase: str = ""
    again: str = ""
    factor: str = KEEP
    renew: bool = False


class OwnForm(Words):
    """Present passphrase, new one twice, and the key file beside it."""

    def __init__(self, facts: KeyFacts) -> None:
        super().__init__(tr("Nobody else's passphrase is needed, and nobody learns yours. If you lose it, only the "
                            "recovery kit gives you a new one."))  # fmt: skip
        self._facts = facts
        self._file: bytes | None = None
        self.form = Form(self._check)
        self.form.secret("now", tr("Your present passphrase"))
        if facts.factor:
            self.choose = Button(tr("Choose your key file…"), "key-round")
            self.choose.clicked.connect(self.choose_file)
            self.lines.addWidget(self.choose)
        hint = tr("At least {n} characters; four or five plain words.", n=MIN_PASSPHRASE)
        self.form.secret("passphrase", tr("New passphrase"), hint=hint)
        self.form.secret("again", tr("The new passphrase again"))
        self.form.choice("factor", tr("Key file on a stick"), _factor_options(facts.factor))
        self.form.tick("renew", tr("Somebody may have seen the old one"))
        self.form.show_draft(OwnTyped())
        self.lines.addWidget(self.form)
        more = tr("Then the whole practice gets new keys, which takes as long as a copy of it.")
        self.lines.addWidget(wrapped(more, "caption"))

    def choose_file(self) -> QFileDialog:
        """Ask for the key file that is needed now."""
        dialog = QFileDialog(self, tr("Choose your key file"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_file)
        ask(dialog)
        return dialog

    def take_file(self, path: str) -> None:
        """The key file was chosen."""
        try:
            self._file = Path(path).read_bytes()[: 1 << 16]
            self.choose.say(Path(path).name)
        except OSError:
            self._file = b""

    @property
    def makes_factor(self) -> bool:
        """Whether a fresh key file is wanted."""
        return self._typed().factor == MAKE

    def draft(self) -> OwnDraft:
        """What stands in all fields, but for a key file that is still to be made."""
        typed = self._typed()
        kept = self._file if typed.factor == KEEP and self._facts.factor else None
        return OwnDraft(typed.now, self._file, typed.passphrase, typed.again, kept, typed.renew)

    def settled(self) -> OwnDraft | None:
        """The draft when nothing is wrong with it."""
        draft = self.draft()
        problems = check_own(draft)
        self.show_problems(problems)
        return None if problems else draft

    def _typed(self) -> OwnTyped:
        found: OwnTyped = self.form.draft() if self.form is not None else OwnTyped()
        return found

    def _check(self, typed: OwnTyped) -> tuple[Problem, ...]:
        return check_own(self.draft())


def _factor_options(has: bool) -> tuple[tuple[str, str], ...]:
    if has:
        return (
            (KEEP, tr("The one that I have")), (MAKE, tr("Make another one…")), (DROP, tr("None from now on")),
        )
    return ((KEEP, tr("None")), (MAKE, tr("Make one, and need it from now on…")))


class RemoveForm(Words):
    """Who goes, their name once more, and what it means."""

    def __init__(self, facts: KeyFacts, chosen: str) -> None:
        super().__init__(said(
            tr("Everything is encrypted anew, under keys that this member never had. The others and the recovery kit "
               "open the practice as before; nobody else's passphrase is needed."),
            tr("The record of who they were stays. Whatever was copied before (archives, a copy of the folder, "
               "paper) stays as open to them as it was."),
        ))  # fmt: skip
        self.form = Form(_nothing_wrong)
        options = tuple((row.id, row.name) for row in facts.rows if row.slot and not row.you)
        self.form.choice("member", tr("Who is removed"), options)
        self.form.text("typed", tr("Their name once more"), hint=tr("So that it is nobody else."))
        first = chosen if chosen in [key for key, _ in options] else next((key for key, _ in options), "")
        self.form.show_draft(Typed(first))
        self.lines.addWidget(self.form)

    def draft(self) -> Typed:
        """Who, and what was typed."""
        found: Typed = self.form.draft() if self.form is not None else Typed()
        return found


def custody_words() -> str:
    """What custody is, and what a lost passphrase or a dead member means, in plain words."""
    return said(
        tr("What a member keeps to themselves, such as a psychotherapy note, nobody else can read, not even with the "
           "keys of the practice."),
        tr("If that member loses their passphrase, the recovery kit gives them a new one; but what they kept to "
           "themselves before stays closed to them. If they die, it stays closed to everybody."),
        tr("Unless it is held in custody: then two people together can open it, the custodian who is named here and "
           "whoever holds the recovery kit. They must give a reason, and every member is told."),
    )  # fmt: skip


class CustodianForm(Words):
    """Who it is."""

    def __init__(self, facts: KeyFacts) -> None:
        super().__init__(custody_words())
        self.form = Form(_nothing_wrong)
        self.form.choice("member", tr("Custodian"), tuple((row.id, row.name) for row in facts.rows if row.slot))
        self.form.show_draft(Typed(next((row.id for row in facts.rows if row.slot), "")))
        self.lines.addWidget(self.form)
        hint = tr("Naming another one counts from now on; what was written before keeps its custodian.")
        self.lines.addWidget(wrapped(hint, "caption"))

    def member(self) -> str:
        """Who was chosen."""
        found: Typed = self.form.draft() if self.form is not None else Typed()
        return found.member


class HandOverForm(Words):
    """To whom, and the kit, without which nobody hands over what was sealed before."""

    def __init__(self, facts: KeyFacts) -> None:
        super().__init__(said(
            tr("You are the custodian of what members keep to themselves. Before you leave, hand it over: with the "
               "recovery kit in hand you make another member the custodian, also of what was written before. Nothing "
               "of it is read by that."),
            tr("Where the kit was replaced since, hand over once with each of its pages."),
        ))  # fmt: skip
        others = tuple((row.id, row.name) for row in facts.rows if row.slot and not row.you)
        self.form = Form(_nothing_wrong)
        self.form.choice("member", tr("New custodian"), others)
        self.form.lines(
            "typed", tr("The kit, from AGE-SECRET-KEY-1 to its end"), high=3,
            hint=tr("Blanks and small letters do not matter; a mistyped character is found."),
        )  # fmt: skip
        self.form.show_draft(Typed(others[0][0] if others else ""))
        self.lines.addWidget(self.form)

    def draft(self) -> Typed:
        """Who was chosen, and the kit as it was typed."""
        found: Typed = self.form.draft() if self.form is not None else Typed()
        return found


@dataclass(frozen=True, slots=True)
class Declined:
    """What somebody writes who declines."""

    declined: str = ""


class ChoiceForm(Words):
    """Whether one's own sealed notes are held in custody. Empty: they are."""

    def __init__(self, facts: KeyFacts) -> None:
        super().__init__(custody_words())
        self.form = Form(_nothing_wrong)
        hint = tr("In your own words, naming no client; kept with your name. Empty: custody holds.")
        self.form.lines("declined", tr("I decline custody"), hint=hint)
        self.form.show_draft(Declined(facts.declined))
        self.lines.addWidget(self.form)

    def text(self) -> str:
        """What was written."""
        found: Declined = self.form.draft() if self.form is not None else Declined()
        return found.declined.strip()
