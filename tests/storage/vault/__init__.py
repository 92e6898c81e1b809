"""Knows that the keys of a practice open for its members and for nobody else."""
