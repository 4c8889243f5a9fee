"""The sample's slice of NAICS: its six-digit codes, their titles and what they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tools.sample.places import rows

__all__ = [
    "AREA_WORDS",
    "LEVEL_TITLES",
    "OWN_TITLES",
    "Leaf",
    "agglvl_code",
    "agglvl_title",
    "chain",
    "industry_title",
    "leaves",
    "level",
    "vintage",
]

AREA_WORDS = {"nation": "National", "state": "State", "county": "County"}
_AGGLVL_TENS = {"nation": 10, "state": 50, "county": 70}
OWN_TITLES = {
    "0": "Total Covered",
    "1": "Federal Government",
    "2": "State Government",
    "3": "Local Government",
    "5": "Private",
    "8": "Total Government",
}
LEVEL_TITLES = (
    "Total Covered",
    "Total",
    "by Domain",
    "by Supersector",
    "NAICS Sector",
    "NAICS 3-digit",
    "NAICS 4-digit",
    "NAICS 5-digit",
    "NAICS 6-digit",
)
_SECTORS = {"31": "31-33", "32": "31-33", "33": "31-33", "44": "44-45", "45": "44-45"} | {
    "48": "48-49",
    "49": "48-49",
}
_SUPERSECTORS = {
    "1011": ("11", "21"),
    "1012": ("23",),
    "1013": ("31-33",),
    "1021": ("22", "42", "44-45", "48-49"),
    "1022": ("51",),
    "1023": ("52", "53"),
    "1024": ("54", "55", "56"),
    "1025": ("61", "62"),
    "1026": ("71", "72"),
    "1027": ("81",),
    "1028": ("92",),
    "1029": ("99",),
}
_SUPERSECTOR_OF = {sector: s for s, sectors in _SUPERSECTORS.items() for sector in sectors}


@dataclass(frozen=True)
class Leaf:
    """A kind of establishment that no revision cuts in two.

    Parameters
    ----------
    own_code : str
        Ownership.
    naics_2017, naics_2022 : str
        Its six-digit code in either vintage.
    weight : float
        Its place in the nation, thousands of jobs.
    size : float
        Jobs per establishment.
    pay : float
        Average annual pay in 2016, USD.
    growth, season : str
        Rows of ``growth.csv`` and ``seasons.csv``.
    """

    own_code: str
    naics_2017: str
    naics_2022: str
    weight: float
    size: float
    pay: float
    growth: str
    season: str

    def code(self, naics_year: int) -> str:
        """Return its six-digit code in a vintage."""
        return self.naics_2017 if naics_year == 2017 else self.naics_2022


@cache
def leaves() -> tuple[Leaf, ...]:
    """Return every kind of establishment in the sample.

    Examples
    --------
    >>> from tools.sample.industries import leaves
    >>> {leaf.naics_2022 for leaf in leaves() if leaf.naics_2017 == "511210"}
    {'513210'}
    """
    return tuple(
        Leaf(
            row["own_code"],
            row["naics_2017"],
            row["naics_2022"],
            float(row["weight"]),
            float(row["size"]),
            float(row["pay"]),
            row["class"],
            row["season"],
        )
        for row in rows("leaves")
    )


def vintage(year: int) -> int:
    """Return the NAICS vintage of a year: the sample starts with 2017, 2022 enters with 2022.

    Examples
    --------
    >>> from tools.sample.industries import vintage
    >>> vintage(2021), vintage(2022)
    (2017, 2022)
    """
    return 2022 if year >= 2022 else 2017


def level(industry_code: str) -> int:
    """Return the last digit of the aggregation level: 1 for all industries, 8 for six digits.

    Examples
    --------
    >>> from tools.sample.industries import level
    >>> [level(code) for code in ("10", "101", "1021", "31-33", "331", "3311", "33111", "331110")]
    [1, 2, 3, 4, 5, 6, 7, 8]
    """
    if industry_code == "10":
        return 1
    if industry_code in ("101", "102"):
        return 2
    if industry_code in _SUPERSECTORS:
        return 3
    return 4 if "-" in industry_code else len(industry_code) + 2


@cache
def chain(six_digit: str) -> tuple[str, ...]:
    """Return all codes that a six-digit industry counts in, from all industries down to itself.

    Examples
    --------
    >>> from tools.sample.industries import chain
    >>> chain("331110")
    ('10', '101', '1013', '31-33', '331', '3311', '33111', '331110')
    """
    sector = _SECTORS.get(six_digit[:2], six_digit[:2])
    supersector = _SUPERSECTOR_OF[sector]
    domain = "101" if supersector < "1020" else "102"
    return ("10", domain, supersector, sector, *(six_digit[:n] for n in (3, 4, 5, 6)))


@cache
def _titles() -> dict[str, str]:
    return {row["industry_code"]: row["industry_title"] for row in rows("titles")}


def industry_title(industry_code: str) -> str:
    """Return the title of an industry as the agency prints it.

    Examples
    --------
    >>> from tools.sample.industries import industry_title
    >>> industry_title("44-45")
    'NAICS 44-45 Retail trade'
    """
    return _titles()[industry_code]


def agglvl_code(area_kind: str, own_code: str, industry_code: str) -> str:
    """Return the aggregation level of a row.

    Examples
    --------
    >>> from tools.sample.industries import agglvl_code
    >>> agglvl_code("county", "0", "10"), agglvl_code("county", "5", "3311")
    ('70', '76')
    """
    if own_code == "8":
        return "96"
    return str(_AGGLVL_TENS[area_kind] + (0 if own_code == "0" else level(industry_code)))


def agglvl_title(area_kind: str, own_code: str, industry_code: str) -> str:
    """Return the aggregation level of a row in the agency's words.

    Examples
    --------
    >>> from tools.sample.industries import agglvl_title
    >>> agglvl_title("county", "5", "3311")
    'County, NAICS 4-digit -- by ownership sector'
    """
    if own_code == "8":
        return "Total Government, by State"
    if own_code == "0":
        return f"{AREA_WORDS[area_kind]}, Total Covered"
    return f"{AREA_WORDS[area_kind]}, {LEVEL_TITLES[level(industry_code)]} -- by ownership sector"
