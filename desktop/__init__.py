"""Holdfast: offline-first records and a live session board for ketamine-assisted couples therapy."""
