"""What the window says about itself: the list of keys."""
