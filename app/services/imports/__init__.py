"""Import people and attendance: read into a plan, look at it, carry it out, take it out again."""

from app.importers.base import DateOrder, ImportProblem, Options, Plan, Question
from app.importers.matching import Known, Likely, Matching, match_people
from app.services.imports.reading import KINDS, read_plan, save_mapping, with_mapping
from app.services.imports.removing import list_imports, undo_import
from app.services.imports.report import ImportReport
from app.services.imports.work import (
    Prepared,
    carry_out,
    known_people,
    open_questions,
    prepare,
    report_of,
    with_joins,
)

__all__ = [
    "KINDS",
    "DateOrder",
    "ImportProblem",
    "ImportReport",
    "Known",
    "Likely",
    "Matching",
    "Options",
    "Plan",
    "Prepared",
    "Question",
    "carry_out",
    "known_people",
    "list_imports",
    "match_people",
    "open_questions",
    "prepare",
    "read_plan",
    "report_of",
    "save_mapping",
    "undo_import",
    "with_joins",
    "with_mapping",
]
