"""What is counted for a return, and which of its numbers are hidden."""
