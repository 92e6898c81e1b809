"""Tests of desktop/views/couple."""
