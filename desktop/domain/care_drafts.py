"""Knows what the forms for records of care hold before they are saved, and what is still wrong with each field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.care import Permission, Permissions, TouchPlan
from desktop.domain.care_files import AdverseWords
from desktop.domain.drafts import clean_lines
from desktop.domain.errors import Problem
from desktop.domain.people import NAME_LIMIT, TEXT_LIMIT, clean, read_date
from desktop.domain.words import tr

LONG = 4_000


@dataclass(frozen=True, slots=True)
class TouchDraft:
    """A touch plan as it is typed. sober: they agree to it now, sober; practised_on `YYYY-MM-DD` or ''."""

    permissions: tuple[Permission, ...] = ()
    clothing: str = ""
    stop_word: str = ""
    signal: str = ""
    silence: bool = False
    if_more: str = ""
    practised_on: str = ""
    sober: bool = False


@dataclass(frozen=True, slots=True)
class SafetyDraft:
    """A safety card as it is typed."""

    allergies: str = ""
    medicines: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class AdverseDraft:
    """An adverse event as it is typed. began, ended: local, `YYYY-MM-DD HH:MM`; severity `1` to `5` or ''."""

    what: str = ""
    began: str = ""
    ended: str = ""
    severity: str = ""
    serious: str = ""
    related: str = ""
    action: str = ""
    outcome: str = ""
    reported_to: str = ""
    follow_up: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepDraft:
    """What became of a follow-up, as it is typed. answers: (question's key, answer); due: local, `YYYY-MM-DD HH:MM`."""

    how: str = ""
    note: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    due: str = ""


def read_local(text: str) -> datetime | None:
    """A local time typed as `YYYY-MM-DD HH:MM`, without a zone, or None."""
    day, _, clock = text.strip().partition(" ")
    clock = clock.strip()
    if read_date(day) is None or len(clock) != 5:
        return None
    try:
        return datetime.fromisoformat(f"{day} {clock}")
    except ValueError:
        return None


def _too_long(draft: object, limit: int, *fields: str) -> list[Problem]:
    return [
        Problem(field, tr("At most {n} characters.", n=limit)) for field in fields if len(getattr(draft, field)) > limit
    ]


def check_touch(draft: TouchDraft, before: TouchPlan | None, today: date) -> tuple[Problem, ...]:
    """What keeps a touch plan from being kept; `before`: the version in force. Only a sober version may widen."""
    problems = _too_long(draft, NAME_LIMIT, "stop_word", "signal") + _too_long(draft, TEXT_LIMIT, "clothing", "if_more")
    practised = read_date(draft.practised_on) if draft.practised_on.strip() else None
    if draft.practised_on.strip() and practised is None:
        problems.append(Problem("practised_on", tr("A day is needed, as year-month-day, or nothing.")))
    elif practised is not None and practised > today:
        problems.append(Problem("practised_on", tr("This day has not come yet.")))
    permits = Permissions.of(draft.permissions)
    wider = permits.wider(before.permissions if before is not None else Permissions())
    if wider and not draft.sober:
        problems.append(Problem("sober", tr("More is permitted than before: that takes their word, sober.")))
    if draft.sober and permits.text:
        if not draft.silence:
            problems.append(Problem("silence", tr("Say it together first: silence or no answer is a no.")))
        if not clean(draft.stop_word) and not clean(draft.signal):
            problems.append(Problem("stop_word", tr("A word or a sign to stop is needed.")))
    return tuple(problems)


def touch_permissions(draft: TouchDraft) -> Permissions:
    """What a draft permits, as it is kept."""
    return Permissions.of(draft.permissions)


def check_safety(draft: SafetyDraft) -> tuple[Problem, ...]:
    """What keeps a safety card from being kept."""
    return (
        *_too_long(draft, LONG, "allergies", "medicines", "other"),
        *_too_long(draft, NAME_LIMIT, "contact_name", "contact_phone"),
    )


def check_adverse(draft: AdverseDraft, words: AdverseWords, now: datetime) -> tuple[Problem, ...]:
    """What keeps an adverse event from being kept. now: local, without a zone."""
    problems = []
    if not draft.what:
        problems.append(Problem("what", tr("Choose what it was.")))
    began, ended = read_local(draft.began), read_local(draft.ended) if draft.ended.strip() else None
    if began is None:
        problems.append(Problem("began", tr("When did it begin? As 2026-03-02 15:40.")))
    elif began > now:
        problems.append(Problem("began", tr("This time has not come yet.")))
    if draft.ended.strip() and ended is None:
        problems.append(Problem("ended", tr("As 2026-03-02 15:40, or nothing while it lasts.")))
    elif began is not None and ended is not None and ended < began:
        problems.append(Problem("ended", tr("It cannot end before it began.")))
    if draft.severity not in ("", *(str(n) for n in range(1, len(words.severity) + 1))):
        problems.append(Problem("severity", tr("A number from 1 to 5.")))
    if draft.follow_up.strip() and read_date(draft.follow_up) is None:
        problems.append(Problem("follow_up", tr("A day is needed, as year-month-day, or nothing.")))
    return (*problems, *_too_long(draft, LONG, "note"), *_too_long(draft, TEXT_LIMIT, "action", "reported_to"))


def check_step(draft: StepDraft, now: datetime) -> tuple[Problem, ...]:
    """What keeps a try from being kept. now: local, without a zone."""
    problems = []
    due = read_local(draft.due)
    if draft.how not in ("done", "not_reached", "moved"):
        problems.append(Problem("how", tr("Choose what became of it.")))
    elif draft.how == "moved" and (due is None or due <= now):
        problems.append(Problem("due", tr("Until when? A time to come, as 2026-03-04 10:00.")))
    for key, answer in draft.answers:
        if len(clean_lines(answer)) > LONG:
            problems.append(Problem(key, tr("At most {n} characters.", n=LONG)))
    return (*problems, *_too_long(draft, LONG, "note"))

