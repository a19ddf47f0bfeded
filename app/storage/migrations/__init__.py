"""Schema changes, forward only, frozen once released."""
