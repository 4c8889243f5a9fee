"""What the numbers of one QCEW row say of each other: pay, changes, quotients, disclosure.

A rule is a column of true and false, so that a block is held to all of them at once. Of 750,000
rows of the agency's files none breaks one, even where it leaves no room but that of rounding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import polars as pl

from lmi.naics import TOTAL
from lmi.schema import Table
from lmi.schema.qcew import estabs_of, jobs_of, wages_of

__all__ = ["EXACT", "SLIP", "Rule", "arithmetic", "disclosure"]

# How far numbers may be apart. EXACT is the agency's rounding, and what a number that was read
# from text loses when it is multiplied out. What is off by more than half was made by a SLIP: a
# factor of ten, a column for another. Between the two, a number may have been revised and those
# that follow from it not, and nobody can tell from the row which one holds.
EXACT, SLIP = 1 + 1e-9, 1.5
# Percentages are printed with one decimal and quotients with two.
HALF_A_TENTH, HALF_A_HUNDREDTH = 0.05, 0.005
# Columns of pay, and the weeks that each is a mean of.
ANNUAL_PAY = {"avg_annual_pay": 1, "annual_avg_wkly_wage": 52}
QUARTERLY_PAY = {"avg_wkly_wage": 13}
# Where fewer work, in the area or the nation, rounded jobs say too little of a quotient.
FEW_JOBS = 10
# In no row of the agency's does a quotient change between months by four times as much as jobs do.
MOST_SEASON = 8
# In a year, or in a week of a quarter: less may be printed as 0.00 of what the nation is paid.
SMALL_PAY = {"avg_annual_pay": 1000, "avg_wkly_wage": 20}
# Of 722,612 rows of the agency's, of counties, all states and the nation, 1,020 are disclosed and
# have no jobs and no wages, with four places of business at most. A withheld row that has lost its
# N looks so with any number of them.
MANY_ESTABS = 5
# Of 494 totals of counties, states and the nation each has 4 to 32 jobs at a place of business; of
# rows without a place none has more than 3. Pay is 0.025 to 22 times the nation's.
MANY_JOBS, JOBS_A_PLACE, PAY_SPAN = 1000, (2, 100), (0.02, 30)


@dataclass(frozen=True)
class Rule:
    """What no row does.

    Parameters
    ----------
    columns : tuple of str
        What it looks at.
    broken : polars.Expr
        True where a row does it.
    why : str
        What contradicts what, with the row's values to be filled in.
    quick : polars.Expr, optional
        True wherever the rule is broken, and found in less time.
    """

    columns: tuple[str, ...]
    broken: pl.Expr
    why: str
    quick: pl.Expr | None = None

    @property
    def suspect(self) -> pl.Expr:
        """True where a row may break the rule."""
        return self.broken if self.quick is None else self.quick


def _number(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Float64)


def _said(*names: str) -> str:
    return ", ".join(f"{name} {{{name}:,}}" for name in names)


def _pay_rules(table: Table, room: float) -> Iterator[Rule]:
    """Yield the rules of pay, which the agency divides by the unrounded mean of all months."""
    jobs, wages = jobs_of(table), wages_of(table)
    if len(jobs) == 1:
        mean, rounded, pays = _number(jobs[0]), 0.5, ANNUAL_PAY
    else:
        months = (_number(month) for month in jobs)
        mean, rounded, pays = pl.sum_horizontal(*months, ignore_nulls=False) / 3, 0.0, QUARTERLY_PAY
    most, least = mean + rounded, pl.max_horizontal(mean - rounded, pl.lit(1 / 12))
    for pay, weeks in pays.items():
        too_low = room * (_number(pay) + 0.5) * weeks * most < _number(wages)
        too_high = (_number(pay) - 0.5) * weeks * least > room * _number(wages)
        nothing = (mean == 0) & (pl.col(pay) == 0)
        yield Rule(
            (*jobs, wages, pay),
            (too_low | too_high) & ~nothing,
            f"{_said(pay)} does not follow from {_said(wages)} and {_said(*jobs)}",
        )


def _change_rules(table: Table, room: float) -> Iterator[Rule]:
    """Yield the rules of changes; from nothing, the agency prints 100 for any increase."""
    for name in table.names:
        of = change_name, percent_name = f"oty_{name}_chg", f"oty_{name}_pct_chg"
        if change_name not in table.by_name:
            continue
        change = _number(change_name)
        before = _number(name) - change
        base = pl.when(before == 0).then(change).otherwise(before)
        percent, rounded = pl.col(percent_name), HALF_A_TENTH + 1e-6
        off = (100 * change - percent * base).abs()
        yield Rule(
            (name, *of),
            off > (rounded + room - 1) * base.abs() + (room - 1) * 100 * change.abs(),
            f"{_said(*of)} and {_said(name)} contradict each other",
            (100 * change - percent * before).abs() > rounded * before,
        )


def _quotient_rules(table: Table, room: float, present: frozenset[str]) -> Iterator[Rule]:
    """Yield the rules of quotients: that of wages is that of jobs times that of pay."""
    jobs, wages = jobs_of(table), f"lq_{wages_of(table)}"
    quotients = tuple(f"lq_{name}" for name in jobs)
    pays = tuple(ANNUAL_PAY if len(jobs) == 1 else QUARTERLY_PAY)
    pay = f"lq_{pays[0]}"
    # Rounded jobs leave a year's quotient of jobs open; months are exact.
    open_ = 0.6 / _number(jobs[0]) if len(jobs) == 1 else pl.lit(0.0)
    low = pl.min_horizontal(*quotients) - HALF_A_HUNDREDTH
    high = pl.max_horizontal(*quotients) + HALF_A_HUNDREDTH
    least = low * (pl.col(pay) - HALF_A_HUNDREDTH) * (1 - open_) / room - HALF_A_HUNDREDTH
    most = high * (pl.col(pay) + HALF_A_HUNDREDTH) * (1 + open_) * room + HALF_A_HUNDREDTH
    enough = pl.min_horizontal(*jobs) >= FEW_JOBS
    yield Rule(
        (*jobs, wages, *quotients, pay),
        enough & ((pl.col(wages) < least - 1e-6) | (pl.col(wages) > most + 1e-6)),
        f"{_said(wages)} is not {_said(*quotients)} times {_said(pay)}",
        _is_far(pl.col(wages), pl.col(quotients[0]), pl.col(pay)) if len(jobs) == 1 else None,
    )
    if len(jobs) > 1:
        yield _months_rule(jobs, quotients)
    yield Rule(
        (pays[0], pay),
        (pl.col(pays[0]) > SMALL_PAY[pays[0]]) & (pl.col(pay) == 0),
        f"{_said(pays[0])} has {_said(pay)}, as if its quotients were withheld and their N lost",
    )
    for name in pays[1:]:
        higher = pl.max_horizontal(pay, f"lq_{name}")
        off = (pl.col(pay) - pl.col(f"lq_{name}")).abs()
        yield Rule(
            (name, pay, f"lq_{name}"),
            off > 0.0101 + (0.6 / pl.col(name) + room - 1) * higher,
            f"{_said(pay)} and {_said(f'lq_{name}')} are of the same pay",
            off > 0.0101,
        )
    every = tuple(c.name for c in table.columns if c.unit == "quotient" and c.name in present)
    if every:
        yield _total_rule(every, room)


def _total_rule(every: tuple[str, ...], room: float) -> Rule:
    """A total is all of its area, as the nation's is all of the nation."""
    of_all = pl.col("own_code") == "0"
    return Rule(
        ("own_code", "industry_code", *every, *(name.removeprefix("lq_") for name in every)),
        of_all
        & (pl.col("industry_code") == TOTAL)
        & pl.any_horizontal(
            (pl.col(name.removeprefix("lq_")) > 0) & ((pl.col(name) - 1).abs() > room - 1)
            for name in every
        ),
        f"a total has {_said(*every)}, where every quotient of a total is 1",
        of_all,
    )


def _unchanged_rules(table: Table, present: frozenset[str]) -> Iterator[Rule]:
    """Yield what tells a number that was multiplied where no change over the year does."""
    jobs, estabs, wages = jobs_of(table)[-1], estabs_of(table), f"lq_{wages_of(table)}"
    if f"oty_{estabs}_chg" in present:
        return
    n, places = _number(jobs), _number(estabs)
    yield Rule(
        ("own_code", "industry_code", "area_fips", jobs, estabs),
        (pl.col("own_code") == "0")
        & (pl.col("industry_code") == TOTAL)
        & ~pl.col("area_fips").cast(pl.String).str.ends_with("999")
        & (n >= MANY_JOBS)
        & ~(n / places).is_between(*JOBS_A_PLACE),
        f"{_said(jobs)} cannot be in {_said(estabs)}",
        pl.col("own_code") == "0",
    )
    yield Rule(
        (jobs, estabs),
        (places == 0) & (n >= FEW_JOBS),
        f"{_said(jobs)} cannot be in {_said(estabs)}",
    )
    quotient = f"lq_{jobs}"
    low, high = PAY_SPAN
    yield Rule(
        (jobs, wages, quotient),
        (n >= FEW_JOBS)
        & (
            (pl.col(wages) + HALF_A_HUNDREDTH < low * (pl.col(quotient) - HALF_A_HUNDREDTH))
            | (pl.col(wages) - HALF_A_HUNDREDTH > high * (pl.col(quotient) + HALF_A_HUNDREDTH))
        ),
        f"{_said(wages)} cannot be beside {_said(quotient)}",
    )


def _months_rule(jobs: tuple[str, ...], quotients: tuple[str, ...]) -> Rule:
    """Quotient over jobs is the nation's and the area's season, the same for all months but it."""
    pairs = list(zip(quotients, jobs, strict=True))
    least = pl.max_horizontal(*((pl.col(q) - HALF_A_HUNDREDTH) / pl.col(n) for q, n in pairs))
    most = pl.min_horizontal(*((pl.col(q) + HALF_A_HUNDREDTH) / pl.col(n) for q, n in pairs))
    return Rule(
        (*jobs, *quotients),
        (pl.min_horizontal(*jobs) >= FEW_JOBS) & (least > MOST_SEASON * most),
        f"{_said(*quotients)} do not go with {_said(*jobs)}",
    )


def _is_far(product: pl.Expr, one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Tell where rounding to hundredths alone cannot make a product of its two factors."""
    return (product - one * other).abs() > 0.99 * HALF_A_HUNDREDTH * (1 + one + other)


def _blanked_rules(table: Table, present: frozenset[str]) -> Iterator[Rule]:
    """Yield how a disclosed row looks that was withheld and has lost its N."""
    jobs, wages, estabs = jobs_of(table), wages_of(table), estabs_of(table)
    disclosed = pl.col("disclosure_code").is_null()
    nothing = disclosed & pl.all_horizontal(pl.col(n) == 0 for n in (*jobs, wages))
    gates = ("lq_disclosure_code", "oty_disclosure_code")
    yield Rule(
        ("disclosure_code", *jobs, wages, *gates),
        nothing & pl.all_horizontal(pl.col(g).is_not_null() for g in gates),
        "quotients and changes are withheld, disclosure_code is blank and there are no "
        "jobs and no wages, as if its N were lost",
    )
    many = nothing & (pl.col(estabs) >= MANY_ESTABS)
    change = f"oty_{wages}_chg"
    has_change = change in present  # what closed since had wages a year before
    yield Rule(
        ("disclosure_code", *jobs, wages, estabs, *([change] if has_change else [])),
        many & (pl.col(change).fill_null(0) == 0) if has_change else many,
        f"{_said(estabs)} has no jobs and no wages, as if it were withheld and its N lost",
    )


def _withheld_rules(table: Table, present: frozenset[str]) -> Iterator[Rule]:
    """Yield what a withheld row does not print."""
    row_gate = "disclosure_code"
    for column in table.columns:
        if column.gate and column.name in present:
            gate = column.gate if column.gate in present else row_gate
            yield Rule(
                (gate, column.name),
                pl.col(gate).is_not_null() & (pl.col(column.name) != 0),
                f"{gate} is {{{gate}!r}} and {_said(column.name)}, where what is withheld is "
                "printed as 0",
            )
    for gate in ("lq_disclosure_code", "oty_disclosure_code"):
        yield Rule(
            (row_gate, gate),
            pl.col(row_gate).is_not_null() & pl.col(gate).is_null(),
            f"disclosure_code is {{{row_gate}!r}} and {gate} is blank, where a withheld row "
            "withholds both",
        )


def _of(rules: Iterator[Rule], present: frozenset[str]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if present.issuperset(rule.columns))


@cache
def arithmetic(table: Table, present: frozenset[str], room: float) -> tuple[Rule, ...]:
    """Return the rules for rows of which what is withheld is missing, by the columns there are.

    Parameters
    ----------
    room : float
        `EXACT`, or `SLIP` for what cannot be but a slip.
    """
    every = (
        _pay_rules(table, room), _change_rules(table, room), _quotient_rules(table, room, present),
        _unchanged_rules(table, present),
    )  # fmt: skip
    found = tuple(rule for rules in every for rule in _of(rules, present))
    return (*found, *_of(_blanked_rules(table, present), present))


@cache
def disclosure(table: Table, present: frozenset[str]) -> tuple[Rule, ...]:
    """Return the rules for rows as they are printed, by the columns there are."""
    return _of(_withheld_rules(table, present), present)
