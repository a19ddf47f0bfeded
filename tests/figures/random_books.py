"""Random tiny registers, with days that crowd where the rules change."""

import datetime as dt

from hypothesis import strategies as st

from app.domain import equality
from tests.figures.book import Book
from tests.figures.random_money import cash
from tests.figures.random_places import funded
from tests.figures.random_referrals import referred

PERIODS = [
    (dt.date(2026, 1, 1), dt.date(2026, 3, 31)),
    (dt.date(2025, 4, 1), dt.date(2026, 3, 31)),
    (dt.date(2026, 2, 28), dt.date(2026, 2, 28)),
    (dt.date(2025, 12, 15), dt.date(2026, 1, 14)),
]
_EDGES = [0, -84, -1, 1, -85, -83, 5, -400]
TIMES = [(None, None), ("10:00", "11:30"), ("18:45", "20:05"), ("09:00", None)]


@st.composite
def days(draw, period):
    """Days around the first and the last of a period, and 84 days before and after them."""
    edge = draw(st.sampled_from(period))
    return (edge + dt.timedelta(days=draw(st.sampled_from(_EDGES)))).isoformat()


@st.composite
def people(draw):
    """A few people; some joined to another, some in the bin, all kinds of answers."""
    rows = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        row = {"id": number, "bin": draw(st.integers(0, 7)) == 7}
        for question in ("sex", "disability", "carer", "ethnicity", "religion"):
            answers = list(equality.ANSWERS[equality.Question(question)])
            row[question] = draw(st.sampled_from(answers))
        row |= draw(ages())
        row["area"] = draw(st.sampled_from(["", "Linslade", "linslade ", "Bury Park"]))
        row["postcode"] = draw(st.sampled_from(["", "LU7 1AB", "lu71ab", "LU7 1", "mk17", "none"]))
        keepers = [r["id"] for r in rows if not r.get("merged_into")]
        if keepers and draw(st.integers(0, 2)) == 2:
            row |= {"merged_into": draw(st.sampled_from(keepers)), "bin": False}
        rows.append(row)
    return rows


@st.composite
def ages(draw):
    """One of the ways in which an age is known, or none."""
    kind = draw(st.sampled_from(["born_on", "birth_year", "band", "nothing"]))
    if kind == "born_on":
        year = draw(st.sampled_from([1940, 1961, 2000, 2008, 2015, 2021]))
        day = draw(st.sampled_from(["01-01", "02-28", "03-31", "06-30", "12-31"]))
        return {"born_on": f"{year}-{day}"}
    if kind == "birth_year":
        return {"birth_year": draw(st.sampled_from([1930, 1961, 2000, 2008, 2021]))}
    if kind == "nothing":
        return {}
    low = draw(st.sampled_from([None, 0, 16, 18, 60]))
    high = draw(st.sampled_from([None, 4, 17, 25, 64]))
    if low is not None and high is not None and low > high:
        high = None
    day = draw(st.sampled_from([None, "2024-06-01", "2026-01-01", "2027-01-01"]))
    return {"age_low": low, "age_high": high, "age_band_on": day}


@st.composite
def books(draw):
    """A random register and a period to count."""
    period = draw(st.sampled_from(PERIODS))
    everybody = draw(people())
    numbers = [row["id"] for row in everybody]
    activities = [
        {"id": 1, "name": "Walk", "capacity": draw(st.sampled_from([None, 3]))},
        {"id": 2, "name": "Lunch", "capacity": draw(st.sampled_from([None, 10]))},
    ]
    words = [
        "present", "present", "late", "present volunteer", "late volunteer", "absent", "apology",
        "absent volunteer", "present carer", "present leader",
        "present", "late leader",
    ]  # fmt: skip
    sessions, taken = [], set()
    for number in range(100, 100 + draw(st.integers(0, 12))):
        start, end = draw(st.sampled_from(TIMES))
        row = {
            "id": number,
            "activity": draw(st.integers(1, 2)),
            "on": draw(days(period)),
            "from": start,
            "to": end,
            "state": draw(st.sampled_from(["planned", "held", "planned", "held", "cancelled"])),
            "guests": draw(st.sampled_from([None, None, 0, 2])),
            "bin": draw(st.integers(0, 11)) == 11,
            "marks": {n: draw(st.sampled_from(words)) for n in numbers if draw(st.booleans())},
        }
        once = (row["activity"], row["on"], start)
        if row["bin"] or once not in taken:
            taken |= set() if row["bin"] else {once}
            sessions.append(row)
    hours = [
        {
            "id": number,
            "person": draw(st.sampled_from(numbers)),
            "on": draw(days(period)),
            "minutes": draw(st.sampled_from([1, 20, 90])),
            "activity": draw(st.sampled_from([None, 1, 2])),
        }
        for number in range(draw(st.integers(0, 3)))
    ]
    waiting = []
    for _ in range(draw(st.integers(0, 3))):
        start, end = draw(days(period)), draw(st.none() | days(period))
        waiting.append(
            {
                "person": draw(st.sampled_from(numbers)),
                "activity": draw(st.sampled_from([None, 1, 2])),
                "from": start,
                "to": max(start, end) if end else None,
            }
        )
    starts = draw(st.lists(days(period), max_size=2, unique=True))
    rates = [{"from": day, "pence": draw(st.sampled_from([0, 1250, 1333]))} for day in starts]
    agreements, places = draw(funded(days(period), numbers, sessions))
    referrals = draw(referred(days(period), numbers))
    book = Book(
        people=everybody, activities=activities, sessions=sessions, hours=hours, waiting=waiting,
        rates=rates, agreements=agreements, places=places, referrals=referrals,
        **draw(cash(days(period), [r["id"] for r in agreements], [r["id"] for r in referrals])),
    )  # fmt: skip
    return book, period, draw(st.sampled_from([None, None, 1]))
