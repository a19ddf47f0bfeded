"""The numbers of promises, in words."""


def number_words(value: float) -> str:
    """Return a number that was promised: 40, 12.5, 1,200."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"
