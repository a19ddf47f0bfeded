"""What the group has told the program about itself, and how it looks."""
