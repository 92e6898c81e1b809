"""Knows that a rehearsal is the real board with a script above it, and leaves nothing behind."""
