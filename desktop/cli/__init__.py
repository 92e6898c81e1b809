"""Asks and prints: one module per command; loads no Qt."""
