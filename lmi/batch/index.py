"""The page that links a state's profiles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lmi import atomic
from lmi.analysis.state_total import IN_NONE, WHOLE
from lmi.assessment.adding_up import in_none, regions_frame
from lmi.assessment.apart import LEVELS, apart_of, in_groups
from lmi.assessment.state_tables import StateTables
from lmi.batch.execute import ProfileResult
from lmi.batch.formats import FILES, PAGE
from lmi.config import SetAside, StateConfig, load_asked
from lmi.report.display.csv import csv_bytes
from lmi.report.side_by_side import quotients_table, ranks_table, shared_leads
from lmi.report.state_page import IndexRow, index_page
from lmi.scoring.rank import FIRST_THREE
from lmi.store import Store
from lmi.words import Row, is_known, records

__all__ = ["write_index"]

FIGURES = ("annual_avg_emplvl", "annual_avg_estabs", "avg_annual_pay", "emplvl_pct_chg")


def leads(row: Row) -> bool:
    """Tell whether a candidate is among the first three, those that are level included."""
    return is_known(row["rank"]) and row["rank"] <= FIRST_THREE


def _row(
    key: str,
    name: str,
    tables: StateTables,
    folder: Path,
    made: ProfileResult | None,
    asked: SetAside,
) -> IndexRow:
    if made is not None and made.status == "failed":
        return IndexRow(key, name, "", "failed", made.error)
    if not (folder / key / PAGE).is_file():
        return IndexRow(key, name, "", "failed", "It has not been made yet.")
    total = tables.regions[tables.regions["region"] == key].iloc[0]
    ranking = tables.ranking[tables.ranking["region"] == key]
    names = tables.candidates.drop_duplicates("candidate").set_index("candidate")["candidate_name"]
    named = in_groups(ranking.assign(candidate_name=ranking["candidate"].map(names)), asked)
    return IndexRow(
        key,
        name,
        f"{key}/{PAGE}",
        "unchanged" if made is None else made.status,
        figures={f: total.get(f) for f in FIGURES},
        files={
            name: f"{key}/{file}" for name, file in FILES.items() if (folder / key / file).is_file()
        },
        top=[f"{r['rank']}. {r['candidate_name']}" for r in records(named) if leads(r)],
        apart={
            apart.name: apart.names
            for apart in apart_of(named, asked)
            if apart.key not in LEVELS  # the same ones in nearly every region
        },
    )


def _totals(state: StateConfig, tables: StateTables) -> list[IndexRow]:
    """What lies in no region, and the state itself, as far as the store has them."""
    rows = {row["kind"]: row for row in records(tables.total)}
    names = {IN_NONE: in_none(rows.get(IN_NONE, {}).get("areas", "")), WHOLE: state.name}
    return [
        IndexRow("", name, "", "total", figures={f: rows[kind].get(f) for f in FIGURES})
        for kind, name in names.items()
        if kind in rows
    ]


def write_index(
    folder: Path,
    state: StateConfig,
    tables: StateTables,
    results: Sequence[ProfileResult],
    store: Store,
) -> None:
    """Write ``index.html`` and ``regions.csv`` of a state's folder of outputs.

    Parameters
    ----------
    results : sequence of ProfileResult
        Of this run; a region that was not part of it is listed if it was made before.
    store : Store
        For the map.
    """
    by_region = {r.region: r for r in results}
    rows = [
        _row(
            r.key, r.name, tables, folder, by_region.get(r.key),
            load_asked(state, region=r.key).set_aside,
        )
        for r in state.regions
    ]  # fmt: skip
    states = {s for r in state.regions for s in r.state_fips}
    counties = store.boundaries("county", states, tables.meta["year"])
    matrices = [ranks_table(tables, state), quotients_table(tables, state)]
    page = index_page(
        state,
        rows,
        totals=_totals(state, tables),
        year=tables.meta["year"],
        base_year=tables.meta["base_year"],
        counties=counties,
        notes=tables.meta["notes"],
        side_by_side=matrices,
        shared=shared_leads(tables, state, counties),
    )
    for table in matrices:
        atomic.write_bytes(folder / f"{table.name}.csv", table.csv)
    atomic.write_text(folder / "index.html", page)
    atomic.write_bytes(folder / "regions.csv", csv_bytes(regions_frame(tables, state.name)))
