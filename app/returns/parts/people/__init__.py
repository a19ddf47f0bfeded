"""Forms about people's own details, and questionnaires."""
