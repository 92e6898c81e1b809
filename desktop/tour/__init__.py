"""Plays the whole program with made-up people, and takes its pictures."""
