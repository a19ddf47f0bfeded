"""A filled return says what the book says, from one moment, whatever there is to say."""

import datetime as dt

import pytest

from app.domain.errors import NotFound, Refused
from app.domain.periods import Period
from app.domain.settings import Settings
from app.returns.counting.timescale import by_year
from app.returns.filled import BigNumbers, Chart, ChartPoint, KeepTogether, TwoColumns, plain
from app.services import figures, returns, settings
from app.services.returns import proof
from app.storage.register import Register
from app.storage.snapshot import Snapshot
from tests import builders
from tests.returns.making import COUNTED, YEAR, filled, options, tables, texts, words


@pytest.fixture
def example(small_example):
    with Register.open(small_example, write=False) as register:
        yield register


@pytest.fixture
def tea(register):
    """A club of three that met twice: eight o'clock cups of tea, five guests in all."""
    people = [builders.person(register, name, "Begum") for name in ("Ann", "Bea", "Cat")]
    first = builders.session(register, day=dt.date(2026, 10, 20))
    second = builders.session(register, day=dt.date(2026, 10, 27))
    for who in people:
        builders.mark(register, first, who)
    builders.mark(register, second, people[0])
    return register


NUMBERS = """
[[blocks]]
kind = "text"
text = "{people:Nobody|One person|# people} came to {sessions_held:no sessions|one session|# sessions}, {attendances} times."
"""


def test_sentences_hold_the_figures(tea):
    assert words(filled(tea, NUMBERS)) == ["3 people came to 2 sessions, 4 times."]


def test_an_empty_book_reads_properly(register):
    one = filled(register, NUMBERS)
    assert words(one) == ["Nobody came to no sessions, 0 times."]
    assert "No sessions were held in this period." in one.warnings


def test_one_person_reads_properly(register):
    at = builders.session(register, day=dt.date(2026, 10, 20))
    builders.mark(register, at, builders.person(register))
    assert words(filled(register, NUMBERS)) == ["One person came to one session, 1 times."]


def test_a_mean_of_nothing_is_none(register):
    one = filled(register, '[[blocks]]\nkind = "text"\ntext = "On average {average_attendance}."')
    assert words(one) == ["On average none."]
    assert one.figures["average_attendance"]["value"] is None


def test_figures_are_those_of_the_figures_service(example):
    every = returns.prepare(example, "impact-report", options(disclosure="internal"))
    known = figures.figures(example, YEAR)["figures"]
    assert len(every.figures) >= 15
    assert dict(every.figures) == {name: known[name] for name in every.figures}


def test_a_tables_numbers_are_the_parts_of_the_figures_service(example):
    one = returns.prepare(example, "impact-report", options(disclosure="internal"))
    for table in one.tables:
        for name in table["figures"]:
            known = figures.figures(example, YEAR, only=(name,), by=table["by"])["figures"][name]
            parts = {part["key"]: part["value"] for part in known["parts"]}
            for row in table["rows"]:
                if row["key"] != "others":
                    assert row[name] == parts.pop(row["key"], None)
                else:
                    others = row[name]
            assert not parts or sum(parts.values()) == others
            assert table["total"][name] == known["total"]


def test_a_snapshot_gives_the_same_return_as_the_register(example):
    with Snapshot.of(example) as snapshot:
        from_memory = returns.prepare(snapshot, "impact-report", options())
    assert from_memory == returns.prepare(example, "impact-report", options())


def test_a_snapshot_can_be_read_through_views_only_again_afterwards(example):
    from app.storage.driver import DriverError

    with Snapshot.of(example) as snapshot:
        returns.prepare(snapshot, "attendance-record", options())
        with pytest.raises(DriverError):
            snapshot.rows("SELECT phone FROM person")


def test_what_is_saved_meanwhile_is_not_seen(small_example):
    from app.storage.moment import one_moment

    with Register.open(small_example, write=False) as reader, one_moment(reader):
        before = figures.figures(reader, YEAR, only=("people",))
        with Register.open(small_example, write=True) as writer:
            # The reader's moment keeps the writer from ending, so nothing can slip in between.
            from app.domain.errors import AppError

            writer._connection.execute("PRAGMA busy_timeout = 10")
            with pytest.raises(AppError):
                builders.person(writer, "New", "Comer")
        assert figures.figures(reader, YEAR, only=("people",)) == before


def test_the_same_return_is_made_twice_alike(example):
    first = returns.render_pdf(returns.prepare(example, "impact-report", options()))
    again = returns.render_pdf(returns.prepare(example, "impact-report", options()))
    assert first.pdf == again.pdf


def test_every_number_knows_where_it_comes_from(tea):
    one = filled(tea, NUMBERS)
    (paragraph,) = one.blocks
    sources = [run.source for run in paragraph.runs if run.source]
    assert [(s.figure, s.value, s.rows, s.version) for s in sources] == [
        ("people", 3, 3, 1),
        ("sessions_held", 2, 2, 1),
        ("attendances", 4, 4, 1),
    ]
    assert all(source.definition and source.period for source in sources)


def test_what_a_return_needs_is_asked_for(tea):
    with pytest.raises(Refused, match="needs a period"):
        returns.prepare(tea, "impact-report", returns.ReturnOptions())


def test_an_unknown_return_names_those_there_are(tea):
    with pytest.raises(NotFound, match="attendance-sheet"):
        returns.prepare(tea, "impact", options())


def test_an_activity_that_is_gone_is_said(tea):
    with pytest.raises(NotFound, match="activity"):
        returns.prepare(tea, "impact-report", options(activity_id=1))


def test_one_activity_can_be_asked_for(example):
    from app.storage import activities

    one = activities.listed(example)[0]
    report = returns.prepare(
        example, "impact-report", options(activity_id=one.id, disclosure="internal")
    )
    known = figures.figures(example, YEAR, activity_id=one.id)["figures"]
    assert report.figures["people"]["value"] == known["people"]["value"]
    assert (
        report.figures["attendances"]["value"]
        < figures.figures(example, YEAR)["figures"]["attendances"]["value"]
    )


# --- blocks -----------------------------------------------------------------------------------


def test_blocks_come_only_when_there_is_something_to_say(tea):
    one = filled(
        tea,
        """
        [[blocks]]
        kind = "text"
        when = "volunteers"
        text = "volunteers"
        [[blocks]]
        kind = "text"
        unless = "volunteers"
        text = "none"
        [[blocks]]
        kind = "text"
        when = "people"
        text = "people"
        """,
    )
    assert words(one) == ["none", "people"]


UNSAID = 'kind = "text"\nwhen = "volunteers"\ntext = "words"'
NEXT = 'kind = "heading"\ntext = "Next"'
WITHIN = 'kind = "together"\n[[blocks.blocks]]\nkind = "heading"\nlevel = {}\ntext = "Part"'


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        ([], True),
        (['kind = "text"\ntext = "words"'], True),
        ([UNSAID], False),
        ([NEXT], True),
        (['kind = "question"\nid = "why"\ntext = "Why?"\noptional = true'], True),
        ([UNSAID, NEXT], False),
        ([UNSAID, WITHIN.format(2)], False),
        ([UNSAID, WITHIN.format(3)], True),
    ],
)
def test_a_heading_goes_with_what_it_is_of(tea, after, kept):
    head = 'kind = "heading"\ntext = "Head"'
    one = filled(tea, "".join(f"[[blocks]]\n{block}\n" for block in [head, *after]))
    assert ("Head" in words(one)) is kept


def test_large_numbers_have_labels_that_fit_them(tea):
    one = filled(
        tea,
        """
        [[blocks]]
        kind = "numbers"
        items = [
            { value = "{people}", label = "different {people:person|people}" },
            { value = "{contact_hours}", label = "{contact_hours:hour|hours} together" },
        ]
        """,
    )
    (strip,) = one.blocks
    assert isinstance(strip, BigNumbers)
    assert [(item.value, item.label) for item in strip.items] == [
        ("3", "different people"),
        ("8", "hours together"),
    ]
    assert strip.items[0].source.figure == "people"


_BY_MONTH = '[[blocks]]\nkind = "chart"\nfigure = "attendances"\nby = "month"'


def test_a_chart_has_every_month_with_its_number(tea):
    one = filled(tea, _BY_MONTH)
    (chart,) = one.blocks
    assert isinstance(chart, Chart)
    assert [point.label for point in chart.points][-2:] == ["Oct 26", "Nov 26"]
    assert {point.label: point.value_text for point in chart.points}["Oct 26"] == "4"
    assert chart.summary == "Attendances by month"
    assert "Oct 26: 4" in chart.spoken
    assert chart.spoken.endswith("Nov 26: 0 attendances.")
    year = Period(first=dt.date(2025, 12, 1), last=dt.date(2026, 11, 30))
    (chart,) = filled(tea, _BY_MONTH, period=year).blocks
    assert [point.label for point in chart.points][:2] == ["Dec", "Jan"]


def test_a_chart_of_many_months_is_drawn_by_quarter_and_of_many_years_by_year(tea):
    three = Period(first=dt.date(2023, 11, 4), last=dt.date(2026, 11, 3))
    (chart,) = filled(tea, _BY_MONTH, period=three).blocks
    assert [point.label for point in chart.points][-1] == "Oct–Dec 26"
    assert chart.points[-1].value == 4
    ten = Period(first=dt.date(2016, 11, 4), last=dt.date(2026, 11, 3))
    (chart,) = filled(tea, _BY_MONTH, period=ten).blocks
    assert [point.label for point in chart.points] == [str(year) for year in range(2016, 2027)]
    assert [point.value for point in chart.points] == [0] * 10 + [4]
    quarters = "2026-Q1+2026-Q2+2026-Q3+2026-Q4"
    assert [(p.source.part, p.source.title, p.source.value) for p in chart.points[-1:]] == [
        (quarters, "Attendances: 2026", 4)
    ]


def test_a_year_of_a_chart_is_told_by_all_its_quarters_or_not_at_all(tea):
    for day in (dt.date(2025, 2, 4), dt.date(2025, 8, 5)):
        at = builders.session(tea, day=day)
        for _ in range(30 if day.month == 2 else 3):
            builders.mark(tea, at, builders.person(tea))
    ten = Period(first=dt.date(2016, 11, 4), last=dt.date(2026, 11, 3))
    one = filled(tea, _BY_MONTH, period=ten)
    in_2025 = one.blocks[0].points[-2]
    assert in_2025.value == 33
    assert proof.behind_printed(tea, one, in_2025.source).value == 33
    many, few = ChartPoint(label="", value=30), ChartPoint(label="", value=None, value_text="<5")
    (year,) = by_year(["2025-Q1", "2025-Q3"], [many, few])
    assert (year.value, year.value_text) == (None, "not shown")


def test_a_chart_of_several_figures_has_them_side_by_side(tea):
    one = filled(
        tea,
        """
        [[blocks]]
        kind = "chart"
        draw = "funnel"
        points = [
            { label = "Came", value = "{people}" },
            { label = "New", value = "{people_new}" },
        ]
        """,
    )
    assert [(p.label, p.value, p.quiet) for p in one.blocks[0].points] == [
        ("Came", 3, True),
        ("New", 3, False),
    ]


def test_a_table_has_totals_shares_and_how_it_was_counted(tea):
    one = filled(
        tea,
        """
        [[blocks]]
        kind = "table"
        id = "sex"
        figures = ["people"]
        by = "sex"
        titles = ["People"]
        share = true
        """,
    )
    table = tables(one)["sex"]
    assert [texts(row) for row in table.rows] == [
        ["Female", "0", "0%"],
        ["Male", "0", "0%"],
        ["Prefer not to say", "0", "0%"],
        ["Not asked", "3", "100%"],
    ]
    assert texts(table.total) == ["All", "3", "100%"]
    note = "".join(run.text for run in table.notes[0])
    assert note.startswith("How we counted: 4 Nov 2025 to 3 Nov 2026.")
    assert "Sex was not asked of 3 of 3 (100%)." in note
    assert any("Sex was not asked of 3 of 3 people (100%)" in one for one in one.warnings)


def test_parts_that_overlap_say_so_and_print_the_whole(register):
    who = builders.person(register)
    for name in ("Art", "Boxing"):
        at = builders.session(register, of=builders.activity(register, name=name))
        builders.mark(register, at, who)
    one = filled(
        register, '[[blocks]]\nkind = "table"\nid = "t"\nfigures = ["people"]\nby = "activity"'
    )
    table = tables(one)["t"]
    assert [texts(row) for row in (*table.rows, table.total)] == [
        ["Art", "1"],
        ["Boxing", "1"],
        ["All", "1"],
    ]
    note = "".join(run.text for run in table.notes[0])
    assert "more than one activity: together they are 1 different people" in note


def test_the_largest_come_first_and_the_rest_are_added_together(register):
    at = builders.session(register, day=dt.date(2026, 10, 20))
    for area, many in (("Oak", 1), ("Elm", 3), ("Ash", 2), ("", 1)):
        for _ in range(many):
            builders.mark(register, at, builders.person(register, area=area))
    blocks = """
        [[blocks]]
        kind = "table"
        id = "t"
        figures = ["people"]
        by = "area"
        order = "largest"
        most = {most}
        merge = {merge}
        """
    plain = filled(register, blocks.format(most=0, merge="false"))
    assert [texts(row) for row in tables(plain)["t"].rows] == [
        ["Elm", "3"],
        ["Ash", "2"],
        ["Oak", "1"],
        ["Not recorded", "1"],
    ]
    short = filled(register, blocks.format(most=1, merge="true"))
    assert [texts(row) for row in tables(short)["t"].rows] == [
        ["Elm", "3"],
        ["Other areas", "3"],
        ["Not recorded", "1"],
    ]
    cut = filled(register, blocks.format(most=1, merge="false"))
    assert [texts(row) for row in tables(cut)["t"].rows] == [["Elm", "3"], ["Not recorded", "1"]]
    assert "2 more with fewer are not listed" in "".join(r.text for r in tables(cut)["t"].notes[0])


def test_cancelled_sessions_are_listed_with_their_reasons(register):
    from app.services import activities

    for day, reason in ((6, "hall_closed"), (13, "hall_closed"), (20, "weather")):
        activities.cancel_session(
            register, builders.session(register, day=dt.date(2026, 10, day)), reason
        )
    one = filled(
        register,
        '[[blocks]]\nkind = "list"\nof = "cancelled-reasons"\n[[blocks]]\nkind = "list"\nof = "cancelled"',
    )
    assert words(one) == ["Three sessions cancelled: hall closed (2), weather (1)."]
    assert ["".join(run.text for run in item) for item in one.blocks[1].items] == [
        "Tea Club: hall closed, Tue 6 Oct 2026, Tue 13 Oct 2026",
        "Tea Club: weather, Tue 20 Oct 2026",
    ]


def test_with_nothing_cancelled_the_list_says_so(tea):
    one = filled(
        tea,
        '[[blocks]]\nkind = "list"\nof = "cancelled-reasons"\nempty = "All {sessions_held} ran."',
    )
    assert words(one) == ["All 2 ran."]


def test_blocks_can_stand_side_by_side_and_hold_together(tea):
    one = filled(
        tea,
        """
        [[blocks]]
        kind = "columns"
        share = 0.4
        [[blocks.left]]
        kind = "text"
        text = "left"
        [[blocks.right]]
        kind = "together"
        [[blocks.right.blocks]]
        kind = "note"
        text = "right"
        """,
    )
    (columns,) = one.blocks
    assert isinstance(columns, TwoColumns)
    assert isinstance(columns.right[0], KeepTogether)
    assert words(one) == ["left", "right"]


def test_parts_are_said_in_sentences(tea):
    one = filled(
        tea,
        """
        [[blocks]]
        kind = "text"
        text = "{people/sex[not_asked]} not asked ({people/sex[not_asked].share}), {people/sex[male]} men"
        [[blocks]]
        kind = "text"
        text = "Most in {attendances/month.highest_label}: {attendances/month.highest}; fewest {attendances/month.lowest}."
        """,
    )
    assert words(one) == [
        "3 not asked (100%), 0 men",
        "Most in October 2026: 4; fewest 0.",
    ]


# --- what the group says of itself ------------------------------------------------------------


def test_facts_of_the_group_are_printed(register):
    settings.save(
        register, Settings(group_name="Tea & Co", tagline="Tea, mostly", contact="Ann, 01525 1")
    )
    one = filled(
        register,
        '[[blocks]]\nkind = "text"\ntext = "{group} · {tagline} · {contact} · {period} · {activity} · {counted}"',
    )
    assert words(one) == [
        "Tea & Co · Tea, mostly · Ann, 01525 1 · 4 November 2025 to 3 November 2026 · All activities · 4 November 2026"
    ]
    assert one.group == one.author == "Tea & Co"
    assert one.title == "Mine: Tea & Co, 4 November 2025 to 3 November 2026"


def test_a_logo_that_is_no_picture_is_left_out(register):
    settings.save(register, Settings(group_name="Tea", logo="not base 64!"))
    assert filled(register, NUMBERS).logo is None


# --- warnings ---------------------------------------------------------------------------------


def test_a_period_that_is_not_over_is_warned_of(tea):
    later = Period(first=dt.date(2026, 10, 1), last=dt.date(2026, 12, 31))
    one = filled(tea, NUMBERS + '[[blocks]]\nkind = "how"', period=later)
    sentence = (
        "The period is not finished: it ends on 31 December 2026, and this was counted on "
        "4 November 2026."
    )
    assert sentence in one.warnings
    assert any(sentence in said for said in words(one))


def test_a_period_to_come_is_warned_of(tea):
    future = Period(first=dt.date(2027, 1, 1), last=dt.date(2027, 12, 31))
    warnings = filled(tea, NUMBERS, period=future).warnings
    assert "The period has not begun: it starts on 1 January 2027." in warnings


def test_sessions_without_times_or_marks_are_warned_of(register):
    untimed = builders.activity(register, name="Chat", start_time=None, end_time=None)
    at = builders.session(register, of=untimed, day=dt.date(2026, 10, 20))
    builders.mark(register, at, builders.person(register))
    builders.session(register, of=untimed, day=dt.date(2026, 10, 27))
    warnings = filled(register, NUMBERS).warnings
    assert (
        "1 session has no times, so it adds no hours. Give the times and count again." in warnings
    )
    assert any(
        one.startswith("1 session has nothing entered, so it is not counted") for one in warnings
    )


def test_a_book_that_begins_inside_the_period_is_warned_of(tea):
    assert any("The book begins on 20 October 2026" in one for one in filled(tea, NUMBERS).warnings)
    inside = Period(first=dt.date(2026, 10, 21), last=dt.date(2026, 10, 30))
    assert not any("begins" in one for one in filled(tea, NUMBERS, period=inside).warnings)


def test_a_pretend_group_is_marked(example):
    one = returns.prepare(example, "impact-report", options())
    assert one.pretend
    assert "This is a pretend group: everybody in it is made up." in one.warnings


# --- questions --------------------------------------------------------------------------------

QUESTION = """
[[blocks]]
kind = "question"
id = "difference"
text = "What difference did it make to {people:nobody|one person|# people}?"
prompt = "Say what changed."
words_from = 3
words_to = 6
draft = "{people} people came."
[[blocks]]
kind = "question"
id = "short"
text = "In few letters"
letters_to = 10
"""


def test_an_answer_is_printed_and_counted_both_ways(tea):
    one = filled(tea, QUESTION, answers={"difference": "People at B&YC smiled.", "short": "Yes."})
    assert words(one) == [
        "What difference did it make to 3 people?",
        "People at B&YC smiled.",
        "5 of 6 words",
        "In few letters",
        "Yes.",
        "4 of 10 letters",
    ]


def test_a_prompt_helps_to_write_and_leaves_when_there_is_an_answer(tea):
    assert "Say what changed." in words(filled(tea, QUESTION))
    assert "Say what changed." not in words(filled(tea, QUESTION, answers={"difference": "Much."}))


def test_an_answer_is_kept_with_its_counts(tea):
    one = filled(tea, QUESTION, answers={"difference": "People at B&YC smiled.", "short": "Yes."})
    answer = one.answers["difference"]
    assert (answer["words"], answer["words_strict"], answer["is_draft"]) == (4, 5, False)
    assert not [warning for warning in one.warnings if "“" in warning]


def test_without_an_answer_the_draft_stands_with_our_numbers_in_it(tea):
    one = filled(tea, QUESTION)
    assert "3 people came." in words(one)
    assert "Not answered yet." in words(one)
    assert one.answers["difference"]["is_draft"]
    assert "“What difference did it make to 3 people?” is not answered yet." in one.warnings


@pytest.mark.parametrize(
    ("answers", "warning"),
    [
        ({"difference": "one two three four five six seven"}, "one word over its limit of 6"),
        ({"difference": "It worked."}, "has 2 words and asks for 3 or more"),
        ({"short": "Too many letters"}, "6 letters over its limit of 10"),
        (
            {"typo": "x"},
            "There is no question called typo here. The questions are: difference, short.",
        ),
    ],
)
def test_limits_are_warned_of_by_the_stricter_count(tea, answers, warning):
    assert any(warning in one for one in filled(tea, QUESTION, answers=answers).warnings)


def test_a_five_thousand_word_answer_still_comes_out(tea):
    long = ("word " * 4_999 + "end").strip()
    one = filled(tea, QUESTION, answers={"difference": long})
    rendered = returns.render_pdf(one)
    assert rendered.pages > 5
    assert one.answers["difference"]["words"] == 5_000


def test_the_moment_is_the_registers_own_when_none_is_given(tea):
    one = returns.prepare(tea, "impact-report", returns.ReturnOptions(period=YEAR))
    assert one.counted_at == tea.now()
    assert returns.prepare(tea, "impact-report", options()).counted_at == COUNTED


def test_letters_that_no_face_has_are_named_before_printing(register):
    at = builders.session(register, day=dt.date(2026, 10, 20))
    for name in ("Abebe", "አበበ", "Łukasz"):
        builders.mark(register, at, builders.person(register, name, ""))
    one = returns.prepare(register, "attendance-sheet", options())
    assert [warning for warning in one.warnings if "letters" in warning] == [
        "“አበበ” has letters that cannot be printed: አ በ. Boxes stand for them."
    ]


LEFT_OUT = """
[[blocks]]
kind = "text"
text = "{people} people."
[[blocks]]
kind = "together"
when = "volunteers"
[[blocks.blocks]]
kind = "text"
text = "{volunteer_hours} hours."
[[blocks]]
kind = "how"
"""


def test_only_what_is_printed_is_explained(register):
    builders.mark(register, builders.session(register), builders.person(register))
    explained = tables(filled(register, LEFT_OUT))["how-we-counted"].rows
    assert [texts(row)[0] for row in explained] == ["People"]


RATES = """
[[blocks]]
kind = "table"
id = "activities"
figures = ["attendances", "contact_hours", "capacity_used"]
by = "activity"
"""


def test_places_of_sessions_without_any_are_of_nothing(register):
    builders.mark(register, builders.session(register), builders.person(register))
    table = tables(filled(register, RATES, disclosure="funder"))["activities"]
    assert texts(table.rows[0])[1:] == ["not shown", "not shown", ""]
    assert "over 0" not in plain(table.notes[0])
