"""Knows that the machine is touched where and how it should be."""
