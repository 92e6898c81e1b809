"""Knows the made-up people of the tour: a practice, its members, and couples with names in several scripts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A client who does not exist. words: what they say in the session, in their own language."""

    name: str
    born: date
    pronouns: str
    language: str
    intention: str
    words: tuple[str, str]

    @property
    def contact(self) -> str:
        """A telephone number that nobody has (numbering plans keep 555-01xx for stories)."""
        return f"+1 202 555 01{self.born.day:02}"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two made-up people in care together."""

    a: MadeUp
    b: MadeUp
    label: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in one tour: the pair whose afternoon is played, and the others on the list."""

    practice: str
    therapist: str
    prescriber: str
    pair: Pair
    others: tuple[Pair, ...]


PRACTICE = "Harbour Street Practice"
THERAPIST = "Marta Kowalczyk"
PRESCRIBER = "Aoife Ní Bhriain"

PAIRS: tuple[Pair, ...] = (
    Pair(
        MadeUp("Łukasz Wiśniewski", date(1984, 5, 1), "he/him", "polski",
               "Chcę usłyszeć jej strach i nie uciekać.",
               ("Morze trzyma nas oboje.", "Nigdy ci nie mówiłem, jak bardzo się bałem.")),
        MadeUp("Nguyễn Thị Phượng", date(1986, 11, 23), "she/her", "Tiếng Việt",
               "Em muốn tin rằng em được ở lại.",
               ("Em nghe thấy anh thở.", "Con thuyền không chìm.")),
        "Tuesday, four o'clock",
    ),
    Pair(
        MadeUp("王丽华", date(1979, 2, 14), "she/her", "中文", "我想学会慢慢地听。", ("水是温的。", "我不必再跑了。")),
        MadeUp("João Gonçalves", date(1977, 9, 30), "he/him", "português", "Quero pedir sem exigir.",
               ("A casa estava aberta.", "Eu fico.")),
    ),
    Pair(
        MadeUp("שרה לוי", date(1990, 7, 8), "she/her", "עברית", "לשאול לפני שאני מחליטה.", ("האור נשאר.", "אני כאן.")),
        MadeUp("محمد الحسن", date(1988, 12, 19), "he/him", "العربية", "أريد أن أسمعها حتى النهاية.",
               ("البحر هادئ.", "لم أعد خائفا.")),
    ),
    Pair(
        MadeUp("Ελένη Παπαδοπούλου", date(1982, 3, 27), "she/her", "ελληνικά", "Να μείνω όταν σωπαίνει.",
               ("Ήταν ένα φως.", "Σε βλέπω.")),
        MadeUp("Олександр Шевченко", date(1981, 10, 6), "he/him", "українська", "Говорити м'яко.",
               ("Земля тримає.", "Я повернувся.")),
    ),
    Pair(
        MadeUp("आरती शर्मा", date(1993, 1, 17), "she/her", "हिन्दी", "धीरे से सुनना।", ("सब कुछ हल्का है।", "मैं यहाँ हूँ।")),
        MadeUp("박지훈", date(1991, 8, 25), "he/him", "한국어", "먼저 묻고 싶다.", ("바람이 멈췄다.", "나는 괜찮다.")),
    ),
)


def cast_for(seed: int) -> Cast:
    """Everybody for a seed: another seed gives another pair the afternoon."""
    at = (seed - 1) % len(PAIRS)
    return Cast(PRACTICE, THERAPIST, PRESCRIBER, PAIRS[at], (*PAIRS[at + 1 :], *PAIRS[:at]))
