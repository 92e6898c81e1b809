"""Tests of the foundation that every screen stands on."""
