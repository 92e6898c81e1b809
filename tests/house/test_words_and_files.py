"""Knows what no file of the project may say: claims that are not made, and traces of the machine it was written on."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import ROOT, name_of, project_files, text_files

# Taken apart, so that this file does not say them either.
CLAIMS = (
    "monitors" + " the patient",
    "dete" + "cts",
    "safe" + " dose",
    "HIPAA" + " certified",
    "ONC" + " certified",
    "FDA" + " certified",
    "HIPAA" + "-certified",
    "ONC" + "-certified",
    "FDA" + "-certified",
    "tamper" + "-proof",
    "unbreak" + "able",
)
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "ARCHITECTURE.md", "THREAT_MODEL.md", "NOTICE")
SPEAKING = ("desktop/", "resources/", "docs/", *PAGES)

TRACES = (
    "py" + "pi.org",
    "python" + "hosted",
    "--index" + "-url",
    "--extra-index" + "-url",
    "--find" + "-links",
    "/wo" + "rk/",
    "/ro" + "ot/",
    "/opt" + "/pypi",
    "/opt" + "/wheels",
    ".py" + "env/",
)


def sayings(text: str, phrases: tuple[str, ...]) -> list[str]:
    """The phrases that `text` holds, whatever the case and wherever its lines break."""
    flat = re.sub(r"\s+", " ", text).casefold()
    return [phrase for phrase in phrases if re.search(rf"(?<!\w){re.escape(phrase.casefold())}", flat)]


def test_no_screen_paper_or_page_makes_a_claim_that_is_not_made() -> None:
    found = {
        name_of(path): said for path in text_files(*SPEAKING) if (said := sayings(path.read_text("utf-8"), CLAIMS))
    }
    assert not found


@pytest.mark.parametrize("phrase", CLAIMS)
def test_a_claim_is_found_in_any_case_and_across_a_line_break(phrase: str) -> None:
    assert sayings(f"It {phrase.upper()}.".replace(" ", "\n"), CLAIMS) == [phrase]


def test_no_file_names_a_package_index_or_a_path_of_somebodys_machine() -> None:
    found = {name_of(path): said for path in text_files() if (said := sayings(path.read_text("utf-8"), TRACES))}
    assert not found


UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|NotImplemented" + "Error")


def test_nothing_is_left_for_later_in_the_source() -> None:
    found = [
        f"{name_of(path)}:{number}"
        for path in text_files("desktop/", "devtools/", "tests/", "bench/", "dev.py", "resources/")
        if path.suffix in {".py", ".toml"}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert not found


def test_no_file_is_large_enough_to_slow_a_clone() -> None:
    heavy = {name_of(path): path.stat().st_size for path in project_files() if path.stat().st_size > 5_000_000}
    assert not heavy


def test_the_licence_is_the_whole_apache_licence() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
