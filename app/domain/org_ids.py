"""Who a group is on public registers: charity and company numbers, and the identifiers made of them.

Source: the lists GB-CHC, GB-SC, GB-NIC and GB-COH of org-id.guide, as 360Giving and Open Referral
use them [S87][S88].
"""

import re

_ENGLAND = re.compile(r"[1-9]\d{5,6}(-\d{1,3})?")
_SCOTLAND = re.compile(r"SC0\d{5}")
_NORTHERN = re.compile(r"NIC(\d{6})")
_COMPANY = re.compile(r"[A-Z]{2}\d{6}|\d{8}")
_SHORT_COMPANY = re.compile(r"\d{5,7}")


def tidy_number(typed: str) -> str:
    """Return a number as registers write it: no spaces, capitals, a company's with all its noughts."""
    return re.sub(r"\s+", "", typed).upper()


def charity_id(number: str) -> str:
    """Return the identifier of a charity number: GB-CHC-1234567; "" for none or what is no number."""
    number = tidy_number(number)
    if _ENGLAND.fullmatch(number):
        return f"GB-CHC-{number}"
    if _SCOTLAND.fullmatch(number):
        return f"GB-SC-{number}"
    northern = _NORTHERN.fullmatch(number)
    return f"GB-NIC-{northern[1]}" if northern else ""


def company_number(number: str) -> str:
    """Return a company number with its leading noughts: 01234567; "" for none or what is none."""
    number = tidy_number(number)
    if _SHORT_COMPANY.fullmatch(number):
        number = number.zfill(8)
    return number if _COMPANY.fullmatch(number) else ""


def company_id(number: str) -> str:
    """Return the identifier of a company number: GB-COH-01234567; "" for none or what is none."""
    found = company_number(number)
    return f"GB-COH-{found}" if found else ""
