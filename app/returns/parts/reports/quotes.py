"""What people said, only where they agreed to this very use, and named only as they wish."""

from collections.abc import Sequence

from app.domain.stories import PURPOSES, Story, StoryKind
from app.returns.counting.filling import Filling
from app.returns.filled import Block, Heading, Quote
from app.returns.language.page_kinds import QuotesSpec
from app.storage import stories


def quotes(filling: Filling, spec: QuotesSpec) -> Sequence[Block]:
    """Return the newest quotes of the period that may be used so, under their heading; or nothing."""
    told = [
        story
        for story in stories.listed(filling.register)
        if story.kind is StoryKind.QUOTE and _fits(filling, story)
    ]
    may_be_used = {story.id for story in stories.usable_for(filling.register, spec.purpose)}
    found = [story for story in told if story.id in may_be_used]
    if told and not found:
        use = PURPOSES[spec.purpose].lower()
        filling.warn(f"No quote of this period may be used for {use}. Ask somebody, and note it.")
    if not found:
        return ()
    once = {story.wording: story for story in reversed(found)}  # two may have said the same
    chosen = [story for story in found if once[story.wording] is story][: spec.most]
    filling.answers["quotes"] = [story.wording for story in chosen]
    heading = filling.words(spec.text)
    return (
        *((Heading(text=heading),) if heading else ()),
        *(Quote(text=story.wording, by=story.credited_as) for story in chosen),
    )


def _fits(filling: Filling, story: Story) -> bool:
    wanted = filling.options.activity_id
    return story.told_on in filling.period and wanted in {None, story.activity_id}
