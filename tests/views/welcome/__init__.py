"""Tests of the welcome screen."""
