"""Archives: made, verified, tried out and restored."""
