"""Tests of the live board, with real widgets and the real engine."""
