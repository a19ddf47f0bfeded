"""Taking a register in the window."""
