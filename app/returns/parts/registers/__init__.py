"""Registers on paper, and how their rows are shared over pages."""
