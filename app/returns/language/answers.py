"""Answers that somebody typed become parts of a return: paragraphs, tables, charts and quotes.

An answer may hold every place that a template's sentence holds, and repeats another answer with
``{answer:question}``. A line that is only ``{table:people/age}``, ``{chart:attendances/month}`` or
``{quote:12}`` (the number of a story) becomes that. Whatever names nothing stands as it was typed,
and whoever fills the return is told. The numbers in answers are counted, and hidden where they are
small, together with those of the template: the answered template is what is counted and filled.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace

from app.domain.stories import StoryPurpose
from app.figures.breakdowns import breakdown
from app.figures.known import known_figures
from app.returns.language.named_parts import wrong_part
from app.returns.language.nearest import figures_meant
from app.returns.language.page_kinds import QuotesSpec
from app.returns.language.phrases import (
    FACTS,
    NOTHING,
    Phrase,
    Ref,
    Slot,
    Stray,
    Words,
    paragraphs,
    read_typed,
)
from app.returns.language.questions import AnsweredSpec, Box, QuestionSpec, StorySpec
from app.returns.language.spec import BreakdownId, FigureId, Spec
from app.returns.language.template import (
    ChartSpec,
    ColumnsSpec,
    Purpose,
    TableSpec,
    Template,
    TextSpec,
    TogetherSpec,
)

_EMBED = re.compile(r"\{(?P<kind>table|chart|quote):(?P<of>[^{}]*)\}")
_CUT = re.compile(r"(?P<figures>[a-z0-9_]+(?:,[a-z0-9_]+)*)/(?P<by>[a-z0-9_]+(?::[a-z0-9_]+)?)")
_MOST_REPEATS = 100
"""How often answers may repeat others in one return: answers that double each other would not end."""


def answered(template: Template, typed: Mapping[str, str]) -> tuple[Template, tuple[str, ...]]:
    """Return a template with every question answered from what was typed, and what to warn of."""
    questions = {question.id: question for question in template.questions()}
    if not questions:
        return template, ()
    reading = _Answers(template=template, questions=questions, typed=typed)
    blocks = tuple(_with_answers(spec, reading) for spec in template.blocks)
    return replace(template, blocks=blocks), tuple(dict.fromkeys(reading.warnings))


def _with_answers(spec: Spec, reading: "_Answers") -> Spec:
    if isinstance(spec, QuestionSpec):
        return reading.answered(spec)
    if isinstance(spec, ColumnsSpec):
        left = tuple(_with_answers(one, reading) for one in spec.left)
        return replace(
            spec, left=left, right=tuple(_with_answers(one, reading) for one in spec.right)
        )
    if isinstance(spec, TogetherSpec):
        return replace(spec, blocks=tuple(_with_answers(one, reading) for one in spec.blocks))
    return spec


def story_use(template: Template) -> StoryPurpose:
    """Return the use to which a story in an answer of this return must have been agreed."""
    named = [spec.purpose for spec in template.walk() if isinstance(spec, QuotesSpec)]
    if named:
        return named[0]
    telling = template.purpose is Purpose.TELLING
    return StoryPurpose.IMPACT_REPORT if telling else StoryPurpose.FUNDERS


def wrong_place(ref: Ref) -> str:
    """Say what is wrong with a place in an answer, or return "" where it names something known."""
    if ref.is_answer or ref.name in FACTS:
        return ""
    figure = known_figures().get(ref.name)
    if figure is None:
        return _no_figure(ref.name)
    if ref.by and not _cuts(ref.name, ref.by):
        return _not_cut(ref.name, ref.by)
    return wrong_part(ref)


def embedded_in(line: str) -> tuple[str, str] | None:
    """Return the kind (table, chart, quote) and what a line of an answer becomes, or None for words."""
    match = _EMBED.fullmatch(line.strip())
    return None if match is None or _fault_of(match) else (match["kind"], match["of"])


def _cuts(figure: str, by: str) -> bool:
    if by.partition(":")[0] not in known_figures()[figure].breakdowns:
        return False
    try:
        breakdown(by)
    except KeyError:
        return False
    return True


def _no_figure(name: str) -> str:
    meant = figures_meant(name, {*FACTS, *known_figures()})
    return f"there is no figure called {name}. {meant}"


def _not_cut(figure: str, by: str) -> str:
    return f"{figure} is not broken down by {by}"


@dataclass(slots=True, kw_only=True)
class _Answers:
    """The answers of one return while they are read; one may repeat others."""

    template: Template
    questions: Mapping[str, QuestionSpec]
    typed: Mapping[str, str] = field(repr=False)
    warnings: list[str] = field(default_factory=list)
    repeats: int = 0

    def answered(self, spec: QuestionSpec) -> AnsweredSpec:
        """Return a question with its answer in parts."""
        known = {one.name: getattr(spec, one.name) for one in fields(spec)}
        typed = self.typed.get(spec.id, "").strip()
        takes_words = not spec.choices and spec.box is not Box.COSTS
        parts = tuple(self._parts(spec, (spec.id,))) if takes_words else ()
        return AnsweredSpec(**{**known, "draft": NOTHING, "typed": typed, "parts": parts})

    def _parts(self, spec: QuestionSpec, seen: tuple[str, ...]) -> Iterator[Spec]:
        typed = self.typed.get(spec.id, "").strip()
        for part in self._typed_parts(spec.id, typed) if typed else paragraphs(spec.draft):
            if isinstance(part, Phrase):
                yield from self._repeating(part, spec.id, seen)
            else:
                yield part

    # --- what was typed ------------------------------------------------------------------------

    def _typed_parts(self, question: str, typed: str) -> Iterator[Phrase | Spec]:
        """Yield the paragraphs of a typed text, and what stands on a line of its own between them."""
        lines: list[str] = []
        for number, line in enumerate(typed.replace("\r\n", "\n").split("\n")):
            match = _EMBED.fullmatch(line.strip())
            spec = self._embedded(match, f"{question}-{number}") if match else None
            if spec is None and line.strip():
                lines.append(line)
                continue
            yield from self._paragraph(lines, question)
            lines = []
            if spec is not None:
                yield spec
        yield from self._paragraph(lines, question)

    def _paragraph(self, lines: list[str], question: str) -> Iterator[Phrase]:
        if lines:
            phrase, strays = read_typed("\n".join(lines), wrong_place)
            for stray in strays:
                self._warn_of(stray, question)
            yield phrase

    def _warn_of(self, stray: Stray, question: str) -> None:
        why = stray.why.replace(f"“{stray.typed}” ", "it ")
        if _EMBED.fullmatch(stray.typed):
            why = _why_not(stray.typed)
        named = _words(self.questions[question].text)
        self.warnings.append(f"“{stray.typed}” in “{named}” is printed as it was typed: {why}.")

    def _embedded(self, match: re.Match[str], table_id: str) -> Spec | None:
        if _fault_of(match):
            return None
        if match["kind"] == "quote":
            return StorySpec(story=int(match["of"]), purpose=story_use(self.template))
        cut = _CUT.fullmatch(match["of"].replace(" ", ""))
        if cut is None:  # said by _fault_of already
            return None
        names = tuple(FigureId(name) for name in dict.fromkeys(cut["figures"].split(",")))
        by = BreakdownId(cut["by"])
        if match["kind"] == "chart":
            return ChartSpec(figure=names[0], by=by)
        # Small places and organisations are added together, as a table of them would be hidden.
        merge = not breakdown(by).closed and by not in self._tables_by()
        return TableSpec(id=table_id, figures=names, by=by, merge=merge)

    def _tables_by(self) -> set[str]:
        return {spec.by for spec in self.template.walk() if isinstance(spec, TableSpec)}

    # --- answers that repeat others ------------------------------------------------------------

    def _repeating(self, phrase: Phrase, question: str, seen: tuple[str, ...]) -> Iterator[Spec]:
        """Yield a paragraph with other answers in it, whole ones as the paragraphs they are."""
        pieces: list[Words | Slot] = []
        for piece in phrase.pieces:
            other = self._other(piece, question, seen)
            if other is None:
                pieces.append(piece if not _is_repeat(piece) else Words(text=_typed_again(piece)))
                continue
            first, *more = other
            if isinstance(first, TextSpec):
                pieces += first.text.pieces
            else:
                more.insert(0, first)
            for part in more:
                if pieces:
                    yield TextSpec(text=Phrase(pieces=tuple(pieces)))
                pieces = list(part.text.pieces) if isinstance(part, TextSpec) else []
                if not isinstance(part, TextSpec):
                    yield part
        if pieces:
            yield TextSpec(text=Phrase(pieces=tuple(pieces)))

    def _other(
        self, piece: Words | Slot, question: str, seen: tuple[str, ...]
    ) -> tuple[Spec, ...] | None:
        """Return the parts of the answer that a piece repeats; None where it repeats none."""
        if isinstance(piece, Words) or not piece.ref.is_answer:
            return None
        name = piece.ref.part
        why = self._why_not_repeated(name, seen)
        parts: tuple[Spec, ...] = ()
        if not why:
            self.repeats += 1
            parts = tuple(self._parts(self.questions[name], (*seen, name)))
            why = "" if parts else "that question is not answered yet"
        if why:
            said = _typed_again(piece)
            named = _words(self.questions[question].text)
            self.warnings.append(f"“{said}” in “{named}” is printed as it was typed: {why}.")
            return None
        return parts

    def _why_not_repeated(self, name: str, seen: tuple[str, ...]) -> str:
        if name not in self.questions:
            among = ", ".join(self.questions)
            return f"there is no question called {name}. The questions are: {among}"
        if name in seen:
            round_ = " repeats ".join((*seen[seen.index(name) :], name))
            return f"it goes round in a circle ({round_})"
        if self.repeats >= _MOST_REPEATS:
            return "answers repeat each other too often here"
        return ""


def _words(phrase: Phrase) -> str:
    """Return the words of a question as the template has them, to name it by."""
    return "".join(piece.text for piece in phrase.pieces if isinstance(piece, Words))


def _is_repeat(piece: Words | Slot) -> bool:
    return isinstance(piece, Slot) and piece.ref.is_answer


def _typed_again(piece: Words | Slot) -> str:
    return f"{{answer:{piece.ref.part}}}" if isinstance(piece, Slot) else piece.text


def _why_not(embed: str) -> str:
    match = _EMBED.fullmatch(embed)
    said = _fault_of(match) if match else ""
    return said or "it has to stand on a line of its own"


def _fault_of(match: re.Match[str]) -> str:
    """Say why a table, chart or quote cannot be had, or return ""."""
    of = match["of"].replace(" ", "")
    if match["kind"] == "quote":
        return (
            ""
            if of.isascii() and of.isdigit() and len(of) < 19
            else "a quote is named by its number"
        )
    cut = _CUT.fullmatch(of)
    if cut is None:
        return "a figure and what it is broken down by are wanted, as in {table:people/age}"
    for name in cut["figures"].split(","):
        if name not in known_figures():
            return _no_figure(name)
        if not _cuts(name, cut["by"]):
            return _not_cut(name, cut["by"])
    return ""
