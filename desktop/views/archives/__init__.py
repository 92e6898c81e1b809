"""The archives, to make, to try out and to restore from."""
