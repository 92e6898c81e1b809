"""Carries a planned session to another machine, and brings it back."""
