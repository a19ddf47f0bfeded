"""Which agreements or grants a return can be about, to be chosen from."""

from collections.abc import Collection, Sequence

from app.domain.grants import ASKED, HELD, GrantState
from app.domain.places import days_of
from app.returns.language.page_kinds import AgreementSpec
from app.returns.language.template import Template
from app.returns.parts.money.granted import asks_for_a_grant, is_about_a_grant
from app.returns.parts.referrals.agreed import is_about_one
from app.storage import grants, places
from app.storage.register import Register

Offered = tuple[tuple[str, str], ...]
"""The reference to hand back, and the words to show."""


def offered(template: Template, register: Register) -> Offered:
    """Return the agreements or grants a return can be about, the latest first."""
    if is_about_one(template):
        return _agreements(template, register)
    if is_about_a_grant(template):
        return _grants(register, HELD)
    return _grants(register, ASKED) if asks_for_a_grant(template) else ()


def _agreements(template: Template, register: Register) -> Offered:
    kinds = next(spec.of for spec in template.walk() if isinstance(spec, AgreementSpec))
    found = [one for one in places.agreements(register) if one.kind in kinds]
    found.sort(key=lambda one: one.from_on, reverse=True)
    return _once([(one.name, f"{one.funder}, {one.name}: {days_of(one)}") for one in found])


def _grants(register: Register, states: Collection[GrantState]) -> Offered:
    found = [one for one in grants.listed(register) if one.state in states]
    return _once([(one.reference, f"{one.funder}, {one.reference}") for one in found])


def _once(pairs: Sequence[tuple[str, str]]) -> Offered:
    return tuple({name: (name, words) for name, words in reversed(pairs)}.values())[::-1]
