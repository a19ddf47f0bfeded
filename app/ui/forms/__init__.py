"""Forms: labelled fields, problems beside them, nothing typed is lost."""
