"""The context of a region: a page of what is wanted first, and every number in the file."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
import pandas as pd
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from lmi.assessment.context import Context
from lmi.report import Profile
from lmi.report.workbook import workbook_bytes
from lmi.report.workbook.context_sheets import LARGEST, context_sheets

PAGE = 60  # rows of a landscape page, in type of 7 points


def first_sheet(profile: Profile) -> pd.DataFrame:
    return next(iter(context_sheets(profile))).frame


def of_many(profile: Profile) -> Profile:
    """With commuters to and from forty counties, some in another state."""
    rows = profile.setting.rows
    like = rows[(rows["measure"] == "in") & (rows["area_fips"] == "99005")]
    more = [
        like.assign(measure=end, area_fips=f"{(99, 8)[n % 2]:02}{n:03}", value=float(100 - n))
        for end in ("in", "out")
        for n in range(101, 141)
    ]
    whole = pd.concat([rows, *more], ignore_index=True)
    return replace(profile, setting=Context(whole, profile.region.counties))


def printed_rows(page: Worksheet) -> int:
    _, first, _, last = range_boundaries(page.print_area.split("!")[1].replace("$", ""))
    return last - first + 1


def test_a_measure_stands_beside_that_of_five_years_before_and_of_the_state(
    profile: Profile,
) -> None:
    rows = first_sheet(profile).set_index(["what", "place"])
    for place, of_one in (("Region", 400), (profile.state_name, 9000), ("Nation", 3e6)):
        row = rows.loc[("Residents, July 1", place)]
        assert (row["year"], row["value"]) == (2023, of_one * 105)
        assert (row["year0"], row["value0"]) == (2018, of_one * 100)
    assert rows.loc[("Unemployment rate, %", "Region"), "value0"] == 5.0


def test_what_is_of_some_counties_is_no_total_and_says_so(profile: Profile) -> None:
    rows = profile.setting.rows
    some = rows.assign(lacking=rows["lacking"].mask(rows["table"] == "population", "99003"))
    some = some[(some["table"] == "population") & (some["place"] == "region")]
    some = some.assign(n_counties=1)
    (row,) = first_sheet(
        replace(profile, setting=Context(some, profile.region.counties))
    ).to_dict("records")  # fmt: skip
    assert row["limits"] == "Without Birch: no total of the region."
    assert pd.isna(row["value0"])


def test_flows_name_their_largest_counties_and_a_count_has_no_margin(profile: Profile) -> None:
    found = first_sheet(of_many(profile)).set_index("what")
    for what in ("Come in from (main jobs)", "Go out to (main jobs)"):
        rows = found.loc[what]
        assert len(rows) == LARGEST and rows["value"].is_monotonic_decreasing
        assert (rows["county"] != "").all() and rows["margin_of_error"].isna().all()
    assert found.loc["Work here (main jobs)", "value"] == 1000


def test_a_survey_has_its_margin_and_says_once_what_it_cannot_tell(profile: Profile) -> None:
    rows = profile.setting.rows
    survey = rows.assign(
        table=rows["table"].replace("commuting", "commuting_survey"), margin_of_error=12.0,
        limits="Who comes in from another state is not in the file.",
    )  # fmt: skip
    found = first_sheet(replace(profile, setting=Context(survey, profile.region.counties)))
    flows = found[found["what"].str.endswith("(survey)")]
    assert len(flows) == 8 and (flows["margin_of_error"] == 12).all()
    assert flows["limits"].notna().sum() == 1 and flows["limits"].iloc[0].startswith("Who comes")


def test_on_paper_it_is_two_pages_and_every_number_is_in_the_file(profile: Profile) -> None:
    many = of_many(profile)
    book = openpyxl.load_workbook(BytesIO(workbook_bytes(many)))
    first, every = book["Context"], book["Context by year"]
    assert printed_rows(first) <= PAGE and printed_rows(every) <= PAGE
    held = [row[0] for row in every.iter_rows(min_row=3, max_col=1, values_only=True)]
    assert len(held) == len(many.setting.rows)
    said = every.oddHeader.left.text
    assert f"{len(held)} rows" in said and "the file has them all" in said
    years = [row[3] for row in every.iter_rows(min_row=3, max_row=8, values_only=True)]
    assert 2023 in years and min(years) > 2020, "the newest stand on top"


def test_a_region_of_which_nothing_is_known_has_two_sheets_of_heads(profile: Profile) -> None:
    rows = profile.setting.rows.head(0)
    book = openpyxl.load_workbook(
        BytesIO(workbook_bytes(replace(profile, setting=Context(rows, profile.region.counties))))
    )
    assert book["Context"].max_row == book["Context by year"].max_row == 2
