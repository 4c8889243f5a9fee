"""The page of a state's partnerships: a map, phases, the handful asked of all, needs, stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from lmi import words
from lmi.assessment.basis import FOR_STAFF
from lmi.missing import Missing
from lmi.report.display import PageTable, words_column
from lmi.report.html import breakable, fill
from lmi.report.state_map import WIDTH, Label, label_at, lay_out, path
from lmi.scorecard.card import Scorecard
from lmi.scorecard.dashboard import Heard, StateDashboard, common_frame
from lmi.scorecard.method import ABOUT, PHASES, reached
from lmi.scorecard.sections import FOOT, fictional

if TYPE_CHECKING:
    import geopandas as gpd

    from lmi.config import StateConfig

__all__ = ["common_table", "dashboard_page"]

FAIR = (
    "There is no single formula for what a partnership achieves: regions, sectors, goals and ages "
    "differ. So nothing here is ordered by an outcome, each partnership stands against its own "
    "past and phase, and only what counts the same thing once is added up, with how many reported "
    "it. "
    "What nobody counted is missing, not zero."
)
SEVERAL = 2


@dataclass(frozen=True)
class PlaceRow:
    """A region on the dashboard, and the partnerships in it with their sectors."""

    region: str
    name: str
    partnerships: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PartnershipRow:
    """A partnership on the dashboard."""

    name: str
    sector: str
    launch: str
    phase: str
    before: str
    reports: str
    files: Mapping[str, str] = field(default_factory=dict)


def dashboard_page(
    dashboard: StateDashboard,
    counties: gpd.GeoDataFrame | Missing | None = None,
    files: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """Write the page, with nothing fetched from anywhere and no script.

    Parameters
    ----------
    counties : GeoDataFrame, optional
        County boundaries; no map is drawn without them.
    files : mapping, optional
        By key of a partnership: addresses of its reports, by what a reader calls them.
    """
    state, places = dashboard.state, _places(dashboard)
    told = Counter(story.category for story in dashboard.stories)
    page = fill(
        "dashboard/index.html.j2",
        state=state,
        year=dashboard.year,
        counted=dashboard.counted_told,
        fair=FAIR,
        places=places,
        map=_map(state, places, counties),
        phases=_phases(dashboard),
        rows=[_row(card, dashboard, (files or {}).get(card.partnership.key, {}))
              for card in dashboard.cards],
        common=Markup(common_table(dashboard).html),
        heard=[_several("What several of them need", "need", dashboard.needs),
               _several("What several of them learned", "insight", dashboard.insights)],
        stories=dashboard.stories,
        names=ABOUT,
        choices=[(key, name, told[key]) for key, name in ABOUT.items() if told[key]],
        categories=list(ABOUT),
        illustrative=fictional(state.illustrative),
        staff=FOR_STAFF if state.staff else "",
        foot=FOOT,
    )  # fmt: skip
    return breakable(page)


class HeardList(NamedTuple):
    """What several partnerships name, and the names of what one alone does."""

    title: str
    what: str
    several: list[Heard]
    single: list[str]


def _several(title: str, what: str, heard: Sequence[Heard]) -> HeardList:
    return HeardList(
        title, what, [one for one in heard if one.n >= SEVERAL],
        [words.lowered(one.name) for one in heard if one.n < SEVERAL],
    )  # fmt: skip


class RegionOnMap(NamedTuple):
    """A region's outline as SVG path data, its number upon it."""

    place: PlaceRow
    outline: str
    label: Label


class RegionsMap(NamedTuple):
    """A state's counties as SVG path data, and its regions upon them."""

    width: str
    height: str
    ground: Sequence[str]
    regions: Sequence[RegionOnMap]


def _map(
    state: StateConfig, places: Sequence[PlaceRow], counties: gpd.GeoDataFrame | Missing | None
) -> RegionsMap | None:
    drawn = lay_out(counties, state.regions)
    if drawn is None:
        return None
    shapes = drawn.outlines(state.regions)
    return RegionsMap(
        f"{WIDTH:g}", f"{drawn.height:.0f}", [path(shape) for shape in drawn.shapes.values()],
        [RegionOnMap(place, path(shapes[place.region]), label_at(shapes[place.region], str(number)))
         for number, place in enumerate(places, start=1) if place.region in shapes],
    )  # fmt: skip


def _places(dashboard: StateDashboard) -> list[PlaceRow]:
    return [
        PlaceRow(
            region.key, region.name,
            tuple((card.partnership.name, card.partnership.candidate.name)
                  for card in dashboard.cards if card.partnership.region.key == region.key),
        )
        for region in dashboard.state.regions
    ]  # fmt: skip


def _phases(dashboard: StateDashboard) -> list[str]:
    whole, unshown = len(dashboard.cards), dashboard.unshown
    first = next(iter(PHASES))
    begun = f"; {unshown} of them with no evidence written down yet" if unshown else ""
    return [
        f"{n} of {words.count(whole, 'partnership')}: {phase} ({PHASES[phase]})"
        f"{begun if phase == first else ''}"
        for phase, n in dashboard.phases.items()
    ]


def _row(card: Scorecard, dashboard: StateDashboard, files: Mapping[str, str]) -> PartnershipRow:
    own = card.partnership
    return PartnershipRow(
        name=own.name,
        sector=own.candidate.name,
        launch=own.said.launch,
        phase=card.phase.phase if card.phase.claims else f"{card.phase.phase}, no evidence yet",
        before=dashboard.before.get(own.key, "not yet launched"),
        reports=_counted(card, dashboard.year),
        files=files,
    )


def _counted(card: Scorecard, year: int) -> str:
    """Say how many of its measures it counted: of a later stage it is asked for none."""
    counted = [year in card.readings.series(metric.key) for metric in card.partnership.chosen]
    asked = [
        has or reached(card.phase.phase, metric.stage)
        for has, metric in zip(counted, card.partnership.chosen, strict=True)
    ]
    later = len(asked) - sum(asked)
    return f"{sum(counted)} of {sum(asked)} counted{f'; {later} not yet expected' if later else ''}"


def common_table(dashboard: StateDashboard) -> PageTable:
    """Show the handful asked of all: who reports, the sum where there can be one, the change."""
    frame = common_frame(dashboard)
    layout = frame.assign(
        coverage=[one.coverage for one in dashboard.common],
        sum_told=[one.sum_told for one in dashboard.common],
        change=[one.change_told for one in dashboard.common],
    )
    return PageTable(
        "common", frame, f"Asked of every partnership, {dashboard.year}", "",
        [words_column("Measure", "name"),
         words_column("Who reports", "coverage"),
         words_column("Together", "sum_told"),
         words_column("Since last year", "change")],
        ("Together: over those that report; where one does, its own report tells. Not added up: "
         "one business may be in two partnerships, and a share of one is no share of all. A sum in "
         "which one or two people are hidden is told by its ends.",),
        layout=layout, stack=True,
    )  # fmt: skip
