"""Commands on regions: measures, regions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lmi.cli.options import (
    BaseYearOption,
    RegionArgument,
    RegionsOption,
    StaffOption,
    StoreOption,
    YearOption,
    check_ending,
    out,
    said,
)
from lmi.errors import LmiError

if TYPE_CHECKING:
    from lmi.config import Candidate, StateConfig

__all__ = ["measures", "regions"]


def measures(
    region: RegionArgument,
    file: Annotated[Path, typer.Option("--out", help="FILE.csv or FILE.parquet.")],
    year: YearOption = None,
    base_year: BaseYearOption = None,
    staff: StaffOption = False,
    store: StoreOption = None,
    regions: RegionsOption = None,
) -> None:
    """Write every measure of a region, by candidate and by industry, as one tidy table."""
    from lmi.assessment.opening import open_region
    from lmi.assessment.state_tables import region_measures
    from lmi.cli.files import write_table

    check_ending(file)
    opened = open_region(region, store=store, regions=regions, staff=staff, say=said.print)
    table = region_measures(opened.analyse(year, base_year), opened.region)
    write_table(table, file)
    out.print(f"{len(table):,} rows written to {file}")


def regions(
    state: Annotated[
        str | None, typer.Argument(help="A folder of regions/; without it, all are checked.")
    ] = None,
    regions: RegionsOption = None,
) -> None:
    """Check what a state's folder holds, and say its definitions in plain words."""
    from lmi import locations
    from lmi.config import (
        candidate_overlaps,
        describe_candidate,
        describe_state,
        list_states,
        load_state,
    )

    root = locations.regions_dir(regions)
    if state is None:
        failed = 0
        for slug in list_states(root):
            try:
                found = load_state(slug, root)
                _check_folder(found, root)
                out.print(f"ok      {slug}: {len(found.regions)} regions", markup=False)
            except LmiError as error:
                failed += 1
                said.print(f"failed  {error}", markup=False)
        if failed:
            raise typer.Exit(1)
        return
    found = load_state(state, root)
    out.print(describe_state(found), markup=False)
    candidates, tables = _check_folder(found, root)
    for candidate in candidates:
        out.print(f"\n{describe_candidate(candidate)}", markup=False)
    shared = candidate_overlaps(candidates, 2022)
    if len(shared):
        out.print("\nCandidates that share industries (allowed; their jobs are counted in both):")
        for (a, b), rows in shared.groupby(["candidate_a", "candidate_b"]):
            out.print(f"  {a} and {b}: {', '.join(sorted(set(rows['industry_code'])))}")
    if tables:
        out.print("\nThe team's own tables:")
    for line in tables:
        out.print(f"  {line}", markup=False)


def _check_folder(state: StateConfig, root: Path) -> tuple[tuple[Candidate, ...], list[str]]:
    """Read everything in a state's folder; return its candidates, and what its tables hold."""
    from lmi.analysis.projected_rates import own_projections
    from lmi.analysis.thresholds import own_thresholds
    from lmi.assessment.people_files import read_engagement, read_knowledge
    from lmi.config import load_asked, load_candidates, load_wages
    from lmi.missing import Missing
    from lmi.scorecard.files import load_partnerships
    from lmi.scorecard.readings import read_readings
    from lmi.words import count

    candidates = load_candidates(state, root)
    for region in state.regions:
        load_asked(state, root, region=region.key)
    load_wages(state)
    said = []
    if not isinstance(efforts := read_engagement(state, candidates), Missing):
        names = efforts["organisation"].str.casefold().nunique()
        said.append(f"engagement.csv: {len(efforts)} efforts of {names} organizations")
    if not isinstance(known := read_knowledge(state, candidates), Missing):
        places = known["region"].nunique()
        said.append(f"local_knowledge.csv: {len(known)} ratings in {places} regions")
    if (own := own_thresholds(state)) is not None:
        households = ", ".join(sorted(own.rows["household"].unique()))
        said.append(f"thresholds.csv: {len(own.rows)} rows for {households or 'nobody'}")
    if len(projected := own_projections(state)):
        regions = count(projected["region"].nunique(), "region")
        said.append(f"projections.csv: {len(projected)} industries in {regions}")
    if partnerships := load_partnerships(state, root):
        rows = sum(len(read_readings(partnership).rows) for partnership in partnerships)
        said.append(f"partnerships: {len(partnerships)}, with {count(rows, 'row')} of numbers")
    return candidates, said
