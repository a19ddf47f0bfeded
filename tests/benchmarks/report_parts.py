"""The report that every printer of pages prints: 12 chapters of a page each, every other with a chart."""

CHAPTERS = 12
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
HEAD = ("Activity", "Sessions", "People", "Attendances", "Hours")
_SAID = (
    "We met every week of the year but two, and most who came once came again. Those who were sent "
    "by their surgery stayed as long as those who had heard of us from a neighbour. "
)


def paragraphs(chapter: int) -> tuple[str, ...]:
    """Return the paragraphs of a chapter."""
    return tuple(f"{chapter}.{part} {_SAID * 3}".strip() for part in (1, 2, 3))


def has_chart(chapter: int) -> bool:
    """Say whether a chapter has a chart; the others have a table."""
    return chapter % 2 == 0


def bars(chapter: int) -> tuple[int, ...]:
    """Return the numbers of a chapter's chart, one a month."""
    return tuple(40 + (chapter * 37 + month * 53) % 90 for month in range(len(MONTHS)))


def rows(chapter: int) -> list[list[str]]:
    """Return the rows of a chapter's table."""
    return [
        [f"Activity {chapter}.{n}", *(str((chapter * n * k) % 97 + 3) for k in range(1, len(HEAD)))]
        for n in range(1, 13)
    ]
