"""Knows what a member may do: one module per family of use cases, over ports for everything outside."""
