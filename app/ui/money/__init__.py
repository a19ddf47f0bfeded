"""Money: the book, funds and grants, claims, the end of the year."""
