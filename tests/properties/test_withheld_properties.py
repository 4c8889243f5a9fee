"""What must be true of shares withheld, whatever the cells are."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from lmi.assessment.withheld import by_county, by_level, by_sector
from lmi.words import years_listed

SECTORS = ("11", "21", "23", "42", "62", "72")
counties = st.dictionaries(
    st.sampled_from(["08001", "08003", "08005"]),
    st.tuples(
        st.booleans(),
        st.dictionaries(
            st.sampled_from(SECTORS), st.tuples(st.integers(0, 500), st.booleans()), min_size=1
        ),
    ),
    min_size=1,
)


def cells_of(places: dict) -> pd.DataFrame:
    rows = []
    for area, (total_is_withheld, sectors) in places.items():
        total = sum(jobs for jobs, _ in sectors.values())
        rows.append((area, "10", "total", total, total_is_withheld))
        rows += [(area, code, "sector", *of) for code, of in sectors.items()]
    table = pd.DataFrame(
        rows, columns=["area_fips", "industry_code", "level", "jobs", "is_withheld"]
    )
    return table.assign(jobs=table["jobs"].where(~table["is_withheld"]).astype(float))


@given(counties)
def test_no_share_of_jobs_gives_away_the_only_withheld_number(places: dict) -> None:
    found = by_county(cells_of(places)).set_index("area_fips")
    for area, (total_is_withheld, sectors) in places.items():
        hidden = [jobs for jobs, is_withheld in sectors.values() if is_withheld]
        share = found.loc[area, "jobs_share"]
        if total_is_withheld or len(hidden) == 1:
            assert pd.isna(share)
        elif not hidden:
            assert pd.isna(share) or share == 0


@given(counties)
def test_shares_lie_between_0_and_1_and_all_cells_are_counted(places: dict) -> None:
    cells = cells_of(places)
    sectors = cells[cells["level"] == "sector"]
    for table in (by_county(cells), by_sector(cells), by_level(cells)):
        assert table["cells"].sum() == len(sectors)
        assert table["withheld"].sum() == sectors["is_withheld"].sum()
        assert table["cells_share"].dropna().between(0, 1).all()
        if "jobs_share" in table:
            assert table["jobs_share"].dropna().between(0, 1).all()


@given(st.sets(st.integers(1990, 2050), min_size=1))
def test_years_in_words_name_each_year_and_no_other(years: set[int]) -> None:
    told = set()
    for part in years_listed(years).replace(" and ", ", ").split(", "):
        first, _, last = part.partition(" to ")
        told |= set(range(int(first), int(last or first) + 1))
    assert told == years
