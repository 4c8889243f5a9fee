"""Rows of a state's own projections, made of what its mapping says of their columns and names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from lmi import naics
from lmi.config import ProjectionTable
from lmi.config.projection_tables import YEAR
from lmi.errors import DataFileError
from lmi.schema.others import STATE_PROJECTIONS
from lmi.sources.layout import ROW, Texts, number
from lmi.sources.mapped_checks import SHORT, percent, what_rates_are
from lmi.sources.projection_codes import industries_of
from lmi.sources.projections import NO_INDUSTRY, NO_NUMBERS, without_growth, years_within
from lmi.sources.text import tidy
from lmi.words import did_you_mean

__all__ = ["MappedRows"]

_PLACE, _ACTIVITY = "_place", "_activity"
BASE, PROJECTED = "base_emplvl", "projected_emplvl"


def _same(name: str) -> str:
    """Return a name without what spreadsheets and writers change: case, blanks, zeros."""
    plain = " ".join(name.casefold().split())
    return re.sub(r"^0+(?=\d+$)|\.0+$", "", plain)


@dataclass(frozen=True)
class MappedRows:
    """Turns the rows of a file into those of the table.

    Parameters
    ----------
    table : ProjectionTable
        The mapping.
    places : mapping of str to str or None
        What is stored, by the mapping's places.
    mapping : str
        Where it stands.
    """

    table: ProjectionTable
    places: Mapping[str, str | None]
    mapping: str

    def __call__(self, texts: Texts) -> Iterator[pl.DataFrame]:
        """Yield the rows of each projected year."""
        theirs = replace(texts, frame=texts.frame.rename(_theirs_unless_row))
        rows = self._in_places(self._with_industries(self._of_years(self._named(theirs))))
        for numbered in self._numbers(rows):
            kept = numbered.leave(without_growth(BASE, PROJECTED), _ACTIVITY, NO_NUMBERS)
            yield kept.frame.explode("industry_code").select(ROW, *STATE_PROJECTIONS.names)

    def _named(self, texts: Texts) -> Texts:
        """Add place and activity as the file calls them."""
        table, columns = self.table, self.table.columns
        if not columns.name:
            place = _column(columns.place) if columns.place else pl.lit(table.place)
            activity = _column(columns.industry) if columns.industry else pl.lit(naics.TOTAL)
            return texts.having(**{_PLACE: place, _ACTIVITY: activity})
        name = _theirs(columns.name)
        matches = {text: self._written.fullmatch(text) for text in _values(texts, name)}
        found = {text: match for text, match in matches.items() if match}
        why = f"it is not written {table.written} with a place that {self.mapping} knows"
        texts = texts.leave(~_is_in(name, found), name, why)
        parts = {_PLACE: "place", _ACTIVITY: "activity"}
        return texts.having(
            **{to: _by(name, {k: m[part] for k, m in found.items()}) for to, part in parts.items()}
        )

    @cached_property
    def _written(self) -> re.Pattern[str]:
        """How a text names place and activity: region 11 is not region 1."""
        places = "|".join(map(re.escape, self.places))
        pattern = re.escape(self.table.written).replace(r"\{place\}", f"(?P<place>{places})")
        return re.compile(pattern.replace(r"\{industry\}", "(?P<activity>.+?)"), re.IGNORECASE)

    def _of_years(self, rows: Texts) -> Texts:
        """Keep the years that are taken, of a table with a row for each."""
        if not self.table.columns.year:
            return rows
        at = _theirs(self.table.columns.year)
        years = _values(rows, at)
        for wanted in self._years:
            if str(wanted) not in map(_same, years):
                raise DataFileError(
                    f"it has no year {wanted}, which {self.mapping} names; correct either",
                    file=rows.member.label,
                )
        rows = rows.having(_year=_by(at, {year: _same(year) for year in years}))
        taken = pl.col("_year").is_in([str(year) for year in self._years])
        return replace(rows, frame=rows.frame.filter(taken))

    @property
    def _years(self) -> tuple[int | None, ...]:
        return (self.table.base_year, *self.table.projected_years)

    def _with_industries(self, rows: Texts) -> Texts:
        """Add the industries of each activity, and leave those out that are none."""
        names = _values(rows, _ACTIVITY)
        if self.table.industries:
            known, why = self._industries(names, rows), f"{self.mapping} maps it to no industry"
        else:
            known, why = {k: (v,) for k, v in industries_of(names).items()}, NO_INDUSTRY
        reasons = {_same(name): reason for name, reason in self.table.left_out.items()}
        told = {
            name: f"{name}: {reasons[_same(name)]}" if _same(name) in reasons else name
            for name in names
        }
        rows = rows.having(_told=_by(_ACTIVITY, told))
        rows = rows.leave(~_is_in(_ACTIVITY, known), "_told", why)
        return rows.having(
            industry_code=pl.col(_ACTIVITY).replace_strict(
                {name: [*industries] for name, industries in known.items()},
                default=None,
                return_dtype=pl.List(pl.String),
            )
        )

    def _industries(self, names: Sequence[str], rows: Texts) -> dict[str, tuple[str, ...]]:
        by_name = {_same(name): industries for name, industries in self.table.industries.items()}
        held = {_same(name) for name in names}
        for name in self.table.industries:
            if _same(name) not in held:
                raise DataFileError(
                    f"it has no activity {name!r}, which {self.mapping} maps"
                    f"{did_you_mean(name, names)}; correct either",
                    file=rows.member.label,
                )
        return {name: by_name[_same(name)] for name in names if _same(name) in by_name}

    def _in_places(self, rows: Texts) -> Texts:
        """Add what the places are called in the store, and leave those out that are none."""
        stored = {_same(name): place for name, place in self.places.items()}
        names = _values(rows, _PLACE)
        found = {name: stored[_same(name)] for name in names if _same(name) in stored}
        rows.refuse(
            pl.col(_PLACE).is_null(),
            _PLACE,
            f"the place is {{}}, which {self.mapping} cannot name; write it into each row, for "
            "merged cells hold it in the first alone",
        )
        rows.refuse(
            ~_is_in(_PLACE, found),
            _PLACE,
            f"the place is {{}}, which {self.mapping} does not name; add it below places, with "
            "nothing behind it if it is no region",
        )
        there: dict[str, str] = {}
        for name, place in found.items():
            if place and _same(there.setdefault(place, name)) != _same(name):
                raise DataFileError(
                    f"its places {there[place]!r} and {name!r} are both {place!r} by "
                    f"{self.mapping}; leave one of them out, with nothing behind it",
                    file=rows.member.label,
                )
        none = [name for name, place in found.items() if place is None]
        why = f"{self.mapping} says that it is no region"
        rows = rows.leave(pl.col(_PLACE).is_in(none), _PLACE, why)
        return rows.having(place=_by(_PLACE, found))

    def _numbers(self, rows: Texts) -> Iterator[Texts]:
        """Add years, jobs and what they count, once for each projected year."""
        columns, table = self.table.columns, self.table
        several = pl.col("industry_code").list.len() > 1
        grows = columns.growth or columns.growth_a_year
        counts = pl.when(several).then(pl.lit("growth")).otherwise(pl.lit(table.counts))
        rows = rows.having(
            own_code=pl.lit("0"),
            source=pl.lit(table.source),
            counts=pl.lit("growth") if grows else counts,
        )
        if columns.by_year:
            for year in table.projected_years:
                yield self._of_year(rows, year)
            return
        rows = rows.having(**self._stated_years(rows))
        if grows:
            yield self._grown(rows)
        else:
            base, projected = (number(_theirs(name)) for name in (columns.base, columns.projected))
            yield rows.having(base_emplvl=base, projected_emplvl=projected)

    def _of_year(self, rows: Texts, year: int) -> Texts:
        """Add the jobs of the base year and of one more, from its column or its rows."""
        columns, base_year = self.table.columns, self.table.base_year
        years = {"base_year": pl.lit(str(base_year)), "projected_year": pl.lit(str(year))}
        if not columns.year:
            at = [_theirs(columns.jobs.replace(YEAR, str(y))) for y in (base_year, year)]
            return rows.having(**years, base_emplvl=number(at[0]), projected_emplvl=number(at[1]))
        keys = ["place", _ACTIVITY]
        jobs = number(_theirs(columns.jobs))
        then = rows.frame.filter(pl.col("_year") == str(year))
        now = rows.frame.filter(pl.col("_year") == str(base_year)).with_columns(jobs.alias(BASE))
        frame = now.join(then.select(*keys, jobs.alias(PROJECTED)), on=keys, how="left")
        lost = replace(rows, frame=then.join(now, on=keys, how="anti"))
        lost.leave(pl.lit(True), _ACTIVITY, NO_NUMBERS)
        return replace(rows, frame=frame).having(**years)

    def _stated_years(self, rows: Texts) -> dict[str, pl.Expr]:
        columns, table = self.table.columns, self.table
        if columns.base_year:
            stated = (_column(columns.base_year), _column(columns.projected_year))
        elif columns.period:
            stated = years_within(_column(columns.period))
            why = "the period is {}, which names no two years such as 2024-2034"
            rows.refuse(stated[1].is_null(), _theirs(columns.period), why)
        else:
            stated = (pl.lit(str(table.base_year)), pl.lit(str(table.projected_years[0])))
        return dict(zip(("base_year", "projected_year"), stated, strict=True))

    def _grown(self, rows: Texts) -> Texts:
        """Turn growth in percent into a base of 100 and what becomes of it."""
        columns = self.table.columns
        name = columns.growth or columns.growth_a_year
        said = _column(name)
        rate = percent(said)
        why = f"its {name} is {{}}, which is no number of percent"
        is_said = said.str.contains(r"\d")  # a star or a letter stands for what is withheld
        rows.refuse(rate.is_null() & is_said, _theirs(name), why)
        why = f"its {name} is {{}}, and nothing loses more than all of it; is that in percent?"
        rows.refuse(rate < -100, _theirs(name), why)
        years = pl.col("projected_year").cast(pl.Int64) - pl.col("base_year").cast(pl.Int64)
        is_short = (years <= SHORT).fill_null(False)
        for short in (False, True):
            self._check_rates(rows, rows.frame.filter(is_short == short).select(rate), short)
        times = years if columns.growth_a_year else pl.lit(1)
        grown = (100 * (1 + rate / 100).pow(times)).round(6).cast(pl.String)
        return rows.having(base_emplvl=pl.lit("100"), projected_emplvl=grown)

    def _check_rates(self, rows: Texts, found: pl.DataFrame, is_short: bool) -> None:
        """Refuse growth that is none in percent."""
        columns, rates = self.table.columns, found.to_series()
        name = columns.growth or columns.growth_a_year
        of_a_year = bool(columns.growth_a_year)
        why, remedy = what_rates_are(rates, a_year=of_a_year, is_short=is_short)
        if not why:
            return
        low, high = rates.cast(pl.Float64).sort().drop_nulls()[[0, -1]]
        is_share = "share" in why
        of_all = (
            f"no {name} is more than {high:g}"
            if is_share
            else (f"its {name} is from {low:g} to {high:g}")
        )
        raise DataFileError(
            f"{of_all}, {why}; {self.mapping} reads it in percent, so {remedy}",
            file=rows.member.label,
        )


def _theirs(title: str) -> str:
    """Return what a column of the file is called here; it may have the name of one of the table."""
    return f"their {tidy(title)}"


def _theirs_unless_row(name: str) -> str:
    return name if name == ROW else _theirs(name)


def _column(title: str) -> pl.Expr:
    return pl.col(_theirs(title))


def _values(rows: Texts, column: str) -> list[str]:
    return rows.frame[column].drop_nulls().unique().sort().to_list()


def _is_in(column: str, found: Iterable[str]) -> pl.Expr:
    return pl.col(column).is_in([*found]).fill_null(False)


def _by(column: str, found: Mapping[str, str | None]) -> pl.Expr:
    return pl.col(column).replace_strict(found, default=None, return_dtype=pl.String)
