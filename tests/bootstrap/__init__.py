"""Knows that the rooms are introduced to each other as they must be."""
