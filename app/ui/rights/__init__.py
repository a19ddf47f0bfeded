"""People's rights: what is held on somebody, names taken out, requests, breaches, consents, times."""
