"""Outcomes: what is due, entering it in paper order, results, stories, measures."""
