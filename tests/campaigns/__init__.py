"""Knows the long forms of the tests that look for what happens seldom: `python -m tests.campaigns NAME`."""
