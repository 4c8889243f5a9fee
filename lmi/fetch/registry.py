"""The registry of sources: where each agency keeps which files, and when they come out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache, cached_property
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, field_validator

__all__ = ["ANNUAL", "Host", "Registry", "Source", "registry"]

ANNUAL = "a"
PRELIMINARY, REVISED = "preliminary", "revised"
_DAY = re.compile(r"\+(\d)-(\d\d)-(\d\d)")
_LAST_CENSUS = 2020
_PARTS = {
    "year": r"\d{4}", "yy": r"\d\d", "decade": r"\d{4}", "quarter": "[a1-4]",
    "area": "[A-Z0-9]{5}", "st": "[a-z]{2}",
}  # fmt: skip


class _Checked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Host(_Checked):
    """How politely a host is asked."""

    parallel: int = Field(ge=1, le=8)
    per_second: float = Field(gt=0, le=10)


class Source(_Checked):
    """One kind of file of an agency; `sources.yml` says what each entry means."""

    title: str
    agency: str
    urls: tuple[str, ...]
    scope: Literal["area", "state", "nation"]
    years: Literal["each", "newest", "none"]
    look_back: int = Field(default=0, ge=0)
    format: Literal["csv", "gzip", "workbook", "zip"]
    columns: tuple[str, ...] = ()
    layout: str
    published: dict[str, str]
    revised: dict[str, str]
    calendar: str
    revisions: str
    by_hand: dict[Literal["year", "quarters"], str] = {}
    licence: str
    citation: str
    verified: str

    @field_validator("urls")
    @classmethod
    def _encrypted(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        if not all(url.startswith("https://") for url in urls):
            raise ValueError("every address begins with https://")
        return urls

    @field_validator("published", "revised")
    @classmethod
    def _days(cls, days: dict[str, str]) -> dict[str, str]:
        wrong = [day for day in days.values() if not _DAY.fullmatch(day)]
        if wrong:
            raise ValueError(f"{wrong[0]!r} is not a day such as +1-06-10")
        return days

    def urls_of(
        self, year: int = 0, quarter: str = ANNUAL, area: str = "", st: str = ""
    ) -> tuple[str, ...]:
        """Return the addresses of a period and place."""
        decade = _LAST_CENSUS if year > _LAST_CENSUS else _LAST_CENSUS - 10
        of = {"year": year, "yy": f"{year % 100:02d}", "decade": decade, "quarter": quarter}
        return tuple(url.format(**of, area=area, st=st) for url in self.urls)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _matching(self.urls)

    @cached_property
    def _name_pattern(self) -> re.Pattern[str]:
        return _matching([url.rpartition("/")[2] for url in self.urls])

    def has(self, url: str) -> bool:
        """Tell whether an address is one of this source's."""
        return self._pattern.fullmatch(url) is not None

    def has_name(self, name: str) -> bool:
        """Tell whether a file is called as one of this source's is."""
        return self._name_pattern.fullmatch(name) is not None

    def is_out(self, year: int, today: date, quarter: str = ANNUAL) -> bool:
        """Tell whether a period is published by a day."""
        return quarter in self.published and _day(self.published[quarter], year) <= today

    def newest_year(self, today: date) -> int:
        """Return the newest year that is published by a day."""
        return next(y for y in range(today.year, 0, -1) if self.is_out(y, today))

    def vintage(self, year: int, seen: date, quarter: str = ANNUAL) -> str:
        """Tell whether a period was preliminary or revised on a day; empty where none is told."""
        if quarter not in self.revised:
            return ""
        return PRELIMINARY if seen < _day(self.revised[quarter], year) else REVISED


def _matching(texts: Iterable[str]) -> re.Pattern[str]:
    patterns = (re.escape(text).replace(r"\{", "{").replace(r"\}", "}") for text in texts)
    return re.compile("|".join(text.format(**_PARTS) for text in patterns) or "(?!)")


class Registry(_Checked):
    """Every source by its name, and every host."""

    hosts: dict[str, Host]
    sources: dict[str, Source]

    def source_of(self, url: str) -> str | None:
        """Return the name of the source that an address belongs to."""
        return next((name for name, source in self.sources.items() if source.has(url)), None)


def _day(rule: str, year: int) -> date:
    later, month, day = _DAY.fullmatch(rule).groups()  # type: ignore[union-attr]  # checked
    return date(year + int(later), int(month), int(day))


@cache
def registry() -> Registry:
    """Read the registry that comes with the package.

    Examples
    --------
    >>> found = registry()
    >>> found.sources["qcew"].urls_of(2023, area="08001")
    ('https://data.bls.gov/cew/data/api/2023/a/area/08001.csv',)
    >>> found.source_of("https://www.bls.gov/lau/laucnty23.xlsx")
    'laus'
    """
    text = resources.files("lmi.fetch").joinpath("sources.yml").read_text(encoding="utf-8")
    return Registry.model_validate(yaml.safe_load(text))
