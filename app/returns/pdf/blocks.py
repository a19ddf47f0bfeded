"""Turn the blocks of a filled return into boxes of a given width."""

from collections.abc import Sequence
from dataclasses import dataclass

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
from app.returns.pdf.charts import ChartBox
from app.returns.pdf.heads import (
    BigNumbersBox,
    KeyFactsBox,
    ReportHeadBox,
    SheetHeadBox,
    WriteLinesBox,
)
from app.returns.pdf.lines import Span, Style, wrap
from app.returns.pdf.lists import BulletsBox
from app.returns.pdf.shaping import Shaper
from app.returns.pdf.table import Setter

_GUTTER = 24.0
_QUOTE_MARKS = ' “”"'
_BEFORE_HEADING = {1: 16.0, 2: 16.0, 3: 11.0}
_BEFORE_TEXT = 5.5
_BEFORE_BLOCK = 8.0


@dataclass(frozen=True, slots=True)
class Setting:
    """What all blocks of one document are set with; `page_height` is the room of a whole page."""

    shaper: Shaper
    accent: str
    group: str
    logo: tuple[str, float] | None
    page_height: float


def build(blocks: Sequence[model.Block], width: float, setting: Setting) -> list[Box]:
    """Return the boxes of `blocks` in order."""
    boxes: list[Box] = []
    for index, block in enumerate(blocks):
        made = _build_one(block, width, setting)
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        if made and isinstance(block, model.Chart) and isinstance(after, model.Note):
            made[-1].keep_next = True
        boxes += made
    return boxes


def _build_one(block: model.Block, width: float, setting: Setting) -> list[Box]:  # noqa: C901, PLR0911, PLR0912 - one case a block
    shaper = setting.shaper
    match block:
        case model.Heading():
            return [_heading(block, width, shaper)]
        case model.Paragraph():
            return [_text(block.runs, Style(theme.BODY), width, shaper)]
        case model.Note():
            return [_note(block.runs, width, shaper)]
        case model.PrivacyNote():
            return [_note(model.text(block.text), width, shaper)]
        case model.Bullets():
            return [_before(box, 3.0) for box in _bullets(block, width, shaper)]
        case model.BigNumbers():
            return [_before(BigNumbersBox(block, width, shaper, setting.accent), 12.0)]
        case model.Chart():
            return [_before(ChartBox(block, width, shaper, setting.accent), _BEFORE_BLOCK)]
        case model.Table():
            return _table(block, width, setting)
        case model.Quote():
            return [_quote(block, width, shaper)]
        case model.KeyFacts():
            return [_before(KeyFactsBox(block, width, shaper), _BEFORE_BLOCK)]
        case model.PageBreak():
            return [NewPage()]
        case model.Spacer():
            return [Space(block.height_mm * theme.MM)]
        case model.KeepTogether():
            return _together(build(block.blocks, width, setting), width, setting)
        case model.TwoColumns():
            return _beside(block, width, setting)
        case model.SheetHead():
            return [SheetHeadBox(block, width, shaper)]
        case model.ReportHead():
            return [
                ReportHeadBox(
                    block,
                    width,
                    shaper,
                    accent=setting.accent,
                    logo=setting.logo,
                    group=setting.group,
                )
            ]
        case model.WriteLines():
            return [_before(WriteLinesBox(block, width, shaper), 4.0)]


def _before(box: Box, room: float) -> Box:
    box.before = room
    return box


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


def _bullets(block: model.Bullets, width: float, shaper: Shaper) -> list[Box]:
    return BulletsBox.all([spans(item, Style(theme.BODY)) for item in block.items], width, shaper)


def _table(block: model.Table, width: float, setting: Setting) -> list[Box]:
    notes = [_note(note, width, setting.shaper) for note in block.notes]
    tail = Stack(notes, width) if notes else None
    boxes: list[Box] = list(Setter(block, setting.shaper).set(width, tail))
    boxes[0].before = _BEFORE_BLOCK if block.caption else 3.0
    return boxes


def _quote(block: model.Quote, width: float, shaper: Shaper) -> Box:
    pad = 12.0
    room = width - 2 * pad
    said = f"“{block.text.strip(_QUOTE_MARKS)}”"
    boxes: list[Box] = [TextBox(wrap([Span(fonts.clean(said), Style(11.4))], room, shaper), room)]
    if block.by:
        style = Style(theme.SMALL, colour=theme.MUTED)
        by = wrap([Span(fonts.clean(block.by), style)], room, shaper)
        boxes.append(TextBox(by, room, before=2.0))
    return _before(Framed(Stack(boxes, room), "BlockQuote", pad=pad), 12.0)


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
