"""The practice's protocols."""
