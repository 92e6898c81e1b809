"""Knows that the live engine keeps its rules."""
