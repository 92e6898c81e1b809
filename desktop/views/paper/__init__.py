"""Pages as they will be printed: preview, print, save."""
