"""Making a practice, and unlocking one."""
