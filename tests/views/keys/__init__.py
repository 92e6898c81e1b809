"""Tests of the keys screen."""
