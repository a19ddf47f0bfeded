"""Returns in the window: choose, see the very pages, save."""
