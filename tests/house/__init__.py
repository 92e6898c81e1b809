"""Knows the rules of the house and fails when one is broken."""
