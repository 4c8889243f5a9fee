"""How a number and its noun, an estimate or a list of names stand in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lmi.words.numbers import MISSING, is_known, three_digits, whole

__all__ = [
    "about",
    "count",
    "describe_key",
    "estimated",
    "listing",
    "lowered",
    "marked",
    "much_estimated",
    "numbered",
    "ordinal",
    "place_range",
    "spelled",
    "spoken",
    "years_listed",
]

ESTIMATE_MARK = "\N{ALMOST EQUAL TO}"
# A published number is the sum of published parts, but for the last digits of a float.
_NOTHING, _MUCH = 1e-6, 0.10

_IRREGULAR = {
    "county": "counties",
    "industry": "industries",
    "place of business": "places of business",
    "priority": "priorities",
}
_ORDINALS = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth",
)  # fmt: skip
_SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def estimated(estimated_share: Any) -> bool:
    """Tell whether any part of a number is estimated: then it carries the mark.

    Parameters
    ----------
    estimated_share : float
        Share of the number that is estimated, between 0 and 1; missing counts as not estimated.

    Examples
    --------
    >>> estimated(0.0), estimated(0.02)
    (False, True)
    """
    return is_known(estimated_share) and float(estimated_share) > _NOTHING


def much_estimated(estimated_share: Any) -> bool:
    """Tell whether more than a tenth of a number is estimated.

    Examples
    --------
    >>> much_estimated(0.02), much_estimated(0.4)
    (False, True)
    """
    return is_known(estimated_share) and float(estimated_share) > _MUCH


def marked(text: str, estimated_share: Any) -> str:
    """Put the estimate mark before a written number where it is due.

    Parameters
    ----------
    text : str
        The number as written by one of the functions of `lmi.words.numbers`.
    estimated_share : float
        Share of the number that is estimated, between 0 and 1.

    Examples
    --------
    >>> marked("4,213", 0.4), marked("4,213", 0.0)
    ('≈4,213', '4,213')
    """
    return ESTIMATE_MARK + text if estimated(estimated_share) and text != MISSING else text


def spoken(marked_number: str) -> str:
    """Write a number that may carry the mark as a sentence does.

    Examples
    --------
    >>> spoken("≈4,210"), spoken("4,213")
    ('about 4,210', '4,213')
    """
    return marked_number.replace(ESTIMATE_MARK, "about ")


def about(value: Any, noun: str, estimated_share: Any = 0.0) -> str:
    """Write a count with its noun; an estimate is rounded to three digits and says "about".

    Parameters
    ----------
    noun : str
        Singular noun ("job").
    estimated_share : float, optional
        Share of the count that is estimated, between 0 and 1.

    Examples
    --------
    >>> about(4213, "job", 0.4), about(4213, "job"), about(1, "job")
    ('about 4,210 jobs', '4,213 jobs', '1 job')
    """
    if not estimated(estimated_share) or not is_known(value) or abs(float(value)) < 1:
        return count(value, noun)
    return f"about {count(three_digits(value), noun)}"


def count(value: Any, noun: str) -> str:
    """Write a count with its noun in the right number.

    Parameters
    ----------
    noun : str
        Singular noun ("job", "county").

    Examples
    --------
    >>> count(1, "job"), count(0, "job"), count(6, "more county")
    ('1 job', 'no jobs', '6 more counties')
    >>> count(float("nan"), "job")
    'an unknown number of jobs'
    """
    plural = _plural(noun)
    if not is_known(value):
        return f"an unknown number of {plural}"
    rounded = round(float(value))
    if rounded == 0:
        return f"no {plural}" if value == 0 else f"less than 1 {noun}"
    return f"{whole(rounded)} {noun if abs(rounded) == 1 else plural}"


def _plural(noun: str) -> str:
    for one, many in _IRREGULAR.items():
        if noun == one or noun.endswith(f" {one}"):
            return noun.removesuffix(one) + many
    return f"{noun}s"


def spelled(value: int) -> str:
    """Write a small count in letters, as at the start of a sentence.

    Examples
    --------
    >>> spelled(7), spelled(18)
    ('seven', '18')
    """
    return _SPELLED[value] if 0 <= value < len(_SPELLED) else whole(value)


def numbered(value: int, noun: str) -> str:
    """Write a small count in letters with its noun in the right number.

    Parameters
    ----------
    noun : str
        Singular noun ("organization").

    Examples
    --------
    >>> numbered(1, "system"), numbered(4, "organization"), numbered(14, "voice")
    ('one system', 'four organizations', '14 voices')
    """
    return f"{spelled(value)} {noun if value == 1 else _plural(noun)}"


def ordinal(place: int) -> str:
    """Write a place in an order.

    Examples
    --------
    >>> ordinal(1), ordinal(5), ordinal(12), ordinal(22)
    ('first', 'fifth', '12th', '22nd')
    """
    if place < len(_ORDINALS):
        return _ORDINALS[place]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{'th' if place % 100 in (11, 12, 13) else ending}"


def place_range(low: Any, high: Any) -> str:
    """Write the places that something may have, as short as a table's cell.

    Examples
    --------
    >>> place_range(2, 4), place_range(3, 3), place_range(None, None)
    ('2\u2060–\u20604', '3', '')
    """
    if not (is_known(low) and is_known(high)):
        return ""
    # word joiners keep a line from breaking at the dash
    return whole(low) if low == high else f"{whole(low)}\u2060–\u2060{whole(high)}"


def lowered(name: str) -> str:
    """Write a name as it stands within a sentence.

    Returns
    -------
    str
        With a small first letter, unless the first word is an abbreviation.

    Examples
    --------
    >>> lowered("Employer engagement"), lowered("GDP per job"), lowered("A few employers")
    ('employer engagement', 'GDP per job', 'a few employers')
    """
    is_abbreviated = name[:2].isupper() and name[1:2] != " "
    return name if is_abbreviated else name[:1].lower() + name[1:]


def listing(
    items: Iterable[str], limit: int | None = None, noun: str = "other", last: str = "and"
) -> str:
    """Join names as a sentence does, stopping after `limit` of them.

    Parameters
    ----------
    limit : int, optional
        Names to write out; the rest is counted.
    noun : str, optional
        What the rest is called, in the singular.
    last : {"and", "or"}, optional
        What stands before the last of them.

    Examples
    --------
    >>> listing(["Logan"]), listing(["Logan", "Yuma"]), listing(["a", "b", "c"], last="or")
    ('Logan', 'Logan and Yuma', 'a, b or c')
    >>> listing(["Farms", "Hotels, bars", "Mines"])
    'Farms; Hotels, bars; and Mines'
    >>> listing(["Energy", "Farms and food"])
    'Energy, and Farms and food'
    >>> listing(["a", "b", "c", "d"], limit=2)
    'a, b and 2 others'
    """
    names = list(items)
    if limit is not None and len(names) > limit + 1:
        names = [*names[:limit], count(len(names) - limit, noun)]
    if len(names) < 2:
        return "".join(names)
    if len(names) > 2 and any(", " in name for name in names):
        return f"{'; '.join(names[:-1])}; {last} {names[-1]}"  # names with commas of their own
    own = any(f" {last} " in name for name in names)  # names that a comma tells from the next
    return f"{', '.join(names[:-1])}{',' * own} {last} {names[-1]}"


def years_listed(years: Iterable[int]) -> str:
    """Write years as a sentence does, runs of three and more by their ends.

    Examples
    --------
    >>> years_listed([2016, 2018, 2019, 2020, 2022, 2023])
    '2016, 2018 to 2020, 2022 and 2023'
    """
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    told = []
    for run in runs:
        told += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(year) for year in run]
    return listing(told)


def describe_key(key: dict[str, object]) -> str:
    """Word a key for an error.

    Examples
    --------
    >>> describe_key({"area_fips": "08001", "year": 2016})
    "area_fips '08001', year 2016"
    """
    return ", ".join(f"{name} {value!r}" for name, value in key.items())
