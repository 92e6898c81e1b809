"""Locking and the veil, on a practice through its real door."""
