"""Before a book is open."""
