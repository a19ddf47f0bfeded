"""Lists to choose from: filled with words and what they stand for, one of them chosen."""

from collections.abc import Sequence

from app.ui.widgets.choice import Choice


def fill(choice: Choice, items: Sequence[tuple[str, object]], chosen: object = None) -> None:
    """Offer (words, value) pairs in a list that is no wider than its form."""
    choice.clear()
    for text, value in items:
        choice.addItem(text, value)
    take(choice, chosen)
    choice.setMinimumContentsLength(8)
    choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)


def take(choice: Choice, value: object) -> None:
    """Choose a value; the first where it is not offered."""
    values = [choice.itemData(place) for place in range(choice.count())]
    choice.setCurrentIndex(values.index(value) if value in values else 0)
