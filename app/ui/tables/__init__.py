"""Tables: rows as frozen records, columns as data, one way to draw them."""
