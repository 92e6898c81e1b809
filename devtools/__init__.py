"""Knows how a checkout is set up and worked with; standard library only, used by dev.py."""
