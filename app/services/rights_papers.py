"""Pages about people's rights: that a name was taken out, and what happened in a breach."""

import datetime as dt

from app.domain.anonymising import Because
from app.domain.ids import PersonId
from app.domain.periods import long_date
from app.domain.rights import BREACH_HOURS, Breach, Risk
from app.returns.filled import (
    Bullets,
    Fact,
    FilledReturn,
    Heading,
    KeepTogether,
    KeyFacts,
    Note,
    Paragraph,
    ReportHead,
    WriteLine,
    WriteLines,
    text,
)
from app.storage import anonymising, settings
from app.storage.register import Register

BECAUSE = {
    Because.ASKED: "They asked for it",
    Because.RETENTION: "It was kept for as long as our rules say",
    Because.OTHER: "Another reason",
}
RISKS = {
    Risk.NOT_KNOWN: "Not known yet",
    Risk.NONE: "None: it cannot hurt anybody",
    Risk.SOME: "Some: it may hurt somebody",
    Risk.HIGH: "High: it may hurt somebody badly",
}
GUIDANCE = (
    "Stop it first: change passwords, ring whoever has it, ask for it back, lock the account.",
    "Write down what happened, when it was noticed, whose details they are and how many people.",
    (
        "Think what it may mean for them: somebody who finds them, money, shame, a child or an adult at "
        "risk. A lost encrypted book with a good password is seldom a risk."
    ),
    (
        f"Where there is a risk, tell the ICO within {BREACH_HOURS} hours of noticing: ico.org.uk, "
        "0303 123 1113. What is not known yet can follow."
    ),
    (
        "Where the risk is high, tell the people themselves without delay: what happened, what it may "
        "mean, what you did, what they can do."
    ),
    "Where there is no risk, write down why. Keep this page either way, and tell your committee.",
)
"""What to do after a breach, in the order in which it is done. Source: [BG] and the ICO's 72 hours."""


_GONE = (
    "Names, ways to reach them, date of birth, address, health and access, emergency contacts and "
    "parents, stories, notes and every other word about this person."
)
_STAYS = (
    "A span of ages, the first half of the postcode and the answers to equality questions stay with "
    "the counts, so that figures of past years are the same."
)
_NOT_TOUCHED = (
    "Returns that were sent stay as they were sent. Accounts keep what was paid for as long as the "
    "law asks. Copies of the book from before name the person until they are thinned or deleted."
)


def certificate(
    register: Register, person_id: PersonId, *, now: dt.datetime
) -> FilledReturn | None:
    """Return the page that says that a record was made nameless, and what goes on counting."""
    found = anonymising.wiped(register, person_id)
    if found is None:
        return None
    group = settings.read(register).group_name or "Our group"
    kept = tuple(text(f"{words[:1].upper()}{words[1:]}: {many:,}") for words, many in found.kept)
    return FilledReturn(
        id="taken-out",
        title="A name taken out",
        group=group,
        counted_at=now.astimezone(),
        foot=(group, "a name taken out"),
        blocks=(
            ReportHead(kicker="A name taken out", title=group),
            KeyFacts(
                facts=(
                    Fact(label="Taken out on", text=long_date(found.done_at.astimezone().date())),
                    Fact(label="Why", text=BECAUSE[found.because]),
                    Fact(label="Record", text=str(person_id)),
                )
            ),
            Heading(text="What is gone"),
            Paragraph(runs=text(_GONE)),
            Heading(text="What goes on counting, without a name"),
            Bullets(items=kept) if kept else Paragraph(runs=text("Nothing else was kept.")),
            Paragraph(runs=text(_STAYS)),
            Note(runs=text(_NOT_TOUCHED)),
            WriteLines(lines=((WriteLine(label="Signed", width_mm=110), WriteLine(label="Date")),)),
        ),
    )


def breach_page(register: Register, breach: Breach, *, now: dt.datetime) -> FilledReturn:
    """Return the page about a breach: what happened, until when the ICO is told, what to do."""
    group = settings.read(register).group_name or "Our group"
    facts = [
        ("Noticed", _moment(breach.noticed_at)),
        ("People", "Not known yet" if breach.people is None else f"{breach.people:,}"),
        ("Risk to them", RISKS[breach.risk]),
        ("ICO", _about_ico(breach, now)),
        ("The people were told", long_date(breach.told_people_on) if breach.told_people_on else "Not yet"),
    ]  # fmt: skip
    said = (
        ("What happened", breach.what),
        ("What was done about it", breach.done_about_it),
        ("Why the ICO was not told", breach.why_not_told),
    )
    parts = [
        KeepTogether(blocks=(Heading(text=title), Paragraph(runs=text(words))))
        for title, words in said
        if words
    ]
    return FilledReturn(
        id="breach-note",
        title=f"Breach noticed on {long_date(breach.noticed_at.astimezone().date())}",
        group=group,
        counted_at=now.astimezone(),
        foot=(group, "breach note", "Confidential"),
        blocks=(
            ReportHead(kicker="Confidential", title="Breach note", subtitle=group),
            KeyFacts(facts=tuple(Fact(label=label, text=words) for label, words in facts)),
            *parts,
            Heading(text="What to do"),
            Bullets(items=tuple(text(line) for line in GUIDANCE)),
            WriteLines(lines=((WriteLine(label="Signed", width_mm=110), WriteLine(label="Date")),)),
        ),
    )


def _about_ico(breach: Breach, now: dt.datetime) -> str:
    if breach.told_ico_at is not None:
        return f"Told on {_moment(breach.told_ico_at)}"
    if breach.why_not_told:
        return "Not told; the reason is below"
    left = breach.hours_left(now)
    late = "that time is over: tell them now, and why it is late"
    return f"By {_moment(breach.ico_by)}, " + (f"{left} hours left" if left >= 0 else late)


def _moment(at: dt.datetime) -> str:
    local = at.astimezone()
    return f"{long_date(local.date())}, {local:%H:%M}"
