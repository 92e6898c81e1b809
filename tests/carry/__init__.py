"""Carried sessions: out, run elsewhere, and home again."""
