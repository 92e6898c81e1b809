"""Groups of couples: planned, begun, looked at."""
