"""Home: today, this week, and what waits."""
