"""Knows how notes are written and signed, how the trail is read, and how roles change."""

from __future__ import annotations

import pytest

from desktop.domain.audience import Owner
from desktop.domain.drafts import NoteDraft
from desktop.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from desktop.domain.people import Role
from desktop.domain.records import Act
from desktop.services.audit_trail import newest_lines, trail_lines, verify_trail
from desktop.services.clients import open_client
from desktop.services.live import LiveDesk
from desktop.services.members import change_member, members
from desktop.services.notes import change_note, search_notes, session_notes, sign_note, write_note
from desktop.services.outcome import Topic
from tests.kit import ANNA, BEN, MARA, OTTO, PAIR, PAUL, TESS, House, finish, plan

TEXT = "They spoke of the\r\nsummer\x07 house.  \n\n"


def test_a_note_is_written_and_its_text_is_kept_line_by_line(home: House) -> None:
    outcome = write_note(home.desk(), NoteDraft(PAIR.owner, TEXT))
    note = outcome.value
    assert (note.text, note.author_id, note.signed) == ("They spoke of the\nsummer house.", MARA.id, None)
    assert outcome.changed == {Topic("note", note.id)}
    assert home.acts("note") == [(Act.CREATE, note.id, "")]


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        (NoteDraft(), {"whose", "text"}), (NoteDraft(PAIR.owner, " \n "), {"text"}),
        (NoteDraft(PAIR.owner, "x" * 20_001), {"text"}), (NoteDraft(Owner.practice("p"), "x"), {"whose"}),
        (NoteDraft(Owner.client("client-c"), "x", "session-1"), {"whose"}),
    ],
)  # fmt: skip
def test_a_note_with_a_fault_is_not_kept(home: House, draft: NoteDraft, wrong: set[str]) -> None:
    plan(home.desk())
    with home.store.write() as unit:
        unit.clients.add(type(ANNA)("client-c", "Zoë", ANNA.born))
        unit.audit(home.desk().line(Act.CREATE, "client", "client-c", Owner.client("client-c")))
    before = home.lines()
    with pytest.raises(Invalid) as caught:
        write_note(home.desk(), draft)
    assert {problem.field for problem in caught.value.problems} == wrong
    assert home.lines() == before


@pytest.mark.parametrize("owner", [Owner.client("nobody"), Owner.couple("nobody")])
def test_a_note_goes_to_somebody_who_is_there(home: House, owner: Owner) -> None:
    with pytest.raises(NotFound):
        write_note(home.desk(), NoteDraft(owner, "x"))


def test_only_who_wrote_a_note_changes_and_signs_it(home: House) -> None:
    note = write_note(home.desk(), NoteDraft(ANNA.owner, "x")).value
    for attempt in (
        lambda: change_note(home.desk(PAUL), note.id, "y", 1), lambda: sign_note(home.desk(PAUL), note.id, 1),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            attempt()
    changed = change_note(home.desk(), note.id, " y ", 1)
    assert (changed.value.text, changed.value.version) == ("y", 2)
    with pytest.raises(Invalid):
        change_note(home.desk(), note.id, "  ", 2)
    with pytest.raises(Conflict):
        sign_note(home.desk(), note.id, 1)
    signed = sign_note(home.desk(), note.id, 2).value
    assert signed.signed == home.clock.now()
    for attempt in (lambda: change_note(home.desk(), note.id, "z", 3), lambda: sign_note(home.desk(), note.id, 3)):
        with pytest.raises(Refused) as caught:
            attempt()
        assert caught.value.code == "signed"
    assert [act for act, _, _ in home.acts("note")] == [Act.CREATE, Act.CHANGE, Act.SIGN]


def test_after_the_close_a_note_is_an_addendum(home: House) -> None:
    session = plan(home.desk())
    draft = write_note(home.desk(), NoteDraft(BEN.owner, "before", session.id)).value
    home.clock.forward(1)
    finish(LiveDesk.begin(home.desk(), session.id))
    addendum = write_note(home.desk(), NoteDraft(PAIR.owner, "after", session.id)).value
    with pytest.raises(Refused) as caught:
        change_note(home.desk(), draft.id, "other", 1)
    assert caught.value.code == "closed"
    addendum = change_note(home.desk(), addendum.id, "after, once more", 1).value
    signed = sign_note(home.desk(), addendum.id, addendum.version).value
    assert set(session_notes(home.desk(), session.id)) == {signed, draft}
    assert home.acts("session")[-1] == (Act.VIEW, session.id, "notes")


def test_a_search_in_notes_is_kept_without_its_words(home: House) -> None:
    note = write_note(home.desk(), NoteDraft(PAIR.owner, TEXT)).value
    assert search_notes(home.desk(), "summer") == (note,)
    assert home.acts("notes") == [(Act.SEARCH, home.store.practice_id, "6 characters, 1 found")]


def test_an_owner_reads_the_trail_a_page_at_a_time_and_from_its_end(home: House) -> None:
    whole = home.lines()
    desk = home.desk(OTTO)
    assert trail_lines(desk) == whole
    assert trail_lines(desk, after=2, limit=3) == whole[2:5]
    for limit in (1, 3, len(whole), len(whole) + 5):
        assert newest_lines(desk, limit) == whole[-limit:]
    for n in range(5):
        open_client(home.desk(), ANNA.id)
        assert newest_lines(desk, 2) == home.lines()[-2:], n
    assert verify_trail(home.desk(TESS)).intact


def test_members_are_listed_and_an_owner_changes_their_roles(home: House) -> None:
    assert [member.id for member in members(home.desk(TESS))] == [MARA.id, OTTO.id, PAUL.id, TESS.id]
    outcome = change_member(home.desk(OTTO), TESS.id, frozenset({Role.ASSISTANT, Role.THERAPIST}), True, 1)
    assert outcome.value.roles == {Role.ASSISTANT, Role.THERAPIST}
    assert outcome.changed == {Topic("member", TESS.id)}
    assert home.acts("member")[-1] == (Act.CHANGE, TESS.id, "")
    with pytest.raises(Invalid):
        change_member(home.desk(OTTO), TESS.id, frozenset(), True, 2)
    gone = change_member(home.desk(OTTO), TESS.id, frozenset(), False, 2).value
    assert not gone.active
    with pytest.raises(NotAllowed):
        members(home.desk(gone))
    with pytest.raises(Conflict):
        change_member(home.desk(OTTO), PAUL.id, PAUL.roles, True, 9)


def test_a_practice_keeps_an_owner(home: House) -> None:
    change_member(home.desk(OTTO), MARA.id, frozenset({Role.THERAPIST}), True, 1)
    for roles, active in ((frozenset({Role.ASSISTANT}), True), (OTTO.roles, False)):
        with pytest.raises(Refused) as caught:
            change_member(home.desk(OTTO), OTTO.id, roles, active, 1)
        assert caught.value.code == "last owner"


def test_a_check_after_every_note_takes_the_index_of_words_for_what_it_is(home: House) -> None:
    for number in range(40):  # the index is laid out anew every sixteen notes
        write_note(home.desk(), NoteDraft(ANNA.owner, f"the {number}th summer"))
        assert verify_trail(home.desk()).intact
