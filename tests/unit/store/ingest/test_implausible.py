"""Numbers that cannot be are refused with the rule and the remedy; those at its edge are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.store import Store
from tests.builders import flows, is_one_sentence, qcew, refusal, take_in, write

PROJECTIONS = (
    "area_fips,industry_code,own_code,base_year,projected_year,base_emplvl,projected_emplvl,source"
)
LABOR_FORCE = "area_fips,year,labor_force,employed,unemployed,unemployment_rate"
THRESHOLDS = "area_fips,household,year,annual_wage,source"
MONTHS = ("month1_emplvl", "month2_emplvl", "month3_emplvl")


def quarter(*months: int) -> str:
    """A quarterly file of one row with these jobs, which pay $1,000 a week."""
    header, row = qcew("08001 5 62 50 2000 26000000", qtr="1").splitlines()
    at = dict(zip(header.split(","), row.split(","), strict=True))
    at |= dict(zip(MONTHS, map(str, months), strict=True))
    at |= {"total_qtrly_wages": str(sum(months) * 13_000 // 3), "avg_wkly_wage": "1000"}
    at |= {name: "" for name in at if name.startswith(("lq_", "oty_"))}
    return f"{header}\n{','.join(at.values())}\n"


IMPLAUSIBLE = {
    "pay by the hour": (
        f"{THRESHOLDS}\n08000,a family,2016,37.02,x",
        "annual_wage is 37.02; it cannot be below 5000, as only pay by the hour or month can be: "
        "multiply that by the hour by 2,080",
    ),
    "pay by the month": (f"{THRESHOLDS}\n08000,a family,2016,3400,x", "pay by the hour or month"),
    "much pay by the month": (f"{THRESHOLDS}\n08000,a family,2016,6200,x", "multiply it by 12"),
    "pay in cents": (f"{THRESHOLDS}\n08000,a family,2016,7700000,x", "an amount in cents"),
    "a projection backwards": (
        f"{PROJECTIONS}\n08000,62,0,2026,2016,300000,350000,x",
        "the projection ends in 2016, not 1 to 30 years after it begins in 2026; write the later "
        "year as projected_year",
    ),
    "a projection of no years": (f"{PROJECTIONS}\n08000,62,0,2016,2016,3,3,x", "not 1 to 30"),
    "a projection of a lifetime": (f"{PROJECTIONS}\n08000,62,0,2016,2047,3,3,x", "not 1 to 30"),
    "jobs in a year's column": (
        f"{PROJECTIONS}\n08000,62,0,300000,2026,2016,350000,x",
        "base_year is 300000; it cannot be above 2100",
    ),
    "a year in the column of jobs": (
        f"{PROJECTIONS}\n08000,62,0,2016,2026,2016,350000,x",
        "cannot be more than 50-fold apart; write both in jobs",
    ),
    "a nation in thousands": (
        f"{PROJECTIONS}\nUS000,10,0,2016,2026,156063.8,167582.3,x",
        "US000 cannot have only 156,063.8 jobs in all; such numbers are often in thousands",
    ),
    "a state in thousands": (
        f"{LABOR_FORCE}\n08000,2016,2891,2798,93,3.2",
        "08000 cannot have a labor_force of only 2,891; such numbers are often in thousands: "
        "multiply them by 1,000",
    ),
    "a share for a rate": (
        f"{LABOR_FORCE}\n08001,2016,261879,253258,8621,0.033",
        "are a hundred times that in percent; a rate is in percent here: multiply a share by 100",
    ),
    "a share alone": (f"{LABOR_FORCE}\n08001,2016,,,,0.033", "multiply a share by 100"),
    "a rate of others": (
        f"{LABOR_FORCE}\n08001,2016,261879,253258,8621,5.1",
        "unemployment_rate is 5.1; it must be unemployed 8,621 in percent of labor_force 261,879",
    ),
    "more unemployed than there are": (
        f"{LABOR_FORCE}\n08001,2016,8621,,261879,",
        "unemployed 261,879 cannot be more than labor_force 8,621",
    ),
    "columns swapped": (
        f"{LABOR_FORCE}\n08001,2016,253258,261879,8621,",
        "employed 261,879 cannot be more than labor_force 253,258",
    ),
    "parts that do not add up": (
        f"{LABOR_FORCE}\n08001,2016,261879,243258,8621,",
        "must add up to labor_force 261,879",
    ),
    "commuters beyond all measure": (flows("08001 08003 30000000"), "cannot be above 20,000,000"),
    "wages in thousands": (
        qcew("08001 5 62 50 2000 90000"),
        "total_annual_wages 90,000 cannot be the pay of annual_avg_emplvl 2,000; write wages in "
        "dollars, not in thousands",
    ),
    "a month in thousands": (
        quarter(2000, 2, 2005),
        "month1_emplvl 2,000, month2_emplvl 2, month3_emplvl 2,005 cannot be the months of one",
    ),
    "a year before the codes": (qcew(year=1850), "year is 1850; it cannot be below 1990"),
}
AT_THE_EDGE = {
    "a low wage": f"{THRESHOLDS}\n08000,a family,2016,10000,x\n",
    "a low wage of old": f"{THRESHOLDS}\n08000,a family,2009,5000,x\n",
    "thirty years": f"{PROJECTIONS}\n08000,62,0,2016,2046,3,3,x\n",
    "a small industry of the nation": f"{PROJECTIONS}\nUS000,62,0,2016,2026,15606.8,16758.3,x\n",
    "rounded to hundreds": f"{LABOR_FORCE}\n08001,2016,261900,253200,8600,3.3\n",
    "rounded to tens": f"{LABOR_FORCE}\n08001,2016,520,500,10,\n",
    "a tiny county": f"{LABOR_FORCE}\n15005,2016,61,61,0,0.0\n",
    "a season that begins": quarter(25, 352, 545),
    "no jobs yet": quarter(0, 50, 63),
}


@pytest.mark.parametrize("name", IMPLAUSIBLE)
def test_what_cannot_be_is_refused_with_the_rule(name: str, store: Store, tmp_path: Path) -> None:
    text, told = IMPLAUSIBLE[name]
    message = refusal(store, write(tmp_path / "bad.csv", text + "\n"))
    assert message.startswith(f"{tmp_path / 'bad.csv'}, line 2: ")
    assert told in message
    assert is_one_sentence(message)


@pytest.mark.parametrize("name", AT_THE_EDGE)
def test_what_can_just_be_is_taken_in(name: str, store: Store, tmp_path: Path) -> None:
    assert take_in(store, write(tmp_path / "good.csv", AT_THE_EDGE[name]))[0].rows == 1
