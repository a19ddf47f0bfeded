"""Statements as banks give them out: each layout as data, read into one plan, nothing written."""
