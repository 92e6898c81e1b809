"""Tests of desktop/views/protocols."""
