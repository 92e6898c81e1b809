"""Knows how a rehearsal is chosen, played on the real board, and looked back on."""
