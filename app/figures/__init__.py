"""The catalogue: each reported figure defined once."""
