"""Say which bands or categories to add together so that fewer numbers of a return are hidden.

Merge first, then hide. Source: figures.md, Disclosure modes. Nothing is changed by itself: who
writes the template decides, as a funder may want the bands it names.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from app.domain.disclosure import Disclosure, Hidden
from app.figures.breakdowns import breakdown, whole_of
from app.figures.evaluate import BrokenDown, Part
from app.returns.counting.hiding import hide
from app.returns.counting.merging import OTHERS, merged
from app.returns.counting.numbers import Numbers, wanted_parts
from app.returns.language.questions import AnsweredSpec
from app.returns.language.spec import Spec
from app.returns.language.template import ChartSpec, TableSpec, Template
from app.returns.language.wording import in_words
from app.returns.suggested import Suggestion

_Pair = tuple[str, str]
_Parts = Mapping[_Pair, BrokenDown]
_Pairs = tuple[_Pair, ...]
_MERGE = "merge = true"
_MOST_NAMED = 4


def suggestions(template: Template, numbers: Numbers) -> tuple[Suggestion, ...]:
    """Return what could be added together, one for each breakdown, the most useful first."""
    if numbers.mode is Disclosure.INTERNAL:
        return ()
    pairs = wanted_parts(template, numbers.scope.period)
    before = _hidden(numbers, numbers.parts, pairs)
    if not before:
        return ()
    found: dict[str, Suggestion] = {}
    typed = {id(part) for part in _in_answers(template)}
    for spec in template.walk(numbers.wants):
        if isinstance(spec, TableSpec | ChartSpec) and spec.by and spec.by not in found:
            one = _of(spec, numbers, pairs, before, typed=id(spec) in typed)
            if one is not None:
                found[spec.by] = one
    return tuple(sorted(found.values(), key=lambda one: one.would_be))


def _in_answers(template: Template) -> Iterator[Spec]:
    for question in template.questions():
        if isinstance(question, AnsweredSpec):
            yield from question.parts


def _of(
    spec: TableSpec | ChartSpec, numbers: Numbers, pairs: _Pairs, before: int, *, typed: bool
) -> Suggestion | None:
    mine = tuple(pair for pair in pairs if pair[1] == spec.by and pair in numbers.parts)
    if not mine or not _hidden(numbers, numbers.parts, mine):
        return None
    cut, name = breakdown(spec.by), mine[0][0]
    if numbers.total(name).hidden:
        return None  # there are too few of them altogether
    if cut.within:
        kind = "table" if isinstance(spec, TableSpec) else "chart"
        key = f"{{{kind}:{name}/{cut.within}}}" if typed else f'by = "{cut.within}"'
        trial: _Parts = _coarser(numbers, mine, cut.within)
        then = tuple((one, cut.within if by == spec.by else by) for one, by in pairs)
        said = f"as {_first_small(breakdown(cut.within).title)}"
    elif not spec.merge and not typed and (cut.names == "age" or not cut.closed):
        trial, then, key = merged(numbers.parts, {spec.by: spec.most}, numbers.mode), pairs, _MERGE
        said = _joined(numbers.parts[mine[0]], trial[mine[0]])
    else:
        return None
    after = _hidden(numbers, trial, tuple(dict.fromkeys(then)))
    if after >= before:
        return None
    where = "in the answer" if typed else "in that block of the template"
    sentence = _sentence(cut.title, said, before, after, f"write {key} {where}")
    return Suggestion(
        sentence=sentence, figure=name, by=spec.by, key=key, hidden=before, would_be=after
    )


def _sentence(title: str, said: str, before: int, after: int, how: str) -> str:
    numbers = "number is" if before == 1 else "numbers are"
    then = "none is" if not after else f"only {in_words(after)} {'is' if after == 1 else 'are'}"
    return (
        f"{in_words(before).capitalize()} {numbers} hidden. Print {_first_small(title)} {said}, and "
        f"{then}: {how}."
    )


def _first_small(title: str) -> str:
    return title[:1].lower() + title[1:].partition(" (")[0]


def _joined(was: BrokenDown, now: BrokenDown) -> str:
    """Return which lines are added together: "with 11 to 17 and 18 to 25 as one line"."""
    kept = {part.key for part in now.parts}
    gone = [part.label for part in was.parts if part.key not in kept and part.key != OTHERS]
    if len(gone) > _MOST_NAMED:
        return f"with its {in_words(len(gone))} smallest lines added together"
    return f"with {', '.join(gone[:-1])} and {gone[-1]} added together" if gone[1:] else "shorter"


def _hidden(numbers: Numbers, parts: _Parts, pairs: _Pairs) -> int:
    """Return how many numbers would be hidden, were the parts those."""
    hiding = hide(numbers.totals, parts, pairs, numbers.mode)
    return sum(
        isinstance(hiding.of(name, by, part.key), Hidden)
        for name, by in pairs
        for part in parts[name, by].parts
    )


def _coarser(numbers: Numbers, mine: _Pairs, within: str) -> dict[_Pair, BrokenDown]:
    """Return the parts with a fine breakdown replaced by the coarser one it lies in."""
    found = {pair: cut for pair, cut in numbers.parts.items() if pair not in mine}
    for name, by in mine:
        cut = numbers.parts[name, by]
        found[name, within] = replace(
            cut, breakdown=breakdown(within), parts=tuple(_lines(cut, by))
        )
    return found


def _lines(cut: BrokenDown, by: str) -> Iterator[Part]:
    lines: dict[str, list[Part]] = {}
    for part in cut.parts:
        lies_in = whole_of(by, part.key)
        lines.setdefault(lies_in[1] if lies_in else part.key, []).append(part)
    for key, inside in lines.items():
        yield replace(
            inside[0],
            key=key,
            value=sum(part.value or 0 for part in inside),
            n=sum(part.n for part in inside),
        )
