"""A filled return as plain text: to paste into a funder's portal, answer by answer."""

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, assert_never

from app.domain import words
from app.returns import filled as model
from app.returns.clothes.cell_numbers import cell_words
from app.returns.feet import foot, made_with, pretend_mark
from app.returns.kept_text import kept, one_line

_WIDTH = 78
_UNDER = {1: "=", 2: "-"}
_GAP = "  "
_COUNTED = re.compile(r"[\d,]+ of [\d,]+ (words|letters|characters)\b.*")
"""The note below an answer on paper; here a fuller one stands above it."""


def plain_text(filled: model.FilledReturn) -> str:
    """Return the whole return as text, its answers with both counts.

    Answers are not broken into lines: a portal's box would keep each break.
    """
    asked = _asked(filled)
    mark = pretend_mark(filled)
    parts = [*((mark,) if mark else ()), *_parts(filled.blocks, asked)]
    if not any(isinstance(block, model.ReportHead | model.LetterHead) for block in filled.walk()):
        parts.insert(0, _heading(filled.title, 1))
    parts += [_wrapped(foot(filled)), made_with()]
    return "\n\n".join(part for part in parts if part) + "\n"


def answer_text(filled: model.FilledReturn, question_id: str) -> str:
    """Return one answer as it is pasted: a line a paragraph, no counts. "" for one not answered."""
    return _given(_answer(filled, question_id))


def count_text(filled: model.FilledReturn, question_id: str) -> str:
    """Return how long an answer is: "61 of 150 words (strict), 402 letters"."""
    return _counts(_answer(filled, question_id))


def _answer(filled: model.FilledReturn, question_id: str) -> Mapping[str, model.Json]:
    found = filled.answers.get(question_id)
    return found if isinstance(found, Mapping) else {}


def _asked(filled: model.FilledReturn) -> dict[str, Mapping[str, model.Json]]:
    """Return the answers by the words of their questions, as the headings have them."""
    answers = (_answer(filled, one) for one in filled.answers)
    return {str(one["question"]): one for one in answers if one.get("question")}


def _given(answer: Mapping[str, model.Json]) -> str:
    paragraphs = re.split(r"\n\s*\n", kept(str(answer.get("answer") or "")).strip())
    return "\n\n".join(paragraph.strip() for paragraph in paragraphs)


def _counts(answer: Mapping[str, model.Json]) -> str:
    if not answer:
        return ""
    given = _given(answer)
    strict, letters = words.strict_count(given), words.letter_count(given)
    most, least = answer.get("words_to"), answer.get("words_from")
    longest = answer.get("letters_to")
    counted = f"{strict:,} of {most:,} words" if most else f"{strict:,} words"
    asked = f", at least {least:,} asked for" if least else ""
    said = f"{letters:,} of {longest:,} letters" if longest else f"{letters:,} letters"
    return f"{counted} (strict){asked}, {said}"


# --- blocks ------------------------------------------------------------------------------------

_Asked = Mapping[str, Mapping[str, model.Json]]


def _parts(blocks: Iterable[model.Block], asked: _Asked) -> Iterator[str]:
    within = False
    for block in blocks:
        if isinstance(block, model.Heading):
            answer = asked.get(block.text)
            within = answer is not None
            yield _heading(block.text, block.level)
            if answer is not None:
                yield f"[{_counts(answer)}]"
        elif within and isinstance(block, model.Note) and _is_count(block):
            continue
        elif within and isinstance(block, model.Paragraph):
            yield kept(model.plain(block.runs)).strip()
        else:
            yield _part(block, asked)


def _is_count(note: model.Note) -> bool:
    return bool(_COUNTED.fullmatch(model.plain(note.runs)))


def _part(block: model.Block, asked: _Asked) -> str:  # noqa: C901, PLR0911, PLR0912 - one case for each block
    match block:
        case model.Heading():
            return _heading(block.text, block.level)
        case model.Paragraph() | model.Note():
            return _wrapped(model.plain(block.runs))
        case model.PrivacyNote():
            return _wrapped(block.text)
        case model.Bullets():
            return "\n".join(_wrapped(model.plain(item), "- ") for item in block.items)
        case model.BigNumbers():
            return "\n".join(_wrapped(f"{item.value} {item.label}") for item in block.items)
        case model.KeyFacts():
            return "\n".join(_wrapped(f"{fact.label}: {fact.text}") for fact in block.facts)
        case model.Chart():
            return _chart(block)
        case model.Table():
            return _table(block)
        case model.Quote():
            said = block.text.strip(' “”"')
            by = f"\n{_wrapped(block.by, '  — ')}" if block.by else ""
            return _wrapped(f"“{said}”", "  ") + by
        case model.Picture():
            return _wrapped(f"[Picture: {block.alt}]")
        case model.PageBreak() | model.Spacer():
            return ""
        case model.KeepTogether():
            return _joined(_parts(block.blocks, asked))
        case model.TwoColumns():
            return _joined((*_parts(block.left, asked), *_parts(block.right, asked)))
        case _:
            return _of_paper(block)


_OfPaper: TypeAlias = (
    model.ReportHead | model.SheetHead | model.LetterHead | model.Notice | model.WriteLines
)


def _of_paper(block: _OfPaper) -> str:
    """Return heads, and what stands on letters, sheets and cards."""
    match block:
        case model.ReportHead():
            head = (_wrapped(block.kicker), _heading(block.title, 1), _wrapped(block.subtitle))
            return _joined(head)
        case model.SheetHead():
            lines = (block.when, block.details, block.code, block.sheet)
            return _joined((_heading(block.title, 1), _wrapped("\n".join(x for x in lines if x))))
        case model.LetterHead():
            return _letter(block)
        case model.Notice():
            return _joined((_wrapped(block.text), _wrapped(block.detail)))
        case model.WriteLines():
            return "\n".join(_write_line(line) for line in block.lines)
        case _:
            assert_never(block)


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def _heading(text: str, level: int) -> str:
    lines = _wrapped(text)
    under = _UNDER.get(level)
    longest = max((_long(line) for line in lines.split("\n")), default=0)
    return f"{lines}\n{under * longest}" if under and longest else lines


def _wrapped(text: str, first: str = "") -> str:
    """Return text in lines of 78 letters; `first` begins it, and what follows is as far in."""
    rest = " " * len(first)
    lines: list[str] = []
    for number, paragraph in enumerate(kept(text).strip().split("\n")):
        begin = first if number == 0 else rest
        lines += textwrap.wrap(
            paragraph, _WIDTH, initial_indent=begin, subsequent_indent=rest, break_on_hyphens=False
        ) or [""]
    return "\n".join(lines).strip("\n")


def _letter(head: model.LetterHead) -> str:
    groups = (head.sender, head.to, (head.date, *head.references), (head.greeting,))
    lines = ("\n".join(_wrapped(one) for one in group if one) for group in groups)
    return _joined((*lines, _heading(head.subject, 1) if head.subject else ""))


def _write_line(line: Sequence[model.WriteLine]) -> str:
    room = max(_WIDTH // max(len(line), 1) - 2, 12)
    parts = (f"{one_line(one.label)} {'_' * max(room - len(one.label) - 1, 8)}" for one in line)
    return _GAP.join(parts)


# --- tables ------------------------------------------------------------------------------------


def _chart(chart: model.Chart) -> str:
    unit = f" {chart.unit}" if chart.unit else ""
    rows = [(one_line(p.label), f"{one_line(model.spoken_value(p))}") for p in chart.points]
    aligned = _aligned(rows, (model.Align.LEFT, model.Align.RIGHT))
    said = f"{chart.summary.rstrip('. ')}{f' (in{unit})' if unit else ''}:"
    return f"{_wrapped(said)}\n{aligned or 'There is nothing to show.'}"


def _table(table: model.Table) -> str:
    lined = [tuple(one_line(cell_words(cell)) for cell in cells) for cells in table.rows]
    heads = [tuple(one_line(_title(column)) for column in table.columns)]
    total = [tuple(one_line(cell_words(cell)) for cell in table.total)] if table.total else []
    rows = [*(heads if any(heads[0]) else ()), *lined, *total]
    body = _aligned(rows, tuple(column.align for column in table.columns))
    parts = (
        _wrapped(table.caption),
        body if table.rows else _joined((body, _wrapped(table.empty_text))),
        *(_wrapped(model.plain(note)) for note in table.notes),
    )
    return "\n".join(part for part in parts if part)


def _title(column: model.Column) -> str:
    return f"{column.group}: {column.title}" if column.group else column.title


def _aligned(rows: Sequence[Sequence[str]], aligns: Sequence[model.Align]) -> str:
    """Return rows in columns of spaces, or, where that is too wide, with tabs between."""
    if not rows:
        return ""
    widths = [max(_long(row[at]) for row in rows) for at in range(len(aligns))]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > _WIDTH:
        return "\n".join("\t".join(row) for row in rows)
    return "\n".join(
        _GAP.join(_padded(cell, widths[at], aligns[at]) for at, cell in enumerate(row)).rstrip()
        for row in rows
    )


def _padded(cell: str, width: int, align: model.Align) -> str:
    room = " " * (width - _long(cell))
    return room + cell if align is model.Align.RIGHT else cell + room


def _long(text: str) -> int:
    """Return how many columns a text takes: marks none, wide letters two."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in text
    )
