"""A sentence that names a part that is not there says so, and never prints a nought in silence."""

import pytest

from app.domain.errors import TemplateFaulty
from tests import builders
from tests.returns.making import filled, template, words

QUESTION = '[[blocks]]\nkind = "question"\nid = "who"\ntext = "Who came?"\n'


def sentence(place):
    return f'[[blocks]]\nkind = "text"\ntext = "{place} came."\n'


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("{people/sex[femal]}", "sex has no part “femal”. Did you mean female? That is “Female”"),
        ("{people/age:nlcf[60+]}", "age:nlcf has no part “60+”."),
        ("{attendances/weekday[8]}", "weekday has no part “8”. There are: 0, 1, 2"),
        ("{referrals_received/source_type[doctor]}", "source_type has no part “doctor”."),
    ],
)
def test_a_template_that_names_a_part_no_book_can_have_is_refused(place, why):
    with pytest.raises(TemplateFaulty) as caught:
        template(sentence(place))
    assert why in str(caught.value)
    assert "line 11" in str(caught.value)


@pytest.mark.parametrize(
    "place",
    ["{people/sex[female]}", "{people/sex[Female]}", "{people/age:nlcf[65+].share}",
     "{attendances/weekday[1]}", "{attendances/activity[Art]}", "{people/sex[not_asked]}"],
)  # fmt: skip
def test_a_part_that_a_book_can_have_is_taken(place):
    assert list(template(sentence(place)).refs())


def test_in_an_answer_it_stands_as_it_was_typed(register):
    one = filled(register, QUESTION, answers={"who": "{people/sex[femal]} women."})
    assert "{people/sex[femal]} women." in words(one)
    assert any("Did you mean female?" in said for said in one.warnings)


def test_a_part_that_only_the_book_can_know_is_warned_of(register):
    at = builders.session(register, of=builders.activity(register, name="Art"))
    builders.mark(register, at, builders.person(register, area="Oak"))
    one = filled(register, sentence("{people/area[Oka]}") + sentence("{people/area[Oak]}"))
    assert words(one) == ["0 came.", "1 came."]
    warned = [said for said in one.warnings if "so 0 is printed for it" in said]
    assert len(warned) == 1
    assert "“Oka”" in warned[0]
