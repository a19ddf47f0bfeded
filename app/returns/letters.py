"""Find letters that no bundled face can print, and say whose they are before anything is printed."""

from collections.abc import Iterator

from app.returns import pdf
from app.returns.filled import (
    Block,
    Bullets,
    Heading,
    Note,
    Paragraph,
    ReportHead,
    SheetHead,
    Table,
    plain,
)

_EASY = 0x250
"""Below this every letter is in the face that is always there."""
_OURS = frozenset("‘’“”–—…−✓×☐£€")
"""What our own sentences use beyond it; checked by the tests of the fonts."""
_MOST_NAMED = 5


def warnings_of(blocks: Iterator[Block]) -> tuple[str, ...]:
    """Return a sentence for each text with letters that cannot be printed; the first few by name."""
    hard = [
        words for words in dict.fromkeys(_texts(blocks)) if max(words, default="") >= chr(_EASY)
    ]
    if not hard or not pdf.missing_letters("".join({letter for words in hard for letter in words})):
        return ()
    found = [(words, pdf.missing_letters(words)) for words in hard]
    faulty = [(words, missing) for words, missing in found if missing]
    said = [
        f"“{words}” has letters that cannot be printed: {' '.join(missing)}. Boxes stand for them."
        for words, missing in faulty[:_MOST_NAMED]
    ]
    more = len(faulty) - _MOST_NAMED
    return (*said, *([f"{more:,} more names have such letters."] if more > 0 else []))


def _is_hard(letter: str) -> bool:
    return ord(letter) >= _EASY and letter not in _OURS


def _texts(blocks: Iterator[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Table():
                rows = (*block.rows, *((block.total,) if block.total else ()))
                yield from (cell.text for row in rows for cell in row)
            case Heading():
                yield block.text
            case Paragraph() | Note():
                yield plain(block.runs)
            case Bullets():
                yield from (plain(item) for item in block.items)
            case ReportHead():
                yield from (block.kicker, block.title, block.subtitle)
            case SheetHead():
                yield from (block.title, block.details)
