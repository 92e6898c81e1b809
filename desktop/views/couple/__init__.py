"""The page of a couple, and of a client who comes alone."""
