"""A random cash book for a random register: few lines, dated where the rules change."""

from hypothesis import strategies as st

PENCE = [1, 50, 333, 1000, 12_345]


@st.composite
def cash(draw, days, agreements, referrals):
    """Return accounts, funds, headings, grants, entries, gifts and match funding."""
    kinds = ["unrestricted", "designated", "restricted", "unrestricted"]
    funds = [{"id": n, "name": f"Fund {n}", "kind": kind} for n, kind in enumerate(kinds, start=1)]
    accounts = [
        {"id": n, "name": name, "on": draw(days), "opening": draw(openings())}
        for n, name in enumerate(("Bank", "Tin"), start=1)
    ]
    headings = [
        {"id": 1, "name": "Subs", "side": "receipt"},
        {"id": 2, "name": "Hall hire", "side": "payment"},
    ]
    grants = [
        {
            "id": n, "ref": f"G-{n}", "fund": 3, "awarded": draw(st.sampled_from(PENCE)),
            "on": draw(days), "activities": draw(st.sampled_from([[], [1], [1, 2]])),
            "state": draw(st.sampled_from(["awarded", "closed", "applied"])),
            "bin": draw(st.integers(0, 7)) == 7,
        }
        for n in (1, 2)
    ]  # fmt: skip
    entries = [
        {
            "id": n,
            "kind": (kind := draw(st.sampled_from(["receipt", "payment", "payment", "transfer"]))),
            "on": draw(days),
            "lines": draw(lines(kind, agreements, referrals)),
            "bin": draw(st.integers(0, 9)) == 9,
        }
        for n in range(1, draw(st.integers(0, 7)) + 1)
    ]
    gifts = [
        {
            "id": n, "on": draw(days), "pence": draw(st.sampled_from(PENCE)),
            "activity": draw(st.sampled_from([None, 1, 2])),
            "grant": draw(st.sampled_from([None, 1, 2])), "bin": draw(st.integers(0, 7)) == 7,
        }
        for n in range(1, draw(st.integers(0, 3)) + 1)
    ]  # fmt: skip
    matches = [
        {
            "id": n, "grant": draw(st.sampled_from([1, 2])), "on": draw(days),
            "pence": draw(st.sampled_from(PENCE)), "kind": draw(st.sampled_from(["cash", "in_kind"])),
            "state": draw(st.sampled_from(["confirmed", "confirmed", "applied"])),
        }
        for n in range(1, draw(st.integers(0, 3)) + 1)
    ]  # fmt: skip
    return {
        "accounts": accounts, "funds": funds, "headings": headings, "grants": grants,
        "entries": entries, "gifts": gifts, "matches": matches,
    }  # fmt: skip


@st.composite
def openings(draw):
    """What an account held at first, by fund."""
    return {n: draw(st.sampled_from(PENCE)) for n in (1, 3) if draw(st.booleans())}


@st.composite
def lines(draw, kind, agreements, referrals):
    """The lines of an entry: a transfer has two that come to nothing."""
    if kind == "transfer":
        pence, activity = draw(st.sampled_from(PENCE)), draw(st.sampled_from([None, 1]))
        ends = [(draw(st.integers(1, 2)), draw(st.integers(1, 4))) for _ in range(2)]
        return [
            {"account": a, "fund": f, "pence": sign * pence, "activity": activity}
            for (a, f), sign in zip(ends, (-1, 1), strict=True)
        ]
    made = []
    for _ in range(draw(st.integers(1, 3))):
        back = draw(st.integers(0, 6)) == 6  # some money that came back
        sign = 1 if (kind == "receipt") is not back else -1
        made.append(
            {
                "account": draw(st.integers(1, 2)), "fund": draw(st.integers(1, 4)),
                "pence": sign * draw(st.sampled_from(PENCE)),
                "heading": draw(st.sampled_from([None, 1 if kind == "receipt" else 2])),
                "activity": draw(st.sampled_from([None, 1, 2])),
                "grant": draw(st.sampled_from([None, None, 1, 2])),
                "asset": kind == "payment" and draw(st.integers(0, 3)) == 3,
                "agreement": draw(st.sampled_from([None, *agreements])),
                "referral": draw(st.sampled_from([None, *referrals])),
            }
        )  # fmt: skip
    return made
