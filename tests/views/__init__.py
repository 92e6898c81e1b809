"""Tests of the screens, with real widgets."""
