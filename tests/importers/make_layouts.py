"""Write the samples of less usual layouts: dates down, headcounts, times under dates, forms.

Run by hand (python -m tests.importers.make_layouts) when a sample is added; everybody is pretend.
"""

# ruff: noqa: DTZ001 - cells of spreadsheets have no time zone
import datetime as dt

from tests.importers.make_samples import ATTENDANCE, PEOPLE, book, text


def dates_down() -> None:
    """People across the top, a row for each date, as on a wall chart."""
    text(
        ATTENDANCE / "dates_down.csv",
        "Monday Knitters 2024,,,,,,\n"
        ",,,,,,\n"
        "Date,Jane Smith,Tariq Hussain,Maureen O'Brien,Li Wei,Visitors,Total\n"
        "02/09/2024,x,x,,x,2,5\n"
        "09/09/2024,x,,x,x,,3\n"
        "16/09/2024,Cancelled - hall closed,,,,,\n"
        "23/09/2024,x,x,x,zz,1,4\n"
        "30/09/2024,,x,x,,,2\n",
    )
    made = book(ATTENDANCE / "dates_down_with_times.xlsx")
    sheet = made.add_worksheet("Chair Yoga")
    day = made.add_format({"num_format": "ddd d mmm yyyy"})
    sheet.write_row("A1", ["Chair Yoga register"])
    sheet.write_row("A3", ["Session date", "Time", "Ann Lee", "Bob Day", "Carol Ng", "Notes"])
    marks = (("P", "P", ""), ("P", "A", "P"), ("", "P", "P"))
    for number, row in enumerate(marks):
        sheet.write_datetime(3 + number, 0, dt.datetime(2025, 1, 8 + 7 * number), day)
        sheet.write(3 + number, 1, "10.30am - 11.30am")
        sheet.write_row(3 + number, 2, row)
    sheet.write(5, 5, "New mats came")
    made.close()


def headcounts() -> None:
    """Only how many came, no names: one count, or several kinds of people."""
    text(
        ATTENDANCE / "headcounts.csv",
        "Warm Space attendance figures 2024-25,,\n"
        "Date,Number attending,Comments\n"
        "Tue 05/11/2024,14,First week\n"
        "Tue 12/11/2024,17,\n"
        "Tue 19/11/2024,,Boiler broken\n"
        "Tue 26/11/2024,0,Nobody came: snow\n"
        "Tue 03/12/2024,about 20,\n"
        "Total,31,\n",
    )
    made = book(ATTENDANCE / "headcounts_by_kind.xlsx")
    sheet = made.add_worksheet("Community Lunch")
    day = made.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row("A1", ["Date", "Session", "Adults", "Children", "Total", "Leader"])
    rows = ((12, 3, "Sue"), (9, 0, "Sue"), (15, 6, "Raj"))
    for number, (adults, children, leader) in enumerate(rows):
        sheet.write_datetime(1 + number, 0, dt.datetime(2025, 3, 6 + 7 * number), day)
        sheet.write_row(1 + number, 1, ["Lunch", adults, children, adults + children, leader])
    made.close()


def times_under_dates() -> None:
    """Two sessions a day, told apart by a row of times under the dates."""
    text(
        ATTENDANCE / "times_under_dates.csv",
        "Drop-in register,,,,,\n"
        "Name,Mon 2 Sep 2024,Mon 2 Sep 2024,Mon 9 Sep 2024,Mon 9 Sep 2024,Mon 16 Sep 2024\n"
        "Time,10:00,14:00,10:00,14:00,10:00\n"
        "Jane Smith,x,,x,x,x\n"
        "Tariq Hussain,,x,,x,\n"
        "Maureen O'Brien,x,x,,,x\n",
    )
    made = book(ATTENDANCE / "start_and_end_under_dates.xlsx")
    sheet = made.add_worksheet("Art Club")
    day = made.add_format({"num_format": "dd/mm/yy"})
    clock = made.add_format({"num_format": "hh:mm"})
    sheet.write("A1", "Name")
    for column in range(1, 5):
        sheet.write_datetime(0, column, dt.datetime(2025, 5, 1 + 7 * column), day)
        sheet.write_datetime(1, column, dt.datetime(1899, 12, 31, 18, 0), clock)
        sheet.write_datetime(2, column, dt.datetime(1899, 12, 31, 19, 30), clock)
    sheet.write("A2", "Start")
    sheet.write("A3", "Finish")
    sheet.write_row("A4", ["Ann Lee", "x", "", "x", "x"])
    sheet.write_row("A5", ["Bob Day", "x", "x", "", "x"])
    made.close()


def month_heads() -> None:
    """Months as heads, which the spreadsheet turned into dates of the first, and days below."""
    made = book(ATTENDANCE / "month_heads_as_dates.xlsx")
    sheet = made.add_worksheet("Toddlers")
    month = made.add_format({"num_format": "mmm yyyy"})
    sheet.write_datetime(0, 1, dt.datetime(2020, 1, 1), month)
    sheet.write_datetime(0, 5, dt.datetime(2020, 2, 1), month)
    sheet.write_row("A2", ["Name", 8, 15, 22, 29, 5, 12])
    sheet.write_row("A3", ["Ann Lee", "x", "x", "", "x", "x", ""])
    sheet.write_row("A4", ["Bob Day", "", "x", "x", "x", "", "x"])
    made.close()
    text(
        ATTENDANCE / "month_heads_as_text.csv",
        "Toddlers,Jan 2020,,,,Feb 2020,\n"
        "Name,8,15,22,29,5,12\n"
        "Ann Lee,x,x,,x,x,\n"
        "Bob Day,,x,x,x,,x\n",
    )


def forms() -> None:
    """What form tools export: a stamp of time first, and questions for headings."""
    text(
        PEOPLE / "form_of_questions.csv",
        "Timestamp,What is your first name?,What is your surname?,What is your date of birth?,"
        "What is your postcode?,What is your email address?,Please enter your mobile number,"
        "How would you describe your ethnic group?,Do you have a disability or long-term health condition?,"
        "Who should we contact in an emergency?,What is their phone number?,"
        "Do you have any allergies or medical conditions we should know about?,How did you hear about us?\n"
        "2024/09/03 6:12:44 pm GMT,Jane,Smith,17/04/1950,lu71ab,jane@example.org,07700900123,White British,No,"
        "Sue Smith,07700 900124,Nuts,Poster\n"
        "2024/09/04 9:02:10 am GMT,Tariq,Hussain,22/11/1944,LU7 1AB,,07700 900125,Pakistani,Yes,Sana,07700 900126,,Friend\n"
        "2024/09/13 9:02:10 am GMT,Mo,Ali,30/01/1990,,mo@example.org,,Prefer not to say,,,,,\n",
    )
    made = book(PEOPLE / "form_with_id_and_times.xlsx")
    sheet = made.add_worksheet("Form1")
    stamp = made.add_format({"num_format": "m/d/yy h:mm:ss"})
    day = made.add_format({"num_format": "m/d/yyyy"})
    sheet.write_row(
        "A1",
        ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time",
         "What is your full name?", "What is your date of birth?", "What is your telephone number?",
         "What is your sex?"],
    )  # fmt: skip
    rows = (
        ("Ann Lee", dt.datetime(1951, 2, 3), "07700 900151", "Female"),
        ("Bob Day", dt.datetime(1962, 12, 25), "07700 900152", "Male"),
    )
    for number, (name, born, phone, sex) in enumerate(rows, start=1):
        sheet.write(number, 0, number)
        sheet.write_datetime(number, 1, dt.datetime(2024, 9, number, 10, 2, 3), stamp)
        sheet.write_datetime(number, 2, dt.datetime(2024, 9, number, 10, 5, 41), stamp)
        sheet.write(number, 3, "anonymous")
        sheet.write(number, 6, name)
        sheet.write_datetime(number, 7, born, day)
        sheet.write_row(number, 8, [phone, sex])
    made.close()
    text(
        ATTENDANCE / "form_to_sign_in.csv",
        "Timestamp,What is your name?,Which session are you at today?\n"
        "03/09/2024 10:02:11,Jane Smith,Yoga\n"
        "03/09/2024 10:05:40,Tariq Hussain,Yoga\n"
        "17/09/2024 10:01:09,Jane Smith,Yoga\n"
        "17/09/2024 14:31:00,Maureen O'Brien,Art Club\n",
    )


if __name__ == "__main__":
    for make in (dates_down, headcounts, times_under_dates, month_heads, forms):
        make()
