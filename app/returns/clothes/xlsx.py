"""A filled return as a spreadsheet: a sheet a table, numbers as numbers, words as words.

A hidden number stays the words that stand for it. Nothing is ever a formula or a link.
"""

import io
import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, assert_never

from app.returns import filled as model
from app.returns.clothes.cell_numbers import Number, cell_number, cell_words, number_of
from app.returns.clothes.packed import packed
from app.returns.feet import foot, moment, pretend_mark
from app.returns.kept_text import kept, one_line

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_MOST_LETTERS = 32_000
"""What a cell can hold, and a little less."""
_WIDEST = 60
_AS_WORDS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def xlsx(filled: model.FilledReturn) -> bytes:
    """Return the spreadsheet of a filled return; the same return gives the same bytes."""
    # Imported here: most returns are printed and no more.
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, _AS_WORDS) as book:
        book.set_properties(
            {
                "title": one_line(filled.title),
                "author": one_line(filled.author or filled.group),
                "subject": one_line(filled.subject or filled.period),
                "created": filled.counted_at.replace(tzinfo=None),
            }
        )
        _Writer(book, filled).write()
    return packed(out.getvalue())


class _Writer:
    """One workbook while it is written."""

    def __init__(self, book: "Workbook", filled: model.FilledReturn) -> None:
        self._book, self._filled = book, filled
        self._names: set[str] = set()
        self._looks: dict[tuple[tuple[str, object], ...], Format] = {}
        self._heading = ""
        self._gathered: list[tuple[str, str, model.Source | None]] = []
        self._texts: list[tuple[str, str]] = []
        self._tables: list[tuple[str, model.Table]] = []

    def write(self) -> None:
        """Write what the return is, its numbers, words and answers, then each table."""
        for block in self._filled.walk():
            self._gather(block)
        self._about()
        self._numbers()
        self._answers()
        self._words()
        for name, table in self._tables:
            self._table(name, table)

    # --- gathering ---------------------------------------------------------------------------

    def _gather(self, block: model.Block) -> None:  # noqa: C901, PLR0912 - one case for each block
        match block:
            case model.Heading():
                self._heading = block.text
                self._say("", block.text)
            case model.Paragraph() | model.Note():
                self._say(self._heading, model.plain(block.runs))
            case model.PrivacyNote():
                self._say(self._heading, block.text)
            case model.Bullets():
                for item in block.items:
                    self._say(self._heading, model.plain(item))
            case model.BigNumbers():
                self._gathered += [(item.label, item.value, item.source) for item in block.items]
            case model.KeyFacts():
                self._gathered += [(fact.label, fact.text, fact.source) for fact in block.facts]
            case model.Chart():
                self._tables.append((block.summary, _as_table(block)))
            case model.Table():
                self._tables.append((block.caption or self._heading or block.summary, block))
            case model.Quote():
                said = block.text.strip(' “”"')
                self._say(self._heading, f"“{said}” {block.by}".strip())
            case model.Picture():
                self._say(self._heading, f"[Picture: {block.alt}]")
            case model.Notice():
                self._say(self._heading, f"{block.text} {block.detail}".strip())
            case model.PageBreak() | model.Spacer() | model.KeepTogether() | model.TwoColumns():
                pass  # what is inside is walked too
            case _:
                self._gather_head(block)

    def _gather_head(
        self, block: model.ReportHead | model.SheetHead | model.LetterHead | model.WriteLines
    ) -> None:
        match block:
            case model.ReportHead():
                for words in (block.kicker, block.title, block.subtitle):
                    self._say("", words)
            case model.SheetHead():
                for words in (block.title, block.when, block.details, block.code, block.sheet):
                    self._say("", words)
            case model.LetterHead():
                about = (block.date, *block.references, block.greeting, block.subject)
                for words in (*block.sender, *block.to, *about):
                    self._say("", words)
            case model.WriteLines():
                for line in block.lines:
                    self._say(self._heading, " · ".join(one.label for one in line))
            case _:
                assert_never(block)

    def _say(self, about: str, words: str) -> None:
        if words:
            self._texts.append((about, words))

    # --- sheets ------------------------------------------------------------------------------

    def _about(self) -> None:
        filled = self._filled
        rows = (
            ("Return", filled.title),
            ("Group", filled.group),
            ("Period", filled.period),
            ("Who may see it", filled.disclosure_text),
            ("Counted", moment(filled)),
            ("", pretend_mark(filled)),
            *(("To know", warning) for warning in filled.warnings),
        )
        sheet = self._sheet("About")
        shown = [(label, words) for label, words in rows if words]
        for at, (label, words) in enumerate(shown):
            self._put(sheet, at, 0, label, bold=True)
            self._put(sheet, at, 1, words, wrap=True)
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 90)

    def _numbers(self) -> None:
        if not self._gathered:
            return
        sheet = self._sheet("Numbers")
        self._heads(sheet, 0, ("Number", "What it is", "Figure", "What it counts", "Version"))
        for at, (label, printed, source) in enumerate(self._gathered, start=1):
            self._value(sheet, at, 0, printed, number_of(printed))
            self._put(sheet, at, 1, label)
            if source is not None:
                self._put(sheet, at, 2, source.title or source.figure)
                self._put(sheet, at, 3, source.definition, wrap=True)
                self._value(sheet, at, 4, "", Number(value=source.version, shape="0"))
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 2, 36)
        sheet.set_column(3, 3, 80)

    def _answers(self) -> None:
        answers = [one for one in self._filled.answers.values() if isinstance(one, Mapping)]
        if not answers:
            return
        sheet = self._sheet("Answers")
        heads = ("Question", "Answer", "Words (strict)", "Most words", "Letters", "Most letters")
        self._heads(sheet, 0, heads)
        for at, one in enumerate(answers, start=1):
            self._put(sheet, at, 0, str(one.get("question") or ""), wrap=True)
            self._put(sheet, at, 1, str(one.get("answer") or ""), wrap=True)
            for column, name in enumerate(("words_strict", "words_to", "letters", "letters_to")):
                value = one.get(name)
                if isinstance(value, int):
                    self._value(sheet, at, 2 + column, "", Number(value=value, shape="#,##0"))
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 1, 90)
        sheet.set_column(2, 5, 14)

    def _words(self) -> None:
        if not self._texts:
            return
        sheet = self._sheet("Words")
        self._heads(sheet, 0, ("Under", "Text"))
        for at, (about, words) in enumerate(self._texts, start=1):
            self._put(sheet, at, 0, about, wrap=True)
            self._put(sheet, at, 1, words, wrap=True)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 110)

    def _table(self, name: str, table: model.Table) -> None:
        sheet = self._sheet(name or "Table")
        self._put(sheet, 0, 0, table.caption or name, bold=True)
        at = 1
        if any(column.group for column in table.columns):
            self._groups(sheet, at, table.columns)
            at += 1
        self._heads(sheet, at, [column.title for column in table.columns])
        at += 1
        sheet.freeze_panes(at, 1 if table.header_column == 0 else 0)
        if not table.rows and table.empty_text:
            self._put(sheet, at, 0, table.empty_text)
            at += 1
        for cells in table.rows:
            self._row(sheet, at, cells, table.columns)
            at += 1
        if table.total:
            self._row(sheet, at, table.total, table.columns, bold=True, top=1)
            at += 1
        for note in (*(model.plain(note) for note in table.notes), foot(self._filled)):
            at += 1
            self._put(sheet, at, 0, note, font_color="#5B6478")
        for column in range(len(table.columns)):
            sheet.set_column(column, column, _width(table, column))

    def _groups(self, sheet: "Worksheet", at: int, columns: Sequence[model.Column]) -> None:
        place = 0
        for group, same in groupby(columns, key=lambda one: one.group):
            self._put(sheet, at, place, group, bold=True)
            place += len(list(same))

    def _row(
        self,
        sheet: "Worksheet",
        at: int,
        cells: model.Row,
        columns: Sequence[model.Column],
        **look: object,
    ) -> None:
        for place, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            bold = {"bold": True} if cell.bold else {}
            words, number = cell_words(cell), cell_number(cell, column)
            align = "right" if column.align is model.Align.RIGHT else column.align.value
            align = {"centre": "center"}.get(align, align)
            self._value(sheet, at, place, words, number, align=align, **(bold | look))

    # --- cells -------------------------------------------------------------------------------

    def _heads(self, sheet: "Worksheet", at: int, heads: Sequence[str]) -> None:
        for place, words in enumerate(heads):
            self._put(sheet, at, place, words, bold=True, bottom=1, wrap=True)

    def _value(
        self,
        sheet: "Worksheet",
        at: int,
        place: int,
        words: str,
        number: Number | None,
        **look: object,
    ) -> None:
        if number is None:
            self._put(sheet, at, place, words, **look)
        else:
            shown = self._look(num_format=number.shape, **look)
            sheet.write_number(at, place, number.value, shown)

    def _put(self, sheet: "Worksheet", at: int, place: int, words: str, **look: object) -> None:
        if "wrap" in look:
            look = {**look, "text_wrap": look["wrap"], "valign": "top"}
            del look["wrap"]
        text = kept(words)[:_MOST_LETTERS]
        if text or look:
            sheet.write_string(at, place, text, self._look(**look))

    def _look(self, **look: object) -> "Format":
        key = tuple(sorted(look.items()))
        if key not in self._looks:
            self._looks[key] = self._book.add_format(dict(look))
        return self._looks[key]

    def _sheet(self, wanted: str) -> "Worksheet":
        """Add a sheet; its name is cut to what a spreadsheet takes, and told from others'."""
        stem = _cut(_NOT_IN_NAMES.sub(" ", one_line(wanted)), _LONGEST_NAME) or "Table"
        name, number = stem, 1
        while name.casefold() in self._names or name.casefold() == "history":
            number += 1
            tail = f" ({number})"
            name = f"{_cut(stem, _LONGEST_NAME - len(tail))}{tail}"
        self._names.add(name.casefold())
        sheet: Any = self._book.add_worksheet(name)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet


def _cut(words: str, most: int) -> str:
    """Return words cut to a number of UTF-16 units, which is how a spreadsheet counts letters."""
    cut = words.strip().encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
    return cut.strip()


def _as_table(chart: model.Chart) -> model.Table:
    rows = (
        model.row(point.label, model.Cell(text=model.spoken_value(point), source=point.source))
        for point in chart.points
    )
    value = model.Column(title=chart.unit.capitalize() or "Number", align=model.Align.RIGHT)
    return model.Table(
        columns=(model.Column(title="Part"), value), rows=tuple(rows), caption=chart.summary
    )


def _width(table: model.Table, column: int) -> float:
    rows = (*table.rows, *((table.total,) if table.total else ()))
    texts = (cell_words(cells[column]) for cells in rows)
    title = max((len(word) for word in table.columns[column].title.split()), default=0)
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(longest, title, 8) + 2, _WIDEST)
