"""Carried sessions: the bundle that leaves, the travelling practice that is made of it, and what comes home."""
