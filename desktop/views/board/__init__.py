"""Knows the live session's screen: both partners side by side, the log, the quick line, and every entry."""
