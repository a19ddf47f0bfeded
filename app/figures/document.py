"""Writes the help page of the figures from the catalogue: `python -m app.figures.document`."""

from dataclasses import replace
from pathlib import Path

from app.domain.ages import BandSet
from app.domain.measures import Measure, Scale
from app.figures.bands import band_sets
from app.figures.breakdowns import breakdowns
from app.figures.catalogue import catalogue
from app.figures.definition import Figure, Subject, Unit
from app.figures.measures import shipped
from app.figures.outcomes import outcome_figures

PAGE = Path(__file__).resolve().parents[2] / "resources" / "help" / "figures.md"
"""The page in the source tree; a test says when it is stale."""

_UNITS = {
    Unit.PEOPLE: "people",
    Unit.ATTENDANCES: "attendances",
    Unit.SESSIONS: "sessions",
    Unit.UNITS: "sessions or weeks",
    Unit.REFERRALS: "referrals",
    Unit.HOURS: "hours",
    Unit.PENCE: "money",
    Unit.SHARE: "a percentage, shown with what it is of",
    Unit.MEAN: "an average, shown with what it is of",
    Unit.WEEKS: "weeks",
}
_SUBJECTS = {
    Subject.ATTENDANCE: "Attendance",
    Subject.VOLUNTEERS: "Volunteers",
    Subject.REFERRALS: "Referrals",
    Subject.PLACES: "Funded places",
    Subject.OUTCOMES: "Outcomes",
    Subject.MONEY: "Money",
}

_HEAD = """\
# What each number means

Every number that Hallbook prints is defined once, here, and counted from rows you can open: choose a number to see them.

- A period includes its first and its last day. A figure "at the end" looks at the end of the last day.
- A session is held when anybody was marked, guests were counted, or it was ticked as held. Planned and cancelled sessions never count.
- Late counts as present. Absent, apologies and "not recorded" are three different things, and none of them is an attendance.
- Guests are counted in attendances and contact hours, never in people.
- Somebody in the bin does not count. Somebody anonymised does. Two joined records are one person, then and now.
- With one activity chosen, everything is counted as if there were only that one.
- An average or percentage with nothing behind it is "none", not nought.
- Every table about people shows *prefer not to say* and *not asked*, so that it adds up to everybody.
- Age is taken on the day somebody first came (or first helped) in the period; of people waiting, at its end. Where only a year of birth is known, \
the birthday is taken as 1 July. Where only an age band is known, it is moved on by whole years, and counted where all of it fits into one band.
- Where somebody can be in two parts of a table, such as two activities, the table says so and the total counts them once.
"""


def page() -> str:
    """Return the help page in Markdown."""
    about = ", ".join(cut.title.lower() for cut in breakdowns().values() if cut.about == "person")
    lines = [f"{_HEAD}- By *anything about people* means by: {about}.\n"]
    for subject in Subject:
        lines.append(f"## {_SUBJECTS[subject]}\n")
        if subject is Subject.OUTCOMES:
            lines += _outcomes()
        lines += [_entry(figure) for figure in catalogue().values() if figure.subject is subject]
    lines.append("## Sets of age bands\n")
    lines += [_bands(bands) for bands in band_sets().values()]
    return "\n".join(lines) + "\n"


_OUTCOMES_HEAD = """\
Every scale of a questionnaire has the same figures; their names begin with the scale's. A pair is one person's first \
answer ever and their last one in the period, 28 or more days later; with one activity chosen, of people who came to it by the end of \
the period. Where an answer that a scale needs is missing, there is no score. Outside the group nothing is said of fewer than 8 pairs. \
There is no comparison group: the figures say what people reported, not why.
"""


def _outcomes() -> list[str]:
    """Return the figures of outcomes once, and the scales that have them."""
    example = next(s for m in shipped().values() for s in m.scales if s.bands)
    said = replace(example, id="SCALE", title="Scale", note="")
    measure = next(iter(shipped().values()))
    entries = [_entry(figure) for figure in outcome_figures(measure, said)]
    scales = [_scale(measure, scale) for measure in shipped().values() for scale in measure.scales]
    return [_OUTCOMES_HEAD, *entries, "### Scales\n", *scales, ""]


def _scale(measure: Measure, scale: Scale) -> str:
    bands = "; ".join(band.label for band in scale.bands)
    said = " ".join(part for part in (f"Bands: {bands}." if bands else "", scale.note) if part)
    return f"- **{scale.title}** ({measure.title}): called `{scale.id}` in files. {said}"


def _entry(figure: Figure) -> str:
    at_end = ", at the end of the period" if figure.at_end else ""
    known = breakdowns()
    cuts = [
        known[name].title.lower() for name in figure.breakdowns if known[name].about != "person"
    ]
    if len(cuts) < len(figure.breakdowns):
        cuts.append("anything about people")
    return (
        f"### {figure.title}\n\n{figure.definition}\n\n"
        f"In {_UNITS[figure.unit]}{at_end}. {_ways(cuts)}"
        f"Called `{figure.id}` in files, version {figure.version}.\n"
    )


def _ways(cuts: list[str]) -> str:
    return f"Can be broken down by {', '.join(cuts)}. " if cuts else ""


def _bands(bands: BandSet) -> str:
    labels = ", ".join(band.label for band in bands.bands)
    return f"- **{bands.title}**: {labels}. Called `age:{bands.id}` in files."


def write(to: Path = PAGE) -> None:
    """Write the page anew."""
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
