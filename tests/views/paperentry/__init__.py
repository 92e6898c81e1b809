"""Tests of desktop/views/paperentry."""
