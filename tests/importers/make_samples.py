"""Write the sample spreadsheets in tests/data/importers: how groups really keep people and registers.

Run by hand (python -m tests.importers.make_samples) when a sample is added; everybody is pretend.
"""

# ruff: noqa: DTZ001 - cells of spreadsheets have no time zone
import datetime as dt
from pathlib import Path

import xlsxwriter
import xlwt
from odf import table as odf_table
from odf import text as odf_text
from odf.opendocument import OpenDocumentSpreadsheet

DATA = Path(__file__).parents[1] / "data" / "importers"
PEOPLE, ATTENDANCE = DATA / "people", DATA / "attendance"


def text(path: Path, content: str, encoding: str = "utf-8", newline: str = "\n") -> None:
    path.write_bytes(content.replace("\n", newline).encode(encoding))


def book(path: Path, **options):
    made = xlsxwriter.Workbook(str(path), options)
    made.set_properties({"created": dt.datetime(2024, 1, 1)})
    return made


# --- people --------------------------------------------------------------------------------------


def people_samples() -> None:
    text(
        PEOPLE / "titles_and_totals.csv",
        "Thursday Art Group - members list 2024,,,,,,,,\n"
        "Kept by Sue. Please do not share.,,,,,,,,\n"
        ",,,,,,,,\n"
        "No,Name,DOB,Tel,Postcode,Ethnicity,Disabled?,Emergency contact,Emergency tel\n"
        '1,"Smith, Jane",03/04/1950,7700900123,lu71ab,White British,Y,Sue Smith,1525123456\n'
        "2,Mrs Maureen O'Brien,17/9/1944,01525 123456,LU7 1AB,Irish,N,,\n"
        "3,Margaret (Peggy) Bell,31/02/1950,,,White,,,\n"
        ",,,,,,,,\n"
        "4,Tariq Hussain,2/5/2031,,,Pakistani,,,\n"
        "5,Jane Smith,03/04/1950,,,,,,\n"
        "Total,5,,,,,,,\n"
        "Please return to Sue.,,,,,,,,\n",
    )
    text(
        PEOPLE / "windows_1252_semicolons.csv",
        "Surname;First name;Date of birth;Email;Town\n"
        "Müller;Zoë;25/12/1961;zoe@example.org;Leighton Buzzard\n"
        "O’Brien;Siân;01/02/1959;sian@example.org;Linslade\n"
        "García;José;03/04/1988;;Luton\n",
        "cp1252", "\r\n",
    )  # fmt: skip
    text(
        PEOPLE / "mac_roman_cr_only.csv",
        "Name,Born,Mobile\nZoë Müller,1961,07700 900 111\nSeán Ó Briain,1950,+44 7700 900112\n",
        "mac_roman", "\r",
    )  # fmt: skip
    text(
        PEOPLE / "utf16_tabs.txt",
        "First name\tLast name\tDate joined\tNotes\n"
        "Priya\tPatel\t5 Sep 2023\tLikes the front row\n"
        "গীতা\tচৌধুরী\t12 Sep 2023\t\n"
        "Łukasz\tWójcik\t3-Oct-23\tBrings “biscuits”\n",
        "utf-16", "\r\n",
    )  # fmt: skip
    text(
        PEOPLE / "bom_and_sep_line.csv",
        "\ufeffsep=;\nFull name;Age band;Gender;Role\nAnn Lee;65-74;F;Volunteer\n"
        "Bob Day (V);75+;M;\nCarol Ng;under 65;prefer not to say;Member\nDan Fox;200;x;\n",
    )
    text(
        PEOPLE / "american_dates.csv",
        "Name,Date of Birth,Joined\nAnn Lee,12/31/1950,09/03/2023\nBob Day,07/04/1944,09/10/2023\n",
    )
    text(
        PEOPLE / "dates_that_can_be_both.csv",
        "Name,Date of Birth\nAnn Lee,03/04/1950\nBob Day,07/04/1944\n",
    )
    text(PEOPLE / "names_only.csv", "Jane Smith\nTariq Hussain\nMaureen O'Brien\n李 小明\n")
    text(
        PEOPLE / "same_name_two_people.csv",
        "Name,DOB,Postcode\nMary Jones,13/04/1950,LU7 1AB\nMary Jones,22/06/1981,LU1 2CD\n"
        "mary  JONES,13/04/1950,\nJohn Jones,14/05/1950,\n",
    )
    text(
        PEOPLE / "formula_guards.csv",
        "Name,Notes,Phone\n'=Ann Lee,'+ sings,'+44 7700 900123\n-,,\n'@home,,\n",
    )
    _people_two_row_header()
    _people_numbers_lost_their_nought()
    _people_serial_dates_1904()
    _people_ods()


def _people_two_row_header() -> None:
    made = book(PEOPLE / "two_row_header.xlsx")
    sheet = made.add_worksheet("Members")
    sheet.merge_range("A1:H1", "Stay and Play – families 2025")
    sheet.merge_range("A3:B3", "Child")
    sheet.merge_range("E3:G3", "Emergency contact")
    sheet.write_row(
        "A4",
        [
            "First name",
            "Surname",
            "DOB",
            "Allergies / medical",
            "Name",
            "Relationship",
            "Tel no",
            "Photo consent",
        ],
    )
    day = made.add_format({"num_format": "dd/mm/yyyy"})
    rows = [
        ("Amira", "Khan", dt.date(2021, 3, 4), "Nuts", "Sana Khan", "Mum", "07700 900141", "Y"),
        ("Ben", "Cole", dt.date(2022, 11, 30), "", "Joe Cole", "Dad", "07700 900142", "N"),
        ("Chloe", "Ng", dt.date(2020, 2, 29), "Asthma", "Mei Ng", "Gran", "07700 900143", "Y"),
    ]
    for number, row in enumerate(rows, start=4):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(number, column, dt.datetime.combine(value, dt.time()), day)
            else:
                sheet.write(number, column, value)
    sheet.write("A9", "Total children: 3")
    hidden = made.add_worksheet("Old members")
    hidden.write_row("A1", ["First name", "Surname"])
    hidden.write_row("A2", ["Gone", "Away"])
    hidden.hide()
    made.close()


def _people_numbers_lost_their_nought() -> None:
    made = book(PEOPLE / "numbers_lost_their_nought.xlsx")
    sheet = made.add_worksheet("Sheet1")
    sheet.write_row(
        "A1", ["Name", "Phone", "Home phone", "Year of birth", "Carer", "Disability", "Ethnicity"]
    )
    sheet.write_row(
        "A2",
        [
            "Ann Lee",
            7700900123,
            1525123456,
            1950,
            "Yes",
            "Yes, a lot",
            "Asian or Asian British - Pakistani",
        ],
    )
    sheet.write_row(
        "A3", ["Bob Day", "07700 900 124", "", 1944, "No", "No", "Black/Black British - Caribbean"]
    )
    sheet.write_row("A4", ["Carol Ng", "ask Sue", "", "c. 1960", "", "", "pnts"])
    made.close()


def _people_serial_dates_1904() -> None:
    made = book(PEOPLE / "serial_dates_1904.xlsx", date_1904=True)
    sheet = made.add_worksheet("Members")
    sheet.write_row("A1", ["Name", "DOB", "Joined"])
    # Bare numbers, as when the column lost its format: counted from 1904 in this workbook.
    joined = (dt.date(2023, 9, 5) - dt.date(1904, 1, 1)).days
    born = (dt.date(1950, 4, 3) - dt.date(1904, 1, 1)).days
    sheet.write_row("A2", ["Ann Lee", born, joined])
    sheet.write("A3", "Bob Day")
    sheet.write_datetime("B3", dt.datetime(1944, 9, 17), made.add_format({"num_format": "d/m/yy"}))
    made.close()


def _people_ods() -> None:
    document = OpenDocumentSpreadsheet()
    sheet = odf_table.Table(name="People")
    document.spreadsheet.addElement(sheet)
    for row in (
        ("Walking group – who is who",), (),
        ("Name", "Known as", "DOB", "Area"),
        ("Elizabeth Windle", "Betty", dt.date(1939, 5, 6), "Linslade"),
        ("Gurpreet Kaur", "", dt.date(1971, 8, 9), "Luton"),
    ):  # fmt: skip
        line = odf_table.TableRow()
        for value in row:
            if isinstance(value, dt.date):
                cell = odf_table.TableCell(valuetype="date", datevalue=value.isoformat())
            else:
                cell = odf_table.TableCell(valuetype="string")
                cell.addElement(odf_text.P(text=value))
            line.addElement(cell)
        sheet.addElement(line)
    document.save(str(PEOPLE / "known_as.ods"))


# --- attendance ----------------------------------------------------------------------------------


def attendance_samples() -> None:
    text(
        ATTENDANCE / "marks_of_many_hands.csv",
        "Lunch Club register 2024\nDate,,04/09/2024,11/09/2024,18/09/2024,25/09/2024,02/10/2024,,\n"
        "First name,Surname,,,,,,Total,%\n"
        "Jane,Smith,x,1,P,,yes,4,80%\nTariq,Hussain,✓,,L,,A,2,40%\n"
        "Maureen,O'Brien,Y,y,X,,✔,4,80%\nPriya,Patel,,apols,n,,TRUE,1,20%\n"
        "No. present,,3,2,3,,3,,\nAverage,,,,,,2.75,,\n"
        "25th Sept: hall locked - no register taken,,,,,,,,\n",
    )
    text(
        ATTENDANCE / "no_year_autumn.csv",
        "Walking group 2023-24\n\nName,Tue 3rd Oct,Tue 10 Oct,Tue 19 Dec,Tue 2nd Jan,Tue 9 Jan\n"
        "Jane Smith,x,x,,x,x\nTom,x,,x,,x\n",
    )
    text(
        ATTENDANCE / "no_year_at_all.csv",
        "Name,3 Sep,10 Sep,17 Sep,7 Jan\nJane Smith,x,x,,x\n",
    )
    text(
        ATTENDANCE / "dates_that_can_be_both.csv",
        "Name,03/04/2024,05/06/2024\nJane Smith,x,x\n",
    )
    text(
        ATTENDANCE / "weekly_settles_it.csv",
        "Name,02/07/2024,09/07/2024,06/08/2024\nJane Smith,x,x,x\nAnn Lee,,x,\n",
    )
    text(
        ATTENDANCE / "american_grid.csv",
        "Name,9/3/24,9/10/24,9/17/24,10/1/24\nJane Smith,x,x,x,\nAnn Lee,,x,x,x\n",
    )
    text(
        ATTENDANCE / "impossible_days.csv",
        "Name,01/02/2024,31/02/2024,15/02/1026,22/02/2024,29/02/2032\nJane Smith,x,x,x,x,x\n",
    )
    text(
        ATTENDANCE / "with_a_key.csv",
        "Yoga – Spring 2025\nKey: / = present  O = absent  A = apologies  V = volunteer\n"
        "Name,7 Jan,14 Jan,21 Jan\nJane Smith,/,O,/\nTariq Hussain,A,/,/\nSue Day,V,V,A\n",
    )
    text(
        ATTENDANCE / "ticks_and_crosses.csv",
        "Chair exercise 2025\nName,07/01/2025,14/01/2025,21/01/2025\n"
        "Jane Smith,✓,✗,✓\nAnn Lee,✓,x,✓\nBob Day,x,✓,✓\n",
    )
    text(
        ATTENDANCE / "guests_and_volunteers.csv",
        "Community café – 2025\nName,Mon 3 Feb,Mon 10 Feb,Mon 17 Feb\n"
        "Jane Smith,x,x,HALF TERM\nTariq Hussain,,x,\n,,,\nVolunteers,,,\nSue Day,x,x,\n"
        "Bob Day (leader),x,,\n,,,\nGuests,4,2,\nTotal,7,5,0\n",
    )
    text(
        ATTENDANCE / "long_list.csv",
        "Attendance log\nDate,Activity,Name,Status,Start,End\n"
        "03/09/2024,Lunch club,Jane Smith,Present,12:00,14:00\n,,Tariq Hussain,L,,\n,,Total,2,,\n"
        "10/09/2024,Lunch club,Jane Smith,A,12:00,14:00\n17/09/2024,Yoga,Jane Smith,P,6pm,7.30pm\n"
        "17/09/2024,Yoga,Jane Smith,L,6pm,7.30pm\n31/09/2024,Yoga,Bob,P,6pm,5pm\n"
        "3/9/1026,Yoga,Bob,P,6pm,5pm\n17/09/2024,Yoga,Bob,zz,6pm,7.30pm\n",
    )
    text(
        ATTENDANCE / "long_list_iso.csv",
        "Timestamp,First Name,Last Name,Group,Role\n2024-09-03T18:30:00,Jane,Smith,Choir,participant\n"
        "2024-09-03T18:30:00,Sue,Day,Choir,volunteer\n2024-09-10T18:30:00,Jane,Smith,Choir,participant\n",
    )
    text(
        ATTENDANCE / "head_again_and_next_term.csv",
        "Craft table\nAutumn 2024\nName,12/09/2024,19/09/2024\nJane Smith,x,x\nAnn Lee,x,\n"
        "Name,12/09/2024,19/09/2024\nTom Fox,,x\nTotal,2,2\n\nSpring 2025\n"
        "Name,09/01/2025,16/01/2025,23/01/2025\nJane Smith,x,,x\nAnn Lee,x,x,\nTom Fox,,,\n",
    )
    text(
        ATTENDANCE / "sign_in_times_and_initials.csv",
        "Men's shed,2025\nName,04/03/2025,11/03/2025,25/03/2025\n"
        "John Barker,10:05,JB,10:00\nAlan Price,,AP,9.45\nRoy Fox,10:15,,RF\n",
    )
    text(
        ATTENDANCE / "words_beside_dates.csv",
        "Toddlers group 2025\n,Week 1 6/5/2025,Week 2 13/5/2025,20/5/2025 (no volunteers),27 May - half term,"
        "3rd June 10-11.30am\nAmira,x,x,,,x\nBen,,x,,,x\nAmira,,,,,\n",
    )
    text(
        ATTENDANCE / "serial_numbers_1900.csv",
        "Bingo,,,\nName,45538,45545,45552\nJane Smith,x,,x\nAnn Lee,,x,x\n",
    )
    text(
        ATTENDANCE / "serial_numbers_1904.csv",
        "Bingo autumn 2024,,,\nName,44076,44083,44090\nJane Smith,x,,x\nAnn Lee,,x,x\n",
    )
    _attendance_sheet_per_session()
    _attendance_months_over_days()
    _attendance_old_excel()
    _attendance_day_numbers_in_a_month()
    _attendance_half_turned()
    _attendance_letters_down()
    _attendance_list_merged_dates()
    _attendance_sheet_per_activity()


def _attendance_months_over_days() -> None:
    made = book(ATTENDANCE / "months_over_days.xlsx")
    bold = made.add_format({"bold": True, "align": "center"})
    sheet = made.add_worksheet("Autumn 2024")
    sheet.merge_range("A1:J1", "Thursday Art Group – attendance register Autumn 2024", bold)
    sheet.write("A2", "Thursdays 2-4pm, Methodist Hall")
    sheet.write("A3", "X = present, A = apologies, L = late")
    sheet.merge_range("D5:F5", "Sept", bold)
    sheet.merge_range("G5:I5", "Oct", bold)
    sheet.write_row("A6", ["No", "First name", "Surname", 5, 12, 19, 3, 10, 17, "Total"])
    for number, row in enumerate((
        (1, "Jane", "Smith", "x", "X", "", "x", "L", "", 4),
        (2, "Tariq", "Hussain", "x", "A", "", "", "x", "", 2),
        (3, "Maureen (Mo)", "O'Brien", "", "", "", "x", "x", "", 2),
    )):  # fmt: skip
        sheet.write_row(6 + number, 0, row)
    sheet.write_row(10, 0, ["", "Volunteers"])
    sheet.write_row(11, 0, [1, "Brenda", "Jones", "x", "x", "", "x", "x", "", 4])
    sheet.write_row(13, 1, ["Guests", "", 2, "", "", 1, "", ""])
    sheet.write_row(14, 1, ["Total", "", 5, 3, 0, 4, 4, 0])
    sheet.write(16, 0, "19th Sept: no register, Sue was away. Please send to Brenda.")
    spring = made.add_worksheet("Spring 2025")
    spring.write(1, 0, "Name")
    day = made.add_format({"num_format": "d mmm"})
    for week in range(4):
        spring.write_datetime(1, 1 + week, dt.datetime(2025, 1, 9) + dt.timedelta(weeks=week), day)
    spring.write_row(2, 0, ["Jane Smith", "x", "", "x", "BANK HOLIDAY"])
    spring.write_row(3, 0, ["Smith, Tom", "", "x", "x", ""])
    spring.write_row(4, 0, ["Hussain, Tariq", 1, "P", "yes", ""])
    made.add_worksheet("Notes").write("A1", "Remember to book the hall")
    made.close()


def _attendance_old_excel() -> None:
    made = xlwt.Workbook()
    sheet = made.add_sheet("Bingo 2019-20")
    day = xlwt.easyxf(num_format_str="DD/MM/YY")
    sheet.write_merge(0, 0, 0, 5, "Bingo 2019-20")
    sheet.write(2, 0, "Surname")
    sheet.write(2, 1, "Forename")
    for week in range(4):
        sheet.write(2, 2 + week, dt.date(2019, 12, 17) + dt.timedelta(weeks=week), day)
    for number, row in enumerate(
        (("Smith", "Jane", 1, 1, "", 1), ("Hussain", "Tariq", 1, 0, "", 1))
    ):
        for column, value in enumerate(row):
            sheet.write(3 + number, column, value)
    made.save(str(ATTENDANCE / "old_excel.xls"))


def _attendance_day_numbers_in_a_month() -> None:
    made = book(ATTENDANCE / "day_numbers_in_a_month.xlsx")
    sheet = made.add_worksheet("March 2025")
    sheet.write("A1", "Youth club – March 2025")
    sheet.write_row("A2", ["", "Mon", "Wed", "Mon", "Wed"])
    sheet.write_row("A3", ["Name", 3, 5, 10, 12])
    sheet.write_row("A4", ["Amira Khan", "x", "x", "", "x"])
    sheet.write_row("A5", ["Ben Cole", "", "x", "", "x"])
    made.close()


def _attendance_half_turned() -> None:
    """British dates typed into a spreadsheet set to American ones: half became dates, turned round."""
    made = book(ATTENDANCE / "half_turned_dates.xlsx")
    sheet = made.add_worksheet("Sheet1")
    sheet.write("A1", "Name")
    day = made.add_format({"num_format": "mm/dd/yyyy"})
    sheet.write_datetime("B1", dt.datetime(2024, 3, 9), day)  # meant as 3 September
    sheet.write_datetime("C1", dt.datetime(2024, 10, 9), day)  # meant as 10 September
    sheet.write("D1", "17/09/2024")
    sheet.write("E1", "24/09/2024")
    sheet.write_datetime("F1", dt.datetime(2024, 1, 10), day)  # meant as 1 October
    sheet.write_row("A2", ["Jane Smith", "x", "x", "x", "", "x"])
    sheet.write_row("A3", ["Ann Lee", "", "x", "x", "x", "x"])
    made.close()


def _attendance_letters_down() -> None:
    made = book(ATTENDANCE / "letters_down_a_column.xlsx")
    sheet = made.add_worksheet("Summer 2024")
    sheet.write("A1", "Knit & Natter")
    sheet.write_row("A2", ["Name", "13 May", "20 May", "27 May", "3 June"])
    names = [
        "Jane Smith",
        "Ann Lee",
        "Bob Day",
        "Carol Ng",
        "Dan Fox",
        "Eve Orr",
        "Fay Ash",
        "Gus Hay",
        "Hal Ives",
    ]
    for number, (name, letter) in enumerate(zip(names, "CANCELLED", strict=True)):
        sheet.write_row(2 + number, 0, [name, "x" if number % 2 else "", "x", letter, "x"])
    made.close()


def _attendance_list_merged_dates() -> None:
    made = book(ATTENDANCE / "list_with_merged_dates.xlsx")
    sheet = made.add_worksheet("Log")
    sheet.write_row("A1", ["Session date", "Who", "Came as", "Guests"])
    day = made.add_format({"num_format": "dd/mm/yyyy"})
    sheet.merge_range("A2:A4", dt.datetime(2025, 3, 3), day)
    sheet.merge_range("A5:A6", dt.datetime(2025, 3, 10), day)
    for number, row in enumerate((("Jane Smith", "", 3), ("Ann Lee", "", 3), ("Sue Day", "", 3),
                                  ("Jane Smith", "", ""), ("Sue Day", "", ""))):  # fmt: skip
        sheet.write_row(1 + number, 1, row)
    made.close()


def _attendance_sheet_per_session() -> None:
    made = book(ATTENDANCE / "sheet_per_session.xlsx")
    for name, marks in (("3 Sep 2024", "xx"), ("10 Sep 2024", "x "), ("17 Sep 2024", "  ")):
        sheet = made.add_worksheet(name)
        sheet.write("A1", "Conversation English, Tuesdays 10am-12")
        sheet.write_row("A3", ["First name", "Surname", "Here?"])
        for number, (person, mark) in enumerate(
            zip((("Olena", "Koval"), ("Wei", "Chen")), marks, strict=True)
        ):
            sheet.write_row(3 + number, 0, [*person, mark.strip()])
    made.close()


def _attendance_sheet_per_activity() -> None:
    made = book(ATTENDANCE / "sheet_per_activity.xlsx")
    day = made.add_format({"num_format": "dd mmm yyyy"})
    for name, first in (("Art", dt.datetime(2025, 1, 7)), ("Lunch club", dt.datetime(2025, 1, 8))):
        sheet = made.add_worksheet(name)
        sheet.write("A1", "Meadow Community Centre")
        sheet.write("A3", "Name")
        for week in range(3):
            sheet.write_datetime(2, 1 + week, first + dt.timedelta(weeks=week), day)
        sheet.write_row(3, 0, ["Jane Smith", "x", "", "x"])
        sheet.write_row(4, 0, [f"Only In {name}", "", "x", "x"])
    made.close()


if __name__ == "__main__":
    people_samples()
    attendance_samples()
