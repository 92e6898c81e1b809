"""Help, as pages."""
