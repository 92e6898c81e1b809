"""Words of the trade that no clinician needs: none stands on a screen, on paper, in an error or in a help page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import desktop
from desktop.domain.words import tr, trn

ROOT = Path(desktop.__file__).parent
SHOWN = ("views", "worksheets", "services", "domain", "cli")
TRADE = re.compile(r"\b(epochs?|MAC|nonce|cipher\w*|recipients?|seal(?:s|ed|ing)?|salt|hash(?:es)?)\b", re.IGNORECASE)


def said(folder: Path) -> Iterator[tuple[str, str]]:
    """Every text that goes through the translation seam, with its file."""
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {
                tr.__name__, trn.__name__
            }:
                for each in node.args:
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        yield file.name, each.value


def test_no_word_of_the_trade_stands_on_a_screen_or_on_paper() -> None:
    texts = [found for name in SHOWN for found in said(ROOT / name)]
    assert len(texts) > 500
    assert [found for found in texts if TRADE.search(found[1])] == []


def test_no_word_of_the_trade_stands_in_a_help_page() -> None:
    pages = sorted((ROOT.parent / "resources" / "help").glob("*.md"))
    assert pages
    assert [(page.name, found.group()) for page in pages for found in TRADE.finditer(page.read_text("utf-8"))] == []
