"""Tests of desktop/views/people."""
