"""The register that every printer of pages prints: 37 pretend people by 10 dates to a page."""

ROWS_A_PAGE = 37
HEAD = ["No", "Name", *(f"{day:02}/11" for day in range(1, 11))]
WIDTHS = [30, 160, *[33] * 10]
"""Of the columns, in points."""
HEIGHT = 19.5
"""Of a row, in points: so that everybody's pages hold as many rows."""
_GIVEN = ["Aisha", "Ben", "Chloe", "Dev", "Ewa", "Farah", "Gita", "Hal", "Ines", "Jo"]
_FAMILY = [
    "Ahmed", "Brown", "Clarke", "Das", "Evans", "Farooq", "Green", "Hill", "Iqbal", "Jones",
]  # fmt: skip
_NAMES = [f"{given} {family}" for given in _GIVEN for family in _FAMILY]


def rows(pages: int) -> list[list[str]]:
    """Return the rows of some pages: number, name, and a cross for each time somebody came."""
    return [
        [str(n + 1), _NAMES[n * 7 % 100], *("x" if n * k % 3 else "" for k in range(10))]
        for n in range(ROWS_A_PAGE * pages)
    ]
