"""Regions of a state side by side: ranks, quotients, and sectors that neighbors share."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from lmi.config import Region
from lmi.missing import Missing
from lmi.report.side_by_side import quotients_table, ranks_table, shared_leads
from tests.unit.report.test_tables import seen

NAN = float("nan")
# west | middle | (a gap) | east, north: two pairs of neighbors
PLACES = {"west": ("99001", 0), "middle": ("99003", 1), "east": ("99005", 5), "north": ("99007", 6)}
RANKS = {
    "care": (1, 2, 3, 1), "build": (2, 9, 1, 2), "food": (NAN, 1, NAN, NAN), "mines": (3, 3, 9, 9),
}  # fmt: skip


class Tables:
    """As much of a state's tables as is read."""

    def __init__(self, **quotients: dict) -> None:
        keys = [(region, key) for key in RANKS for region in PLACES]
        ranks = [RANKS[key][list(PLACES).index(region)] for region, key in keys]
        self.meta = {"year": 2023}
        self.ranking = pd.DataFrame(keys, columns=["region", "candidate"]).assign(
            rank=pd.array([None if r != r else r for r in ranks], dtype="Int64"),
            set_aside=["declining" if r != r else "" for r in ranks],
        )
        self.candidates = self.ranking[["region", "candidate"]].assign(
            candidate_name=lambda table: table["candidate"].str.title(),
            lq=1.0, lq_lo=1.0, lq_hi=1.0, lq_is_vague=False,
        )  # fmt: skip
        at = self.candidates["region"] == "west"
        for key, values in quotients.items():
            rows = at & (self.candidates["candidate"] == key)
            for name, value in values.items():
                self.candidates.loc[rows, name] = value


@pytest.fixture
def four(state):
    regions = tuple(
        Region(state="sample", key=key, name=key.title(), counties=(fips,))
        for key, (fips, _) in PLACES.items()
    )
    return state.model_copy(update={"regions": regions})


@pytest.fixture
def shapes():
    rows = [(fips, shapely.box(at, 0, at + 1, 1)) for fips, at in PLACES.values()]
    return gpd.GeoDataFrame(rows, columns=["area_fips", "geometry"], geometry="geometry")


def test_who_leads_most_often_comes_first_and_who_is_set_aside_is_said(four):
    rows = seen(ranks_table(Tables(), four))
    assert [row["Sector"] for row in rows] == ["Care", "Build", "Mines", "Food"]
    assert rows[0] == {"Sector": "Care", "1": "1", "2": "2", "3": "3", "4": "1"}
    assert rows[3] == {"Sector": "Food", "1": "aside", "2": "1", "3": "aside", "4": "aside"}


def test_a_quotient_is_concentrated_only_where_its_whole_range_is(four):
    tables = Tables(
        care={"lq": 1.4, "lq_lo": 1.3, "lq_hi": 1.5},
        build={"lq": 1.4, "lq_lo": 1.1, "lq_hi": 1.7},
        mines={"lq": NAN, "lq_lo": 0.4, "lq_hi": 9.0, "lq_is_vague": True},
    )
    table = quotients_table(tables, four)
    rows = {row["Sector"]: row["1"] for row in seen(table)}
    assert rows == {"Care": "1.40", "Build": "1.40", "Food": "1.00", "Mines": "?"}
    assert table.html.count('class="num good"') == 1


def test_neighbors_share_a_sector_and_regions_apart_do_not(four, shapes):
    said = shared_leads(Tables(), four, shapes)
    assert said == ["Build: East and North.", "Care: East and North.", "Care: West and Middle.",
                    "Mines: West and Middle."]  # fmt: skip


def test_what_leads_nearly_everywhere_is_said_in_two_words(four, shapes):
    close = shapes.set_geometry([shapely.box(at, 0, at + 1, 1) for at in range(4)])
    assert "Care: most regions." in shared_leads(Tables(), four, close)


def test_without_a_map_nobody_knows_who_is_a_neighbor(four):
    assert shared_leads(Tables(), four, Missing("a map", "none is there", "ingest one")) == []
