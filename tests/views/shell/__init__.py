"""Tests of desktop/views/shell."""
