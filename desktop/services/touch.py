"""Knows how a touch plan is agreed, narrowed and confirmed; versions are kept, and only a sober one may widen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.audience import Audience
from desktop.domain.care import Permissions, TouchPlan
from desktop.domain.care_drafts import TouchDraft, check_touch
from desktop.domain.care_files import TouchWords
from desktop.domain.drafts import clean_lines
from desktop.domain.errors import Conflict, Invalid, Refused
from desktop.domain.people import Role, clean, read_date, require
from desktop.domain.records import Act
from desktop.domain.words import tr
from desktop.services.care_words import touch_words
from desktop.services.clients import today
from desktop.services.desk import Desk
from desktop.services.outcome import Outcome, Topic
from desktop.services.ports import Unit
from desktop.services.sober import require_sober

KIND = "touch_plan"


@dataclass(frozen=True, slots=True)
class TouchStanding:
    """What somebody permits. versions: the one in force first; sober: the last one that they agreed to sober."""

    versions: tuple[TouchPlan, ...]

    @property
    def plan(self) -> TouchPlan | None:
        """The version in force."""
        return self.versions[0] if self.versions else None

    @property
    def sober(self) -> TouchPlan | None:
        """The last version that was agreed to sober."""
        return next((one for one in self.versions if one.sober_on is not None), None)


def touch_choices(desk: Desk) -> TouchWords:
    """What a touch plan asks, with the proposed words."""
    return touch_words(desk.resources)


def keep_touch(desk: Desk, client_id: str, draft: TouchDraft, after: int) -> Outcome[TouchPlan]:
    """Keep the next version of somebody's touch plan; `after`: the number of the one that the form began with, or 0.

    Invalid where more is permitted and nobody says that they are sober; Refused('medicated') for a sober version on
    the day of a dose; Conflict when somebody kept another version meanwhile.
    """
    require(desk.member, Role.THERAPIST, Role.PRESCRIBER)
    with desk.store.write() as unit:
        unit.clients.get(client_id, Audience.clinic("touch plan"))
        before = _in_force(unit, client_id, after)
        problems = check_touch(draft, before, today(desk))
        if problems:
            raise Invalid(problems)
        if draft.sober:
            require_sober(desk, unit, client_id)
        plan = TouchPlan(
            id=desk.ids.new(), client_id=client_id, number=after + 1, permissions=Permissions.of(draft.permissions),
            clothing=clean(draft.clothing), stop_word=clean(draft.stop_word), signal=clean(draft.signal),
            silence=draft.silence, if_more=clean_lines(draft.if_more), practised_on=read_date(draft.practised_on),
            sober_on=today(desk) if draft.sober else None, made=desk.clock.now(), made_by=desk.member.id,
        )
        return _keep(desk, unit, plan, "sober" if draft.sober else "narrowed")


def confirm_touch(desk: Desk, client_id: str, number: int) -> Outcome[TouchPlan]:
    """The plan in force was confirmed again today, sober: the same as a new version. Refused, Conflict."""
    require(desk.member, Role.THERAPIST, Role.PRESCRIBER)
    with desk.store.write() as unit:
        before = _in_force(unit, client_id, number)
        if before is None:
            raise Refused("no_plan", tr("There is no touch plan yet."), next_step=tr("Write one together first."))
        require_sober(desk, unit, client_id)
        again = replace(
            before, id=desk.ids.new(), number=number + 1, sober_on=today(desk), made=desk.clock.now(),
            made_by=desk.member.id,
        )
        return _keep(desk, unit, again, "confirmed")


def _in_force(unit: Unit, client_id: str, number: int) -> TouchPlan | None:
    """The version that a form began with; Conflict when another one is in force meanwhile."""
    versions = unit.care.touch_plans.of_client(client_id, Audience.clinic("touch plan"))
    if number != (versions[0].number if versions else 0):
        raise Conflict(
            tr("Another version of this plan was kept meanwhile."), tr("Yours is still on the screen."),
            tr("Look at what is in force, and save again."),
        )
    return versions[0] if versions else None


def _keep(desk: Desk, unit: Unit, plan: TouchPlan, detail: str) -> Outcome[TouchPlan]:
    unit.care.touch_plans.add(plan)
    unit.audit(desk.line(Act.CREATE, KIND, plan.id, plan.owner, detail))
    return Outcome.of(plan, Topic(KIND, plan.id), Topic("client", plan.client_id))
