"""Turn words into glyphs: HarfBuzz shapes each stretch of one face and one direction.

`Shaper` belongs to one document. It remembers each word it has shaped, gives every glyph that is
used a code (in order of use, so that the same text always gives the same bytes), and notes what
text the code stands for, so that readers can copy and listen to it.
"""

from typing import Any, NamedTuple

import uharfbuzz as hb

from app.returns.pdf import fonts
from app.returns.pdf.fonts import EM, Face

_UNKNOWN = "\u200b"  # what a mark means that is no letter of its own; /ActualText says the truth


class Glyphs(NamedTuple):
    """Shaped glyphs of one face.

    `body` goes between the brackets of a TJ operator; `raised` holds (body, rise) instead where
    marks stand off the line. `width` is in thousandths of the type size. `readable` says whether
    the codes alone give the text back; `thick` makes a face bold that has no bold of its own.
    """

    font: "UsedFont"
    body: str
    raised: tuple[tuple[str, int], ...]
    width: float
    readable: bool
    thick: bool


class Shaped(NamedTuple):
    """A shaped word or run: glyphs from left to right.

    What is not `readable` needs its text beside it. Right-to-left runs are drawn as readers expect
    them; their text in reading order is in the structure tree (`boxes.draw_content`).
    """

    parts: tuple[Glyphs, ...]
    width: float
    readable: bool


class UsedFont:
    """A face as one document uses it: codes for glyphs, their widths and their texts."""

    __slots__ = ("codes", "face", "name", "texts", "widths")

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.codes: dict[int, int] = {}
        self.widths: list[int] = []
        self.texts: list[str] = []

    def code(self, glyph: int) -> int:
        """Return the code of `glyph`, from 1, giving it one if it is new."""
        known = self.codes.get(glyph)
        if known is None:
            known = self.codes[glyph] = len(self.codes) + 1
            self.widths.append(self.face.font.get_glyph_h_advance(glyph))
            self.texts.append("")
        return known

    def means(self, code: int, words: str) -> bool:
        """Note that `code` stands for `words`; False if it already stands for something else."""
        noted = self.texts[code - 1]
        if not noted:
            self.texts[code - 1] = words
            return True
        return noted == words


class Shaper:
    """Shape the words of one document."""

    def __init__(self) -> None:
        self.fonts: dict[str, UsedFont] = {}
        self.lines: dict[Any, Any] = {}
        self.line_widths: dict[Any, tuple[float, float]] = {}
        """What lines.py found out about short texts of this document."""
        self._done: dict[tuple[str, bool, bool, bool], Shaped] = {}
        self._buffer = hb.Buffer()

    def shape(
        self, words: str, *, bold: bool = False, tabular: bool = False, rtl: bool = False
    ) -> Shaped:
        """Return the glyphs of `words` (cleaned, one direction); `tabular` makes digits as wide."""
        key = (words, bold, tabular, rtl)
        done = self._done.get(key)
        if done is None:
            stretches = fonts.split(words, bold=bold)
            parts = [self._shape_one(face, part, tabular, rtl) for face, part in stretches]
            if rtl:
                parts.reverse()
            done = self._done[key] = Shaped(
                tuple(parts),
                sum(part.width for part in parts),
                rtl or all(part.readable for part in parts),
            )
        return done

    def width(self, words: str, *, bold: bool = False, tabular: bool = False) -> float:
        """Return the width of `words` in thousandths of the type size."""
        return self.shape(words, bold=bold, tabular=tabular).width

    def _shape_one(self, face: Face, words: str, tabular: bool, rtl: bool) -> Glyphs:
        used = self.fonts.get(face.file)
        if used is None:
            used = self.fonts[face.file] = UsedFont(face, f"F{len(self.fonts) + 1}")
        buffer = self._buffer
        buffer.clear_contents()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(words)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        hb.shape(face.font, buffer, {"tnum": True} if tabular else None)
        infos = buffer.glyph_infos
        clusters = [info.cluster for info in infos]
        codes = [used.code(info.codepoint) for info in infos]
        readable = _note_texts(used, words, codes, clusters, rtl=rtl)
        writer = _Body(used, thick=face.fake_bold)
        for code, position in zip(codes, buffer.glyph_positions, strict=True):
            writer.add(code, *position.position)
        return writer.finish(readable=readable)


def _note_texts(
    used: UsedFont, words: str, codes: list[int], clusters: list[int], *, rtl: bool
) -> bool:
    """Note what each code stands for; say whether reading the codes gives `words` back.

    Readers take right-to-left letters as they stand, from the left, and turn the whole line round:
    so the letters of a right-to-left ligature are noted as they would stand, too.
    """
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(words)], strict=True))
    readable = True
    counts = {start: clusters.count(start) for start in starts} if len(starts) < len(codes) else {}
    for code, start in zip(codes, clusters, strict=True):
        if counts.get(start, 1) == 1:
            letters = words[start : ends[start]]
            readable = used.means(code, letters[::-1] if rtl else letters) and readable
        else:
            readable = False
            if not used.texts[code - 1]:
                used.means(code, _own_text(used.face, code, used, words[start : ends[start]]))
    return readable


def _own_text(face: Face, code: int, used: UsedFont, cluster: str) -> str:
    """Return the letter of `cluster` that the glyph is by itself, or a space of no width."""
    glyph = next(glyph for glyph, known in used.codes.items() if known == code)
    nominal = face.font.get_nominal_glyph
    return next((one for one in cluster if nominal(ord(one)) == glyph), _UNKNOWN)


class _Body:
    """Write glyphs as the inside of a TJ array, with the shifts that kerning and marks need."""

    def __init__(self, used: UsedFont, *, thick: bool) -> None:
        self._used = used
        self._thick = thick
        self._width = 0
        self._rise = 0
        self._open = False
        self._pending = 0  # how far back (in thousandths) the next glyph must start
        self._text: list[str] = []
        self._segments: list[tuple[str, int]] = []

    def add(self, code: int, right: int, up: int, advance: int, _down: int) -> None:
        if up != self._rise:
            self._close_segment(up)
        self._pending -= right
        if self._pending:
            self._write_shift()
        if not self._open:
            self._text.append("<")
            self._open = True
        self._text.append(f"{code:04X}")
        self._width += advance
        self._pending += right + self._used.widths[code - 1] - advance

    def _write_shift(self) -> None:
        self._text.append(f">{self._pending}" if self._open else str(self._pending))
        self._open = False
        self._pending = 0

    def _close_segment(self, rise: int) -> None:
        if self._open:
            self._text.append(">")
            self._open = False
        if self._text:
            self._segments.append(("".join(self._text), self._rise))
            self._text = []
        self._rise = rise

    def finish(self, *, readable: bool) -> Glyphs:
        if self._pending:  # the next word starts where the advances say
            self._write_shift()
        segments: tuple[tuple[str, int], ...]
        if self._rise or self._segments:
            self._close_segment(0)
            segments, body = tuple(self._segments), ""
        else:
            if self._open:
                self._text.append(">")
            segments, body = (), "".join(self._text)
        width = self._width * self._used.face.scale
        return Glyphs(self._used, body, segments, width, readable, self._thick)


__all__ = ["EM", "Glyphs", "Shaped", "Shaper", "UsedFont"]
