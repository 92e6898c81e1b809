"""A client's care: touch plan, safety card, follow-ups, adverse events."""
