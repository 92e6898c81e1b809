"""Knows which role may do what: every use case, walked with every role, and none left unguarded."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import desktop.services
from desktop.domain.errors import NotAllowed
from desktop.domain.people import Member, Role
from desktop.services.desk import Desk
from desktop.services.live import LiveDesk
from tests.kit import House, house, plan

CLINICAL = frozenset({Role.THERAPIST, Role.PRESCRIBER, Role.ASSISTANT})
TREATING = frozenset({Role.THERAPIST, Role.PRESCRIBER})
PRESCRIBING = frozenset({Role.PRESCRIBER})
OWNING = frozenset({Role.OWNER})

# Every use case and who may. A new one that is not here fails the second test below.
MAY: dict[str, frozenset[Role]] = {
    "clients.make_client": CLINICAL, "clients.change_client": CLINICAL, "clients.open_client": CLINICAL,
    "clients.search_people": CLINICAL, "clients.note_search": CLINICAL,
    "couples.make_couple": CLINICAL, "couples.change_label": CLINICAL, "couples.open_couple": CLINICAL,
    "orders.order_ways": CLINICAL, "orders.write_order": PRESCRIBING, "orders.withdraw_order": PRESCRIBING,
    "sessions.plan_session": TREATING, "sessions.set_intention": CLINICAL, "sessions.set_order": TREATING,
    "sessions.sessions_of": CLINICAL, "sessions.running_sessions": CLINICAL, "sessions.running_rows": CLINICAL,
    "notes.write_note": CLINICAL, "notes.change_note": CLINICAL, "notes.sign_note": TREATING,
    "notes.session_notes": CLINICAL, "notes.search_notes": CLINICAL,
    "audit_trail.trail_lines": OWNING, "audit_trail.newest_lines": OWNING, "audit_trail.trail_page": OWNING,
    "audit_trail.trail_kinds": OWNING, "audit_trail.open_trail": OWNING, "audit_report.audit_report": OWNING,
    "audit_report.checkpoint_page": frozenset(Role), "checkpoints.checkpoints": frozenset(Role),
    "checkpoints.sign_checkpoint": frozenset(Role), "checkpoints.countersign": frozenset(Role),
    "members.members": frozenset(Role), "members.change_member": OWNING, "members.rename_member": OWNING,
    "practice.add_member": OWNING,
    "keys.key_state": frozenset(Role), "keys.draw_kit": OWNING, "keys.keep_kit": OWNING, "keys.try_kit": OWNING,
    "keys.kit_page": OWNING,
    "keys.remove_member": OWNING, "keys.change_own": frozenset(Role), "keys.draw_factor": frozenset(Role),
    "keys.require_factor": OWNING,
    "custody.name_custodian": OWNING, "custody.hand_over_custody": frozenset(Role),
    "custody.custody_choice": CLINICAL, "custody.decline_custody": CLINICAL,
    "custody.accept_custody": CLINICAL, "custody.seal_own": CLINICAL, "custody.open_own": CLINICAL,
    "custody.open_in_custody": frozenset(Role), "custody.notices": frozenset(Role),
    "custody.take_notice": frozenset(Role),
    "archives.make_archive": frozenset(Role), "archives.verify_archive": frozenset(Role),
    "archives.drill_archive": frozenset(Role), "archives.thin_archives": frozenset(Role),
    "archives.make_if_due": frozenset(Role), "archives.make_on_close": frozenset(Role),
    "archives.make_on_pause": frozenset(Role), "archive_log.archive_log_page": frozenset(Role),
    "archives.add_place": OWNING, "archives.forget_place": OWNING,
    "live.session_state": CLINICAL, "live.LiveDesk.begin": TREATING, "live.LiveDesk.resume": CLINICAL,
    "live.LiveDesk.record": CLINICAL, "joining.newcomers": CLINICAL,
    "replay.replay": TREATING, "paperentry.begin_from_paper": TREATING,
    "paperentry.members_by_initials": CLINICAL, "paperentry.look_at_paper": CLINICAL,
    "carrying.give_out": TREATING, "carrying.take_back": TREATING, "carrying.carried_rows": CLINICAL,
    "carrying.away_now": CLINICAL, "carrying.look_at_carry": CLINICAL, "elsewhere.look_around": CLINICAL,
    "homecoming.bring_back": TREATING,
    "elsewhere.its_session": CLINICAL, "elsewhere.make_return": CLINICAL, "elsewhere.require_receipt": CLINICAL,
    "elsewhere.require_nothing_lost": CLINICAL,
    "worksheets.worksheet_titles": CLINICAL, "worksheets.worksheet": CLINICAL, "worksheets.blank_worksheet": CLINICAL,
    "flowsheets.flowsheet": CLINICAL, "flowsheets.flowsheet_content": CLINICAL,
    "clinicsheet.clinic_flowsheet": CLINICAL, "clinicsheet.clinic_content": CLINICAL,
    "pages.session_page": CLINICAL, "pages.page_content": CLINICAL, "emergency_page.emergency_paper": CLINICAL,
    "paperwork.paper_for": CLINICAL, "paperwork.paper_titles": CLINICAL,
    "planning.whose_turn": CLINICAL, "planning.group_couples": CLINICAL, "planning.group_sessions": CLINICAL,
    "touch.keep_touch": TREATING, "touch.confirm_touch": TREATING, "safety_cards.keep_safety_card": CLINICAL,
    "adverse.write_adverse": CLINICAL, "adverse.change_adverse": CLINICAL,
    "followups.due_followups": CLINICAL, "followups.open_followup": CLINICAL, "followups.answer_followup": CLINICAL,
    "releases.words_of_session": TREATING, "releases.release_words": TREATING, "releases.take_back": TREATING,
    "signatures.to_sign": PRESCRIBING, "signatures.sign_order": PRESCRIBING,
    "progress.draft_progress": CLINICAL, "today.open_day": CLINICAL,
    "after_page.open_after": CLINICAL, "care_page.open_care": CLINICAL,
    "protocols.protocol_rows": frozenset(Role), "protocols.protocol_page": frozenset(Role),
    "protocols.export_protocol": frozenset(Role), "protocols.change_number": OWNING | PRESCRIBING,
    "protocols.confirm_number": OWNING | PRESCRIBING, "protocols.switch_protocol": OWNING | PRESCRIBING,
    "protocols.take_back": OWNING | PRESCRIBING, "protocols.import_protocol": OWNING | PRESCRIBING,
    "card_editing.change_card": OWNING | PRESCRIBING,
}  # fmt: skip

# What shows nobody's data, or is only reached through a use case that is guarded.
OPEN: dict[str, str] = {
    "protocols.keep_edition": "takes a unit that a guarded use case opened",
    "clients.today": "a date",
    "live.protocols": "data that ships with the program",
    "live.protocol_named": "data that ships with the program",
    "live.prepared": "takes a unit that a guarded use case opened",
    "rehearsal.begin": "plays its script through `replay.replay`, which is guarded",
    "rehearsal.tried": "plays its script through `replay.replay`, which is guarded",
    "travelling.given_opening": "takes a unit that a guarded use case opened",
    "travelling.travelling_from": "whether this is a travelling practice; shows nobody's data",
    "shelf.shipped_named": "data that ships with the program",
    "shelf.own_editions": "rules and numbers, nobody's data; every screen needs them",
    "shelf.shipped_card": "data that ships with the program",
    "shelf.card_in_force": "words and a telephone number; whoever stands there must see it",
    "shelf.on_the_shelf": "rules and numbers, nobody's data; every screen needs them",
    "shelf.taken_from_shelf": "rules and numbers, nobody's data; every screen needs them",
    "checks.check_sheet": "data that ships with the program",
    "checks.emergency_card": "words and a telephone number; whoever stands there must see it",
    "live.state_or_plan": "takes a unit that a guarded use case opened",
    "own_copy.own_copy": "takes a unit that a guarded use case opened",
    "own_copy.step_words": "the words of the emergency card",
    "flowsheets.sheet_of": "takes a copy that a guarded use case gathered",
    "handover.everyone": "the names of those who work here; every board shows them",
    "live.load_state": "takes a unit that a guarded use case opened",
    "entries.keep_opening": "takes a unit that a guarded use case opened",
    "entries.keep_entry": "takes a unit that a guarded use case opened",
    "adverse.adverse_choices": "data that ships with the program",
    "adverse.local_now": "a time",
    "adverse.follow_entry": "takes a unit that a guarded use case opened",
    "followups.make_followups": "takes a unit that a guarded use case opened",
    "signatures.waiting": "takes a unit that a guarded use case opened",
    "sober.require_sober": "takes a unit that a guarded use case opened",
    "touch.touch_choices": "data that ships with the program",
    "checkpoints.signer_of": "the member's own key, which signs only what a guarded use case made",
    "trail.check_trail": "a check shows nobody's data, and anybody may find out that the trail was altered",
    "trail.verify_all": "a check shows nobody's data, and anybody may find out that the trail was altered",
    "keys.recovery_line": "makes a line, keeps nothing",
    "locking.running_now": "a clock and due minutes without a name, for whoever locks",
    "locking.note_veil": "a line in the trail, for whoever locks",
    "archives.changed_since": "which kinds of lines there are, not what they say",
    "archives.left_behind": "which kinds of lines there are, not what they say",
    "trail.verify_trail": "a check shows nobody's data, and anybody may find out that the trail was altered",
}


def takes_a_desk(function: Callable[..., Any]) -> bool:
    first = next(iter(inspect.signature(function).parameters.values()), None)
    return first is not None and first.annotation in {"Desk", Desk}


def use_cases() -> Iterator[tuple[str, Callable[..., Any]]]:
    for found in pkgutil.iter_modules(desktop.services.__path__):
        module = importlib.import_module(f"desktop.services.{found.name}")
        own = [each for each in vars(module).values() if getattr(each, "__module__", "") == module.__name__]
        for thing in own:
            if inspect.isfunction(thing) and not thing.__name__.startswith("_") and takes_a_desk(thing):
                yield f"{found.name}.{thing.__name__}", thing
            elif inspect.isclass(thing):
                for name, method in inspect.getmembers(thing, inspect.isfunction):
                    if name.startswith("_") or "Door" in thing.__name__ or inspect.isabstract(thing):
                        continue
                    if takes_a_desk(method):
                        yield f"{found.name}.{thing.__name__}.{name}", method


CASES = dict(use_cases())


def test_every_use_case_says_who_may() -> None:
    assert set(CASES) | {"live.LiveDesk.record"} == set(MAY) | set(OPEN)
    assert not set(MAY) & set(OPEN)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("roles")
    with house(folder) as made:
        yield made


def ask(case: str, desk: Desk, live: LiveDesk) -> None:
    """Call a use case with arguments that mean nothing: whoever may not is told so before they are looked at."""
    if case == "live.LiveDesk.record":
        LiveDesk(desk, live.session, live.state).record(None)  # type: ignore[arg-type]
        return
    function = CASES[case]
    missing = [each for each in inspect.signature(function).parameters.values() if each.default is each.empty]
    function(desk, *[None] * (len(missing) - 1))


@pytest.fixture(scope="module")
def live(home: House) -> LiveDesk:
    return LiveDesk.begin(home.desk(), plan(home.desk()).id)


@pytest.mark.parametrize("role", [*Role, None], ids=lambda role: role.value if role else "none")
@pytest.mark.parametrize("case", sorted(MAY))
def test_a_use_case_is_for_its_roles_only(home: House, live: LiveDesk, case: str, role: Role | None) -> None:
    member = Member("m-tess", "Tess Ito", "TI", frozenset({role} if role else ()))
    before = home.lines()
    allowed = True
    try:
        ask(case, home.desk(member), live)
    except NotAllowed:
        allowed = False
    except Exception:  # noqa: BLE001 - let in, and then the arguments meant nothing
        allowed = True
    assert allowed == (role in MAY[case])
    if not allowed:
        assert home.lines() == before


@pytest.mark.parametrize("case", sorted(MAY))
def test_who_has_left_may_do_nothing(home: House, live: LiveDesk, case: str) -> None:
    gone = replace(Member("m-tess", "Tess Ito", "TI", frozenset(Role)), active=False)
    with pytest.raises(NotAllowed):
        ask(case, home.desk(gone), live)
