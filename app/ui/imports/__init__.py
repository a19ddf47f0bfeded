"""Bring spreadsheets in: the steps of an import, and the list of what was imported."""
