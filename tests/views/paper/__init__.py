"""Tests of desktop/views/paper."""
