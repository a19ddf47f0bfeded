"""Fill the ordinary kinds of block: words, numbers, questions, lists."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any

from app.domain.activities import CANCEL_REASONS
from app.domain.periods import short_date
from app.returns.counting.beside import Other, first_figure, other_of
from app.returns.counting.filling import Filling
from app.returns.counting.how import how_we_counted
from app.returns.filled import (
    BigNumber,
    BigNumbers,
    Block,
    Bullets,
    Fact,
    Heading,
    KeepTogether,
    KeyFacts,
    Note,
    PageBreak,
    Paragraph,
    ReportHead,
    Source,
    Spacer,
    Text,
    TwoColumns,
    WriteLine,
    WriteLines,
    text,
)
from app.returns.language import page_kinds as k
from app.returns.language import template as t
from app.returns.language.questions import AnsweredSpec, StorySpec
from app.returns.language.report_kinds import REPORT_MODULES
from app.returns.language.spec import Spec
from app.returns.language.wording import in_words
from app.returns.parts.tables import chart, table
from app.storage.gaps import CancelledSession, cancelled

Builder = Callable[[Filling, Any], Sequence[Block]]


def blocks(filling: Filling, specs: Sequence[Spec]) -> tuple[Block, ...]:
    """Return the blocks of a template's parts, those left out that are not for this period."""
    return tuple(_built(filling, specs))


def _built(filling: Filling, specs: Sequence[Spec]) -> Iterator[Block]:
    """Yield the blocks; a heading waits for what it is of, and goes with it where that is nothing."""
    waiting: Sequence[Block] = ()
    level = 0
    for place, spec in enumerate(specs, start=1):
        made = _builder(spec)(filling, spec) if filling.numbers.wants(spec) else ()
        if _begins_anew(spec, level):
            waiting = ()
        if isinstance(spec, t.HeadingSpec) and not _begins_anew(_at(specs, place), spec.level):
            waiting, level = made, spec.level
        elif made:
            yield from (*waiting, *made)
            waiting = ()


def _begins_anew(spec: Spec, level: int) -> bool:
    """Say whether a spec is never the matter of a heading of a level before it."""
    if isinstance(spec, t.ColumnsSpec | t.TogetherSpec):
        inside = spec.left if isinstance(spec, t.ColumnsSpec) else spec.blocks
        first = next(iter(inside), None)
        return isinstance(first, t.HeadingSpec) and first.level <= level
    return isinstance(spec, _OF_THEIR_OWN)


def _at(specs: Sequence[Spec], place: int) -> Spec:
    """Return the spec at a place, and after the last one the room that ends a page."""
    return specs[place] if place < len(specs) else t.PageSpec()


def _head(filling: Filling, spec: t.HeadSpec) -> Sequence[Block]:
    head = ReportHead(
        kicker=filling.words(spec.kicker),
        title=filling.words(spec.title),
        subtitle=filling.words(spec.subtitle),
        show_logo=spec.logo,
        is_cover=spec.cover,
    )
    return (head,)


def _heading(filling: Filling, spec: t.HeadingSpec) -> Sequence[Block]:
    return (Heading(text=filling.words(spec.text), level=spec.level),)


def _text(filling: Filling, spec: t.TextSpec) -> Sequence[Block]:
    return (Paragraph(runs=filling.text(spec.text)),)


def _note(filling: Filling, spec: t.NoteSpec) -> Sequence[Block]:
    return (Note(runs=filling.text(spec.text)),)


def _bullets(filling: Filling, spec: t.BulletsSpec) -> Sequence[Block]:
    return (Bullets(items=tuple(filling.text(item) for item in spec.items)),)


def _numbers(filling: Filling, spec: t.NumbersSpec) -> Sequence[Block]:
    other = other_of(filling, spec.beside)
    items = (
        BigNumber(
            value=filling.label(item.value),
            label=_with_other(filling.label(item.label), item, other),
            source=_source(filling.text(item.value)),
        )
        for item in spec.items
    )
    return (BigNumbers(items=tuple(items)),)


def _with_other(label: str, item: t.Labelled, other: Other | None) -> str:
    """Return a label with what stands beside its number: "different people; 41 a year before"."""
    ref = first_figure(item.value.refs())
    said = other.said(ref) if other is not None and ref is not None else ""
    return f"{label}; {said}" if said else label


def _facts(filling: Filling, spec: t.FactsSpec) -> Sequence[Block]:
    facts = (
        Fact(
            label=filling.label(item.label),
            text=filling.label(item.value),
            source=_source(filling.text(item.value)),
        )
        for item in spec.items
    )
    # What the group has not told, such as a charity number, has no line.
    said = tuple(fact for fact in facts if fact.text)
    return (KeyFacts(facts=said),) if said else ()


def _source(runs: Text) -> Source | None:
    return next((run.source for run in runs if run.source), None)


# --- lists ------------------------------------------------------------------------------------


def _list(filling: Filling, spec: t.ListSpec) -> Sequence[Block]:
    found = cancelled(filling.register, filling.period, filling.options.activity_id)
    if not found:
        return (Note(runs=filling.text(spec.empty)),) if spec.empty.pieces else ()
    if spec.of is t.Listing.CANCELLED_REASONS:
        return (Note(runs=text(_reasons(found))),)
    return (Bullets(items=tuple(text(line) for line in _cancelled_lines(found))),)


def _reasons(found: Sequence[CancelledSession]) -> str:
    counts = Counter(_reason(one) for one in found)
    named = ", ".join(f"{reason} ({count})" for reason, count in counts.most_common())
    many = in_words(len(found)).capitalize()
    return f"{many} session{'' if len(found) == 1 else 's'} cancelled: {named}."


def _cancelled_lines(found: Sequence[CancelledSession]) -> Iterator[str]:
    """One line an activity and reason, with its days."""
    days: dict[tuple[str, str], list[str]] = {}
    for one in found:
        days.setdefault((one.activity_name, _reason(one)), []).append(short_date(one.session_on))
    for (activity, reason), dates in days.items():
        yield f"{activity}: {reason}, {', '.join(dates)}"


def _reason(one: CancelledSession) -> str:
    return CANCEL_REASONS.get(one.reason, one.reason).lower()


# --- frames -----------------------------------------------------------------------------------


def _sign(filling: Filling, spec: t.SignSpec) -> Sequence[Block]:
    lines = WriteLines(lines=tuple((WriteLine(label=label),) for label in spec.lines))
    declared = (Paragraph(runs=filling.text(spec.text)),) if spec.text.pieces else ()
    return (KeepTogether(blocks=(*declared, lines)),)


def _columns(filling: Filling, spec: t.ColumnsSpec) -> Sequence[Block]:
    left, right = blocks(filling, spec.left), blocks(filling, spec.right)
    return (TwoColumns(left=left, right=right, share=spec.share),) if left or right else ()


def _together(filling: Filling, spec: t.TogetherSpec) -> Sequence[Block]:
    inside = blocks(filling, spec.blocks)
    return (KeepTogether(blocks=inside),) if inside else ()


_OF_THEIR_OWN = (AnsweredSpec, t.HeadingSpec, t.PageSpec, t.SpaceSpec)
"""What has a heading itself, or nothing to read."""

_BUILDERS: dict[type[Spec], Builder] = {
    t.HeadSpec: _head,
    t.HeadingSpec: _heading,
    t.TextSpec: _text,
    t.NoteSpec: _note,
    t.BulletsSpec: _bullets,
    t.NumbersSpec: _numbers,
    t.FactsSpec: _facts,
    t.ChartSpec: chart,
    t.TableSpec: table,
    t.ListSpec: _list,
    t.SignSpec: _sign,
    t.HowSpec: lambda filling, _: how_we_counted(filling),
    t.ColumnsSpec: _columns,
    t.TogetherSpec: _together,
    t.PageSpec: lambda _, __: (PageBreak(),),
    t.SpaceSpec: lambda _, spec: (Spacer(height_mm=spec.height_mm),),
}

# Imported when a template first has one: most returns print no registers, letters or accounts, and
# should not wait for them.
_ELSEWHERE: dict[str, str] = {
    AnsweredSpec.kind: "applications.asking:question",
    StorySpec.kind: "applications.asking:story",
    k.SheetsSpec.kind: "registers.registers:attendance_sheets",
    k.TermSpec.kind: "registers.registers:term",
    k.RecordSpec.kind: "registers.registers:record",
    k.HeldOnPersonSpec.kind: "people.my_data:held_on",
    k.KeptForSpec.kind: "people.my_data:kept_for",
    k.CardsSpec.kind: "referrals.cards:capacity_cards",
    k.ServicesSpec.kind: "referrals.cards:services",
    k.ReplySpec.kind: "referrals.reply:referral_reply",
    k.QuestionnaireSpec.kind: "people.questionnaire:questionnaire",
    k.AgreementSpec.kind: "referrals.agreed:agreement",
    k.PlacesSpec.kind: "referrals.places:places_block",
    k.ClaimSpec.kind: "referrals.claim:claim",
    k.OutcomesSpec.kind: "reports.outcome_tables:outcomes",
    k.OutcomeBandsSpec.kind: "reports.outcome_tables:outcome_bands",
    k.QuotesSpec.kind: "reports.quotes:quotes",
    k.AccountsSpec.kind: "money.accounts:accounts",
    k.MoneySpec.kind: "money.money:money",
    k.GrantSpec.kind: "money.granted:grant",
    k.EvidenceSpec.kind: "money.evidence:evidence",
    k.MoneyBriefSpec.kind: "money.money_brief:money_brief",
    k.BudgetSpec.kind: "applications.budget:budget",
    k.ReceiptsSpec.kind: "money.receipt_list:receipts_listed",
    k.BuysSpec.kind: "applications.buys:buys",
    k.GroupsSpec.kind: "applications.groups:groups",
    k.TargetsSpec.kind: "applications.targets:targets",
    **REPORT_MODULES,
}
"""Kinds of block with a module of their own: the module in this package, and its function."""


def _builder(spec: Spec) -> Builder:
    here = _BUILDERS.get(type(spec))
    if here is not None:
        return here
    module, _, function = _ELSEWHERE[spec.kind].partition(":")
    found: Builder = getattr(import_module(f"app.returns.parts.{module}"), function)
    return found
