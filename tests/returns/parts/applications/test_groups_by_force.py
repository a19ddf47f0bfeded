"""Random people, all they may have answered: what a 75% test prints of them is true of them.

It is told from printed numbers alone (its table is made without the people), so it gives away
nothing that they do not; here it is held against the people themselves.
"""

import re
from collections import Counter
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.disclosure import Disclosure
from app.figures.evaluate import Scope, count
from app.returns.language.group_sets import group_set, group_sets
from app.returns.language.page_kinds import GroupsSpec
from app.returns.parts.applications.groups import groups
from app.storage.register import Register
from tests.returns.counting.test_brute_force import Return
from tests.returns.making import YEAR
from tests.times import times

UNSAID = {"not_asked", "prefer_not", "not_known", ""}
CUTS = {name: listed.cuts for name, listed in group_sets().items()}


@pytest.fixture(scope="module")
def keys(small_example_made):
    """Return every answer that can be given to each question of the tests."""
    pairs = tuple({("people", by): None for cuts in CUTS.values() for by in cuts})
    with Register.open(small_example_made, write=False) as register:
        parts = count(register, Scope(period=YEAR), parts=pairs).parts
    assert not any(cut.overlapping for cut in parts.values())
    return {by: tuple(part.key for part in parts["people", by].parts) for _, by in pairs}


def person(keys, cuts, picks):
    """Return what somebody answered to each question: mostly the same few answers."""
    return {
        by: keys[by][(pick * pick) % len(keys[by])] for by, pick in zip(cuts, picks, strict=False)
    }


def told(mode, people, keys, name):
    """Return the rows of a test made of printed numbers, by the name of the group."""
    made = Return()
    made.says("people", len(people))
    for by in CUTS[name]:
        counted = Counter(one[by] for one in people)
        made.cuts("people", by, {key: counted[key] for key in keys[by]})
    filling = SimpleNamespace(numbers=made.printed(mode), period=YEAR, tables=[])
    (block,) = groups(filling, GroupsSpec(of=name))
    rows = getattr(block, "rows", ())
    return {row[0].text.removeprefix("– "): [cell.text for cell in row[1:]] for row in rows}


def is_true(words, number, mode, parts):
    """Say whether words for a number, of so many printed parts, are true of it."""
    found = [int(one.replace(",", "")) for one in re.findall(r"[\d,]*\d", words)]
    if words in {"", "not shown"}:
        return True
    if words == "*":
        return 1 <= number <= 7
    if words.startswith("fewer than"):
        return 1 <= number < found[0]
    if words.endswith("or more"):
        return number >= found[0]
    off = 0 if mode is not Disclosure.NHS else 2 * parts if words.startswith("about ") else 2
    return abs(number - found[0]) <= off


@pytest.mark.parametrize("name", sorted(CUTS))
@pytest.mark.parametrize("mode", Disclosure)
@settings(max_examples=times(8), deadline=None)
@given(
    picks=st.lists(st.lists(st.integers(0, 9), min_size=8, max_size=8), max_size=40),
    alike=st.integers(0, 40),
)
def test_what_a_75_per_cent_test_prints_is_true(keys, mode, name, picks, alike):
    people = [person(keys, CUTS[name], one) for one in [*picks, *([[2] * 8] * alike)]]
    rows = told(mode, people, keys, name)
    assert rows or not people
    for group in group_set(name).groups:
        answered = (*group.any_of, *group.all_of)
        if group.name not in rows or not answered:
            continue
        few, share, unsaid, answer = rows[group.name]
        every = all if group.all_of else any
        inside = sum(every(p[one.by] in one.parts for one in answered) for p in people)
        maybe = sum(
            every(p[one.by] in one.parts or p[one.by] in UNSAID for one in answered) for p in people
        )
        assert inside >= len(people) * 0.75 if answer == "Yes" else True, (group.name, inside)
        assert maybe < len(people) * 0.75 if answer == "No" else True, (group.name, maybe)
        if mode is Disclosure.INTERNAL:
            assert (answer == "Yes") is (inside >= len(people) * 0.75) or len(answered) > 1
        if len(answered) > 1:
            continue
        silent = sum(p[answered[0].by] in UNSAID for p in people)
        assert is_true(few, inside, mode, len(answered[0].parts)), (group.name, few, inside)
        assert is_true(unsaid, silent, mode, len(UNSAID)), (group.name, unsaid, silent)
        if share and mode is not Disclosure.NHS:
            assert share == f"{int(inside / (len(people) - silent) * 100 + 0.5)}%"
