"""Knows that no word about anybody is found where it must not be."""
