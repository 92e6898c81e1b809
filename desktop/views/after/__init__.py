"""A session afterwards: words to give, notes to begin, orders to sign."""
