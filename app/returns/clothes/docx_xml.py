"""Pieces of a Word document for which its library has no words: tables, fields, edges, letters' way."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from app.returns import filled as model
from app.returns.clothes.cell_numbers import cell_words
from app.returns.kept_text import kept, one_line, starts_rtl

Element = Any
"""An element of the library's tree, which has no types of its own."""
_NAMES = nsdecls("w")
_LETTER = 5.3
"""Points that a letter of a table takes, about."""
_PADDING = 11.0
_LONGEST = 60
_NARROW = 0.66
"""Of the page's width: a table of a few numbers is no wider, or the eye loses the line."""
_SHORT = 10
"""Rows; fewer are not worth two pages."""
_IN = 108
"""Twips: the edge of a table stands under the edge of the text."""
_TWIPS = 20
_LINE, _INK = "D5CFC4", "1F2A44"
_ALIGNED = {model.Align.LEFT: "start", model.Align.CENTRE: "center", model.Align.RIGHT: "end"}


def runs_xml(words: str, *, bold: bool = False) -> str:
    """Return words as a run: line feeds as breaks, tabs as tabs, all else as it is."""
    way = "<w:rtl/>" if starts_rtl(words) else ""
    weight = "<w:b/><w:bCs/>" if bold else ""
    about = f"<w:rPr>{weight}{way}</w:rPr>" if weight or way else ""
    lines = kept(words).split("\n")
    said = "<w:br/>".join(_tabs(line) for line in lines)
    return f"<w:r>{about}{said}</w:r>"


def _tabs(line: str) -> str:
    parts = (f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t"))
    return "<w:tab/>".join(parts)


def page_paragraph(style: str) -> Element:
    """Return "page 2 of 7" at the right, reckoned by the program that shows the document."""
    page, pages = (
        f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        for code in ("PAGE", "NUMPAGES")
    )
    return parse_xml(
        f'<w:p {_NAMES}><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="end"/></w:pPr>'
        f"{runs_xml('page ')}{page}{runs_xml(' of ')}{pages}</w:p>"
    )


def table_xml(table: model.Table, room: float, *, together: bool) -> Element:
    """Return a table `room` points wide, its head repeated on every page."""
    widths = _widths(table, room)
    grid = "".join(f'<w:gridCol w:w="{round(wide * _TWIPS)}"/>' for wide in widths)
    named = "1" if table.header_column == 0 else "0"
    last = "1" if table.total else "0"
    heard = escape(one_line(table.summary or table.caption), quote=True)
    about = f'<w:tblCaption w:val="{heard}"/>' if heard else ""
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="{_LINE}"/>'
        for side in ("top", "bottom", "insideH")
    )
    rows = "".join(_rows(table, widths, together=together))
    return parse_xml(
        f'<w:tbl {_NAMES}><w:tblPr><w:tblW w:w="{round(sum(widths) * _TWIPS)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{_IN}" w:type="dxa"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:firstRow="1" w:lastRow="{last}" w:firstColumn="{named}" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{about}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _rows(table: model.Table, widths: Sequence[float], *, together: bool) -> Iterator[str]:
    columns = table.columns
    whole = together or len(table.rows) <= _SHORT
    if any(column.group for column in columns):
        yield _row(_groups(columns, widths), head=True)
    if any(column.title for column in columns):
        heads = (
            _cell(column.title, column.align, wide, style="TableHead", keep=True)
            for column, wide in zip(columns, widths, strict=True)
        )
        yield _row("".join(heads), head=True)
    tall = round(table.min_row_mm * 72 / 25.4 * _TWIPS) if table.min_row_mm else 0
    if not table.rows:
        span = _cell(table.empty_text, model.Align.LEFT, sum(widths), span=len(widths))
        yield _row(span)
    for place, cells in enumerate(table.rows):
        last = place == len(table.rows) - 1 and not table.total
        # The last rows go together: a total, or one row, alone on a page says little.
        keep = (whole and not last) or (not last and place >= len(table.rows) - 2)
        yield _row(_cells(cells, columns, widths, keep=keep), tall=tall)
    if table.total:
        cells_xml = _cells(table.total, columns, widths, total=True)
        yield _row(cells_xml)


def _row(cells: str, *, head: bool = False, tall: int = 0) -> str:
    high = f'<w:trHeight w:val="{tall}" w:hRule="atLeast"/>' if tall else ""
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{high}{repeated}</w:trPr>{cells}</w:tr>"


def _groups(columns: Sequence[model.Column], widths: Sequence[float]) -> str:
    found, at = "", 0
    for name, same in groupby(columns, key=lambda one: one.group):
        span = len(list(same))
        wide = sum(widths[at : at + span])
        found += _cell(name, model.Align.CENTRE, wide, style="TableHead", span=span, keep=True)
        at += span
    return found


def _cells(
    cells: model.Row,
    columns: Sequence[model.Column],
    widths: Sequence[float],
    *,
    keep: bool = False,
    total: bool = False,
) -> str:
    return "".join(
        _cell(
            cell_words(cell),
            column.align,
            wide,
            style="TableSmall" if cell.muted else "TableText",
            bold=cell.bold or total,
            keep=keep,
            total=total,
        )
        for cell, column, wide in zip(cells, columns, widths, strict=True)
    )


def _cell(
    words: str,
    align: model.Align,
    wide: float,
    *,
    style: str = "TableText",
    span: int = 1,
    bold: bool = False,
    keep: bool = False,
    total: bool = False,
) -> str:
    over = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    edge = (
        f'<w:tcBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="{_INK}"/></w:tcBorders>'
        if total
        else ""
    )
    way = "<w:bidi/>" if starts_rtl(words) else ""
    stays = "<w:keepNext/>" if keep else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{round(wide * _TWIPS)}" w:type="dxa"/>{over}{edge}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{stays}{way}<w:jc w:val="{_ALIGNED[align]}"/>'
        f"</w:pPr>{runs_xml(words, bold=bold) if words else ''}</w:p></w:tc>"
    )


def _widths(table: model.Table, room: float) -> list[float]:
    """Return the columns' widths in points: as their words need, what is left by their length."""
    least, wanted = [], []
    for at, column in enumerate(table.columns):
        rows = (*table.rows, *((table.total,) if table.total else ()))
        texts = [column.title, *(cell_words(cells[at]) for cells in rows)]
        word = max((len(one) for text in texts for one in text.split()), default=1)
        line = max((len(text) for text in texts), default=1)
        if column.width_mm is not None:
            word = line = 0
        fixed = (column.width_mm or 0) * 72 / 25.4
        least.append(fixed or min(word, 24) * _LETTER + _PADDING)
        wanted.append(fixed or min(line, _LONGEST) * _LETTER + _PADDING)
    if sum(least) >= room:
        return [one * room / sum(least) for one in least]
    more = [want - low for want, low in zip(wanted, least, strict=True)]
    if sum(wanted) <= room or not sum(more):
        wide = max(room * _NARROW, min(room, sum(wanted) * 1.3))
        return [one * wide / sum(wanted) for one in wanted]
    share = (room - sum(least)) / sum(more)
    return [low + extra * share for low, extra in zip(least, more, strict=True)]


def strip_xml(items: Sequence[tuple[str, str]], room: float, accent: str) -> Element:
    """Return large numbers side by side, each with its words below, under a bar of the accent."""
    wide = room / len(items)
    grid = f'<w:gridCol w:w="{round(wide * _TWIPS)}"/>' * len(items)
    edge = f'<w:top w:val="single" w:sz="24" w:space="0" w:color="{accent}"/>'
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{round(wide * _TWIPS)}" w:type="dxa"/>'
        f"<w:tcBorders>{edge}</w:tcBorders></w:tcPr>{_styled(value, 'BigNumber')}"
        f"{_styled(label, 'BigLabel')}</w:tc>"
        for value, label in items
    )
    return parse_xml(
        f'<w:tbl {_NAMES}><w:tblPr><w:tblW w:w="{round(room * _TWIPS)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="160" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"
    )


def facts_xml(facts: Sequence[model.Fact], room: float) -> Element:
    """Return key facts as two columns without lines: what it is, and what belongs to it."""
    longest = max((len(fact.label) for fact in facts), default=1)
    left = min(longest * 6.0 + _PADDING, room * 0.42)
    widths = (left, room - left)
    grid = "".join(f'<w:gridCol w:w="{round(wide * _TWIPS)}"/>' for wide in widths)
    rows = "".join(
        _row(
            _cell(fact.label, model.Align.LEFT, left, style="FactText", bold=True)
            + _cell(fact.text, model.Align.LEFT, room - left, style="FactText")
        )
        for fact in facts
    )
    return parse_xml(
        f'<w:tbl {_NAMES}><w:tblPr><w:tblW w:w="{round(room * _TWIPS)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:firstRow="0" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _styled(words: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs_xml(words)}</w:p>'


def to_the_right(inline: Element) -> Element:
    """Return a picture of a line as one that stands at the right edge, words beside it."""
    extent, properties, graphic = (
        inline.find(qn(f"{name}")) for name in ("wp:extent", "wp:docPr", "a:graphic")
    )
    names = nsdecls("wp", "a", "pic", "r")
    anchor = parse_xml(
        f'<wp:anchor {names} distT="0" distB="0" distL="144000" distR="0" simplePos="0" '
        'relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>right</wp:align>'
        '</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset>'
        '</wp:positionV><wp:wrapSquare wrapText="left"/><wp:cNvGraphicFramePr/></wp:anchor>'
    )
    frame = anchor.find(qn("wp:cNvGraphicFramePr"))
    wrap = anchor.find(qn("wp:wrapSquare"))
    wrap.addprevious(extent)
    frame.addprevious(properties)
    frame.addnext(graphic)
    return anchor
