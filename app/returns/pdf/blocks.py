"""Turn the blocks of a filled return into boxes of a given width."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.returns import filled as model
from app.returns.pdf import fonts, theme
from app.returns.pdf.boxes import (
    Beside,
    Box,
    Framed,
    NewPage,
    Space,
    Stack,
    TextBox,
    stacked_height,
)
from app.returns.pdf.charts import parts_of
from app.returns.pdf.heads import (
    BigNumbersBox,
    CoverBox,
    CoverSetting,
    ReportHeadBox,
    SheetHeadBox,
    WriteLineBox,
)
from app.returns.pdf.lines import Span, Style, wrap
from app.returns.pdf.lists import bullets, key_facts
from app.returns.pdf.pictures import Known, PictureBox
from app.returns.pdf.shaping import Shaper
from app.returns.pdf.stationery import LetterHeadBox, NoticeBox
from app.returns.pdf.table_setter import Setter

_GUTTER = 24.0
_HEADING_ROOM = 60.0
"""Points left above a picture for the heading that names it."""
_QUOTE_MARKS = ' “”"'
_BEFORE_HEADING = {1: 16.0, 2: 16.0, 3: 11.0}
_BEFORE_TEXT = 5.5
_BEFORE_BLOCK = 8.0
_SET_APART = (model.Quote, model.Table, model.BigNumbers, model.KeyFacts, model.Chart, model.Notice)
_BEFORE_AFTER = {True: 4.0, False: 10.0}  # notes stay close to what they are about


@dataclass(frozen=True, slots=True)
class Setting:
    """What all blocks of one document are set with.

    `page_height` is the room of a whole page, `head_room` what is above it on the paper.
    """

    shaper: Shaper
    accent: str
    group: str
    logo: tuple[str, float] | None
    page_height: float
    head_room: float = 0.0
    pictures: Known = field(default_factory=dict)


def build(blocks: Sequence[model.Block], width: float, setting: Setting) -> list[Box]:
    """Return the boxes of `blocks` in order."""
    boxes: list[Box] = []
    for index, block in enumerate(blocks):
        made = _build_one(block, width, setting)
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        if made and isinstance(block, model.Chart) and isinstance(after, model.Note):
            made[-1].keep_next = True
        if made and index and isinstance(blocks[index - 1], _SET_APART):
            made[0].before = max(made[0].before, _BEFORE_AFTER[isinstance(block, model.Note)])
        boxes += made
    return boxes


def _build_one(  # noqa: C901, PLR0911 - one case for each block
    block: model.Block, width: float, setting: Setting
) -> list[Box]:
    shaper = setting.shaper
    match block:
        case model.Heading():
            return [_heading(block, width, shaper)]
        case model.Paragraph():
            return [_text(block.runs, Style(block.font_size or theme.BODY), width, shaper)]
        case model.Note():
            return [_note(block.runs, width, shaper)]
        case model.PrivacyNote():
            return [_before(_note(model.text(block.text), width, shaper), _BEFORE_BLOCK)]
        case model.Quote():
            return _quote(block, width, setting)
        case model.Bullets():
            items = [spans(item, Style(theme.BODY)) for item in block.items]
            return bullets(items, width, shaper)
        case model.KeyFacts():
            return _first_before(key_facts(block, width, shaper), _BEFORE_BLOCK)
        case model.KeepTogether():
            return _together(build(block.blocks, width, setting), width, setting)
        case model.TwoColumns():
            return _beside(block, width, setting)
        case model.PageBreak():
            return [NewPage()]
        case model.Spacer():
            return [Space(block.height_mm * theme.MM)]
        case _:
            return _build_drawn(block, width, setting)


def _build_drawn(  # noqa: PLR0911 - one case for each block
    block: model.BigNumbers
    | model.Chart
    | model.Table
    | model.SheetHead
    | model.ReportHead
    | model.WriteLines
    | model.LetterHead
    | model.Notice
    | model.Picture,
    width: float,
    setting: Setting,
) -> list[Box]:
    shaper, accent = setting.shaper, setting.accent
    match block:
        case model.BigNumbers():
            return [_before(BigNumbersBox(block, width, shaper, accent), 12.0)]
        case model.Chart():
            return _charts(block, width, setting)
        case model.Table():
            return _table(block, width, setting)
        case model.SheetHead():
            return [SheetHeadBox(block, width, shaper)]
        case model.ReportHead():
            return _report_head(block, width, setting)
        case model.WriteLines():
            lines = [WriteLineBox(line, width, shaper) for line in block.lines]
            return _first_before(lines, 4.0)
        case model.LetterHead():
            return [LetterHeadBox(block, width, shaper, accent=accent, head_room=setting.head_room)]
        case model.Notice():
            return [_before(NoticeBox(block, width, shaper, accent), 10.0)]
        case model.Picture():
            name, shape = setting.pictures[block.content]
            room = setting.page_height - _HEADING_ROOM
            return [_before(PictureBox(name, shape, block.alt, width, room), 8.0)]


def _report_head(block: model.ReportHead, width: float, setting: Setting) -> list[Box]:
    """Return the head at the top of a page, or a cover that has one to itself."""
    accent, logo, group = setting.accent, setting.logo, setting.group
    if block.is_cover:
        cover = CoverSetting(accent, logo, group, setting.page_height)
        return [NewPage(), CoverBox(block, width, setting.shaper, cover), NewPage()]
    return [ReportHeadBox(block, width, setting.shaper, accent=accent, logo=logo, group=group)]


def _before(box: Box, room: float) -> Box:
    box.before = room
    return box


def _first_before(boxes: Sequence[Box], room: float) -> list[Box]:
    for box in boxes[:1]:
        box.before = room
    return list(boxes)


def spans(runs: model.Text, style: Style) -> list[Span]:
    """Return the spans of `runs`, in `style`, the bold ones bold."""
    return [
        Span(fonts.clean(run.text), style._replace(bold=style.bold or run.bold)) for run in runs
    ]


def _heading(block: model.Heading, width: float, shaper: Shaper) -> Box:
    level = min(max(block.level, 1), 3)
    style = Style(theme.HEADINGS[level], bold=True)
    lines = wrap([Span(fonts.clean(block.text), style)], width, shaper)
    return TextBox(
        lines,
        width,
        tag=f"H{level}",
        before=_BEFORE_HEADING[level],
        keep_next=True,
        outline=(block.text, level - 1),
    )


def _text(runs: model.Text, style: Style, width: float, shaper: Shaper) -> Box:
    return TextBox(wrap(spans(runs, style), width, shaper), width, before=_BEFORE_TEXT)


def _note(runs: model.Text, width: float, shaper: Shaper) -> Box:
    style = Style(theme.SMALL, colour=theme.MUTED)
    return TextBox(wrap(spans(runs, style), width, shaper), width, before=4.0)


def _charts(block: model.Chart, width: float, setting: Setting) -> list[Box]:
    parts = parts_of(block, width, setting.shaper, setting.accent, page_height=setting.page_height)
    return [_before(part, _BEFORE_BLOCK) for part in parts]


def _table(block: model.Table, width: float, setting: Setting) -> list[Box]:
    notes: list[Box] = [_note(note, width, setting.shaper) for note in block.notes]
    tail = Stack(notes, width) if notes else None
    after: list[Box] = []
    if tail and tail.height > setting.page_height / 3:  # so long that they may be split themselves
        tail, after = None, list(notes)
    boxes = Setter(block, setting.shaper).set(width, tail)
    return [*_first_before(boxes, _BEFORE_BLOCK if block.caption else 3.0), *after]


def _quote(block: model.Quote, width: float, setting: Setting) -> list[Box]:
    pad, shaper = 12.0, setting.shaper
    room = width - 2 * pad
    said = f"“{block.text.strip(_QUOTE_MARKS)}”"
    boxes: list[Box] = [TextBox(wrap([Span(fonts.clean(said), Style(11.4))], room, shaper), room)]
    if block.by:
        style = Style(theme.SMALL, colour=theme.MUTED)
        by = wrap([Span(fonts.clean(block.by), style)], room, shaper)
        boxes.append(TextBox(by, room, before=2.0))
    framed = Framed(Stack(boxes, room), "BlockQuote", pad=pad)
    if framed.height > setting.page_height:
        return _first_before(boxes, 12.0)
    return [_before(framed, 12.0)]


def _together(boxes: list[Box], width: float, setting: Setting) -> list[Box]:
    """Return one unsplit stack, or the boxes one by one where no page could hold them."""
    if not boxes or stacked_height(boxes) > setting.page_height:
        return boxes
    return [Stack(boxes, width)]


def _beside(block: model.TwoColumns, width: float, setting: Setting) -> list[Box]:
    """Return two columns, or one below the other where no page could hold them."""
    share = min(max(block.share, 0.2), 0.8)
    widths = ((width - _GUTTER) * share, (width - _GUTTER) * (1 - share))
    left = Stack(build(block.left, widths[0], setting), widths[0])
    right = Stack(build(block.right, widths[1], setting), widths[1])
    if max(left.height, right.height) > setting.page_height:
        return build((*block.left, *block.right), width, setting)
    return [Beside(left, right, _GUTTER)]
