"""Whatever a book or an answer holds, a return comes out, inside its margins, in letters that print."""

import base64
import datetime as dt

import pytest

from app.domain.errors import AppError
from app.domain.periods import Period
from app.domain.settings import Settings
from app.services import returns
from app.storage import settings
from app.storage.register import Register
from tests import builders
from tests.returns.making import YEAR
from tests.returns.pdf import pdf_checks
from tests.returns.pdf.test_scripts import LINES
from tests.returns.test_every_return import IDS, RETURNS, asked

LONG = "Wolfeschlegelsteinhausenbergerdorff" * 4
MANY = 3000
WORDS = " ".join(f"word{place % 97}" for place in range(5000))
NO_PICTURE = base64.b64encode(b"this is a poem and no picture").decode()


def well_made(filled):
    """Say what is wrong with the pages of a return: outside the frame, or letters that are boxes."""
    pdf = returns.render_pdf(filled).pdf
    margin = {"a5": 10.0}.get(filled.paper.value, 15.0)
    return pdf_checks.frame_faults(pdf, margin_mm=margin) + pdf_checks.glyph_faults(pdf)


def comes_out(register, info, **details):
    """Return a filled return, or None where it says in one sentence why it cannot be filled."""
    try:
        return returns.prepare(register, info.id, asked(register, info, **details))
    except AppError as error:
        assert str(error).rstrip().endswith(".")
        assert len(str(error)) < 300
        return None


@pytest.fixture(scope="module")
def example(small_example_made):
    with Register.open(small_example_made, write=False) as register:
        yield register


@pytest.fixture(scope="module")
def crowd():
    """3,000 people, some with names of 280 letters and in every script; a logo that is none."""
    register = Register.in_memory()
    names = [(LONG, LONG), *((words[:90], "") for words, _ in LINES.values()), ("Una", "Lee")]
    assert len(LONG) * 2 == 280
    group = Settings(
        group_name=f"{LONG} and 李小明 محمد",
        tagline="ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ " * 9,
        contact=LONG,
        logo=NO_PICTURE,
    )
    with register.transaction("test", text="the group", topics=frozenset()):
        settings.write(register, group)
    club = builders.activity(register, name=f"{LONG[:150]} চক্রবর্তী")
    at = builders.session(register, of=club, day=YEAR.last)
    for given, family in names:
        builders.mark(register, at, builders.person(register, given, family))
    with register.transaction("test", text="a crowd", topics=frozenset()):
        _many_more(register, at)
    yield register
    register.close()


def _many_more(register, at):
    """Add thousands like the last person, who all came."""
    columns = [row["name"] for row in register.rows("PRAGMA table_info(person)")]
    same = ", ".join(name for name in columns if name not in {"id", "family_name"})
    like = register.value("SELECT max(id) FROM person")
    ids = [{"id": one, "name": f"Lee {one}", "like": like} for one in register.new_ids(MANY)]
    register.execute_many(
        f"INSERT INTO person (id, family_name, {same}) SELECT :id, :name, {same}"
        " FROM person WHERE id = :like",
        ids,
    )
    register.execute_many(
        "INSERT INTO attendance (session_id, person_id, mark) VALUES (:session, :id, 'present')",
        [{"session": at.id, "id": one["id"]} for one in ids],
    )


@pytest.mark.parametrize("info", RETURNS, ids=IDS)
def test_three_thousand_people_of_every_script_and_no_logo(crowd, info):
    about = (
        {"person_id": crowd.value("SELECT id FROM person LIMIT 1")}
        if "person" in info.needs
        else {}
    )
    filled = comes_out(crowd, info, **about)
    if filled is not None:
        assert well_made(filled) == []
        people = filled.figures.get("people")
        assert people is None or people["value"] >= MANY


@pytest.mark.parametrize("info", RETURNS, ids=IDS)
def test_a_period_with_nothing_in_it(example, info):
    long_ago = Period(first=dt.date(1985, 1, 1), last=dt.date(1985, 1, 31))
    details = {"period": long_ago} if "period" in info.needs else {}
    filled = comes_out(example, info, **details)
    if filled is not None:
        assert well_made(filled) == []


ASKING = [info for info in RETURNS if info.questions]


@pytest.mark.parametrize("info", ASKING, ids=[info.id for info in ASKING])
def test_answers_of_five_thousand_words(example, info):
    first, *others = info.questions
    typed = {first: WORDS} | dict.fromkeys(others[:2], f"{{answer:{first}}} {LONG} 李小明")
    filled = comes_out(example, info, answers=typed)
    assert filled is not None
    assert well_made(filled) == []
    told = filled.answers[first]
    if told.get("words_to"):
        assert told["words_counted"] > told["words_to"]
        assert any("over" in said or "more than" in said for said in filled.warnings)
