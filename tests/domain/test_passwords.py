"""What a new password needs."""

import pytest

from app.domain.passwords import may_be_password


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("", "password_needed"),
        ("         ", "password_needed"),
        ("tea", "password_too_short"),
        (" seven77 ", "password_too_short"),
        ("old marigold", "password_same"),
    ],
)
def test_password_that_will_not_do_is_told_why(new, code):
    assert [problem.code for problem in may_be_password(new, old="old marigold")] == [code]


@pytest.mark.parametrize("new", ["eight888", "kettle ladder orange", "ਚਾਹ ਦਾ ਪਿਆਲਾ", "x" * 500])
def test_password_of_eight_letters_or_more_will_do(new):
    assert may_be_password(new, old="old marigold") == []
