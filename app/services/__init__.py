"""Use cases, one function each; no Qt."""
