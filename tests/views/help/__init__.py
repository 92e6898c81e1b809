"""Tests of desktop/views/help."""
