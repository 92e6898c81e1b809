"""What opens the practice."""
