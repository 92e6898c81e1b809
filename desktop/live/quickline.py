"""Knows the quick line: what a few keys mean, and whose they are, before anything is kept.

    [@author] [-minutes] letter ...     or `.` for a round, in any of these forms after the letter:
    128/84 76 98 14     pressure, heart rate, SpO2, respiration; any prefix, or named: hr 76, spo2 98, rr 14, t 36.8
    bp?  hr!            refused, failed; `?` and `!` alone for the whole set
    crying  cr  tense 2 a chip by name, its beginning or two letters, with an intensity
    distress 6          a scale
    "I never told you   words kept; a quote alone stamps the minute
    +  -  - 50 vomited  taken now; lost
    away  back  spit  phase peak

Everything else is text, and text belongs to nobody until one key says whose it is: "a long silence" is not A's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from desktop.domain.amounts import plain, read_amount
from desktop.domain.checklist import Checklist
from desktop.domain.words import tr
from desktop.live.asks import Ask, AskAway, AskBack, AskCheck, AskLost, AskNote, AskPhase, AskRound, AskTaken, AskWords
from desktop.live.quickline_parsed import Parsed
from desktop.live.quickline_seen import chip_labels, read_seen
from desktop.live.quickline_vitals import read_vitals

__all__ = ["Parsed", "owned", "parse"]

AUTHOR = re.compile(r"@(\w{1,12})(?=\s|$)")
AGO = re.compile(r"-(\d{1,3})(?=\s|$)", re.ASCII)
QUOTES = "\"“”„«»"


def parse(text: str, people: Mapping[str, str], checklist: Checklist, phases: tuple[str, ...] = ()) -> Parsed:
    """What the line means. people: the names by their letters, `a` or `3a`; phases: the protocol's, by key."""
    author, ago, body = _prefixes(text.strip())
    parsed = _body(body, people, checklist, phases)
    preview = parsed.preview
    if preview and ago:
        preview = tr("{what}, {n} min ago", what=preview, n=ago)
    if preview and author:
        preview = tr("{what}, by @{who}", what=preview, who=author)
    return replace(parsed, author=author, ago_min=ago, preview=preview)


def owned(parsed: Parsed, who: str | None) -> Ask:
    """The note that a text becomes once a key says whose it is; None is the room's."""
    return AskNote(parsed.text, who)


def _prefixes(text: str) -> tuple[str, int, str]:
    """Author and minutes ago, each once and in either order, and what follows them."""
    author, ago = "", 0
    for _ in range(2):
        found = AUTHOR.match(text)
        if found and not author:
            author, text = found[1].lower(), text[found.end() :].lstrip()
        found = AGO.match(text)
        if found and not ago:
            ago, text = int(found[1]), text[found.end() :].lstrip()
    return author, ago, text


def _body(body: str, people: Mapping[str, str], checklist: Checklist, phases: tuple[str, ...]) -> Parsed:
    if not body:
        return Parsed()
    if body == ".":
        return Parsed((AskRound(),), tr("Everyone: all seen"))
    who, rest = _letter(body, people)
    if not who:
        return _nobodys(body)
    if not rest:
        return Parsed(who=who, problem=tr("What about {who}?", who=people[who]), completions=chip_labels(checklist))
    parsed = _sign(who, rest) or _command(who, rest, phases)
    parsed = parsed or read_vitals(who, rest) or read_seen(who, rest, checklist)
    if parsed is None:
        return _nobodys(body)
    named = tr("{key} {name}: {what}", key=who.upper(), name=people[who], what=parsed.preview)
    return replace(parsed, who=who, preview=named if parsed.preview else "")


def _nobodys(body: str) -> Parsed:
    """Text: kept only after one key says whose it is."""
    return Parsed(
        preview=tr("Note: {text}", text=body), problem=tr("Whose is it? A letter, or Enter again for the room."),
        text=body, wants="owner",
    )


def _letter(body: str, people: Mapping[str, str]) -> tuple[str, str]:
    """The person's letter and what follows it; no letter where it is only the beginning of a word."""
    low = body.casefold()
    for key in sorted(people, key=len, reverse=True):
        rest = body[len(key) :]
        if low.startswith(key.casefold()) and (not rest or rest[0].isspace() or not rest[0].isalpha()):
            return key, rest.strip()
    return "", body


def _sign(who: str, rest: str) -> Parsed | None:
    """Words, taken and lost: what begins with a quote, a plus or a minus."""
    if rest[0] in QUOTES:
        text = rest.strip(QUOTES + " ")
        return Parsed((AskWords(who, text),), f"“{text}”" if text else tr("words, text to follow"))
    if rest == "+":
        return Parsed((AskTaken(who),), tr("taken now"))
    if rest[0] != "-":
        return None
    amount, _, why = rest[1:].strip().partition(" ")
    mg = read_amount(amount.removesuffix("mg"))
    why = why.strip().removeprefix("mg ").strip()
    if mg is None or not why:
        return Parsed(preview=tr("lost"), problem=tr("How much, and how: - 50 vomited"), wants="lost")
    return Parsed((AskLost(who, mg, why),), tr("lost {mg} mg: {why}", mg=plain(mg), why=why))


def _command(who: str, rest: str, phases: tuple[str, ...]) -> Parsed | None:
    words = rest.casefold().split()
    if words == ["away"]:
        return Parsed((AskAway(who),), tr("away"))
    if words == ["back"]:
        return Parsed((AskBack(who),), tr("back"))
    if words == ["spit"]:
        return Parsed((AskCheck("spit", "yes", who),), tr("spat out, as asked"))
    if len(words) == 2 and words[0] == "phase" and words[1] in phases:
        return Parsed((AskPhase(who, words[1]),), tr("phase: {phase}", phase=words[1]))
    if words[0] == "phase" and len(words) < 3:
        fitting = tuple(f"phase {key}" for key in phases if key.startswith("".join(words[1:])))
        return Parsed(problem=tr("Which phase?"), completions=fitting) if fitting else None
    return None
