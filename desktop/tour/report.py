"""Knows what a tour's report.json holds."""

from __future__ import annotations

FIELDS = {
    "holdfast_tour": "the form of this report",
    "finished": "true when the tour came to its end",
    "version": "the program's version",
    "seed": "the seed",
    "done": "what was done, in order: a list of texts",
    "figures": "counts: entries, readings, pages, pictures, lines in the audit trail",
    "session": "the state of the session that was played, as in `session replay`",
    "papers": "the PDFs: a list of file, pages, bytes, sha256",
    "kit": "the recovery kit's page, never the same twice: file, pages, kit (its public half)",
    "archive": "the archive that was made: bytes, rows, tables, drill_s, restored_rows, made, log",
    "pictures": "the pictures: a list of file, theme, width, height",
    "timings_s": "seconds that each part took",
    "took_s": "seconds for the whole",
}
