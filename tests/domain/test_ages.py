"""Sets of age bands cover every age once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ages import OLDEST, BandSet


def bands_of(*bounds):
    return BandSet(id="x", title="X", bounds=bounds).bands


def test_bands_are_named_from_their_lowest_ages():
    assert [band.label for band in bands_of(0, 5, 18)] == ["0 to 4", "5 to 17", "18 and over"]
    assert [band.key for band in bands_of(0, 5, 18)] == ["0-4", "5-17", "18+"]


def test_ages_below_the_first_bound_are_a_band_of_their_own():
    assert [band.label for band in bands_of(11, 19)] == ["Under 11", "11 to 18", "19 and over"]


def test_a_band_of_one_year_is_called_by_it():
    assert [band.label for band in bands_of(0, 1, 2)] == ["0", "1", "2 and over"]


def test_one_bound_of_nought_is_everybody():
    assert [band.label for band in bands_of(0)] == ["All ages"]


@given(st.lists(st.integers(0, 120), min_size=1, max_size=20, unique=True))
def test_every_age_lies_in_exactly_one_band(bounds):
    bands = bands_of(*sorted(bounds))
    assert all(sum(b.low <= age < b.after for b in bands) == 1 for age in range(OLDEST))
    assert len({band.key for band in bands}) == len(bands)


@pytest.mark.parametrize("bounds", [(), (5, 5), (5, 3), (-1, 3), (0, OLDEST)])
def test_bounds_that_do_not_rise_are_refused(bounds):
    with pytest.raises(ValueError, match="rise"):
        BandSet(id="x", title="X", bounds=bounds)
