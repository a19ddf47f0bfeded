"""Every page that can be printed goes on with people whose names were taken out."""

import datetime as dt

import pytest

from app.domain.anonymising import Because
from app.domain.errors import AppError
from app.domain.periods import Period
from app.services import anonymising, returns
from app.services.example import Size, make_example
from app.services.returns import ReturnOptions
from app.storage.register import Register

ENDING = dt.date(2026, 11, 22)
HALF = Period(first=dt.date(2026, 4, 1), last=dt.date(2026, 9, 30))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The small example in which every third person was made nameless; their names besides."""
    path = tmp_path_factory.mktemp("pages") / "movers.hallbook"
    make_example(path, size=Size.SMALL, seed=3, ending=ENDING)
    gone = []
    with Register.open(path) as register:
        rows = register.rows(
            "SELECT id, given_name || ' ' || family_name AS name FROM person"
            " WHERE merged_into IS NULL AND family_name <> '' ORDER BY id"
        )
        for row in rows[::3]:
            anonymising.anonymise(register, row["id"], Because.ASKED)
            gone.append((row["id"], row["name"]))
    return path, gone


def options(register, template_id, gone):
    """Return the least a template needs, about somebody nameless where it is about one."""
    info = next(one for one in returns.list_templates(register) if one.id == template_id)
    activity = register.value("SELECT id FROM activity WHERE binned_at IS NULL ORDER BY id LIMIT 1")
    values = {"person_id": gone[0][0], "activity_id": activity}
    wanted = {
        name: value
        for name, value in values.items()
        if name.removesuffix("_id") in info.needs and value is not None
    }
    return ReturnOptions(period=HALF, **wanted)


def test_every_page_is_made_and_names_nobody_who_is_gone(book):
    path, gone = book
    made = 0
    with Register.open(path, write=False) as register:
        for info in returns.list_templates(register):
            try:
                filled = returns.prepare(register, info.id, options(register, info.id, gone))
            except AppError:  # asks for something that this group has not
                continue
            said = returns.as_json(filled, pages=1)
            told = said if isinstance(said, str) else repr(said)
            assert returns.render_pdf(filled).pdf
            if info.id not in _ACCOUNTS:
                assert [name for _, name in gone if name in told] == [], info.id
            made += 1
    assert made > 15


_ACCOUNTS = {"evidence-bundle", "examiners-pack", "receipts-and-payments", "treasurer-report"}
"""The law wants whom accounts paid; they are pointed out when a name is taken out."""
