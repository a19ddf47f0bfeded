"""Name the colours, sizes and margins of the printed page.

Lengths are in points (1/72 inch) unless a name says mm. Colours are "#RRGGBB".
"""

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
A5 = (148 * MM, 210 * MM)
MARGIN = 15 * MM
CARD_MARGIN = 11 * MM
LETTER_MARGIN = 20 * MM
WINDOW_TOP = 50 * MM
"""Where the address of a letter begins, under the upper edge: in the window of a DL envelope."""
WINDOW_HEIGHT = 28 * MM
WINDOW_WIDTH = 82 * MM

INK = "#1F2A44"
MUTED = "#5B6478"
LINE = "#D5CFC4"
QUIET = "#C9BFAF"
PAPER = "#FFFFFF"
SAID = "#FFF8E9"
SAID_EDGE = "#C98A2B"

BODY = 10.5
SMALL = 8.4
TABLE = 9.2
TABLE_HEAD = 8.6
SMALLEST = 6.5
HEADINGS = {1: 20.0, 2: 13.0, 3: 11.0}
LEADING = 1.38

_READABLE = 4.5  # WCAG 2.1 criterion 1.4.3: contrast of text with its ground


def rgb(colour: str) -> tuple[float, float, float]:
    """Return red, green and blue, each from 0 to 1; raises ValueError for anything but #RRGGBB."""
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"{colour!r} is not a colour of the form #RRGGBB.")
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21. Source: WCAG 2.1, relative luminance."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(accent: str) -> str:
    """Return `accent`, darkened until it stands out from white paper; ink if it is no colour."""
    try:
        parts = rgb(accent)
    except ValueError:
        return INK
    colour = accent
    while contrast(colour, PAPER) < _READABLE:
        parts = (parts[0] * 0.92, parts[1] * 0.92, parts[2] * 0.92)
        colour = "#" + "".join(f"{round(part * 255):02X}" for part in parts)
    return colour


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
