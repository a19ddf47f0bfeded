"""Returns: what there is, fill one, print it; the rest is in modules of their own.

What only the window's workspace needs is imported by name (`from app.services.returns import
drafts`), so that printing a sheet does not wait for it: drafts, answers, state, proof, issuing,
explaining, due, own_templates.
"""

from app.returns.filled import FilledReturn
from app.returns.options import Copy, ReturnOptions
from app.services.returns.printing import (
    as_json,
    keep_printed_order,
    read_answers,
    record_sent,
    render_pdf,
    save_pdf,
    sheets_of,
    write_pdf,
)
from app.services.returns.templates import (
    TemplateInfo,
    _files,
    _known,
    list_templates,
    offered_references,
    prepare,
    template_of,
    text_of,
)

__all__ = [
    "Copy",
    "FilledReturn",
    "ReturnOptions",
    "TemplateInfo",
    "_files",
    "_known",
    "as_json",
    "keep_printed_order",
    "list_templates",
    "offered_references",
    "prepare",
    "read_answers",
    "record_sent",
    "render_pdf",
    "save_pdf",
    "sheets_of",
    "template_of",
    "text_of",
    "write_pdf",
]
