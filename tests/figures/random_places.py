"""Random agreements and funded places for a random register."""

from hypothesis import strategies as st


@st.composite
def funded(draw, days, people, sessions):
    """Return agreements and places of some people: open and closed ones, some in the bin."""
    agreements = []
    for number in range(1, draw(st.integers(0, 3)) + 1):
        start, end = draw(days), draw(st.none() | days)
        agreements.append(
            {
                "id": number,
                "reference": draw(st.sampled_from(["", "YP", "Spot"])),
                "from": min(start, end) if end else start,
                "to": max(start, end) if end else None,
                "by": draw(st.sampled_from(["sessions", "weeks"])),
                "no_show_uses": draw(st.booleans()),
                "activities": draw(st.sampled_from([[], [], [1], [2], [1, 2]])),
                "bin": draw(st.integers(0, 7)) == 7,
            }
        )
    if not agreements:
        return [], []
    places = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        agreement = draw(st.sampled_from(agreements))
        start, end = draw(days), draw(st.none() | days)
        said = {row["id"]: draw(st.booleans()) for row in sessions if draw(st.integers(0, 5)) == 5}
        places.append(
            {
                "id": number,
                "agreement": agreement["id"],
                "person": draw(st.sampled_from(people)),
                "from": min(start, end) if end else start,
                "to": max(start, end) if end else None,
                "units": draw(st.integers(1, 3)),
                "said": said,
                "bin": draw(st.integers(0, 7)) == 7,
            }
        )
    return agreements, places
