"""Rows of text in the agency's layouts: by-area files with titles, open-data slices without."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tools.sample.cells import Cell, Period, area_code, area_kind, cells
from tools.sample.derive import ANNUAL, QUARTERLY, Published, published
from tools.sample.industries import OWN_TITLES, agglvl_code, agglvl_title, industry_title
from tools.sample.places import area_title

__all__ = ["by_area", "header", "slice_text"]

_KEYS = ["area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr"]
_TITLES = ["area_title", "own_title", "industry_title", "agglvl_title", "size_title"]


def header(quarterly: bool, titles: bool) -> list[str]:
    """Return the column names of a layout.

    Examples
    --------
    >>> from tools.sample.layout import header
    >>> header(quarterly=False, titles=True)[13], header(quarterly=False, titles=False)[8]
    ('annual_avg_estabs_count', 'annual_avg_estabs')
    """
    names = [
        name.replace("_estabs", "_estabs_count") if titles else name
        for name in (QUARTERLY if quarterly else ANNUAL)
    ]
    changes = [f"oty_{name}_{end}" for name in names for end in ("chg", "pct_chg")]
    quotients = [f"lq_{name}" for name in names]
    gates = (["lq_disclosure_code"], ["oty_disclosure_code"])
    keys = [*_KEYS, "disclosure_code", *(_TITLES if titles else [])]
    return [*keys, *names, *gates[0], *quotients, *gates[1], *changes]


def _hundredths(n: int, short: bool) -> str:
    text = f"{n // 100}.{n % 100:02d}"
    return text[:-1] if short and text.endswith("0") else text


def _tenths(n: int) -> str:
    return f"{'-' if n < 0 else ''}{abs(n) // 10}.{abs(n) % 10}"


def _numbers(data: Published, i: int, titles: bool, code: str, quote: str) -> Iterator[str]:
    """Yield the measures of a row; what is withheld is printed as a plain 0."""
    m = len(data.names)
    zero_lq, zero_pct = ("0", "0") if titles else ("0.0", "0.0")
    yield from (str(data.values[j, i]) if j == 0 or not code else "0" for j in range(m))
    yield f"{quote}{'N' if data.lq_hidden[i] else ''}{quote}"
    yield _hundredths(int(data.lq_hundredths[0, i]), not titles)
    for j in range(1, m):
        yield zero_lq if data.lq_hidden[i] else _hundredths(data.lq_hundredths[j, i], not titles)
    yield f"{quote}{'N' if data.oty_hidden[i] else ''}{quote}"
    yield str(data.change[0, i])
    never = data.absent_before[i] and data.values[0, i] == 0
    yield zero_pct if never else _tenths(int(data.change_tenths[0, i]))
    for j in range(1, m):
        if data.oty_hidden[i]:
            yield from ("0", zero_pct)
        else:
            yield str(data.change[j, i])
            yield _tenths(int(data.change_tenths[j, i]))


def _row(cell: Cell, i: int, period: Period, titles: bool) -> str:
    data, quote = published(period), '"' if titles else ""
    kind, area = area_kind(cell.area), area_code(cell.area, period.year)
    # Without an establishment the quarterly files print a dash, the annual ones an N.
    empty = data.values[0, i] == 0
    code = "" if not data.hidden[i] else "-" if period.qtr and empty else "N"
    own, industry = cell.own_code, cell.industry_code
    words = [area, own, industry, agglvl_code(kind, own, industry), "0", str(period.year)]
    words += [str(period.qtr or "A"), code]
    if titles:
        words += [area_title(area), OWN_TITLES[own], industry_title(industry)]
        words += [agglvl_title(kind, own, industry), "All establishment sizes"]
    fields = [f"{quote}{word}{quote}" for word in words]
    return ",".join([*fields, *_numbers(data, i, titles, code, quote)])


@cache
def _cells_of(area: str, naics_year: int) -> tuple[tuple[int, Cell], ...]:
    return tuple((i, c) for i, c in enumerate(cells(naics_year).keys) if c.area == area)


def _rows(area: str, when: tuple[Period, ...], titles: bool) -> Iterator[str]:
    for i, cell in _cells_of(area, when[0].naics_year):
        for period in when:
            if published(period).listed[i]:
                yield _row(cell, i, period, titles)


def by_area(area: str, when: tuple[Period, ...]) -> str:
    """Return a by-area file: quoted words, titles, lines ending in CR LF."""
    first = ",".join(f'"{name}"' for name in header(bool(when[0].qtr), titles=True))
    return "".join(f"{line}\r\n" for line in (first, *_rows(area, when, titles=True)))


def slice_text(area: str, period: Period) -> str:
    """Return an open-data slice: no titles, no quotes, lines ending in LF."""
    first = ",".join(header(bool(period.qtr), titles=False))
    return "".join(f"{line}\n" for line in (first, *_rows(area, (period,), titles=False)))
