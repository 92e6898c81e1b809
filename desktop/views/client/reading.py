"""Knows how records of care become what the page shows."""

from __future__ import annotations

from datetime import date, timedelta, timezone

from desktop.domain.care import AdverseEvent, FollowState, FollowUp, SafetyCard
from desktop.domain.care_drafts import AdverseDraft, SafetyDraft
from desktop.domain.care_files import label_of
from desktop.domain.moment import Moment
from desktop.domain.people import Member, Role
from desktop.domain.words import tr
from desktop.services.care_page import CarePage
from desktop.views.client.facts import CardFacts, CareFacts, EventRow, FollowRow, TouchFacts, TouchRow
from desktop.views.ui.theme import Tone


def facts_of(page: CarePage, me: Member, now: Moment) -> CareFacts:
    """The page."""
    return CareFacts(
        page.client.id, page.client.name, page.client.born.isoformat(), _touch(page, now.local.date()), _card(page),
        tuple(_follow(one, now) for one in page.followups), tuple(_event(page, one) for one in page.events),
        may_lead=me.may(Role.THERAPIST, Role.PRESCRIBER),
    )


def _touch(page: CarePage, today: date) -> TouchFacts:
    words, plan, agreed = page.touch_words, page.touch.plan, page.touch.sober
    rows = tuple(
        TouchRow(
            who.label, place.label, tuple(plan.permissions.may(who.key, place.key, s.key) for s in words.states)
        )
        for who, place in words.asked()
        if plan is not None and any(plan.permissions.may(who.key, place.key, s.key).rank for s in words.states)
    )  # fmt: skip
    sober, tone, sign = tr("Not agreed yet: without a plan there is no touch."), Tone.PLAIN, "circle-dashed"
    if agreed is not None and agreed.sober_on is not None:
        by = _called(page, agreed.made_by)
        sober = tr("Agreed sober on {day}, with {name}", day=agreed.sober_on.isoformat(), name=by)
        tone, sign = (Tone.GREEN, "circle-check") if agreed.sober_on == today else (Tone.AMBER, "clock")
        if agreed.sober_on != today:
            sober += tr("; to be confirmed on the day of a session")
    if plan is not None and agreed is not None and plan.number != agreed.number:
        sober += tr(". Narrowed since, on {day}", day=f"{plan.made.local:%Y-%m-%d}")
    lines = () if plan is None else tuple(
        (label, value) for label, value in (
            (tr("Clothing"), plan.clothing), (tr("Stop word"), plan.stop_word), (tr("Sign to stop"), plan.signal),
            (tr("If they ask for more"), plan.if_more),
            (tr("Practised on"), plan.practised_on.isoformat() if plan.practised_on is not None else ""),
        ) if value
    )  # fmt: skip
    return TouchFacts(
        plan.number if plan is not None else 0, tuple(state.label for state in words.states), rows, lines, sober, tone,
        sign, words.never, tr("The questions are {basis}: {source}.", basis=words.basis, source=words.source),
        len(page.touch.versions),
    )


def _called(page: CarePage, member_id: str) -> str:
    member = page.members.get(member_id)
    return member.name if member is not None else member_id


def _card(page: CarePage) -> CardFacts:
    card = page.card
    if card is None:
        return CardFacts(0, (), "")
    asked = tr("not asked yet")
    lines = (
        (tr("Allergies"), card.allergies or asked), (tr("Medicines"), card.medicines or asked),
        (tr("Emergency contact"), card.contact or asked), (tr("Other"), card.other),
    )
    when = tr("Written {day} by {name}, version {n}", day=f"{card.made.local:%Y-%m-%d}",
              name=_called(page, card.made_by), n=card.number)  # fmt: skip
    return CardFacts(card.number, tuple(line for line in lines if line[1]), when)


def safety_draft(card: SafetyCard | None) -> SafetyDraft:
    """A card as the form shows it."""
    if card is None:
        return SafetyDraft()
    return SafetyDraft(card.allergies, card.medicines, card.contact_name, card.contact_phone, card.other)


def local_text(followup: FollowUp, now: Moment) -> str:
    """When a follow-up is due, by the clock of today."""
    return f"{followup.due.astimezone(timezone(timedelta(minutes=now.offset_minutes))):%Y-%m-%d %H:%M}"


def _follow(one: FollowUp, now: Moment) -> FollowRow:
    due = local_text(one, now)
    if one.state is FollowState.DONE:
        return FollowRow(one.id, one.label, due, tr("done"), "circle-check", Tone.GREEN, open=False)
    late = one.due <= now.utc
    state = tr("not reached") if one.state is FollowState.NOT_REACHED else tr("due") if late else tr("to come")
    return FollowRow(
        one.id, one.label, due, state, "clock" if late else "circle-dashed", Tone.AMBER if late else Tone.PLAIN,
        open=True,
    )


def _event(page: CarePage, one: AdverseEvent) -> EventRow:
    words = page.adverse_words
    return EventRow(
        one.id, label_of(words.what, one.what), one.began, str(one.severity) if one.severity else tr("not rated"),
        label_of(words.outcome, one.outcome) if one.outcome else tr("not said"),
        one.follow_up.isoformat() if one.follow_up is not None else "",
    )


def adverse_draft(one: AdverseEvent) -> AdverseDraft:
    """An adverse event as the form shows it."""
    return AdverseDraft(
        one.what, one.began, one.ended, str(one.severity) if one.severity else "", one.serious, one.related,
        one.action, one.outcome, one.reported_to, one.follow_up.isoformat() if one.follow_up is not None else "",
        one.note,
    )
