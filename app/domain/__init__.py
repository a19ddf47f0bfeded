"""Pure rules and records: no Qt, no SQL, no files, no clock of its own."""
