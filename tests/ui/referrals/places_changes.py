"""Every use case of funded places and capacity, and what it is called with: for test_every_change."""

from app.domain.places import AgreementDraft, PlaceDraft
from app.services import activities, places
from tests import builders
from tests.conftest import TODAY

DAY = TODAY.replace(day=2)
NOW = {"today": TODAY}
PILOT = AgreementDraft(funder="The surgery", reference="S-1", from_on=DAY, units_each=12)


def _agreement(w):
    return w.before(places.save_agreement, PILOT, **NOW).ids[0]


def _draft(w, agreement=None):
    return PlaceDraft(agreement_id=agreement or _agreement(w), person_id=w.ada, from_on=DAY)


def _place(w):
    return w.before(places.grant_place, _draft(w), **NOW).ids[0]


def _used(w):
    """Give Ada a place that a session used, which she came to."""
    place = _place(w)
    w.before(builders.mark, w.past, w.ada)
    return place, w.past.id


def _waits(w):
    w.before(activities.let_wait, w.tea.id, w.ada, DAY, **NOW)
    return w.tea.id


def _binned(w, put_in_bin, thing):
    w.before(put_in_bin, thing)
    return thing


CHANGES = {
    "places.agreements.save_agreement": lambda _w: (PILOT, NOW),
    "places.agreements.put_agreement_in_bin": lambda w: (_agreement(w),),
    "places.agreements.take_agreement_out_of_bin": lambda w: (
        _binned(w, places.put_agreement_in_bin, _agreement(w)),
    ),
    "places.granting.grant_place": lambda w: (_draft(w), NOW),
    "places.granting.change_place": lambda w: (_place(w), PlaceDraft(from_on=DAY, units=6), NOW),
    "places.granting.end_place": lambda w: (_place(w), TODAY, NOW),
    "places.granting.put_place_in_bin": lambda w: (_place(w),),
    "places.granting.take_place_out_of_bin": lambda w: (
        _binned(w, places.put_place_in_bin, _place(w)),
    ),
    "places.granting.correct_use": lambda w: (*_used(w), False, "A taster"),
    "capacity.say_can_take": lambda w: (w.tea.id, 4, NOW),
    "capacity.offer_place": lambda w: (_waits(w), w.ada, NOW),
    "capacity.give_up_place": lambda w: (_waits(w), w.ada, NOW),
}
"""Each use case, and what it is called with after its register."""
