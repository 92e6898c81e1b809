"""Tests of desktop/views/carry."""
