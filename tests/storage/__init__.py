"""Knows that what is stored stays stored, stays secret and stays apart."""
