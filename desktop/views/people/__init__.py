"""Couples and clients: the list, and the forms for both."""
