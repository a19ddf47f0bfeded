"""Import people and attendance: read into a plan, look at it, carry it out, take it out again."""

from app.importers.base import (
    MARKS,
    ROLES,
    SET_ASIDE,
    ColumnDecision,
    DateOrder,
    ImportProblem,
    MarkMeaning,
    Options,
    PersonRow,
    Plan,
    Question,
    Skipped,
    ValueMeaning,
)
from app.importers.fields import NOT_PERSONAL, PERSON_NAMES, Field
from app.importers.matching import Known, Likely, Matching, match_people
from app.importers.value_meanings import words_of
from app.services.imports.joining import with_same
from app.services.imports.looking import SheetLook, look_at
from app.services.imports.reading import (
    KINDS,
    OpenedFile,
    kind_of,
    open_file,
    read_opened,
    read_plan,
    save_mapping,
    with_mapping,
)
from app.services.imports.remembered import forget, recall, remember
from app.services.imports.removing import list_imports, undo_import
from app.services.imports.report import ImportReport
from app.services.imports.report_file import notes_of, rows_of, save_report, summary, text_lines
from app.services.imports.work import (
    Prepared,
    Writing,
    Written,
    carry_out,
    digest_of,
    known_people,
    open_questions,
    prepare,
    report_of,
    with_joins,
    write_in_slices,
)
from app.storage.imports import ImportRun

__all__ = [
    "KINDS",
    "MARKS",
    "NOT_PERSONAL",
    "PERSON_NAMES",
    "ROLES",
    "SET_ASIDE",
    "ColumnDecision",
    "DateOrder",
    "Field",
    "ImportProblem",
    "ImportReport",
    "ImportRun",
    "Known",
    "Likely",
    "MarkMeaning",
    "Matching",
    "OpenedFile",
    "Options",
    "PersonRow",
    "Plan",
    "Prepared",
    "Question",
    "SheetLook",
    "Skipped",
    "ValueMeaning",
    "Writing",
    "Written",
    "carry_out",
    "digest_of",
    "forget",
    "kind_of",
    "known_people",
    "list_imports",
    "look_at",
    "match_people",
    "notes_of",
    "open_file",
    "open_questions",
    "prepare",
    "read_opened",
    "read_plan",
    "recall",
    "remember",
    "report_of",
    "rows_of",
    "save_mapping",
    "save_report",
    "summary",
    "text_lines",
    "undo_import",
    "with_joins",
    "with_mapping",
    "with_same",
    "words_of",
    "write_in_slices",
]
