"""The window: the only package that knows Qt."""

import builtins
import linecache

import PySide6.QtCore  # noqa: F401 - it must have put its own import there before that is taken away

# PySide6 puts an import of its own in the place of Python's: it reads the source of every module that
# is imported and keeps it, 12 MiB of lines, to see whether the module might want snake_case methods.
# Nobody here does.
builtins.__import__ = builtins.__orig_import__  # type: ignore[attr-defined]
linecache.clearcache()
