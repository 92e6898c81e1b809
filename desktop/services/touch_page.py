"""Knows what a touch plan says on paper: by person, place and state, with safety touch named, as confirmed sober."""

from __future__ import annotations

from desktop.domain.paper import Callout, Heading, Signature
from desktop.domain.paper_live import Cell, Ledger, LedgerRow, PageBlock, PageSheet
from desktop.domain.words import tr
from desktop.live.describe_safety import touch_words
from desktop.live.events import TouchLevel, TouchRule
from desktop.services.page_ask import PageAsk

STATES = ("awake", "peak", "return")
ORDER = ("therapist", "assistant", "partner")


def touch_page(ask: PageAsk) -> PageSheet:
    """The page of one person."""
    blocks: list[PageBlock] = [*_rules(ask.person.brought.touch), *_less(ask), *_always(), *_signs()]
    sees = tr("the people in the room with this person. The partner sees it only if this person shows it.")
    title = ask.head(tr("Touch plan"), tr("Agreed sober. In the session it only becomes less, never more."), sees)
    return PageSheet(title, tuple(blocks))


def _rules(rules: tuple[TouchRule, ...]) -> list[PageBlock]:
    head = (tr("Who"), tr("Where"), tr("Awake"), tr("Far away, at the peak"), tr("Coming back"))
    places = dict.fromkeys((rule.who, rule.place) for rule in sorted(rules, key=lambda rule: _rank(rule.who)))
    rows = [
        LedgerRow((
            Cell(_who(who), strong=True), Cell(place, strong=True),
            *(_answer(rules, who, place, state) for state in STATES),
        ))
        for who, place in places
    ]  # fmt: skip
    widths = (12, 22, 14, 20, 16)
    if not rows:
        said = tr("No plan was confirmed for this session. Until there is one, nobody touches except for safety.")
        return [Callout(said, ()), Ledger(head, (), widths, blank=6, tall=26.0, ruled=True)]
    return [Ledger(head, tuple(rows), widths, blank=2, tall=24.0, ruled=True)]


def _rank(who: str) -> int:
    return ORDER.index(who) if who in ORDER else len(ORDER)


def _who(who: str) -> str:
    return {"therapist": tr("therapist"), "assistant": tr("assistant"), "partner": tr("partner")}.get(who, who)


def _answer(rules: tuple[TouchRule, ...], who: str, place: str, state: str) -> Cell:
    """What the plan says for a state; what no line allows is a no."""
    found = {rule.state: rule.may for rule in rules if (rule.who, rule.place) == (who, place)}
    may = found.get(state, found.get("any", "no"))
    words = {"yes": tr("yes"), "ask": tr("ask each time"), "no": tr("no")}
    return Cell(words.get(may, tr("no")), strong=may == "yes")


def _less(ask: PageAsk) -> list[PageBlock]:
    """What was taken back in the session so far."""
    person = ask.person
    narrowed = person.touch is not TouchLevel.PLANNED
    lines = [tr("everywhere: {level}", level=touch_words(person.touch))] if narrowed else []
    lines += [tr("{place}: {level}", place=place, level=touch_words(level)) for place, level in person.touch_places]
    if person.safe_signals:
        times = ", ".join(ask.copy.wall(at_ms) for at_ms in person.safe_signals)
        lines.append(tr("safe signal at {times}", times=times))
    return [Callout(tr("Since the session began, less than this"), tuple(lines))] if lines else []


def _always() -> list[PageBlock]:
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
            ),
        ),
    ]


def _signs() -> list[PageBlock]:
    return [
        Heading(tr("Confirmed sober today")),
        Signature((tr("This person"), tr("Therapist"))),
    ]
