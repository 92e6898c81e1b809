"""Knows that the tour plays all of it, the same for the same seed, and harms no folder."""
