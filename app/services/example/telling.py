"""How pretend people are reached and called: nobody's telephone, nobody's address."""

import random
import re
import tomllib
from functools import cache
from typing import Any

from app import resources
from app.domain.names import plain
from app.services.example.names import Name

_NICKNAME_SHARE = 0.3


@cache
def phrases() -> dict[str, Any]:
    """Return the words of pretend people."""
    return tomllib.loads(resources.path("example/phrases.toml").read_text("utf-8"))


def phone_of(chance: random.Random, *, landline: float = 0.22) -> str:
    """Return a number from the ranges that Ofcom keeps for drama: they ring nowhere."""
    if chance.random() < landline:
        return f"01632 960{chance.randrange(1000):03}"
    return f"07700 900{chance.randrange(1000):03}"


def email_of(name: Name, chance: random.Random) -> str:
    """Return an address at example.org, which nobody can own."""
    words = re.sub(r"[^a-z ]", "", plain(f"{name.given} {name.family}".replace("'", ""))).split()
    if not words:
        return ""
    style = chance.random()
    local = words[0] if len(words) == 1 else f"{words[0]}.{words[-1]}"
    if style < 0.3:
        local = f"{words[0][0]}{words[-1]}"
    return f"{local[:40]}{chance.randrange(2, 99) if style > 0.5 else ''}@example.org"


def nickname(given: str, chance: random.Random) -> str:
    """Return what somebody is called, where that is not their name."""
    for word in given.split():
        if word in phrases()["nickname"] and chance.random() < _NICKNAME_SHARE:
            return str(phrases()["nickname"][word])
    return ""
