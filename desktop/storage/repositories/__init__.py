"""Knows how each kind of record is kept and found; a small module each."""
