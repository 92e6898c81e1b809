"""Knows that the use cases keep their promises on the real encrypted database."""
