"""Tests of desktop/views/audit."""
