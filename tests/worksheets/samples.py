"""Knows the made-up people and sessions that the paper tests print."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from desktop.domain.paper import (
    BandLine,
    Compartment,
    DoseLine,
    DueMark,
    Fact,
    Flowsheet,
    LogLine,
    ObservationLine,
    PersonLine,
    PhaseSpan,
    ScaleLine,
    StaffLine,
    VitalsPoint,
    WordsLine,
    WorksheetSheet,
)
from desktop.domain.worksheet import SheetFacts, WorksheetTemplate, fill, read_worksheet
from desktop.worksheets.press import ReportlabPress

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
LUKASZ = PersonLine("Łukasz Wiśniewski", "1984-05-01", "A")
PHUONG = PersonLine("Nguyễn Thị Phượng", "1986-11-23", "B")
INTENTION = "To find out what I go on protecting, and whether it still needs me to."
WORDS = (
    WordsLine(38, "10:38", "I never told you how frightened I was in that house."),
    WordsLine(52, "10:52", ""),
    WordsLine(71, "11:11", "Your hand stayed. I want to remember that it stayed, even when I had no words for it."),
    WordsLine(90, "11:30", "سأبقى معك هنا"),
)
CONTACTS = ("Harbor Practice, day and night: 555 0100", "Mira Kowalska, therapist: 555 0101")


class Files:
    """The program's data files, straight from the folder."""

    def text(self, name: str) -> str:
        """The text of a file."""
        return self.path(name).read_text(encoding="utf-8")

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """The names in a folder."""
        return tuple(sorted(path.name for path in (RESOURCES / folder).iterdir() if path.name.endswith(suffix)))

    def path(self, name: str) -> Path:
        """Where a file lies."""
        return RESOURCES / name


def press() -> ReportlabPress:
    """A press with the real fonts."""
    return ReportlabPress(Files())


def template() -> WorksheetTemplate:
    """The integration worksheet that ships."""
    name = "after-medicine-keep.toml"
    return read_worksheet(Files().text(f"worksheets/{name}"), name)


def sheet(compartment: Compartment, *people: PersonLine, **more: object) -> WorksheetSheet:
    """The integration worksheet for some people, filled."""
    facts: dict[str, object] = {
        "practice": "Harbor Practice", "compartment": compartment, "people": people, "printed_on": "2026-03-02",
        "program_version": "0.1.0", "contacts": CONTACTS if people else (),
        "session_on": "2026-03-02" if people else "", "facilitator": "Mira Kowalska" if people else "",
    }  # fmt: skip
    return fill(template(), SheetFacts(**{**facts, **more}))  # type: ignore[arg-type]


def for_lukasz(**more: object) -> WorksheetSheet:
    """A's own copy, with intention and kept words."""
    return sheet(Compartment.A, LUKASZ, **{"intention": INTENTION, "words": WORDS, **more})


def for_both(**more: object) -> WorksheetSheet:
    """The copy for both."""
    return sheet(Compartment.BOTH, LUKASZ, PHUONG, **more)


_BANDS = (
    BandLine("systolic", 160, "amber"), BandLine("systolic", 180, "red"), BandLine("diastolic", 100, "amber"),
    BandLine("diastolic", 110, "red"), BandLine("hr", 110, "amber"), BandLine("hr", 120, "red"),
    BandLine("spo2", 95, "amber"), BandLine("spo2", 92, "red"),
)  # fmt: skip

_VITALS = (
    VitalsPoint(-8, "09:52", 128, 82, 76, 98, 14, by="MK"),
    VitalsPoint(25, "10:25", 142, 88, 88, 97, 15, by="MK"),
    VitalsPoint(45, "10:45", 164, 98, 104, 97, 16, levels=(("bp", "amber"),), by="JO"),
    VitalsPoint(50, "10:50", 158, 94, 101, 96, 15, by="JO"),
    VitalsPoint(62, "11:02", 93, 61, 100, 97, 15, by="JO", struck=True, reason="cuff had slipped"),
    VitalsPoint(65, "11:05", status="refused", signs=("bp",), reason="did not want the cuff", by="JO", hr=98, spo2=94,
                levels=(("spo2", "amber"),)),
    VitalsPoint(95, "11:35", 138, 86, 90, 97, 14, by="MK"),
    VitalsPoint(125, "12:05", 132, 84, 84, by="MK", status="failed", signs=("spo2",), reason="cold fingers"),
    VitalsPoint(145, "12:25", 126, 80, 78, 98, 14, by="MK"),
)  # fmt: skip

_LOG = (
    LogLine(-20, "09:40", "MK", "Room check complete. Escort: sister, waiting in the house."),
    LogLine(5, "10:05", "MK", "Dose 100 mg sublingual, lot K-2291, label read by JO."),
    LogLine(17, "10:17", "MK", "Spat out after 12 minutes."),
    LogLine(33, "10:33", "JO", "Tears, quiet, hand on the chest.", late="10:41"),
    LogLine(45, "10:45", "JO", "Pressure 164/98: repeat in 5 min. Asked about symptoms: none."),
    LogLine(62, "11:02", "JO", "Pressure 93/61", struck=True, reason="cuff had slipped"),
    LogLine(65, "11:05", "JO", "Pressure refused: did not want the cuff."),
    LogLine(100, "11:40", "MK", "Dialogue, step mirror: partner as sender."),
    LogLine(145, "12:25", "MK", "Discharge: criteria met. Leaves with sister."),
)

_ORDER = (
    Fact("By", "Dr Ana Okafor"), Fact("Single dose at most", "200 mg"), Fact("Session at most", "300 mg"),
    Fact("Boosters", "1, from 45 min"), Fact("Valid until", "2026-04-30"),
)  # fmt: skip

_DOSES = (
    DoseLine(5, "10:05", "dose", "100", "sublingual", "K-2291", "MK", "JO"),
    DoseLine(9, "10:09", "lost", "50", "", "", "MK", "", reason="half a lozenge fell to the floor"),
    DoseLine(14, "10:14", "dose", "50", "sublingual", "K-2291", "MK", "", missing="second check"),
    DoseLine(48, "10:48", "booster", "50", "sublingual", "K-2291", "MK", "JO", struck=True,
             reason="entered twice"),
)  # fmt: skip

_PHASES = (
    PhaseSpan("Onset", 5, 30), PhaseSpan("Peak", 30, 70), PhaseSpan("Return", 70, 105),
    PhaseSpan("Afterglow", 105, 155),
)  # fmt: skip

_DUE = (
    DueMark(25, "vitals 20 min", "done"), DueMark(45, "vitals 40 min", "done"),
    DueMark(65, "vitals 60 min", "refused"), DueMark(95, "vitals 90 min", "done"),
    DueMark(125, "vitals 120 min", "late"), DueMark(135, "visual round", "missed"),
)  # fmt: skip

_CHECKS = (
    Fact("Last food", "06:30, 3 h before"), Fact("Escort", "sister, 555 0199"), Fact("Willing today", "yes"),
)  # fmt: skip

_OBSERVATIONS = (
    ObservationLine(33, "10:33", "crying", "quiet", "JO"),
    ObservationLine(58, "10:58", "reaches out", "", "MK"),
    ObservationLine(61, "11:01", "nausea", "mild", "JO", struck=True, reason="pressed by mistake"),
)  # fmt: skip

_SCALES = (
    ScaleLine(30, "10:30", "MOAA/S", "4", "amber", "JO"),
    ScaleLine(60, "11:00", "Distress 0-10", "3", "", "JO"),
    ScaleLine(140, "12:20", "MOAA/S", "5", "", "MK"),
)  # fmt: skip

_DISCHARGE = (
    Fact("Ending", "criteria met"), Fact("Since last counted dose", "2:11 h"), Fact("Pressure", "126/80"),
    Fact("Walks steadily", "yes"), Fact("Escort", "sister"), Fact("Instructions in writing", "given"),
)  # fmt: skip

_STAFF = (
    StaffLine("MK", "Mira Kowalska", "therapist"),
    StaffLine("JO", "Jonas Öberg", "assistant", "09:45", "12:30"),
    StaffLine("AO", "Dr Ana Okafor", "prescriber", "10:00", "10:20"),
)  # fmt: skip


def flowsheet(**more: object) -> Flowsheet:
    """A's session with nearly everything that happens."""
    content: dict[str, object] = {
        "person": LUKASZ, "practice": "Harbor Practice", "session_title": "Dosing session, both partners, staggered",
        "started": datetime(2026, 3, 2, 10, 0, tzinfo=timezone(timedelta(hours=-5))),
        "protocol_title": "Ketamine, sublingual, full schedule", "medicine": "Ketamine lozenge 100 mg",
        "route": "sublingual", "who_will_see": "the clinical team, and this person on request. Not the partner.",
        "printed_on": "2026-03-02", "program_version": "0.1.0", "role": "dosed", "ended_minute": 150,
        "order": _ORDER,
        "totals": (Fact("Given", "150 mg"), Fact("Lost", "50 mg"), Fact("Counted", "100 mg")),
        "doses": _DOSES,
        "vitals": _VITALS, "bands": _BANDS, "log": _LOG, "words": WORDS,
        "phases": _PHASES,
        "due": _DUE,
        "checks": _CHECKS,
        "observations": _OBSERVATIONS,
        "scales": _SCALES,
        "discharge": _DISCHARGE,
        "staff": _STAFF,
        "missing": ("Second check of the dose at 10:14", "Visual round due at 12:15"),
    }  # fmt: skip
    return Flowsheet(**{**content, **more})  # type: ignore[arg-type]
