"""The audit trail, to read and to check."""
