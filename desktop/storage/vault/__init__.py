"""The vault: knows the keys of a practice, who can open them, and the file that keeps them."""
