"""Knows what just happened in a session: events, state, the fold, due items, gates."""
