"""Tests of desktop/views/members."""
