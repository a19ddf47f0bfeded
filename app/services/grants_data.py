"""The group's grants as 360Giving data: what was awarded to it, by whom, when and how much.

Source: the 360Giving Data Standard, schema 1.4.3 [S88]. What the book does not know is left out.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from app.domain.grants import HELD, Grant
from app.domain.org_ids import charity_id, company_id, company_number
from app.domain.settings import Settings
from app.services.public_ids import PublicIds, public_ids, registered_id
from app.storage import grants, settings
from app.storage.register import Register

VERSION = "1.4"
_LONGEST_TITLE = 139
"""Letters: the standard asks for fewer than 140."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantsData:
    """The package as it is written, and sentences about what had to be left out."""

    package: dict[str, Any]
    left_out: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many grants are in it, and how many had to stay out."""
        return {"grants": len(self.package["grants"]), "left_out": len(self.left_out)}


def grants_data(register: Register, *, now: dt.datetime) -> GrantsData:
    """Return the awarded grants of the group as a 360Giving package, from one moment of its book."""
    ours, ids = settings.read(register), public_ids(register)
    awarded = [one for one in grants.listed(register) if one.state in HELD]
    standings = grants.standings(register)
    known = sorted((one for one in awarded if one.decided_on), key=lambda one: one.id)
    package = {
        "version": VERSION,
        "title": f"Grants awarded to {ours.group_name or 'our group'}",
        **({"description": "A pretend group: everybody here is made up."} if ours.pretend else {}),
        "issued": now.date().isoformat(),
        "publisher": _publisher(ours),
        "grants": [_grant(one, ours, ids, standings[one.id].received_pence) for one in known],
    }
    left_out = tuple(
        f"{one.funder}, {one.reference}: the day it was awarded is not written down, so it was left "
        "out. Write it under Money, Grants, then export again."
        for one in awarded
        if not one.decided_on
    )
    return GrantsData(package=package, left_out=left_out)


def _publisher(ours: Settings) -> dict[str, Any]:
    known = registered_id(ours)
    return {"name": ours.group_name or "Our group", **({"identifier": known} if known else {})}


def _grant(grant: Grant, ours: Settings, ids: PublicIds, received_pence: int) -> dict[str, Any]:
    title = grant.title or grant.purpose or f"Grant from {grant.funder}"
    return {
        "id": f"hallbook-{ids.of('grant', grant.id)}",
        "title": _cut(title),
        "description": grant.purpose or title,
        "currency": "GBP",
        **_amounts(grant, received_pence),
        "awardDate": grant.decided_on.isoformat() if grant.decided_on else "",
        **_dates(grant),
        "recipientOrganization": [_recipient(ours, ids)],
        "fundingOrganization": [
            {"id": f"hallbook-{ids.of('funder', grant.funder)}", "name": grant.funder}
        ],
        **({"grantProgramme": [{"title": grant.programme}]} if grant.programme else {}),
    }


def _cut(title: str) -> str:
    line = " ".join(title.split())
    if len(line) <= _LONGEST_TITLE:
        return line
    return f"{line[: _LONGEST_TITLE - 1].rstrip()}…"


def _amounts(grant: Grant, received_pence: int) -> dict[str, float]:
    pence = {
        "amountAppliedFor": grant.applied_pence,
        "amountAwarded": grant.awarded_pence,
        "amountDisbursed": received_pence or None,
    }
    return {name: in_pounds(value) for name, value in pence.items() if value is not None}


def in_pounds(pence: int) -> float:
    """Return pence as pounds, a whole number where it is one."""
    return pence // 100 if pence % 100 == 0 else pence / 100


def _dates(grant: Grant) -> dict[str, Any]:
    days = {"startDate": grant.starts_on, "endDate": grant.ends_on}
    known = {name: day.isoformat() for name, day in days.items() if day is not None}
    return {"plannedDates": [known]} if known else {}


def _recipient(ours: Settings, ids: PublicIds) -> dict[str, Any]:
    charity, company = charity_id(ours.charity_number), company_id(ours.company_number)
    return {
        "id": charity or company or f"hallbook-{ids.group()}",
        "name": ours.group_name or "Our group",
        **({"charityNumber": ours.charity_number} if charity else {}),
        **({"companyNumber": company_number(ours.company_number)} if company else {}),
        **({"description": ours.tagline} if ours.tagline else {}),
    }
