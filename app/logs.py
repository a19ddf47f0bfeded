"""Write the program's own log, and keep personal data out of it.

A log line is a fixed text and countable things: `_LOG.info("register opened: %d people", count)`.
Whatever else reaches the log is taken out here, because a fault report is shown to strangers.
"""

import logging
from contextlib import suppress
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

FILE_NAME = "hallbook.log"
WITHHELD = "[withheld]"
_MAX_BYTES = 500_000
_KEPT_FILES = 3
# Other libraries put what they read (a cell, a PDF's text, a file name) into their messages.
_OURS = "app"
_SAFE_TYPES = (int, type, type(None))  # bool is an int; float is left out: it is never a count


def set_up(folder: Path, *, level: int = logging.INFO) -> Path | None:
    """Log to a rotating file in `folder`; return it, or None if the folder can't be written to.

    A log that can't be written is no reason to keep somebody from their book.
    """
    logger = logging.getLogger()
    for handler in [h for h in logger.handlers if isinstance(h, _LogFile)]:
        logger.removeHandler(handler)
        handler.close()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / FILE_NAME
        handler = _LogFile(file, maxBytes=_MAX_BYTES, backupCount=_KEPT_FILES, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(SafeFormatter())
    logger.addHandler(handler)
    logging.getLogger(_OURS).setLevel(level)
    return file


def safe_traceback(fault: BaseException | None) -> str:
    """Return kinds of fault and places in the code, without messages, which may hold values."""
    lines: list[str] = []
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        lines.append(f"{type(fault).__module__}.{type(fault).__qualname__}: {WITHHELD}")
        lines += _places(fault.__traceback__)
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return "\n".join(lines)


class SafeFormatter(logging.Formatter):
    """Format a record with its fixed text, and of its arguments only numbers, codes and types."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, and under it the safe traceback if there was a fault."""
        line = " ".join(
            (self.formatTime(record), record.levelname, record.name, _safe_message(record))
        )
        fault = record.exc_info[1] if record.exc_info else None
        return f"{line}\n{safe_traceback(fault)}" if fault else line


class _LogFile(RotatingFileHandler):
    """A class of our own, so that setting up twice replaces our file and nobody else's."""

    def close(self) -> None:
        """Let go of the file; what no longer fits on the disk is not tried again."""
        with suppress(OSError):
            super().close()

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: the standard reply prints the record, values and all, to the terminal."""


def _safe_message(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] != _OURS:
        return WITHHELD
    text, values = str(record.msg), record.args
    try:
        if isinstance(values, dict):
            return text % {key: _safe(value) for key, value in values.items()}
        return text % tuple(_safe(value) for value in values) if values else text
    except (TypeError, ValueError, KeyError):
        return f"{text} {WITHHELD}"  # %d met something withheld


def _safe(value: object) -> object:
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, type):
        return value.__qualname__
    return value if isinstance(value, _SAFE_TYPES) else WITHHELD


def _places(traceback: TracebackType | None) -> list[str]:
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        # The file's name without its folder: folders hold people's names.
        file = Path(code.co_filename)
        places.append(f"  {file.parent.name}/{file.name}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return places
