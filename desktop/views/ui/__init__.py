"""Knows how Holdfast looks and moves: tokens, painted parts, forms, tables, and work off the window's thread."""
