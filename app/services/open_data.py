"""Open data for others' directories: the group's grants (360Giving), its activities (Open Referral)."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.errors import Refused
from app.services.activities_data import activities_data
from app.services.grants_data import grants_data
from app.services.returns.saving import check_place, put_file
from app.storage.moment import one_moment
from app.storage.register import Register
from app.storage.snapshot import Snapshot

__all__ = ["Exported", "export_360giving", "export_openreferral"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written, and sentences about what could not be."""

    counts: dict[str, int]
    left_out: tuple[str, ...] = ()


def export_360giving(source: Register | Snapshot, out: Path, *, now: dt.datetime) -> Exported:
    """Write the grants awarded to the group as a 360Giving package (JSON).

    Raises Refused when there is none to tell of, or somebody else's file is in the way; ReadOnly
    and DiskFull with what to do.
    """
    with one_moment(source) as register:
        data = grants_data(register, now=now)
    if not data.package["grants"]:
        raise Refused(
            " ".join(data.left_out)
            or "No grant has been awarded to the group in this book, so there is nothing to export. "
            "Grants are kept under Money, Grants."
        )
    _save(data.package, out, _is_grants)
    return Exported(counts=data.counts, left_out=data.left_out)


def export_openreferral(source: Register | Snapshot, out: Path, *, today: dt.date) -> Exported:
    """Write the group's activities as Open Referral services (JSON), as they stand today.

    Raises Refused when there is none, or somebody else's file is in the way; ReadOnly and DiskFull.
    """
    with one_moment(source) as register:
        data = activities_data(register, today=today)
    if not data.services:
        raise Refused("There are no activities in this book yet, so there is nothing to export.")
    _save(data.services, out, _is_services)
    return Exported(counts=data.counts)


def _save(document: Any, out: Path, is_ours: Callable[[Any], bool]) -> None:
    if out.suffix.lower() != ".json":
        raise Refused(f"This export is JSON. Name a file that ends in .json instead of {out.name}.")
    check_place(out, lambda old: is_ours(_read(old)))
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    put_file(f"{text}\n".encode(), out)


def _read(old: bytes) -> Any:
    try:
        return json.loads(old)
    except ValueError:
        return None


def _is_grants(found: Any) -> bool:
    return isinstance(found, dict) and "grants" in found and "publisher" in found


def _is_services(found: Any) -> bool:
    return isinstance(found, list) and all(
        isinstance(one, dict) and {"status", "organization"} <= set(one) for one in found
    )
