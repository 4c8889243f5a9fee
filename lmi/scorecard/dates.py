"""Dates as exact as they are known: a year, a month or a day."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Annotated, NamedTuple

from pydantic import AfterValidator

from lmi.config.validate import problem

__all__ = ["Day", "Known", "is_to_come", "known_date"]

# The ways in which people and their programs write a date that can be read in one way. Two digits
# of a year are read where a day and a month stand before them, as spreadsheets show dates.
_FORMS = (
    re.compile(r"(?P<year>\d{4})(?:([-/])(?P<month>\d{1,2})(?:\2(?P<day>\d{1,2}))?)?"),
    re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})"),
    re.compile(r"(?P<month>\d{1,2})/(?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})"),
    re.compile(r"(?:(?P<day>\d{1,2})[ -])?(?P<named>[a-z]{3,9})\.?[ -](?P<year>\d{4})"),
    re.compile(r"(?P<named>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"),
)
_TIME = re.compile(r"(?<=\d)[t ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m|z)?$")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_CENTURY = 2000
_EARLIEST, _LATEST = 1950, 2100


class Known(NamedTuple):
    """A date as exact as it is known: the first and the last day that it may be."""

    first: datetime.date
    last: datetime.date

    @property
    def year(self) -> int:
        """The calendar year."""
        return self.first.year

    @property
    def text(self) -> str:
        """The date as ISO 8601 has it, as exact as it is known."""
        if self.first == self.last:
            return self.first.isoformat()
        is_month = self.first.month == self.last.month
        return f"{self.first:%Y-%m}" if is_month else f"{self.first:%Y}"


def known_date(text: str) -> Known | None:
    """Read a date; None where it is none.

    Examples
    --------
    >>> known_date("2024-02").last, known_date("3/15/2024").first, known_date("soon")
    (datetime.date(2024, 2, 29), datetime.date(2024, 3, 15), None)
    >>> [known_date(text).text for text in ("15 March 2024", "2024-03-15 00:00:00", "Mar 2024")]
    ['2024-03-15', '2024-03-15', '2024-03']
    """
    parts = _parts(_TIME.sub("", text.strip().lower()))
    if not parts or not _EARLIEST <= parts[0] <= _LATEST:
        return None
    try:
        first = datetime.date(*parts, *(1,) * (3 - len(parts)))
    except ValueError:
        return None
    month = first.month if len(parts) > 1 else 12
    last_day = calendar.monthrange(first.year, month)[1]
    last = first if len(parts) == 3 else datetime.date(first.year, month, last_day)
    return Known(first, last)


def _parts(text: str) -> tuple[int, ...]:
    """Return the year of a date, and as far as they are written its month and day."""
    match = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    if match is None:
        return ()
    found = match.groupdict()
    year = int(found["year"]) + (_CENTURY if len(found["year"]) == 2 else 0)
    month = found.get("month")
    if name := found.get("named"):
        month = next((str(n) for n, full in enumerate(_MONTHS, 1) if full.startswith(name)), "")
        if not month:
            return ()
    return (year, *(int(part) for part in (month, found.get("day")) if part))


def is_to_come(date: Known) -> bool:
    """Tell whether a date is surely later than today, so that nothing happened on it yet.

    Examples
    --------
    >>> is_to_come(known_date("2024")), is_to_come(known_date("2100"))
    (False, True)
    """
    return date.first > datetime.date.today()


def _check(text: str) -> str:
    found = known_date(text)
    if found is None:
        raise problem(f"{text!r} is not a date; write one such as 2026-11-22, 2026-11 or 2026")
    return found.text


Day = Annotated[str, AfterValidator(_check)]
"""A date in a definition, kept as exact as it was written."""
