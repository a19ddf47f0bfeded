"""Hallbook: the clipboard, the cash tin and the grant form in one file."""

__version__ = "0.1.0"
