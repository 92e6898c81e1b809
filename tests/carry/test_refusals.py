"""What was altered, made up, or typed wrongly opens nothing and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from desktop.domain.carried import Homecoming
from desktop.domain.errors import Invalid, Known
from desktop.domain.errors_carry import (
    AlteredReturn,
    BegunTooLate,
    CarryRefused,
    DamagedBundle,
    ForeignReturn,
    NewerBundle,
    NotABundle,
    NotAReturn,
    WrongBundlePassphrase,
)
from desktop.live.codec import entry_from_json, entry_to_json, thing_from_json, thing_to_json
from desktop.live.events import Observed, Opened
from desktop.services.carrying import CarryDraft, away_now, give_out
from desktop.services.elsewhere import look_into
from tests.carry.trip import AUDIENCE, SESSION, Trip, begun, lines_of, played


def test_a_typed_passphrase_follows_the_rules_of_all_passphrases(trip: Trip) -> None:
    for weak in ("short", "holdfast holdfast holdfast", "qwertyuiopqwertyuiop"):
        with pytest.raises(Invalid):
            trip.out(passphrase=weak)
    with pytest.raises(Invalid):
        draft = CarryDraft(SESSION, "seldom paper rivers borrow", "other")
        give_out(trip.desk, trip.home.door.carry(), draft, lambda _: None)
    assert away_now(trip.desk, SESSION) is None
    given, file = trip.out(passphrase="seldom paper rivers borrow eleven")
    assert given.passphrase == "seldom paper rivers borrow eleven"
    assert trip.opened(file, given.passphrase).id == given.carried.id
    with pytest.raises(WrongBundlePassphrase):
        trip.opened(file, "seldom paper rivers borrow twelve")


def test_a_bundle_altered_anywhere_opens_nowhere(gone: Trip) -> None:
    given, file = gone.out()
    line = file.index(b"\n")
    for at in (30, line // 2, line - 3, line + 1, len(file) - 1):
        bad = bytearray(file)
        bad[at] ^= 1
        with pytest.raises((DamagedBundle, NotABundle, WrongBundlePassphrase)):
            gone.there.door.carry().open_bundle(bytes(bad), given.passphrase)
    for cut in (0, 10, line, line + 1, len(file) - 1):
        with pytest.raises((DamagedBundle, NotABundle)):
            gone.there.door.carry().open_bundle(file[:cut], given.passphrase)
    with pytest.raises(NewerBundle):
        gone.there.door.carry().open_bundle(file.replace(b"carried-1", b"carried-2", 1), given.passphrase)
    with pytest.raises(DamagedBundle):
        dear = file.replace(b'"memory_kib":65536', b'"memory_kib":9999999', 1)
        gone.there.door.carry().open_bundle(dear, given.passphrase)


def test_a_return_that_is_altered_foreign_or_made_up_changes_nothing(gone: Trip, tmp_path: Path) -> None:
    given, file = gone.out()
    with gone.elsewhere(file, given.passphrase) as desk:
        played(begun(desk))
        _, good = gone.packed(desk)
        with desk.store.read() as unit:
            came_from = unit.travelling.get()
            entries = tuple(entry_to_json(entry) for entry in unit.events.of(SESSION, AUDIENCE))
    assert came_from is not None
    carry = gone.there.door.carry()
    whole = thing_from_json(Homecoming, gone.home.door.carry().open_return(gone.desk, good))

    def sealed(**changed: object) -> bytes:
        return carry.seal_return(thing_to_json(replace(whole, **changed)), came_from)  # type: ignore[arg-type]

    first = entry_from_json(entries[0])
    assert isinstance(first.event, Opened)
    widened = replace(first, event=replace(first.event, protocol_text=first.event.protocol_text + "\n# more"))
    second = entry_from_json(entries[1])
    flipped = bytearray(good)
    flipped[-1] ^= 1
    head, _, body = good.partition(b"\n")
    bad: dict[bytes, type[Known]] = {
        b"": NotAReturn, file: NotAReturn, bytes(flipped): AlteredReturn, good[:-1]: AlteredReturn,
        good[: len(head) + 1]: AlteredReturn,
        head.replace(given.carried.id.encode(), b"0" * 36) + b"\n" + body: ForeignReturn,
        head[:-1] + b"7\n" + body: ForeignReturn, good.replace(b"returned-1", b"returned-2", 1): NewerBundle,
        carry.seal_return(thing_to_json(whole), replace(came_from, secret="11" * 32)): AlteredReturn,
        carry.seal_return("no json", came_from): AlteredReturn,
        sealed(session_id="other"): AlteredReturn, sealed(bundle_digest="0" * 64): AlteredReturn,
        sealed(entries=entries[1:]): AlteredReturn, sealed(entries=(*entries[:3], *entries[4:])): AlteredReturn,
        sealed(entries=(*entries, entries[-1])): AlteredReturn, sealed(entries=(entries[1], entries[0])): AlteredReturn,
        sealed(entries=(entry_to_json(widened), *entries[1:])): AlteredReturn,
        sealed(entries=(entries[0], entry_to_json(replace(second, attested_by="m-nobody")))): AlteredReturn,
        sealed(entries=(entries[0], entry_to_json(replace(second, owner="b")))): AlteredReturn,
        sealed(entries=(entries[0], entry_to_json(replace(second, at_ms=second.entered_ms + 1)))): AlteredReturn,
        sealed(entries=(entries[0], entry_to_json(replace(second, event=Observed("z", "crying", "Crying"))))):
            AlteredReturn,
    }  # fmt: skip
    late = replace(first, wall=replace(first.wall, utc=given.carried.expires.utc.replace(year=2027)))
    bad[sealed(entries=(entry_to_json(late), *entries[1:]))] = BegunTooLate
    before = lines_of(gone.desk, "carried")
    for content, error in bad.items():
        with pytest.raises(error):
            gone.back(content)
    with pytest.raises(Known, match="does not know"):
        gone.back(sealed(entries=(entries[0], entries[1].replace('"v":1', '"v":9'))))
    assert gone.entries() == []
    assert lines_of(gone.desk, "carried") == before
    assert gone.back(good).closed


def test_a_return_flipped_in_any_byte_is_refused_at_once(gone: Trip) -> None:
    given, file = gone.out()
    with gone.elsewhere(file, given.passphrase) as desk:
        begun(desk)
        _, good = gone.packed(desk)
    by = Random(4711)
    for _ in range(300):
        bad = bytearray(good)
        bad[by.randrange(len(bad))] ^= 1 << by.randrange(8)
        with pytest.raises(CarryRefused):
            gone.back(bytes(bad[: by.randrange(len(bad)) if by.random() < 0.3 else len(bad)]))
    assert gone.entries() == []
    assert gone.back(good).entries == 1


def test_a_bundle_of_another_time_is_looked_into_only_with_its_passphrase(gone: Trip) -> None:
    _, file = gone.out()
    with pytest.raises(WrongBundlePassphrase):
        look_into(gone.there.door.carry(), file, "")
