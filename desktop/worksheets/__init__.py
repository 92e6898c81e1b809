"""Draws paper: what a page says, where it stands, its bytes."""
