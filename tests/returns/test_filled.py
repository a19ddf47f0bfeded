import json

from app.returns.filled import (
    Cell,
    Chart,
    ChartKind,
    ChartPoint,
    FilledReturn,
    KeepTogether,
    Run,
    Table,
    bold,
    plain,
    row,
    text,
)
from tests.returns.builders import attendance_sheet, filled, impact_report, money_table


def test_json_has_what_the_command_line_promises():
    made = impact_report(
        answers={"what_changed": "People stay."}, warnings=("One number is hidden.",)
    ).as_json(pages=1)
    read = json.loads(json.dumps(made))
    assert set(read) == {"id", "figures", "tables", "answers", "warnings", "disclosure", "pages"}
    assert read["figures"] == {"people": {"value": 84, "unit": "people"}}
    assert read["answers"] == {"what_changed": "People stay."}
    assert read["warnings"] == ["One number is hidden."]
    assert (read["disclosure"], read["pages"]) == ("funder", 1)


def test_json_tables_are_those_that_are_printed():
    funds = impact_report().as_json(pages=None)["tables"][1]
    assert funds["id"] == "funds"
    assert funds["columns"] == ["Fund", "Brought forward", "Received", "Spent", "Left"]
    assert funds["rows"][-1] == ["All funds", "£1,188.44", "£3,364.00", "£3,149.84", "£1,402.60"]


def test_json_shows_tick_boxes_as_letters():
    [people] = attendance_sheet(["Begum, Shaheda"]).as_json(pages=1)["tables"]
    assert people["rows"][0] == ["1", "☐", "Begum, Shaheda", "", ""]


def test_tables_given_by_the_filler_replace_those_of_the_blocks():
    made = filled(money_table(), tables=({"id": "own"},)).as_json(pages=1)
    assert made["tables"] == [{"id": "own"}]


def test_walk_finds_blocks_inside_blocks_in_reading_order():
    kinds = [type(block).__name__ for block in impact_report().walk()]
    at = kinds.index("TwoColumns")
    assert kinds[at + 1 : at + 6] == ["Heading", "Chart", "Note", "Heading", "Table"]
    held = filled(KeepTogether(blocks=(money_table(),)))
    assert [type(block) for block in held.walk()] == [KeepTogether, Table]


def test_alternative_text_of_a_chart_holds_every_number_and_hides_what_is_hidden():
    chart = Chart(
        kind=ChartKind.BARS,
        points=(
            ChartPoint(label="May", value=1234.0),
            ChartPoint(label="June", value=None, value_text="fewer than 5"),
            ChartPoint(label="July", value=None),
            ChartPoint(label="August", value=264, value_text="£2.64"),
        ),
        summary="Attendances by month.",
        unit="attendances",
    )
    assert chart.spoken == (
        "Attendances by month. May: 1,234 attendances; June: fewer than 5; July: not shown; "
        "August: £2.64 attendances."
    )


def test_chart_without_points_says_so():
    chart = Chart(kind=ChartKind.LINE, points=(), summary="Attendances")
    assert chart.spoken == "Attendances. There is nothing to show."


def test_names_do_not_appear_in_a_printed_record():
    sheet = attendance_sheet(["Begum, Shaheda"])
    assert "Shaheda" not in repr(sheet)
    assert "Shaheda" not in repr(Cell(text="Shaheda"))
    assert "Shaheda" not in repr(Run(text="Shaheda"))


def test_text_is_made_of_plain_and_bold_parts():
    runs = text("Of ", bold("38"), " people")
    assert plain(runs) == "Of 38 people"
    assert [run.bold for run in runs] == [False, True, False]
    assert row("a", Cell(text="b", bold=True))[1].bold


def test_a_filled_return_can_be_compared():
    assert impact_report() == impact_report()
    assert isinstance(impact_report(), FilledReturn)
