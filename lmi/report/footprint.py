"""A region's footprint, one function a section: what the fourth notebook calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lmi.assessment.footprint_study import FootprintStudy, study_footprint
from lmi.assessment.footprint_verdict import verdict as sentences_of
from lmi.assessment.opening import open_region
from lmi.missing import Missing
from lmi.report import boilerplate
from lmi.report.display import Exhibit, Figure, PageTable, Prose, bullets, sentence, title_block
from lmi.report.figures import footprint as figures
from lmi.report.tables import footprint as tables
from lmi.words import count, listing

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["counties", "flows", "load", "sector", "sectors", "title", "verdict"]

METHOD = (
    "A footprint is a working definition: not too small, not too big. Where workers live and "
    "where they work says whether employers find their people in it."
)
SOURCES = {
    "commuting": "U.S. Census Bureau, LEHD Origin-Destination Employment Statistics, main jobs",
    "commuting_all_jobs": "U.S. Census Bureau, LEHD Origin-Destination Employment Statistics, all "
    "jobs",
    "commuting_survey": "U.S. Census Bureau, American Community Survey, county-to-county commuting",
}
FEW_NAMED = 3
NOTHING = "Nothing to show: the store has no commuting of all its counties."
NO_SECTOR = 'No sector is in mind; write the key of one into "candidate" above.'


def load(
    region: str,
    candidate: str = "",
    adding: str = "",
    without: str = "",
    year: int = 0,
    store: str | Path = "",
) -> FootprintStudy:
    """Look at a region's footprint.

    Parameters
    ----------
    region : str
        ``STATE/REGION``, or ``REGION`` where only one state has it.
    candidate : str, optional
        Key of a sector in mind.
    adding, without : str, optional
        Codes of counties to add or to leave out, blanks between.
    year : int, optional
        Of the sector's jobs; the newest in the store unless told.
    store : path-like, optional
        Where the store is, unless at its usual place.

    Raises
    ------
    LmiError
        There is no such region or sector, or the footprint cannot be.

    Examples
    --------
    >>> import tempfile
    >>> study = load("oregon/lane", store=tempfile.mkdtemp())
    >>> title(study).text.splitlines()[1]
    'Lane County'
    """
    opened = open_region(region, store=Path(store) if store else None)
    return study_footprint(
        opened, adding=adding.split(), without=without.split(), candidate=candidate,
        year=year or None,
    )  # fmt: skip


def title(study: FootprintStudy) -> Prose:
    """Name the region, and say whether its footprint is a labor market."""
    state = study.opened.state
    return title_block(
        f"Footprint · {state.name}", study.region.name, sentences_of(study.market)[0],
        made_up=boilerplate.ILLUSTRATIVE if state.illustrative else "", staff=state.staff,
        method=METHOD,
    )  # fmt: skip


def verdict(study: FootprintStudy) -> Exhibit:
    """Name its counties, and say why it is what it is; beside what it was, if it was changed."""
    told = []
    for what, market in (("As it was", study.before), ("Now", study.market)):
        if market is None:
            continue
        named = listing([market.name(county) for county in market.region.counties])
        lead = f"{what}: {named}." if study.before is not None else f"{named}."
        told.append(" ".join([lead, *sentences_of(market)]))
    return Exhibit((bullets(told, "remarks"),) if len(told) > 1 else (sentence(told[0]),))


def flows(study: FootprintStudy) -> Exhibit:
    """Draw the largest flows over its border, and list the counties at the other end."""
    market = study.market
    if market.judged_by is None:
        return Exhibit((sentence(NOTHING),))
    parts = [tables.partners(study, by, _source(study, by.table)) for by in market.flows]
    return Exhibit((*_map(study, figures.flows_figure, market.judged_by.own), *parts))


def counties(study: FootprintStudy) -> Exhibit | PageTable:
    """List what each county near it would add, and each of its own take away."""
    by = study.market.judged_by
    if by is None:
        return Exhibit((sentence(NOTHING),))
    return tables.effects_table(study, by, _source(study, by.table))


def sector(study: FootprintStudy) -> Exhibit:
    """Draw where the sector's own jobs lie, and say whether the footprint fits it."""
    if study.candidate is None:
        return Exhibit((sentence(NO_SECTOR),))
    assert study.fit is not None, "there is a sector"
    said = sentence(f"{study.fit.name}: {' '.join(study.fit.said)}")
    return Exhibit((*_map(study, figures.sector_figure, study.region.counties), said))


def sectors(study: FootprintStudy) -> PageTable | Exhibit:
    """Say of every sector whether the footprint is too small for it, about right, or too big."""
    if study.market.judged_by is None:
        return Exhibit((sentence(NOTHING),))
    return tables.fits_table(study)


def _map(
    study: FootprintStudy,
    draw: Callable[[FootprintStudy, gpd.GeoDataFrame], Figure],
    own: Sequence[str],
) -> list[Figure | Prose]:
    """Draw a map, unless it had no county of the footprint; say which counties it lacks."""
    market = study.market
    if isinstance(study.shapes, Missing):
        return []
    shapes = figures.around(market, study.shapes)
    drawn = set(shapes["area_fips"])
    lacking = [market.name(c) for c in dict.fromkeys((*own, *market.near)) if c not in drawn]
    many = len(lacking) - FEW_NAMED
    more = [count(many, "more county")] if many > 0 else []
    told = sentence(
        f"Not on the map in the store, which is of another year: "
        f"{listing([*lacking[:FEW_NAMED], *more])}."
    )
    figure = [draw(study, shapes)] if drawn & set(study.region.counties) else []
    return [*figure, *([told] if lacking else [])]


def _source(study: FootprintStudy, table: str) -> str:
    lead = "illustrative data in the layout of: " if study.opened.state.illustrative else ""
    return f"{lead}{SOURCES[table]}."
