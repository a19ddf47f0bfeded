"""Random referrals for a random register, dated where the rules change."""

import datetime as dt

from hypothesis import strategies as st

STEPS = [
    "tried", "contacted", "accepted", "waiting", "not_accepted", "person_declined", "no_contact",
    "completed", "left_early", "moved_on", "reopened",
]  # fmt: skip
_AFTER = [0, 1, 14, 15, 84, 400]


@st.composite
def referred(draw, days, people):
    """Return referrals of some people: of one or several at a time, some in the bin."""
    rows = []
    for number in range(1, draw(st.integers(0, 7)) + 1):
        day = draw(days)
        rows.append(
            {
                "id": number,
                "person": draw(st.sampled_from(people)),
                "on": day,
                "activity": draw(st.sampled_from([None, 1, 1, 2])),
                "source": draw(st.sampled_from(["not_recorded", "school", "link_worker"])),
                "organisation": draw(st.sampled_from(["", "Hill Surgery", "Ünder Äcademy"])),
                "pays": draw(
                    st.sampled_from(["nobody", "not_known", "person", "spot", "referrer", "other"])
                ),
                "reasons": draw(st.sampled_from([[], ["loneliness"], ["loneliness", "money"]])),
                "needs": draw(st.sampled_from([[], ["other"], ["mental_health", "other"]])),
                "steps": draw(steps(day)),
                "bin": draw(st.integers(0, 9)) == 9,
            }
        )
    return rows


@st.composite
def steps(draw, day):
    """Steps in any order of days, some on the same one, some after everything."""
    received = dt.date.fromisoformat(day)
    made = []
    for _ in range(draw(st.integers(0, 3))):
        after = dt.timedelta(days=draw(st.sampled_from(_AFTER)))
        step = draw(st.sampled_from(STEPS))
        reason = draw(st.sampled_from(["full", "risk"])) if step == "not_accepted" else ""
        made.append([step, (received + after).isoformat(), reason])
    return made
