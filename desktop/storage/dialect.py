"""Knows what SQLite says in words of its own: the full-text search, and why a row was refused."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, TextClause, text
from sqlalchemy.exc import DBAPIError

from desktop.storage import tables

# What our triggers say begins with this; the word after it is the reason.
OURS = "holdfast: "
UNIQUE, MISSING, UNKNOWN = "unique", "missing", "unknown"


def reason(error: DBAPIError) -> str:
    """Why a row was refused: a trigger's own word, `unique`, `missing` (what it points to), or `unknown`."""
    said = str(error.orig)
    if said.startswith(OURS):
        return said.removeprefix(OURS)
    if said.startswith("UNIQUE constraint"):
        return UNIQUE
    if said.startswith("FOREIGN KEY constraint"):
        return MISSING
    return UNKNOWN


def match_text(typed: str) -> str:
    """What was typed, as a question to the word index: every word must be there, or begin a word that is."""
    asked = ('"{}"*'.format(word.replace('"', '""')) for word in typed.replace("\x00", " ").split())
    return " ".join(asked)


_MATCH: TextClause = text("note_words MATCH :words")


def search_notes(statement: Select[Any], typed: str, best_first: bool) -> Select[Any]:
    """Narrow a question for notes to those that hold the words that were typed.

    best_first: by how well they match. That order depends on every note in the index, so it is only for audiences
    that may see them all; others get the newest first.
    """
    index: TextClause = text("note_words")
    joined = statement.select_from(tables.notes).join_from(tables.notes, index, text("note_words.rowid = notes.number"))
    found = joined.where(_MATCH.bindparams(words=match_text(typed)))
    order: ColumnElement[Any] | TextClause = text("note_words.rank") if best_first else tables.notes.c.number.desc()
    return found.order_by(order)


LOCKS: TextClause = text("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
STRUCTURE: TextClause = text("PRAGMA integrity_check(1)")
# Asked on the same connection before its structure is: a connection that read the word index earlier keeps in mind how
# it was laid out then, and a check alone does not make it look again. It would call the index damaged (SQLite 3.53).
WORD_INDEX_ANEW: TextClause = text("SELECT 1 FROM note_words LIMIT 1")
HAS_WORD_INDEX: TextClause = text("SELECT 1 FROM sqlite_schema WHERE name = 'note_words'")
# Compares the word index with the notes, and changes nothing; the library takes it for a change all the same.
WORD_INDEX: TextClause = text("INSERT INTO note_words (note_words, rank) VALUES ('integrity-check', 1)")
