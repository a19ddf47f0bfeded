"""A privacy notice of one page: who we are, what we keep, why, how long, and people's rights.

Sources: domain.md 5.1 (lawful bases [S107][S108][S109]), 5.3 (rights [S112][S113][S114]), 5.4 (times).
"""

from collections.abc import Sequence

from app.domain.retention import ACTION_WORDS
from app.domain.settings import Settings, asked_questions
from app.returns.counting.filling import Filling
from app.returns.filled import (
    Block,
    Bullets,
    Cell,
    Column,
    Fact,
    Heading,
    KeyFacts,
    Paragraph,
    ReportHead,
    Table,
    bold,
    text,
)
from app.returns.language.spec import Spec
from app.returns.parts.people.kept_for import kept_here

_GAP = "......................................................................"
_SIZE = 9.0
_KEPT = ("people", "referrals_not_taken_up", "parental_consent", "volunteers", "accounts",
         "safeguarding")  # fmt: skip
"""The kinds of record that a notice of one page names; the whole list is the group's policy."""


def privacy_notice(filling: Filling, _: Spec) -> Sequence[Block]:
    """Return the notice; what the group has not told is a gap to fill by hand."""
    ours = filling.settings
    filling.foot = (ours.group_name or "Our group", "privacy notice", "ask us for a new copy")
    if not ours.contact:
        filling.warn("“Who to ask” is not filled in under Settings: write it on by hand.")
    return (
        ReportHead(
            kicker="Privacy notice: what we keep about you, and why",
            title=ours.group_name or "Our group",
            subtitle=ours.tagline,
        ),
        _who_we_are(ours),
        Heading(text="What we keep, and why we may", level=3),
        Bullets(items=tuple(text(bold(f"{head} "), said) for head, said in _what(filling))),
        Heading(text="How long", level=3),
        _how_long(filling),
        Heading(text="Whom we tell", level=3),
        _said(
            "Nobody is told about you unless you agreed, or unless somebody may come to harm. Those "
            "who give us money see totals, in which small numbers are hidden. Whoever sent you here "
            "hears from us only if you said so. We sell nothing to anybody. Everything is in one "
            "book on our own computer, and on our copies of it."
        ),
        Heading(text="Your rights", level=3),
        _said(
            "Ask, and we show you everything we keep about you, free, within a month; put right what "
            "is wrong; delete what we need no longer; stop using it in a way you object to; or forget "
            "a consent you take back, which is as easy as giving it. Figures that name nobody stay."
        ),
        Heading(text="If you are not happy", level=3),
        _said(
            "Tell us first, and we shall help you to complain and answer you. You can also go to the "
            "Information Commissioner’s Office at any time: ico.org.uk, 0303 123 1113."
        ),
    )


def _who_we_are(ours: Settings) -> KeyFacts:
    numbers = (
        ("Charity number", ours.charity_number), ("Company number", ours.company_number),
    )  # fmt: skip
    facts = [("Who we are", ours.group_name or _GAP), ("Whom to ask", ours.contact or _GAP)]
    facts += [(label, said) for label, said in numbers if said]
    return KeyFacts(facts=tuple(Fact(label=label, text=said) for label, said in facts))


def _said(words: str) -> Paragraph:
    return Paragraph(runs=text(words), font_size=_SIZE + 0.8)


def _what(filling: Filling) -> tuple[tuple[str, str], ...]:
    equality = (
        (
            "Equality answers:",
            "only if you agree, or to see whether we treat people alike. You may say nothing.",
        ),
    )
    return (
        (
            "Your name, how to reach you, when you came:",
            "to run the group and show who benefits: our legitimate interest, and what you would expect.",
        ),
        (
            "Health, access, why you were sent:",
            "only what we need to keep you safe, and only if you agreed to it in so many words.",
        ),
        *(equality if asked_questions(filling.settings) else ()),
        ("Photos, stories, how you feel:", "only for the uses you ticked, each by itself."),
        ("A worry about somebody’s safety:", "because the law lets us, and we must act on it."),
        ("Money:", "because the law on accounts asks us to keep receipts and payments."),
    )


def _how_long(filling: Filling) -> Table:
    rows = []
    for one in kept_here(filling.register):
        if one.id in _KEPT:
            then = f"; then {ACTION_WORDS[one.action]}" if one.months else ""
            rows.append((Cell(text=one.title), Cell(text=_sentence(f"{one.how_long}{then}."))))
    return Table(
        columns=(Column(title="What", weight=1.0), Column(title="Kept until", weight=2.0)),
        rows=tuple(rows),
        id="kept-for",
        summary="How long each kind of record is kept",
        font_size=8.4,
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
