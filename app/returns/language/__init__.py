"""The language of templates and answers: read, checked, and the records it becomes."""
