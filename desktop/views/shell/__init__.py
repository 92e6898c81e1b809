"""The frame: navigation, palette, lock, and the screens side by side."""
