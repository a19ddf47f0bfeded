"""Whatever way a register is written, the same days and marks are read out of it."""

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.attendance import Mark
from app.importers.base import MARKS, Options
from app.services.imports import read_plan

TODAY = dt.date(2026, 11, 3)
NOTATIONS = {
    "d/m/Y": lambda d: f"{d.day}/{d.month}/{d.year}",
    "dd.mm.YYYY": lambda d: f"{d:%d.%m.%Y}",
    "d Mon Y": lambda d: f"{d.day} {d:%b} {d.year}",
    "Day dth Month": lambda d: f"{d:%a} {d.day}th {d:%B}",
    "d Mon": lambda d: f"{d.day} {d:%b}",
    "d/m": lambda d: f"{d.day}/{d.month}",
    "ISO": lambda d: d.isoformat(),
    "Mon d, Y": lambda d: f"{d:%B} {d.day}, {d.year}",
}
WRITTEN = {
    Mark.PRESENT: ("x", "X", "1", "P", "yes", "✓"),
    Mark.LATE: ("L", "late"),
    Mark.ABSENT: ("N", "no"),
    Mark.APOLOGY: ("Ap", "apologies"),
    None: ("", " "),
}

terms = st.builds(
    lambda first, weeks: [first + dt.timedelta(weeks=i) for i in range(weeks)],
    st.dates(dt.date(2012, 1, 1), dt.date(2025, 6, 1)),
    st.integers(6, 14),
)


@st.composite
def registers(draw):
    days = draw(terms)
    people = draw(st.integers(1, 6))
    cells = draw(
        st.lists(
            st.lists(
                st.sampled_from(list(WRITTEN)).flatmap(
                    lambda m: st.tuples(st.just(m), st.sampled_from(WRITTEN[m]))
                ),
                min_size=len(days), max_size=len(days),
            ),
            min_size=people, max_size=people,
        )
    )  # fmt: skip
    return days, cells


def read_back(path, days):
    plan = read_plan("attendance", path, Options(today=TODAY, year=days[0].year))
    # Ticks and crosses without a blank are asked about, and are read as present until then.
    assert [q for q in plan.questions if not q.default and q.kind != "marks"] == []
    marks = zip(plan.marks.session, plan.marks.person, plan.marks.mark, strict=True)
    found = {(plan.sessions[s].day, plan.people[p].draft.given_name): MARKS[m] for s, p, m in marks}
    return [row.day for row in plan.sessions], found


def expected(days, cells):
    return {
        (day, f"Person{number}"): mark
        for number, row in enumerate(cells)
        for day, (mark, _) in zip(days, row, strict=True)
        if mark is not None
    }


@pytest.mark.parametrize("notation", NOTATIONS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(register=registers())
def test_a_csv_register_comes_back(notation, register, tmp_path):
    days, cells = register
    write = NOTATIONS[notation]
    path = tmp_path / "register.csv"
    lines = [["Name", *map(write, days)]]
    lines += [[f"Person{n} Smith", *(text for _, text in row)] for n, row in enumerate(cells)]
    path.write_text(
        "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines) + "\n", encoding="utf-8"
    )
    assert read_back(path, days) == (days, expected(days, cells))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    register=registers(), epoch_1904=st.booleans(), months=st.booleans(), titles=st.integers(0, 4)
)
def test_a_workbook_register_comes_back(register, epoch_1904, months, titles, tmp_path):
    days, cells = register
    path = write_workbook(tmp_path / "register.xlsx", days, cells, epoch_1904, months, titles)
    assert read_back(path, days) == (days, expected(days, cells))


def write_workbook(path: Path, days, cells, epoch_1904, months, titles):
    book = xlsxwriter.Workbook(str(path), {"date_1904": epoch_1904})
    sheet = book.add_worksheet("Register")
    for row in range(titles):
        sheet.write(row, 0, ["Yoga", "Thursdays in the hall", "", "Leader: Sue"][row])
    head = titles + 1
    sheet.write(head, 0, "Name")
    day_format = book.add_format({"num_format": "dd/mm/yyyy"})
    for column, day in enumerate(days, start=1):
        if months:
            if column == 1 or day.month != days[column - 2].month:
                sheet.write(head - 1, column, f"{day:%B}")
            sheet.write(head, column, day.day)
        else:
            sheet.write_datetime(head, column, dt.datetime.combine(day, dt.time()), day_format)
    for number, row in enumerate(cells):
        sheet.write(head + 1 + number, 0, f"Person{number} Smith")
        for column, (_, text) in enumerate(row, start=1):
            if text.strip():
                sheet.write(head + 1 + number, column, text)
    book.close()
    return path
