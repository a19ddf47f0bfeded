"""People in the window: the list, one person, the form."""
