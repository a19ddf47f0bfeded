"""Mark texts to translate, without Qt, so that the layers below the window can."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: ARG001 - lupdate reads the context
    """Return `text` as it is; lupdate finds it by this function's name and files it under `context`."""
    return text
