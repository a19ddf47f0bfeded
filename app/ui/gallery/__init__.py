"""A gallery of our own widgets in every state, to look at: ``python -m app.ui.gallery FOLDER``."""
