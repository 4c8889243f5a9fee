"""Command on footprints: is a region a labor market, and what does each county do to it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from lmi.cli.options import (
    OptionalRegion,
    RegionsOption,
    StoreOption,
    YearOption,
    check_ending,
    out,
    said,
    writing,
)
from lmi.errors import LmiError

if TYPE_CHECKING:
    from lmi.assessment.footprint import LaborMarket
    from lmi.assessment.footprint_fit import SectorFit
    from lmi.assessment.footprint_study import FootprintStudy
    from lmi.assessment.opening import OpenedRegion

__all__ = ["footprint"]

MOST_PARTNERS = 5

CandidateOption = Annotated[
    str | None, typer.Option("--candidate", help="Key of a sector to look at in it too.")
]
SectorsOption = Annotated[
    bool, typer.Option("--sectors", help="Say of every sector whether the footprint fits it.")
]
WithOption = Annotated[
    list[str] | None, typer.Option("--with", help="County to add, by its code; may be repeated.")
]
WithoutOption = Annotated[
    list[str] | None, typer.Option("--without", help="County to leave out; may be repeated.")
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", help="FILE.csv for the table of what each county does to it."),
]
SaveOption = Annotated[
    str | None,
    typer.Option("--save", help="Key under which the changed footprint joins the state's file."),
]


StateOption = Annotated[
    str | None, typer.Option("--state", help="State by its folder, name or two-digit code.")
]
SuggestOption = Annotated[
    bool, typer.Option("--suggest", help="Suggest regions of a state; --out FILE.yml writes them.")
]


def footprint(
    region: OptionalRegion = None,
    candidate: CandidateOption = None,
    sectors: SectorsOption = False,
    adding: WithOption = None,
    without: WithoutOption = None,
    save: SaveOption = None,
    state: StateOption = None,
    suggest: SuggestOption = False,
    year: YearOption = None,
    file: OutOption = None,
    store: StoreOption = None,
    regions: RegionsOption = None,
) -> None:
    """Say whether a region is a labor market, and what each county would add or take away."""
    from lmi.assessment.footprint_study import study_footprint
    from lmi.assessment.opening import open_region

    if suggest or region is None:
        _suggest(region, state, suggest, file, store, regions)
        return
    check_ending(file, ".csv")
    if save is not None and not (adding or without):
        raise LmiError("Nothing is changed; name counties with --with or --without to save it.")
    opened = open_region(region, store=store, regions=regions, say=said.print)
    study = study_footprint(
        opened, adding=adding or (), without=without or (), candidate=candidate or "", year=year
    )
    if study.before is not None:
        _show(study.before)
    _show(study.market, "" if study.before is None else ", changed")
    _show_fits(study.fits if sectors else filter(None, [study.fit]))
    if file is None:
        _show_effects(study)
    else:
        from lmi.cli.files import write_table

        write_table(study.effects, file)
        out.print(f"{len(study.effects)} rows written to {file}", markup=False)
    if save is not None:
        _save(opened, study.market, save)


def _save(opened: OpenedRegion, found: LaborMarket, key: str) -> None:
    from lmi.config.save import save_region

    names = {county: found.name(county) for county in found.region.counties}
    new = found.region.model_copy(update={"key": key, "name": f"{opened.region.name}, {key}"})
    path = save_region(opened.state, new, opened.region, names)
    out.print(f"Saved as {opened.state.slug}/{key} in {path}", markup=False)


def _show(found: LaborMarket, how: str = "") -> None:
    from lmi import words
    from lmi.assessment.footprint_verdict import counted, verdict

    counties = words.listing([found.name(county) for county in found.region.counties])
    out.print(f"{found.region.name}{how}: {counties}", markup=False)
    for sentence in verdict(found):
        out.print(f"  {sentence}", markup=False)
    for flows in found.flows:
        for ends, what in zip(
            flows.partners(), ("Most who come in live in", "Most who go out work in"), strict=True
        ):
            named = [f"{found.name(f.area_fips)} {words.whole(f.value)}" for f in ends]
            if named:
                told = words.listing(named[:MOST_PARTNERS])
                out.print(f"  {what} {told} ({counted(flows)}).", markup=False)
    out.print()


def _show_fits(fits: Iterable[SectorFit]) -> None:
    for fit in fits:
        out.print(f"{fit.name}: {' '.join(fit.said)}\n", markup=False)


def _with_margin(share: float, margin: float) -> str:
    from lmi import words

    return f"{words.share(share)} ±{100 * margin:.1f}" if margin else words.share(share)


def _show_effects(study: FootprintStudy) -> None:
    """Print what each county does to the footprint, and below that what it does to the sector."""
    from lmi import words
    from lmi.assessment.footprint_verdict import (
        EXCHANGES,
        IS_LARGE,
        NO_JOBS,
        counted,
        not_tried,
        rank_text,
    )
    from lmi.schema.measures import MEASURES

    market, by = study.market, study.market.judged_by
    if by is None:
        return
    of_market = _table("exchanges", "stay\nto work", "held by\nresidents", "large\nenough")
    of_sector = _table("jobs", "times\nthe nation", "rank")
    table = study.effects
    for row in words.records(table[table["table"] == by.table]):
        what = {"": "as it is", "join": f"with {row['county']}",
                "leave": f"without {row['county']}"}[str(row["change"])]  # fmt: skip
        shares = (
            _with_margin(row[name], row[f"{name}_margin"])
            for name in ("stay_to_work", "filled_by_residents")
        )
        tie = words.share(row["tie"]) if row["change"] else ""
        of_market.add_row(*map(escape, (what, tie, *shares, IS_LARGE[row["size"]])))
        if study.candidate is not None:
            cells = (MEASURES[name].cell(row) for name in ("annual_avg_emplvl", "lq"))
            of_sector.add_row(*map(escape, (what, *cells, rank_text(row))))
    out.print(of_market)
    left = not_tried(len(market.around) - len(market.near))
    out.print(f"{EXCHANGES} {left}{' ' if left else ''}Flows {counted(by)}.", markup=False)
    if study.candidate is not None:
        out.print(f"\n{study.candidate.name} in it:", markup=False)
        out.print(of_sector)
        if study.lacks_jobs:
            out.print(NO_JOBS, markup=False)


def _table(*heads: str) -> Table:
    """Begin a table of footprints, whose names break before a number does."""
    shown = Table(box=None, padding=(0, 2, 0, 0))
    shown.add_column("If", overflow="fold")
    for head in heads:
        shown.add_column(head, justify="right", no_wrap=True)
    return shown


def _suggest(
    region: str | None,
    state: str | None,
    suggest: bool,
    file: Path | None,
    store: Path | None,
    regions: Path | None,
) -> None:
    """Suggest regions for a state by its commuting, and write them if a file is named."""
    from lmi import atomic, codes, words
    from lmi.assessment.commuting_flows import SURVEY
    from lmi.assessment.suggested_regions import state_file, suggest_regions, suggested_name
    from lmi.store import Store
    from lmi.words.intervals import rough

    if region is not None or state is None or not suggest:
        raise LmiError("Name a region, or a state with --state STATE --suggest.")
    check_ending(file, ".yml")
    fips = _state_fips(state, regions)
    found = suggest_regions(Store(store), fips)
    if found is None:
        raise LmiError(
            f"The store has no commuting of {codes.state_name(fips)}; fetch it with lmi fetch "
            "--what flows, or ingest the survey's table."
        )
    years = f"{found.year - 4} to {found.year}"
    how = f"a survey of {years}" if found.table == SURVEY else f"jobs counted in {found.year}"
    said = f"Groups of counties between which people commute, by {how}; a beginning to talk about."
    out.print(f"{codes.state_name(fips)}: {said}", markup=False)
    for market in found.markets:
        counties = words.listing([found.name(county) for county in market.counties])
        weak = "" if market.validity >= 1 else ", no labor market by itself"
        lives = f"about {rough(market.lives)} working residents"
        out.print(f"  {suggested_name(found, market)}: {counties} ({lives}{weak})", markup=False)
    if found.lacking:
        lacking = words.listing([found.name(county) for county in found.lacking])
        out.print(f"Not in the flows, so in no region: {lacking}.", markup=False)
    if file is not None:
        with writing(file):
            atomic.write_text(file, state_file(found, said))
        out.print(f"Written to {file}; correct it, and check it with lmi regions.", markup=False)


def _state_fips(state: str, regions: Path | None) -> str:
    """Return the code of a state that is named by its folder, its name or its code."""
    from lmi import codes, locations
    from lmi.config import load_state

    if state in codes.STATES:
        return state
    folder = locations.regions_dir(regions) / state.lower().replace(" ", "-")
    if (folder / "state.yml").is_file():
        return load_state(folder.name, folder.parent).state_fips
    names = {codes.state_name(fips).lower(): fips for fips in codes.STATES}
    if state.lower().replace("-", " ") not in names:
        raise LmiError(f"There is no state {state!r}; write its name or its two-digit code.")
    return names[state.lower().replace("-", " ")]
