"""What several journeys do: save the pages of a return, read PDFs twice, enter money."""

import pypdfium2
from pypdf import PdfReader

from app.services import money
from tests import builders
from tests.e2e.conftest import wait_for


def is_gone(program, title):
    """Whether no window of a title is on the screen: what is behind it hears keys again."""
    return not program.screen.ask("xdotool", "search", "--onlyvisible", "--name", title)


def asks_where_to_save(program):
    """Press the key for saving until the pages are there and it does something."""
    program.keys("ctrl+s")
    return "Save the PDF" in program.screen.ask("xdotool", "getactivewindow", "getwindowname")


def save_pages(program, path, title):
    """Save the pages shown under a name."""
    strokes = program.strokes  # how often the key was tried while the pages were made is no measure
    wait_for(lambda: asks_where_to_save(program), "the pages, and where to save them")
    program.type(str(path))
    program.keys("Return")
    program.strokes = strokes + 2
    wait_for(path.is_file, f"{path.name} as a file")
    wait_for(lambda: is_gone(program, "Save the PDF"), "the question to close")
    program.focus(title)


def words_of(path):
    """Read the words of a PDF with two libraries, which must find the same."""
    one = " ".join(page.extract_text() for page in PdfReader(path).pages)
    document = pypdfium2.PdfDocument(path)
    other = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert sorted("".join(one.split())) == sorted("".join(other.split()))
    return " ".join(other.split())


def enter(register, day, today, *parts, **details):
    """Enter a receipt, payment or transfer; return its id."""
    done = money.save_entry(register, builders.entry(day, *parts, **details), today=today)
    assert done.ids, done.text
    return done.ids[0]
