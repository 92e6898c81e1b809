"""Knows that a member's signature under the trail cannot be moved, made up or added to by the same member."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.checkpoints import Countersignature, text_to_countersign
from desktop.domain.errors import Conflict, Known, NotFound, Refused
from desktop.domain.integrity import Wrong
from desktop.domain.records import Act
from desktop.services.checkpoints import checkpoints, countersign, sign_checkpoint
from desktop.storage.audit import CHAINED, Chain
from desktop.storage.unit import SqlStore
from tests.kit import MARA, OTTO, PAUL, TESS, House, OwnKeys, house


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path) as made:
        yield made


def wrong(home: House) -> set[Wrong]:
    return {flaw.wrong for flaw in home.store.verify().flaws} - {Wrong.MISSING_LOCK}


def signed(home: House) -> str:
    """A checkpoint of Mara's that Paul countersigned; its id."""
    made = sign_checkpoint(home.desk(MARA)).value
    countersign(home.desk(PAUL))
    return made.id


def test_a_checkpoint_names_the_last_line_and_is_a_line_of_its_own(home: House) -> None:
    before = home.lines()[-1]
    made = sign_checkpoint(home.desk(MARA)).value
    assert (made.number, made.mac) == (before.number, before.mac)
    last = home.lines()[-1].entry
    assert (last.act, last.subject_kind, last.subject_id) == (Act.SIGN, "checkpoint", made.id)
    assert last.digest
    assert home.intact()


def test_another_member_countersigns_later_also_after_more_lines(home: House) -> None:
    first = sign_checkpoint(home.desk(MARA)).value
    home.again()
    sign_checkpoint(home.desk(PAUL))
    point = countersign(home.desk(PAUL), first.id).value
    assert [counter.member_id for counter in point.countersignatures] == [PAUL.id]
    assert countersign(home.desk(TESS), first.id).value.countersignatures[-1].member_id == TESS.id
    assert home.intact()
    with pytest.raises(Conflict):
        countersign(home.desk(TESS), first.id)


def test_without_a_name_the_newest_that_waits_for_me_is_countersigned(home: House) -> None:
    sign_checkpoint(home.desk(MARA))
    newer = sign_checkpoint(home.desk(OTTO)).value
    assert countersign(home.desk(PAUL)).value.checkpoint == newer
    assert countersign(home.desk(MARA)).value.checkpoint == newer
    with pytest.raises(NotFound):
        countersign(home.desk(MARA))


def test_who_signed_first_never_countersigns_whatever_the_program_says(home: House) -> None:
    made = sign_checkpoint(home.desk(MARA)).value
    with pytest.raises(Refused) as caught:
        countersign(home.desk(MARA), made.id)
    assert caught.value.code == "same_member"
    assert all((caught.value.what, caught.value.next_step))
    assert home.intact()


def test_nobody_signs_a_trail_that_is_not_whole(home: House) -> None:
    sign_checkpoint(home.desk(MARA))
    home.sql("UPDATE clients SET contact = 'x'")
    for sign in (sign_checkpoint, countersign):
        with pytest.raises(Refused) as caught:
            sign(home.desk(PAUL))
        assert caught.value.code == "not_intact"


def test_a_desk_without_a_key_says_so(home: House) -> None:
    with pytest.raises(Known, match="own key"):
        sign_checkpoint(replace(home.desk(), signer=None))


@pytest.mark.parametrize("table", ["checkpoints", "countersignatures"])
@pytest.mark.parametrize("change", ["UPDATE {} SET signature = ''", "DELETE FROM {}"])
def test_the_database_itself_keeps_signatures(home: House, table: str, change: str) -> None:
    signed(home)
    with pytest.raises(Exception, match="holdfast: "):
        home.sql(change.format(table))


FORGERIES = (
    "UPDATE checkpoints SET number = number - 1", "UPDATE checkpoints SET mac = substr(mac, 2) || substr(mac, 1, 1)",
    "UPDATE checkpoints SET member_id = 'm-otto'", "UPDATE checkpoints SET signed_utc = '2020-01-01T00:00:00.000000Z'",
    "UPDATE checkpoints SET signature = 'zz'",
    "UPDATE checkpoints SET signature = (SELECT signature FROM countersignatures)",
    "UPDATE countersignatures SET member_id = 'm-mara'", "UPDATE countersignatures SET signature = ''",
    "UPDATE countersignatures SET public_key = (SELECT public_key FROM checkpoints)",
)  # fmt: skip


@pytest.mark.parametrize("statement", FORGERIES)
def test_a_signature_that_was_altered_or_moved_is_named(home: House, statement: str) -> None:
    signed(home)
    for table in ("checkpoints", "countersignatures"):
        home.sql(f"DROP TRIGGER {table}_written")
    home.sql(statement)
    found = wrong(home)
    assert Wrong.BAD_CHECKPOINT in found
    assert Wrong.EDITED_RECORD in found


def test_a_checkpoint_that_was_taken_away_is_missed(home: House) -> None:
    signed(home)
    for table in ("checkpoints", "countersignatures"):
        home.sql(f"DROP TRIGGER {table}_kept")
    home.sql("DELETE FROM countersignatures")
    home.sql("DELETE FROM checkpoints")
    assert wrong(home) == {Wrong.DELETED_RECORD}


def test_a_key_that_is_not_the_members_is_named(home: House) -> None:
    signed(home)
    home.signers[MARA.id] = OwnKeys()
    assert wrong(home) == {Wrong.BAD_CHECKPOINT}
    del home.signers[MARA.id]  # a member who left: their key is the one that the trail keeps
    assert wrong(home) == set()


def test_a_trail_that_somebody_with_the_keys_wrote_anew_does_not_fit_what_was_signed(home: House) -> None:
    """What the chain alone cannot tell: every member holds its key."""
    signed(home)
    number = checkpoints(home.desk())[0].checkpoint.number
    home.sql("DROP TRIGGER audit_written")
    home.sql("UPDATE audit SET detail = 'page' WHERE number = ?", number - 1)
    _write_anew(home)
    home.again()
    assert wrong(home) == {Wrong.BAD_CHECKPOINT}


def _write_anew(home: House) -> None:
    """Give every line the MAC that fits what it says now."""
    chain = Chain(home.store.practice_id, home.audit_key)
    before = chain.start.raw
    for row in home.sql(f"SELECT {', '.join(CHAINED)} FROM audit ORDER BY number"):
        before = chain.mac(before, row)
        home.sql("UPDATE audit SET mac = ? WHERE number = ?", before, row[0])


def test_a_checkpoint_of_a_line_that_is_not_there_is_not_kept(home: House) -> None:
    made = sign_checkpoint(home.desk()).value
    other = replace(made, id="other", number=10_000)
    with pytest.raises(Refused) as caught, home.store.write() as unit:
        unit.checkpoints.add(other)
    assert caught.value.code == "no_line"


def test_what_is_signed_holds_the_first_signature_and_the_practice(home: House) -> None:
    made = sign_checkpoint(home.desk()).value
    counter = Countersignature("c", made.id, PAUL.id, made.signed, "00")
    text = text_to_countersign("p-1", made, counter).decode()
    assert made.signature in text
    assert '"practice":"p-1"' in text


def test_what_was_signed_with_a_key_that_a_member_had_before_still_holds(home: House) -> None:
    """After a recovery with the kit a member has keys of their own anew; the key file keeps those before."""
    signed(home)
    before, after = home.signers[MARA.id].public_key, OwnKeys().public_key
    keys = {MARA.id: (after, before), PAUL.id: (home.signers[PAUL.id].public_key,)}
    store = SqlStore(
        home.engines.writer, home.engines.readers, home.store.practice_id, home.audit_key, signing_keys=lambda: keys
    )
    assert store.verify().intact
    keys[MARA.id] = (after,)
    assert not store.verify().intact
