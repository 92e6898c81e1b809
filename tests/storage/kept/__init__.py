"""Knows that a practice which any version wrote is opened by every later one."""
