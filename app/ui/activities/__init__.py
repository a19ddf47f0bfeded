"""Activities and their sessions in the window."""
