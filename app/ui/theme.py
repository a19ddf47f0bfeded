"""The colours, by name: three themes in one place, and how to tell two colours apart."""

from dataclasses import dataclass, fields
from enum import StrEnum


class ThemeChoice(StrEnum):
    """What the user asked for; *system* follows the computer."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One colour for each meaning, as #rrggbb; status is always a word and a shape as well."""

    dark: bool
    paper: str
    """Behind everything."""
    card: str
    """Behind what is read and typed."""
    bar: str
    """Behind the top bar and the bottom line."""
    rail: str
    """Behind the list of pages."""
    ink: str
    muted: str
    """What is said aside."""
    line: str
    """Between things; never the only sign of anything."""
    edge: str
    """Round what can be typed in, pressed or ticked."""
    accent: str
    on_accent: str
    accent_pressed: str
    hover: str
    good: str
    good_soft: str
    due: str
    due_soft: str
    overdue: str
    overdue_soft: str
    good_line: str
    due_line: str
    overdue_line: str
    """Round a status: seen only in high contrast, where its ground is not."""
    focus: str
    """The ring round whatever has the keyboard."""
    selection: str
    bar_empty: str
    """The unfilled part of a bar."""


LIGHT = Theme(
    dark=False,
    paper="#FAF8F4",
    card="#FFFFFF",
    bar="#FFFFFF",
    rail="#F4F0E8",
    ink="#1F2A44",
    muted="#5B6478",
    line="#E2DDD2",
    edge="#8A8577",
    accent="#17695A",
    on_accent="#FFFFFF",
    accent_pressed="#0F5145",
    hover="#F1EDE4",
    good="#17695A",
    good_soft="#E3F0EC",
    due="#7F5300",
    due_soft="#FFF3D6",
    overdue="#A3302A",
    overdue_soft="#FBE7E5",
    good_line="#E3F0EC",
    due_line="#FFF3D6",
    overdue_line="#FBE7E5",
    focus="#2F6FDE",
    selection="#EEF4FF",
    bar_empty="#EAE5DA",
)

DARK = Theme(
    dark=True,
    paper="#16191F",
    card="#1E222A",
    bar="#1E222A",
    rail="#191D24",
    ink="#ECE9E2",
    muted="#AEB4C0",
    line="#343A45",
    edge="#7D8593",
    accent="#57BFA6",
    on_accent="#0C1F1A",
    accent_pressed="#7AD3BD",
    hover="#2A303A",
    good="#7AD3BD",
    good_soft="#1C3A34",
    due="#F2C464",
    due_soft="#3D3115",
    overdue="#FF9F96",
    overdue_soft="#47211F",
    good_line="#1C3A34",
    due_line="#3D3115",
    overdue_line="#47211F",
    focus="#7FB0FF",
    selection="#26324A",
    bar_empty="#3A414D",
)

CONTRAST = Theme(
    dark=False,
    paper="#FFFFFF",
    card="#FFFFFF",
    bar="#FFFFFF",
    rail="#FFFFFF",
    ink="#000000",
    muted="#2B2B2B",
    line="#000000",
    edge="#000000",
    accent="#00463A",
    on_accent="#FFFFFF",
    accent_pressed="#000000",
    hover="#E6E6E6",
    good="#00463A",
    good_soft="#FFFFFF",
    due="#5A3A00",
    due_soft="#FFFFFF",
    overdue="#8B0000",
    overdue_soft="#FFFFFF",
    good_line="#00463A",
    due_line="#5A3A00",
    overdue_line="#8B0000",
    focus="#0033CC",
    selection="#DDE8FF",
    bar_empty="#FFFFFF",
)

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("ink", "muted") for ground in ("paper", "card", "bar", "rail")),
    *((text, ground) for text in ("ink", "muted") for ground in ("selection", "hover")),
    *(("ink", ground) for ground in ("good_soft", "due_soft", "overdue_soft")),
    ("muted", "good_soft"),
    ("muted", "due_soft"),
    ("muted", "overdue_soft"),
    ("muted", "bar_empty"),
    ("on_accent", "accent"),
    ("on_accent", "accent_pressed"),
    *((text, ground) for text in ("accent", "good", "due", "overdue") for ground in ("card",)),
    ("accent", "paper"),
    ("accent", "overdue_soft"),
    ("overdue", "paper"),
    ("good", "good_soft"),
    ("due", "due_soft"),
    ("overdue", "overdue_soft"),
    ("due", "rail"),
)
"""Every letters-on-ground pair the window uses: 4.5:1 or better. Source: WCAG 2.2, 1.4.3."""

SHAPE_PAIRS: tuple[tuple[str, str], ...] = (
    *(("focus", ground) for ground in ("paper", "card", "bar", "rail", "selection", "hover")),
    *(("focus", ground) for ground in ("good_soft", "due_soft", "overdue_soft")),
    ("on_accent", "accent"),
    ("on_accent", "focus"),
    *(("edge", ground) for ground in ("paper", "card", "bar", "rail", "selection", "hover")),
    *(("accent", ground) for ground in ("paper", "card", "rail", "bar_empty")),
    ("muted", "card"),
    ("muted", "selection"),
)
"""Every shape that has to be seen, on its ground: 3:1 or better. Source: WCAG 2.2, 1.4.11."""


def colours(theme: Theme) -> dict[str, str]:
    """Return a theme's colours by name."""
    return {f.name: getattr(theme, f.name) for f in fields(theme) if f.name != "dark"}


def contrast(one: str, other: str) -> float:
    """Return how strongly two #rrggbb colours differ, 1 to 21. Source: WCAG 2.2."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
