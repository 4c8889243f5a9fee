"""Which counties there are, and what the writer of a wrong county code probably meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection

from lmi import codes
from lmi.words import listing

__all__ = ["Gazetteer", "short_name"]

_KIND = re.compile(
    r" (county|parish|borough|census area|city and borough|municipality|planning region)\b.*$", re.I
)


class Gazetteer:
    """The counties of a year's boundaries, by state.

    Parameters
    ----------
    home : str
        State that bare names and short codes are looked up in.
    year : int or None
        Year of the boundaries, None for the newest.
    """

    def __init__(self, home: str, year: int | None = None):
        self.home, self.year = home, year
        self._now: dict[str, dict[str, str]] = {}

    def now(self, state: str) -> dict[str, str]:
        """Return the counties of a state in the year, code to name; empty for the sample."""
        if state not in self._now:
            self._now[state] = codes.counties_of(state, self.year)
        return self._now[state]

    def title(self, county: str) -> str:
        """Return ``"08075" (Logan)``, the code alone where the name is not known."""
        if not codes.is_county(county) or county[:2] == codes.SAMPLE_STATE:
            return f'"{county}"'
        return f'"{county}" ({short_name(codes.county_name(county))})'

    def problem(self, county: str, beside: Collection[str] = ()) -> str:
        """Say what is wrong with a county code.

        Parameters
        ----------
        beside : collection of str
            All codes of the region. One that was given up, or is not yet in use, is right where
            the region holds the codes of its ground from both sides of the change.

        Returns
        -------
        str
            A clause without its full stop; empty if nothing is wrong.
        """
        if not re.fullmatch(r"[0-9]{5}", county, re.ASCII):
            return self._bad_grammar(county)
        state = county[:2]
        if county.endswith("000"):
            return f'"{county}" is a whole state; list its counties'
        if county.endswith("999"):
            return (
                f'"{county}" is where the agency counts what it cannot place, not a county; leave '
                "it out"
            )
        if state not in codes.STATES:
            return f'"{county}" cannot be, for no state has the code "{state}"; {self._home()}'
        if codes.is_county(county):
            return self._not_of_the_year(county, beside)
        near = sorted(self.now(state), key=lambda code: (abs(int(code) - int(county)), code))[:2]
        hint = f"near it are {listing(map(self.title, near))}" if near else "take one of its own"
        return f'"{county}" is not a county of {codes.state_name(state)}; {hint}'

    def _not_of_the_year(self, county: str, beside: Collection[str]) -> str:
        now = self.now(county[:2])
        if county in now or not now:
            return ""
        for change in codes.county_changes():
            if county in change.before ^ change.after:
                if change.before | change.after <= set(beside):
                    return ""
                other = change.after if county in change.before else change.before
                return self._across(county, change.what, sorted(other))
        return (
            f"{self.title(county)} has no rows of its own in QCEW; list the county that it is "
            "counted with, or leave it out"
        )

    def _across(self, county: str, what: str, other: list[str]) -> str:
        when = f"of {self.year}" if self.year else "of today"
        return (
            f"{self.title(county)} is not among the counties {when} ({what}); list "
            f"{listing(map(self.title, other))}, or state the year whose counties you mean, such "
            f"as county_year: {self._year_of(county)}"
        )

    def _year_of(self, county: str) -> int:
        years = {2022, *(year for change in codes.county_changes() for year in change.qcew_years)}
        close = sorted((year + step for year in years for step in (-1, 0)), reverse=True)
        return next((year for year in close if codes.in_use(county, year)), 2022)

    def _bad_grammar(self, text: str) -> str:
        rule = f"{text!r} is not a county code, which is five digits, state then county"
        if text.isascii() and text.isdigit():
            padded = (self.home + text.zfill(3), text.zfill(5))
            meant = [self.title(code) for code in padded if codes.is_county(code)]
            return f"{rule}; {f'write {meant[0]}' if meant else self._home()}"
        number = re.search(r"[0-9]{5}", text)
        if number:
            return f'{rule}; write "{number[0]}" and put the name into a comment (# ...)'
        return f"{rule}; {self._by_name(text)}"

    def _by_name(self, text: str) -> str:
        names = {short_name(name).casefold(): code for code, name in self.now(self.home).items()}
        near = difflib.get_close_matches(short_name(text).casefold(), names, n=1, cutoff=0.75)
        return f"write {self.title(names[near[0]])}" if near else self._home()

    def _home(self) -> str:
        return f'a county of {codes.state_name(self.home)} begins with "{self.home}"'


def short_name(county: str) -> str:
    """Return a county's name without its kind.

    Examples
    --------
    >>> from lmi.config.gazetteer import short_name
    >>> short_name("Logan County"), short_name("East Baton Rouge Parish")
    ('Logan', 'East Baton Rouge')
    """
    return _KIND.sub("", county)
