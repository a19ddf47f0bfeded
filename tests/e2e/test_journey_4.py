"""Journey 4, a return is due Friday: written by keys alone, issued, and in March the 41 has 41 rows."""

import datetime as dt
import subprocess

import pytest

from app.domain.grants import GrantDraft, GrantState
from app.domain.ledger import FundDraft, FundKind
from app.domain.periods import Period
from app.domain.returns import DraftSettings, ReportDueDraft
from app.domain.stories import StoryDraft, StoryPurpose, StoryUse
from app.services import money, people, registers, stories
from app.services.returns import drafts, due, explaining, issuing
from tests import builders
from tests.e2e.conftest import wait_for
from tests.e2e.steps import words_of

PEOPLE = 41
TEMPLATE = "town-council-report"
LAST_YEAR = "We learned to put the kettle on before the chairs."
QUOTE = "It is the one morning I do not watch the clock."
MOST_STROKES = 140
"""The sentences typed among them."""
ACCENT, GROUND = "17695a", "f1ede4"
"""The colours of the page that is shown, and of what is round the pages of a PDF."""
RAIL = {"people": 171, "returns": 371}
BESIDE_PAGES = (526, 500)
BAR_OF_ROWS, CARD = (1314, 440), "ffffff"
"""Where the bar of the rows behind a number is drawn once they are there, and what is there before."""
_TABS_TO_ROWS = 9
"""From the answer over its buttons to the rows."""


@pytest.fixture
def this_day():
    """The real day: the program in the other process has no other."""
    return dt.datetime.now().astimezone().date()


@pytest.fixture
def period(this_day):
    """Seven months that are over."""
    last = this_day.replace(day=1) - dt.timedelta(days=1)
    first = (last - dt.timedelta(days=190)).replace(day=1)
    return Period(first=first, last=last)


@pytest.fixture
def book(tmp_path, this_day, period, hallbook):
    """A group with 41 people, a council's grant to report on, last year's report, and a quote."""
    path = tmp_path / "movers.hallbook"
    hallbook("new", path, "--name", "Tuesday Movers")
    with registers.open_register(path) as register:
        club = builders.activity(register)
        held = builders.session(register, club, period.first + dt.timedelta(days=6))
        for number in range(PEOPLE):
            who = builders.person(register, f"Given{number}", f"Family{number}")
            builders.mark(register, held, who, today=this_day)
        money.prepare_book(register, opened_on=period.first, bank_pence=0, cash_pence=0)
        tied = FundDraft(name="Council", kind=FundKind.RESTRICTED, purpose="Walks")
        fund = money.save_fund(register, tied).ids[0]
        grant = money.save_grant(register, GrantDraft(
            reference="TC-26", funder="Town Council", state=GrantState.AWARDED,
            awarded_pence=200_00, decided_on=period.first, starts_on=period.first,
            ends_on=period.last, fund_id=fund,
        )).ids[0]  # fmt: skip
        friday = this_day + dt.timedelta(days=3)
        wanted = ReportDueDraft(grant_id=grant, template_id=TEMPLATE, due_on=friday, period=period)
        assert due.save(register, wanted).ids
        before = DraftSettings(template_id=TEMPLATE, title="Last year", grant_id=grant)
        last_year = drafts.start(register, before).ids[0]
        assert drafts.answer(register, last_year, "learned", LAST_YEAR).ids
        told = StoryDraft(told_on=period.first, wording=QUOTE, credited_as="a walker, 78")
        story = stories.add(register, told, today=this_day).ids[0]
        use = StoryUse(purpose=StoryPurpose.FUNDERS, given=True, asked_on=this_day)
        assert stories.note_use(register, story, use, today=this_day).changes
        secret = StoryDraft(told_on=period.first, wording="Not for others.", credited_as="x")
        assert stories.add(register, secret, today=this_day).ids
    return path


def answers(path):
    """Read the answers of the newest draft, while the window is open."""
    with registers.open_register(path, write=False) as register:
        rows = register.rows(
            "SELECT a.question, a.answer FROM draft_answer a JOIN draft d ON d.id = a.draft_id"
            " WHERE d.title <> 'Last year'"
        )
        return {row["question"]: row["answer"] for row in rows}


def put_in(program, tabs, title, typed, path, holds):
    """Press one of the buttons under the answer and take what is found in its dialog."""
    program.keys(*["Tab"] * tabs, "space")
    program.focus(title)
    if typed:
        program.type(typed)
    program.keys("Return")
    program.focus("Tuesday Movers")
    wait_for(lambda: any(holds in text for text in answers(path).values()), f"{holds} to be saved")


def write_the_return(program, path):
    program.keys("ctrl+7", "Return")  # the report that is due, on the council's form
    wait_for(lambda: drafts_of(path), "the draft to begin")
    program.type("In all ")
    wait_for(lambda: answers(path).get("difference", "").startswith("In all"), "what was typed")
    put_in(program, 1, "Put in a figure", "people", path, "In all {people}")
    program.type(" people came.")
    wait_for(lambda: "came." in answers(path)["difference"], "the sentence")
    program.picture("figure")
    put_in(program, 4, "Put in a quote", "", path, "{quote:")
    program.keys("ctrl+Next")
    put_in(program, 5, "Last time", "", path, LAST_YEAR)
    program.picture("written")


def drafts_of(path):
    with registers.open_register(path, write=False) as register:
        rows = register.rows("SELECT id FROM draft WHERE title <> 'Last year'")
        return [row["id"] for row in rows]


def issued_of(path):
    with registers.open_register(path, write=False) as register:
        return issuing.listed(register)


def issue(program, path):
    program.keys("F9")
    wait_for(lambda: colour_at(program, *BESIDE_PAGES) == GROUND, "the pages")
    program.picture("preview")
    program.keys("Escape", "alt+i")
    program.focus("Issue a return")

    def pressed():
        program.keys("alt+i")  # does nothing while the pages are made
        return issued_of(path)

    strokes = program.strokes  # how often the key was tried while the pages were made is no measure
    wait_for(pressed, "the return to be kept")
    program.strokes = strokes + 1
    program.picture("issued")
    program.keys("Escape")
    program.focus("Tuesday Movers")


def colour_at(program, x, y):
    """Return the colour of one dot of the screen: the caret blinks, so a whole picture never rests."""
    shot = subprocess.run(
        ["import", "-window", "root", "-crop", f"1x1+{x}+{y}", "-depth", "8", "rgb:-"],
        env=program.screen.env, capture_output=True, check=True,
    )  # fmt: skip
    return shot.stdout[:3].hex()


def is_chosen(program, page):
    """Whether a page of the rail is the one shown."""
    return colour_at(program, 16, RAIL[page]) == ACCENT


def look_behind_the_number(program):
    """Go to the 41 in the first answer, along to its rows, open the first, and come back."""
    program.keys("ctrl+Prior", "ctrl+Home", *["Right"] * (len("In all ") + 1))
    wait_for(lambda: colour_at(program, *BAR_OF_ROWS) != CARD, "the rows behind the 41")
    program.keys(*["Tab"] * _TABS_TO_ROWS)
    program.picture("rows")
    program.keys("Return")
    wait_for(lambda: is_chosen(program, "people"), "somebody of the 41")
    program.picture("somebody")
    program.keys("ctrl+7")
    wait_for(lambda: is_chosen(program, "returns"), "the return again")
    program.picture("again")


def test_a_return_is_written_issued_and_in_march_the_41_is_shown(
    book, tmp_path, open_window, hallbook
):
    program = open_window(book, "Tuesday Movers")
    write_the_return(program, book)
    issue(program, book)
    assert program.strokes <= MOST_STROKES, program.strokes
    look_behind_the_number(program)
    program.quit()

    paper = tmp_path / "report.pdf"
    with registers.open_register(book) as register:
        (one,) = issuing.listed(register)
        paper.write_bytes(issuing.pdf_of(register, one.id))
        said = words_of(paper)
        assert f"In all {PEOPLE} people came." in said
        assert QUOTE in said
        assert "Not for others." not in said
        assert LAST_YEAR in said
        # In March somebody asks: somebody of the 41 was entered twice and is in the bin now.
        gone = register.rows("SELECT id FROM person ORDER BY id LIMIT 1")[0]["id"]
        assert people.put_in_bin(register, gone).changes
        told = explaining.explain(register, one.id)
        counted = next(figure for figure in told.figures if figure.figure == "people")
        assert (counted.sent, counted.now) == (PEOPLE, PEOPLE - 1)
        figures = issuing.numbers_of(register, one.id)["figures"]
        assert (figures["people"]["value"], figures["people"]["version"]) == (PEOPLE, 1)
        (row,) = counted.rows
        assert row.change is explaining.Change.REMOVED
