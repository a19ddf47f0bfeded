"""A filled return as one web page: needs no other file, works offline, reads well aloud.

Everything is escaped, and the page forbids itself scripts and anything from elsewhere.
"""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby
from typing import TypeAlias, assert_never

from app import resources
from app.returns import filled as model
from app.returns import pdf
from app.returns.clothes.cell_numbers import cell_words
from app.returns.feet import PROGRAM, foot, made_with, media_type, pretend_mark
from app.returns.kept_text import kept

_CHART_WIDTH = 500.0
"""Points; the picture grows and shrinks with the window."""
_SAFE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action "
    "'none'"
)


def html(filled: model.FilledReturn) -> str:
    """Return the page of a filled return."""
    style = (resources.folder("returns") / "page.css").read_text("utf-8")
    mark = pretend_mark(filled)
    body = "\n".join(
        (
            *((f'<p class="mark" role="note">{_said(mark)}</p>',) if mark else ()),
            f"<main>\n{_blocks(filled.blocks, filled)}\n</main>",
            f'<footer><p dir="auto">{_said(foot(filled))}</p><p>{_said(made_with())}</p></footer>',
        )
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(filled.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_SAFE}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="{PROGRAM}">\n'
        f'<meta name="author" content="{_said(filled.author or filled.group)}">\n'
        f"<title>{_said(filled.title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _said(words: str) -> str:
    return escape(kept(words))


def _lines(words: str) -> str:
    return _said(words).replace("\n", "<br>")


def _runs(runs: model.Text) -> str:
    parts = (f"<b>{_lines(r.text)}</b>" if r.bold else _lines(r.text) for r in runs)
    return "".join(parts)


def _p(words: str, style: str = "") -> str:
    named = f' class="{style}"' if style else ""
    return f'<p{named} dir="auto">{words}</p>' if words else ""


def _blocks(blocks: Iterable[model.Block], filled: model.FilledReturn) -> str:
    return "\n".join(part for part in (_block(one, filled) for one in blocks) if part)


def _block(block: model.Block, filled: model.FilledReturn) -> str:  # noqa: C901, PLR0911, PLR0912 - one case for each block
    match block:
        case model.Heading():
            level = min(max(block.level, 1), 3)
            return f'<h{level} dir="auto">{_lines(block.text)}</h{level}>'
        case model.Paragraph():
            return _p(_runs(block.runs))
        case model.Note():
            return _p(_runs(block.runs), "note")
        case model.PrivacyNote():
            return _p(_lines(block.text), "note")
        case model.Bullets():
            items = (f'<li dir="auto">{_runs(item)}</li>' for item in block.items)
            return f"<ul>{''.join(items)}</ul>"
        case model.BigNumbers():
            return _big(block)
        case model.KeyFacts():
            return _facts(block)
        case model.Chart():
            return _chart(block, filled.accent)
        case model.Table():
            return _table(block)
        case model.KeepTogether():
            return f'<section class="together">\n{_blocks(block.blocks, filled)}\n</section>'
        case model.TwoColumns():
            left, right = _blocks(block.left, filled), _blocks(block.right, filled)
            return f'<div class="beside"><div>\n{left}\n</div><div>\n{right}\n</div></div>'
        case model.ReportHead():
            return _head(block, filled)
        case _:
            return _of_paper(block)


_OfPaper: TypeAlias = (
    model.Quote | model.Picture | model.PageBreak | model.Spacer | model.SheetHead
    | model.LetterHead | model.Notice | model.WriteLines
)  # fmt: skip


def _of_paper(block: _OfPaper) -> str:  # noqa: PLR0911 - one case for each block
    """Return quotes and pictures, and what stands on letters, sheets and cards."""
    match block:
        case model.Quote():
            by = f"<footer>{_lines(block.by)}</footer>" if block.by else ""
            said = block.text.strip(' “”"')
            return f'<blockquote dir="auto"><p>“{_lines(said)}”</p>{by}</blockquote>'
        case model.Picture():
            return f'<p class="picture">{_picture(block.content, block.alt)}</p>'
        case model.PageBreak():
            return '<hr class="page">'
        case model.Spacer():
            return ""
        case model.SheetHead():
            when = " · ".join(part for part in (block.when, block.details) if part)
            code = " · ".join(part for part in (block.code, block.sheet) if part)
            return f'<h1 dir="auto">{_lines(block.title)}</h1>{_p(_lines(when))}{_p(_lines(code))}'
        case model.LetterHead():
            return _letter(block)
        case model.Notice():
            quiet = " quiet" if block.quiet else ""
            detail = _p(_lines(block.detail))
            return f'<div class="notice{quiet}">{_p(_lines(block.text), "far")}{detail}</div>'
        case model.WriteLines():
            return "".join(_write_line(line) for line in block.lines)
        case _:
            assert_never(block)


def _big(block: model.BigNumbers) -> str:
    items = (
        f'<li dir="auto"><b class="value">{_lines(item.value)}</b> {_lines(item.label)}</li>'
        for item in block.items
    )
    return f'<ul class="numbers">{"".join(items)}</ul>'


def _facts(block: model.KeyFacts) -> str:
    pairs = (
        f'<div><dt dir="auto">{_lines(fact.label)}</dt><dd dir="auto">{_lines(fact.text)}</dd></div>'
        for fact in block.facts
    )
    return f'<dl class="facts">{"".join(pairs)}</dl>'


def _chart(chart: model.Chart, accent: str) -> str:
    drawings = "".join(pdf.chart_svgs(_kept_chart(chart), _CHART_WIDTH, accent=accent))
    rows = "".join(
        f'<tr><th scope="row" dir="auto">{_said(point.label)}</th>'
        f'<td class="right">{_said(model.spoken_value(point))}</td></tr>'
        for point in chart.points
    )
    unit = f" ({_said(chart.unit)})" if chart.unit else ""
    table = (
        f"<details><summary>The numbers of this chart</summary><table><caption>"
        f'{_said(chart.summary)}</caption><thead><tr><th scope="col">Part</th><th scope="col" '
        f'class="right">Number{unit}</th></tr></thead><tbody>{rows}</tbody></table></details>'
    )
    words = f"<figcaption>{_said(chart.summary)}</figcaption>"
    return f"<figure>{words}{drawings}{table if chart.points else ''}</figure>"


def _kept_chart(chart: model.Chart) -> model.Chart:
    points = tuple(
        replace(one, label=kept(one.label), value_text=kept(one.value_text)) for one in chart.points
    )
    return replace(chart, points=points, summary=kept(chart.summary), unit=kept(chart.unit))


def _table(table: model.Table) -> str:
    caption = table.caption or table.summary
    hidden = "" if table.caption else ' class="heard"'
    said = f'<caption{hidden} dir="auto">{_lines(caption)}</caption>' if caption else ""
    rows = "\n".join(_row(cells, table) for cells in table.rows)
    if not table.rows:
        words = _lines(table.empty_text)
        rows = f'<tr><td colspan="{max(len(table.columns), 1)}">{words}</td></tr>'
    total = f"<tfoot>{_row(table.total, table)}</tfoot>" if table.total else ""
    notes = "".join(_p(_runs(note), "note") for note in table.notes)
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{_said(caption) or "Table"}">'
        f"<table>{said}<thead>{_table_head(table.columns)}</thead>\n<tbody>{rows}</tbody>{total}"
        f"</table></div>{notes}"
    )


def _table_head(columns: Sequence[model.Column]) -> str:
    titles = "".join(
        f'<th scope="col" class="{one.align}" dir="auto">{_lines(one.title)}</th>'
        if one.title
        else "<td></td>"
        for one in columns
    )
    if not any(one.group for one in columns):
        return f"<tr>{titles}</tr>"
    groups = ""
    for name, same in groupby(columns, key=lambda one: one.group):
        span = len(list(same))
        if name:
            groups += f'<th scope="colgroup" colspan="{span}" dir="auto">{_lines(name)}</th>'
        else:
            groups += "<td></td>" * span
    return f"<tr>{groups}</tr><tr>{titles}</tr>"


def _row(cells: model.Row, table: model.Table) -> str:
    return f"<tr>{''.join(_cell(cell, at, table) for at, cell in enumerate(cells))}</tr>"


def _cell(cell: model.Cell, at: int, table: model.Table) -> str:
    words = _lines(cell_words(cell))
    if cell.bold:
        words = f"<b>{words}</b>"
    style = table.columns[at].align + (" muted" if cell.muted else "")
    if at == table.header_column and words:
        return f'<th scope="row" class="{style}" dir="auto">{words}</th>'
    return f'<td class="{style}" dir="auto">{words}</td>'


def _picture(content: bytes, alt: str, style: str = "") -> str:
    data = base64.b64encode(content).decode("ascii")
    named = f' class="{style}"' if style else ""
    return f'<img{named} src="data:{media_type(content)};base64,{data}" alt="{_said(alt)}">'


def _head(head: model.ReportHead, filled: model.FilledReturn) -> str:
    logo = ""
    if head.show_logo and filled.logo:
        logo = _picture(filled.logo, f"Logo of {filled.group}", "logo")
    kicker, subtitle = _p(_lines(head.kicker), "kicker"), _p(_lines(head.subtitle), "subtitle")
    return f'<header>{logo}{kicker}<h1 dir="auto">{_lines(head.title)}</h1>{subtitle}</header>'


def _letter(head: model.LetterHead) -> str:
    first, *rest = head.sender or ("",)
    sender = _p(f"<b>{_lines(first)}</b>", "sender") + _p("<br>".join(map(_lines, rest)), "note")
    to = _p("<br>".join(map(_lines, head.to)))
    about = _p("<br>".join(map(_lines, (head.date, *head.references))))
    subject = f'<h1 class="subject" dir="auto">{_lines(head.subject)}</h1>' if head.subject else ""
    return f"<header>{sender}{to}{about}{_p(_lines(head.greeting))}{subject}</header>"


def _write_line(line: tuple[model.WriteLine, ...]) -> str:
    parts = (
        f'<span dir="auto">{_lines(one.label)}<span class="rule"></span></span>' for one in line
    )
    return f'<p class="write">{"".join(parts)}</p>'
