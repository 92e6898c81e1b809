"""Knows that the domain keeps its rules."""
