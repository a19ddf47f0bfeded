"""The grant or agreement a return is about: by its reference, as a return is filled, and by its id."""

from app.domain.ids import AgreementId, GrantId
from app.services import money, places, returns
from app.services.registers import Register
from app.services.returns import TemplateInfo

About = tuple[GrantId | None, AgreementId | None]
NOTHING: About = (None, None)


def about_of(register: Register, reference: str | None) -> About:
    """Return the grant, or else the agreement, that is called so."""
    if not reference:
        return NOTHING
    grant = money.find_grant(register, reference)
    if grant is not None:
        return grant.id, None
    same = (one.id for one in places.list_agreements(register) if one.name == reference)
    return None, next(same, None)


def reference_of(register: Register, about: About) -> str:
    """Return what a return calls its grant or agreement, or nothing."""
    grant_id, agreement_id = about
    if grant_id is not None:
        grant = money.get_grant(register, grant_id)
        return grant.reference if grant else ""
    same = (one.name for one in places.list_agreements(register) if one.id == agreement_id)
    return next(same, "")


def offered(register: Register, info: TemplateInfo) -> tuple[tuple[str, str], ...]:
    """Return the references a return can be about, with their words; planned grants too where it asks."""
    if "grant" not in {*info.needs, *info.may_have}:
        return ()
    return returns.offered_references(register, info.id)


def asks(info: TemplateInfo) -> bool:
    """Say whether a return asks for money, so that there is a sum to ask for."""
    return "grant" in info.may_have


def can_be_written(info: TemplateInfo) -> bool:
    """Say whether a return has questions and may be kept as it was sent."""
    return bool(info.questions) and not info.names_people and "person" not in info.needs
