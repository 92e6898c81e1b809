"""Knows the panels around a dialogue and of words that wait: affect before and after, the turns, what is unwritten."""

from __future__ import annotations

from desktop.domain.words import tr, trn
from desktop.live.asks import Ask, AskNote, AskScale
from desktop.live.lines_safety import TurnLine
from desktop.live.state import LiveState
from desktop.views.board.asking import AskField, FieldKind, PanelFacts, PanelKind, Scene, Settled, Values, wrong
from desktop.views.board.coachfacts import TOPIC, affect_words, topic_of
from desktop.views.board.wording import letter_of, seat_of
from desktop.views.ui.facts import minute_text

AFFECT = "affect"
MOST = 10


def _affect_fields(scene: Scene) -> tuple[AskField, ...]:
    """One number for each person who is here, side by side."""
    people = [one for one in scene.state.people.values() if not one.ended]
    return tuple(
        AskField(one.key, f"{letter_of(one.key)}  {one.name}", FieldKind.NUMBER, hint="2-3", pair=at % 2 == 1)
        for at, one in enumerate(people)
    )


def _open_affect(scene: Scene) -> PanelFacts:
    note = tr("How strong the feeling is right now: 0 none, 10 as strong as can be. Each says their own.")
    fields = _affect_fields(scene)
    if _topic_is_theirs(scene.state):
        fields = (*fields, AskField("topic", tr("Topic, in one sentence"), value=topic_of(scene.state)))
    return PanelFacts(AFFECT, tr("Affect, 0 to 10"), fields, tr("Save"), note=note, pad=True)


def _topic_is_theirs(state: LiveState) -> bool:
    """In a group the room's notes reach every couple: a topic is not written there."""
    return all(not one.couple for one in state.people.values())


def _settle_affect(scene: Scene, values: Values) -> Settled:
    asks: list[Ask] = []
    topic = values.get("topic", "")
    for key in scene.state.people:
        text = values.get(key, "").strip()
        if not text:
            continue
        if not (text.isascii() and text.isdigit() and int(text) <= MOST):
            return wrong(**{key: tr("A whole number from 0 to 10 is needed.")})
        asks.append(AskScale(key, AFFECT, int(text)))
    if topic and topic != topic_of(scene.state):
        asks.append(AskNote(f"{tr(TOPIC)} {topic}"))
    if not asks:
        return wrong(**{next(iter(scene.state.people)): tr("At least one number is needed.")})
    return Settled(tuple(asks))


def turn_words(turn: TurnLine) -> str:
    """`1:50, 6 min: 3 mirrors, 1 correction`."""
    to_ms = turn.to_ms
    minutes = "" if to_ms is None else tr(", {min} min", min=max(0, to_ms - turn.from_ms) // 60_000)
    parts = [trn("{count} mirror", "{count} mirrors", turn.mirrors)]
    if turn.corrections:
        parts.append(trn("{count} correction", "{count} corrections", turn.corrections))
    if turn.interruptions:
        parts.append(trn("{count} interruption", "{count} interruptions", turn.interruptions))
    if turn.sendings:
        parts.append(trn("receiver sent {count} time", "receiver sent {count} times", turn.sendings))
    return f"{minute_text(turn.from_ms / 1000)}{minutes}: {', '.join(parts)}"


def _turns(state: LiveState) -> tuple[AskField, ...]:
    return tuple(
        AskField(
            f"turn{at}", tr("{letter} sends, {turn}", letter=letter_of(turn.sender), turn=turn_words(turn)),
            FieldKind.HEADING, tone=seat_of(turn.sender),
        )
        for talk in state.room.dialogues.values() for at, turn in enumerate(talk.log)
    )


def _open_turns(scene: Scene) -> PanelFacts:
    turns = _turns(scene.state)
    over = all(talk.step is None for talk in scene.state.room.dialogues.values())
    note = tr("There was no dialogue yet.") if not turns else affect_words(scene.state)
    after = (AskField("after", tr("Affect now, 0 to 10"), FieldKind.HEADING), *_affect_fields(scene))
    fields = (*turns, *(after if turns and over else ()))
    title = tr("Turns of the dialogue")
    save = tr("Save the affect after it") if turns and over else ""
    return PanelFacts("turns", title, fields, save, note=note)


def _open_unwritten(scene: Scene) -> PanelFacts:
    options = tuple(
        (f"write:{line.seq}", tr("{time}  {letter}  {name}", time=minute_text(line.at_ms / 1000),
                                 letter=letter_of(key), name=one.name))
        for key, one in scene.state.people.items() for line in one.words if not line.text
    )
    note = tr("Stamped, and still without text.") if options else tr("All words that were stamped are written.")
    fields = (AskField("action", "", FieldKind.BUTTONS, "-", options),) if options else ()
    return PanelFacts("unwritten", tr("Words still to be written"), fields, "", note=note, at_once=True)


def _settle_unwritten(scene: Scene, values: Values) -> Settled:
    return Settled()


PANELS = (
    PanelKind("affect", "", _open_affect, _settle_affect),
    PanelKind("turns", "", _open_turns, _settle_affect),
    PanelKind("unwritten", "", _open_unwritten, _settle_unwritten),
)
