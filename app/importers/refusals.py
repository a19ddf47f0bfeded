"""Why a file cannot be imported, each reason with its one sentence: what is so, what to do."""

from collections.abc import Mapping

from app.domain.errors import FileUnreadable

TEXTS: Mapping[str, str] = {
    "missing": "There is no file {name} at that place. Please check the name, then import it again.",
    "folder": "{name} is a folder, and not one that Hallbook exported. Choose a file in it.",
    "not_a_file": "{name} is not an ordinary file. Save the spreadsheet as a file in your own documents, then import that.",
    "no_permission": "The computer does not let Hallbook read {name}. Copy it to your own documents, then import the copy.",
    "unreadable": "{name} could not be read from the disk or stick. Copy it to your own documents, then import the copy.",
    "empty": "{name} is empty. Open it to check that it is the right file, then save and import it again.",
    "locked": "{name} is locked with a password. Open it in your spreadsheet program, save a copy without a password, and import the copy.",
    "not_a_table": "{name} is {what}, not a spreadsheet. Open it in the program that made it, save it as .xlsx or .csv, and import that.",
    "wrong_ending": "{name} ends in {ending}, but what is in it is {what}. Give it its true ending (or open it and save it as .xlsx), then import it again.",
    "too_long": "{name} is {size} MB, more than Hallbook reads ({limit} MB). Split it into smaller files, such as one for each year.",
    "unpacks_too_big": "{name} would unpack to {size} MB, more than a spreadsheet of people and sessions ever needs ({limit} MB), so it was not opened. Save the sheet you want as .csv and import that.",
    "too_many_cells": "{name} says it is {rows} rows by {columns} columns, more than Hallbook reads ({limit_rows} rows, {limit_columns} columns, {limit_cells} cells). Delete the empty rows and columns round your table, or save it as .csv, and import that.",
    "too_much_memory": "{name} would take more memory than a spreadsheet of people and sessions ever needs, so reading was stopped. Save the sheet you want as .csv and import that.",
    "too_slow": "{name} was still not read after {seconds} seconds, so reading was stopped. Save the sheet you want as .csv and import that.",
    "damaged": "{name} is damaged or cut short: it could not be read to its end. Open it in your spreadsheet program, save it under a new name, and import that.",
    "odd_parts": "{name} has parts inside that no spreadsheet program writes, so it was not opened. Open it in your spreadsheet program, save it under a new name, and import that.",
    "too_many_columns": "Row {row} of {name} has {columns} columns, more than Hallbook reads ({limit}). Delete the columns that are not needed and import it again.",
    "too_many_rows": "{name} has more than {limit} rows. Split it into smaller files, such as one for each year.",
    "open_quote": "A quotation mark that opens near line {row} of {name} never closes, so the rows after it run together. Close or delete it and import the file again.",
    "no_people": "No list of people was found in {name}: a table with a column of names. Nothing was imported. If it holds a register or a list of attendances, import it as attendance.",
    "no_attendance": "No register was found in {name}: neither names down the side with dates across the top, nor a list with a column of dates and a column of names. Nothing was imported.",
    "no_referrals": "No list of referrals was found in {name}: a table with a column of names and a column of the days on which they were received. Nothing was imported.",
    "no_statement": "No bank statement was found in {name}: lines with a date and an amount of money. Nothing was imported. Download the statement again as .csv or OFX, and import that.",
    "other_currency": "{name} is a statement in {currency}. The book holds pounds only, so nothing was imported.",
    "statement_damaged": "{name} is damaged or cut short: no line of a statement could be read in it. Download it again from the bank, and import that.",
    "receipt_empty": "{name} is empty. Take the photo again, or choose another file.",
    "receipt_too_large": "{name} is {size} MB, more than any photo of a receipt ({limit} MB). Take the photo again at a smaller size.",
    "receipt_too_many_pixels": "{name} is a picture of more dots than any photo of a receipt. Take the photo again at a smaller size.",
    "receipt_pdf_too_large": "{name} is a PDF of {size} MB, more than the book keeps ({limit} MB). Print only the page that is needed as a PDF, or photograph it.",
    "receipt_pages": "{name} is a PDF of {pages} pages; the book keeps up to {limit}. Print only the pages that are needed as a PDF.",
    "receipt_locked": "{name} is a PDF with a password. Open it, print it as a PDF without one, and choose that; or photograph it.",
    "receipt_damaged": "{name} is damaged or cut short: it could not be read to its end. Take the photo again, or ask for the receipt again.",
    "receipt_unknown": "{name} is neither a picture nor a PDF that can be read. Photograph the receipt (JPEG or PNG), or save it as a PDF.",
    "no_reader": "Hallbook could not start its spreadsheet reader. Save the sheet as .csv and import that.",
}  # fmt: skip
"""Every reason by its code. Numbers in the sentences are written with thousands commas."""


class CannotRead(FileUnreadable):
    """A file that is not imported; ``reason`` is its code in `TEXTS`."""

    def __init__(self, reason: str, values: Mapping[str, str | int]) -> None:
        shown = {k: f"{v:,}" if isinstance(v, int) else v for k, v in values.items()}
        super().__init__(TEXTS[reason].format(**shown))
        self.reason = reason
        self.values = dict(values)


def refuse(reason: str, name: str, **values: str | int) -> CannotRead:
    """Return the error to raise for a file of that name, by a code of `TEXTS`."""
    return CannotRead(reason, {"name": name, **values})
