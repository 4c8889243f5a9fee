"""Make ten years of a nation: every county, state and the nation in the agency's layout.

The numbers are invented and agree: states are the sums of their counties, the nation of its states,
quotients and changes over the year follow from the jobs, and small cells are withheld, with others
beside them. So a store takes them in, and estimates what is withheld, as it would the agency's.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from singlefile import LEAVES

from lmi import codes, naics
from lmi.naics.lists import industries
from lmi.schema import table

SEED = 1
FIRST_YEAR, BORN = 2014, 2013
VINTAGES = (2012, 2017, 2022)
FEW_ESTABS, WITHHELD_BESIDE = 3, 0.3
SHARE_OF_STATES = 0.05
"""Of a state's cells, withheld."""
MEASURES = (
    "annual_avg_estabs", "annual_avg_emplvl", "total_annual_wages", "taxable_annual_wages",
    "annual_contributions", "annual_avg_wkly_wage", "avg_annual_pay",
)  # fmt: skip
FIRST_LEVEL = {"county": 70, "state": 50, "nation": 10}
Numbers = NDArray[np.float64]


class Industries(NamedTuple):
    """Codes of all levels, and which six-digit ones are part of each."""

    above: list[str]
    parts: Numbers

    @classmethod
    def made(cls) -> Industries:
        """Choose those that every year's list has, so that each has a history."""
        rng = np.random.default_rng(SEED)
        listed = [
            code for code in industries()
            if len(code) == 6 and all(naics.is_known(code, vintage) for vintage in VINTAGES)
        ]  # fmt: skip
        leaves = sorted(rng.choice(listed, LEAVES, replace=False).tolist())
        above = sorted({code for leaf in leaves for code in naics.containers(leaf)})
        holds = [[code in naics.containers(leaf) for code in above] for leaf in leaves]
        return cls(above, np.array(holds, dtype=np.float64))


def states(year: int) -> list[str]:
    """Return the states that have counties."""
    held = sorted(codes.STATES - {codes.SAMPLE_STATE})
    return [state for state in held if codes.counties_of(state, year)]


def _leaves(state: str, n_areas: int, year: int) -> dict[str, Numbers]:
    """Return what a year counts in a state's counties, by six-digit industry."""
    rng = np.random.default_rng([SEED, int(state)])
    shape = n_areas, LEAVES
    size = (rng.pareto(1.1, (n_areas, 1)) + 0.2) * rng.gamma(0.5, 2, shape)
    is_there = rng.random(shape) < np.minimum(0.15 + size / 3, 1)
    estabs = np.ceil(size * rng.gamma(2, 1, shape)) * is_there
    jobs = np.ceil(estabs * rng.gamma(1.5, 4, shape)) * is_there
    pay = rng.integers(20_000, 90_000, shape)
    growth = rng.normal(0.012, 0.03, shape)
    since = year - BORN
    jobs = np.where(is_there, np.maximum((jobs * np.exp(growth * since)).round(), 1), 0)
    estabs = np.where(is_there, np.maximum((estabs * np.exp(growth * since / 2)).round(), 1), 0)
    wages = (jobs * pay * 1.03**since).round()
    taxable = (wages * 0.4).round()
    found = estabs, jobs, wages, taxable, (taxable * 0.02).round()
    return dict(zip(MEASURES[:5], found, strict=True))


def _all_levels(leaves: dict[str, Numbers], parts: Numbers) -> dict[str, Numbers]:
    """Return the same by industry of every level, with all ownerships first, and the pay."""
    found = {name: values @ parts for name, values in leaves.items()}
    found = {name: np.hstack([v[:, :1], v]) for name, v in found.items()}
    jobs = np.maximum(found["annual_avg_emplvl"], 1)
    pay = found["total_annual_wages"] / jobs
    return found | {"annual_avg_wkly_wage": (pay / 52).round(), "avg_annual_pay": pay.round()}


def _quotients(levels: dict[str, Numbers], nation: dict[str, Numbers]) -> dict[str, Numbers]:
    found = {}
    for name in MEASURES:
        here, there = (of[name] / np.maximum(of[name][:, :1], 1) for of in (levels, nation))
        found[f"lq_{name}"] = (here / np.where(there > 0, there, 1)).round(2)
    return found


def _changes(levels: dict[str, Numbers], before: dict[str, Numbers]) -> dict[str, Numbers]:
    found = {}
    for name in MEASURES:
        change = levels[name] - before[name]
        found[f"oty_{name}_chg"] = change
        found[f"oty_{name}_pct_chg"] = (100 * change / np.maximum(before[name], 1)).round(1)
    return found


def _frame(
    areas: list[str], kind: str, levels: dict[str, Numbers], others: dict[str, Numbers],
    above: list[str], year: int,
) -> pl.DataFrame:  # fmt: skip
    rng = np.random.default_rng([SEED, int(areas[0][:2].replace("US", "99")), 7])
    owners = np.array(["0", *["5"] * len(above)])
    industry = np.array([naics.TOTAL, *above])
    level = np.array([FIRST_LEVEL[kind], *(
        FIRST_LEVEL[kind] + 1 + naics.LEVELS.index(naics.industry_level(code)) for code in above
    )])  # fmt: skip
    is_there = levels["annual_avg_estabs"] > 0
    few = levels["annual_avg_estabs"] < FEW_ESTABS
    beside = rng.random(few.shape) < WITHHELD_BESIDE
    withheld = few | beside if kind == "county" else rng.random(few.shape) < SHARE_OF_STATES
    withheld &= (industry != naics.TOTAL) & (kind != "nation")
    at, which = np.nonzero(is_there)
    data: dict[str, object] = {
        "area_fips": np.array(areas)[at], "own_code": owners[which],
        "industry_code": industry[which], "agglvl_code": level[which].astype(str),
        "size_code": np.full(len(at), "0"), "year": np.full(len(at), str(year)),
        "qtr": np.full(len(at), "A"),
    }  # fmt: skip
    hidden = withheld[is_there]
    numbers = levels | others
    for column in table("qcew_annual").columns:
        if column.name.endswith("disclosure_code"):
            data[column.name] = np.where(hidden, "N", "")
        elif column.name in numbers:
            values = numbers[column.name][is_there]
            shown = np.where(hidden & bool(column.gate), 0, values)
            data[column.name] = shown.astype(np.int64) if column.dtype == "int" else shown
    return pl.DataFrame(data).select(table("qcew_annual").names)


def _year(of: Industries, year: int) -> Iterator[pl.DataFrame]:
    counties = {state: sorted(codes.counties_of(state, year)) for state in states(year)}

    def summed(state: str, at: int) -> dict[str, Numbers]:
        leaves = _leaves(state, len(counties[state]), at)
        return {name: values.sum(axis=0, keepdims=True) for name, values in leaves.items()}

    def nation_in(at: int) -> dict[str, Numbers]:
        every = [summed(state, at) for state in counties]
        return _all_levels({name: sum(s[name] for s in every) for name in every[0]}, of.parts)

    nation, before = nation_in(year), nation_in(year - 1)
    same = _quotients(nation, nation) | _changes(nation, before)
    for state, areas in counties.items():
        now, then = (_leaves(state, len(areas), at) for at in (year, year - 1))
        for kind, names in (("state", [f"{state}000"]), ("county", areas)):
            if kind == "state":
                levels, earlier = (
                    _all_levels({n: v.sum(axis=0, keepdims=True) for n, v in one.items()}, of.parts)
                    for one in (now, then)
                )
            else:
                levels, earlier = _all_levels(now, of.parts), _all_levels(then, of.parts)
            others = _quotients(levels, nation) | _changes(levels, earlier)
            yield _frame(names, kind, levels, others, of.above, year)
    yield _frame([codes.NATION], "nation", nation, same, of.above, year)


def write_nation(folder: Path, years: int) -> Iterator[tuple[Path, int]]:
    """Write a single file a year, as the agency's archives are, and say how many rows it has."""
    of = Industries.made()
    folder.mkdir(parents=True, exist_ok=True)
    for year in range(FIRST_YEAR, FIRST_YEAR + years):
        path = folder / f"{year}_annual_singlefile.zip"
        name = f"{year}.annual.singlefile.csv"
        rows = 0
        with (
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
            archive.open(name, "w", force_zip64=True) as file,
        ):
            for number, frame in enumerate(_year(of, year)):
                frame.write_csv(file, quote_style="non_numeric", include_header=number == 0)
                rows += frame.height
        yield path, rows
