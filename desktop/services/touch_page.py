"""Knows what a touch plan says on paper: by person, place and state, with safety touch named, as confirmed sober."""

from __future__ import annotations

from desktop.domain.care import TouchPlan
from desktop.domain.care_files import TouchWords
from desktop.domain.paper import Callout, Heading, Signature
from desktop.domain.paper_live import Cell, Ledger, LedgerRow, PageBlock, PageSheet, Small
from desktop.domain.words import tr
from desktop.live.describe_safety import touch_words as level_words
from desktop.live.events import TouchLevel, TouchRule
from desktop.services.care_words import touch_words
from desktop.services.page_ask import PageAsk

STATES = ("awake", "peak", "return")


def touch_page(ask: PageAsk) -> PageSheet:
    """The page of one person."""
    words = touch_words(ask.desk.resources)
    blocks: list[PageBlock] = [
        *_rules(ask.person.brought.touch, words), *_agreed(ask.plan), *_less(ask, words), *_always(words), *_signs(),
    ]
    sees = tr("the people in the room with this person. The partner sees it only if this person shows it.")
    title = ask.head(tr("Touch plan"), tr("Agreed sober. In the session it only becomes less, never more."), sees)
    return PageSheet(title, tuple(blocks))


def _rules(rules: tuple[TouchRule, ...], words: TouchWords) -> list[PageBlock]:
    head = (tr("Who"), tr("Where"), *(words.label(state) for state in STATES))
    asked = [(who.key, place.key) for who, place in words.asked()]
    found = dict.fromkeys((rule.who, rule.place) for rule in rules)
    order = [pair for pair in asked if pair in found] + [pair for pair in found if pair not in asked]
    rows = [
        LedgerRow((
            Cell(words.label(who), strong=True), Cell(words.label(place), strong=True),
            *(_answer(rules, who, place, state) for state in STATES),
        ))
        for who, place in order
    ]  # fmt: skip
    widths = (12, 22, 14, 16, 16)
    if not rows:
        said = tr("No touch is agreed for this session. Until it is, nobody touches except for safety.")
        return [Callout(said, ()), Ledger(head, (), widths, blank=6, tall=26.0, ruled=True)]
    return [Ledger(head, tuple(rows), widths, tall=24.0, ruled=True), Small(tr("What no line allows is a no."))]


def _answer(rules: tuple[TouchRule, ...], who: str, place: str, state: str) -> Cell:
    """What the plan says for a state; what no line allows is a no."""
    found = {rule.state: rule.may for rule in rules if (rule.who, rule.place) == (who, place)}
    may = found.get(state, found.get("any", "no"))
    words = {"yes": tr("yes"), "ask": tr("ask each time"), "no": tr("no")}
    return Cell(words.get(may, tr("no")), strong=may == "yes")


def _agreed(plan: TouchPlan | None) -> list[PageBlock]:
    """What was agreed beside it."""
    if plan is None:
        return []
    said = (
        (tr("Stop word"), plan.stop_word), (tr("Signal without words"), plan.signal), (tr("Clothing"), plan.clothing),
        (tr("If more is asked for"), plan.if_more),
        (tr("Practised on"), "" if plan.practised_on is None else plan.practised_on.isoformat()),
        (tr("Agreed sober on"), "" if plan.sober_on is None else plan.sober_on.isoformat()),
    )
    rows = tuple(LedgerRow((Cell(label), Cell(text, strong=True))) for label, text in said if text)
    return [Ledger((tr("Agreed beside it"), ""), rows, (2, 7))] if rows else []


def _less(ask: PageAsk, words: TouchWords) -> list[PageBlock]:
    """What was taken back in the session so far."""
    person = ask.person
    narrowed = person.touch is not TouchLevel.PLANNED
    lines = [tr("everywhere: {level}", level=level_words(person.touch))] if narrowed else []
    lines += [
        tr("{place}: {level}", place=words.label(place), level=level_words(level))
        for place, level in person.touch_places
    ]
    if person.safe_signals:
        times = ", ".join(ask.copy.wall(at_ms) for at_ms in person.safe_signals)
        lines.append(tr("safe signal at {times}", times=times))
    return [Callout(tr("Since the session began, less than this"), tuple(lines))] if lines else []


def _always(words: TouchWords) -> list[PageBlock]:
    return [
        Callout(
            tr("What no plan takes away: touch for safety"),
            (
                tr("•  the cuff and the oximeter   •  the airway: side position, jaw, suction   •  holding a fall"),
                tr("It is said aloud before it is done, and ends when the danger ends."),
            ),
        ),
        Callout(
            tr("What stops every other touch at once"),
            (
                tr("•  the safe signal, a word, a hand turned away, a body that stiffens   •  no answer is a no"),
                tr("Asking for more than this during the session is heard kindly, noted, and talked about sober."),
                tr(words.never),
            ),
        ),
    ]


def _signs() -> list[PageBlock]:
    return [
        Heading(tr("Confirmed sober today")),
        Signature((tr("This person"), tr("Therapist"))),
    ]
