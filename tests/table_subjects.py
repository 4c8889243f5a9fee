"""Small tables of one state in every layout that is read beside QCEW's, sound in themselves.

The numbers are made up, of the size that New Hampshire's are; those of all layouts are the same.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence

from lmi import codes
from tests.agency_layouts import YEAR, Row, as_text, high_level, wid
from tests.builders import qcew, rows_of
from tests.table_mutations import Sheet

STATE = "33"
YEARS = (2016, 2017, 2018)
PEOPLE = (60_640, 47_840, 76_430, 32_040, 89_320, 413_180, 149_250, 306_370, 128_520, 43_190)
COUNTIES = dict(zip((f"{STATE}{n:03}" for n in range(1, 20, 2)), PEOPLE, strict=True))


def residents(area: str, year: int) -> int:
    """Made up: some counties grow by a percent a year and some shrink."""
    if area.endswith("000"):
        return sum(residents(county, year) for county in COUNTIES)
    n = int(area[2:])
    return round(COUNTIES[area] * (1 + (year - 2016) * (n % 5 - 1) / 300)) + n * (year - 2016)


def at_work(area: str, year: int) -> tuple[int, int, int, float]:
    """Labor force, employed, unemployed and the rate."""
    if area.endswith("000"):
        of_each = [at_work(county, year) for county in COUNTIES]
        force, employed, unemployed = (sum(each[i] for each in of_each) for i in range(3))
    else:
        n = int(area[2:])
        force = round(residents(area, year) * (0.5 + n / 200))
        unemployed = round(force * (0.024 + n / 1000 - (year - 2016) / 400))
        employed = force - unemployed
    return force, employed, unemployed, round(100 * unemployed / force, 1)


def _name(area: str) -> str:
    return "New Hampshire" if area.endswith("000") else codes.county_name(area)


def _title(area: str) -> str:
    return _name(area) if area.endswith("000") else f"{_name(area)}, NH"


ALL = (f"{STATE}000", *COUNTIES)


def text_of(rows: Sequence[Sequence[object]], above: str = "") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return above + buffer.getvalue()


def own_labor_force() -> Sheet:
    header = ["area_fips", "year", "labor_force", "employed", "unemployed", "unemployment_rate"]
    rows = [[a, y, *at_work(a, y)] for a in ALL for y in YEARS]
    return Sheet.read(
        text_of([header, *rows]), numbers=tuple(header[2:]), places=("area_fips",),
        years=("year",), total=lambda r: r["area_fips"] == "33000",
    )  # fmt: skip


def laus() -> Sheet:
    header = ["LAUS Code", "State FIPS Code", "County FIPS Code", "County Name/State Abbreviation",
              "Year", "Labor Force", "Employed", "Unemployed", "Unemployment Rate (%)"]  # fmt: skip
    rows = [[f"CN{a}00000000", a[:2], a[2:], _title(a), 2018, *at_work(a, 2018)] for a in COUNTIES]
    return Sheet.read(
        text_of([header, *rows], "\"Labor force data by county, 2018 annual averages\"\n"), 1,
        numbers=tuple(header[5:]), places=("LAUS Code",), years=("Year",),
    )  # fmt: skip


def wid_labor_force() -> Sheet:
    header = ["stfips", "areatyvers", "areatype", "area", "periodyear", "periodtype", "period",
              "adjusted", "laborforce", "emplab", "unemp", "unemprate"]  # fmt: skip
    rows = [
        [a[:2], "0000", "01" if a.endswith("000") else "04", f"000{a[2:]}", y, "01", "00", "0",
         *at_work(a, y)]
        for a in ALL for y in YEARS
    ]  # fmt: skip
    return Sheet.read(
        text_of([header, *rows]), numbers=tuple(header[8:]), places=("stfips", "area"),
        years=("periodyear",), keys=("areatype", "periodtype", "adjusted"),
        total=lambda r: r["areatype"] == "01",
    )  # fmt: skip


def ers_labor_force() -> Sheet:
    names = ("Civilian_labor_force", "Employed", "Unemployed", "Unemployment_rate")
    numbers = tuple(f"{n}_{y}" for y in YEARS[:2] for n in names)
    header = ["FIPS", "State", "Area_name", *numbers, "Median_Household_Income_2018"]
    rows = [
        [a, "NH", _title(a), *(f"{n:,}" for y in YEARS[:2] for n in at_work(a, y)), "$55,000"]
        for a in ALL
    ]
    above = "Unemployment and median household income,,,\n"
    return Sheet.read(
        text_of([header, *rows], above), 1, numbers=numbers[:4], places=("FIPS",),
        total=lambda r: r["FIPS"] == "33000",
    )  # fmt: skip


def ers_by_attribute() -> Sheet:
    names = ("Civilian_labor_force", "Employed", "Unemployed", "Unemployment_rate")
    rows = [
        [a, "NH", _title(a), f"{n}_{y}", v]
        for a in ALL for y in YEARS[:2] for n, v in zip(names, at_work(a, y), strict=True)
    ]  # fmt: skip
    header = ["FIPS_Code", "State", "Area_Name", "Attribute", "Value"]
    return Sheet.read(
        text_of([header, *rows]),
        numbers=("Value",),
        places=("FIPS_Code",),
        years=("Attribute",),
        total=lambda r: r["FIPS_Code"] == "33000",
    )


def laus_series() -> Sheet:
    rows = [
        [f"LAU{'ST' if a.endswith('000') else 'CN'}{a}00000000{m}", y, "M13", v, ""]
        for a in ALL for n, m in enumerate(("06", "05", "04", "03"))
        for y in YEARS[:2] for v in [at_work(a, y)[n]]
    ]  # fmt: skip
    header = ["series_id", "year", "period", "value", "footnote_codes"]
    return Sheet.read(
        text_of([header, *rows]),
        numbers=("value",),
        places=("series_id",),
        years=("year",),
        keys=("period",),
    )


def own_population() -> Sheet:
    rows = [[a, y, residents(a, y)] for a in ALL for y in YEARS]
    return Sheet.read(
        text_of([["area_fips", "year", "population"], *rows]),
        numbers=("population",),
        places=("area_fips",),
        years=("year",),
        total=lambda r: r["area_fips"] == "33000",
    )


def census_population() -> Sheet:
    header = ["SUMLEV", "REGION", "DIVISION", "STATE", "COUNTY", "STNAME", "CTYNAME",
              *(f"POPESTIMATE{y}" for y in YEARS)]  # fmt: skip
    rows = [
        ["40" if a.endswith("000") else "50", 1, 1, a[:2], a[2:], "New Hampshire", _name(a),
         *(residents(a, y) for y in YEARS)]
        for a in ALL
    ]  # fmt: skip
    return Sheet.read(
        text_of([header, *rows]),
        numbers=tuple(header[-3:]),
        places=("STATE", "COUNTY"),
        keys=("SUMLEV",),
        total=lambda r: r["SUMLEV"] == "40",
    )


def titled_population() -> Sheet:
    header = ["Geographic Area", *map(str, YEARS)]
    titles = {a: f".{_name(a)}, New Hampshire" for a in COUNTIES} | {ALL[0]: _name(ALL[0])}
    rows = [[titles[a], *(f"{residents(a, y):,}" for y in YEARS)] for a in ALL]
    return Sheet.read(
        text_of([header, *rows], "Annual Estimates of the Resident Population\n"), 1,
        numbers=tuple(header[1:]), places=("Geographic Area",),
        total=lambda r: r["Geographic Area"] == "New Hampshire",
    )  # fmt: skip


def rows_population() -> Sheet:
    header = ["year", "state", "county", "state_name", "county_name", "population"]
    rows = [
        [y, a[:2], a[2:], "New Hampshire", _name(a), residents(a, y)]
        for y in YEARS
        for a in COUNTIES
    ]
    return Sheet.read(
        text_of([header, *rows]),
        numbers=("population",),
        places=("state", "county"),
        years=("year",),
    )


def _flow(work: str, home: str, year: int) -> int:
    if work == home:
        return round(residents(home, year) * 0.3)
    n = (int(work[2:]) * 7 + int(home[2:]) * 3) % 11
    return round(residents(home, year) * n / 700)


def own_flows() -> Sheet:
    rows = [
        [w, h, n, y] for w in COUNTIES for h in COUNTIES for y in YEARS[:2] if (n := _flow(w, h, y))
    ]  # fmt: skip
    return Sheet.read(
        text_of([["w_county_fips", "h_county_fips", "jobs", "year"], *rows]),
        numbers=("jobs",),
        places=("w_county_fips", "h_county_fips"),
        years=("year",),
    )


def block_flows() -> Sheet:
    header = ["w_geocode", "h_geocode", "S000", "SA01", "SA02", "SA03", "SE01", "SE02", "SE03",
              "SI01", "SI02", "SI03", "createdate"]  # fmt: skip
    rows = []
    for w in COUNTIES:
        for h in COUNTIES:
            if n := _flow(w, h, 2016):
                parts = (n // 3, n // 2, n - n // 3 - n // 2)
                rows.append(
                    [f"{w}0001001001", f"{h}0002002002", n, *parts, *parts, *parts, 20230321]
                )
    return Sheet.read(
        text_of([header, *rows]),
        numbers=("S000", "SA01", "SA02", "SA03", "SE01"),
        places=("w_geocode", "h_geocode"),
        name="nh_od_main_JT01_2016.csv",
    )


def survey_flows() -> Sheet:
    header = ["h_state_fips", "h_county_fips", "w_state_fips", "w_county_fips", "flow", "moe"]
    rows = [
        [h[:2], h[2:], f"0{w[:2]}", w[2:], n, round(2.2 * n**0.5) + 8]
        for h in COUNTIES for w in COUNTIES if (n := _flow(w, h, 2016))
    ]  # fmt: skip
    rows += [[h[:2], h[2:], "025", "017", 50, 31] for h in [*COUNTIES][:3]]
    return Sheet.read(
        text_of([header, *rows]),
        numbers=("flow", "moe"),
        places=("h_state_fips", "h_county_fips", "w_state_fips", "w_county_fips"),
        name="flows_2012_2016.csv",
    )


SECTORS = {
    "10": 660_000, "11": 4_000, "21": 900, "22": 3_000, "23": 28_000, "31-33": 69_000,
    "42": 28_000, "44-45": 97_000, "48-49": 16_000, "51": 12_000, "52": 28_000, "53": 7_000,
    "54": 37_000, "55": 9_000, "56": 36_000, "61": 66_000, "62": 93_000, "71": 12_000,
    "72": 60_000, "81": 26_000, "92": 28_100, "621": 40_000, "622": 30_000, "6221": 22_000,
}  # fmt: skip


def _projected(industry: str, times: float = 1) -> tuple[int, int]:
    base = round(SECTORS[industry] * times)
    growth = 1 + (sum(map(ord, industry)) % 17 - 4) / 100
    return base, round(base * growth)


PROJECTED = {"33000": 1.0, "33011": 0.31, "33015": 0.22}


def own_projections() -> Sheet:
    header = ["area_fips", "industry_code", "own_code", "base_year", "projected_year",
              "base_emplvl", "projected_emplvl", "source"]  # fmt: skip
    rows = [
        [a, i, "0", 2016, 2026, *_projected(i, n), "State projections"]
        for a, n in PROJECTED.items() for i in SECTORS
    ]  # fmt: skip
    return Sheet.read(
        text_of([header, *rows]),
        numbers=("base_emplvl", "projected_emplvl"),
        places=("area_fips",),
        years=("base_year", "projected_year"),
        keys=("industry_code", "own_code", "source"),
        total=lambda r: r["industry_code"] == "10",
    )


def wid_projections() -> Sheet:
    header = ["stfips", "areatype", "area", "periodid", "perioddesc", "matincode", "estindprj",
              "projindprj", "nchg", "pchg", "growrate", "suppress"]  # fmt: skip
    rows = []
    for area, n in PROJECTED.items():
        for i in SECTORS:
            base, then = _projected(i, n)
            code = "000000" if i == "10" else i.partition("-")[0].ljust(6, "0")
            kind = "01" if area.endswith("000") else "04"
            change = 100 * (then / base - 1)
            growth = 100 * ((then / base) ** 0.1 - 1)
            rows.append([area[:2], kind, f"000{area[2:]}", 12, "2016-2026", code, base, then,
                         then - base, f"{change:.1f}", f"{growth:.2f}", 0])  # fmt: skip
    return Sheet.read(
        text_of([header, *rows]),
        numbers=tuple(header[6:11]),
        places=("stfips", "area"),
        years=("perioddesc",),
        keys=("areatype", "matincode", "suppress"),
        total=lambda r: r["matincode"] == "000000",
    )


def national_matrix() -> Sheet:
    header = ["Industry Title", "Industry Code", "Industry Type", "2024 Employment",
              "Projected 2034 Employment", "Employment Change, 2024-2034",
              "Employment Percent Change, 2024-2034"]  # fmt: skip
    titles = {"10": "Total wage and salary employment", "31-33": "Manufacturing"}
    rows = []
    for i in SECTORS:
        base, then = (round(n / 1000 * 230, 1) for n in _projected(i))
        code = {"10": "TE1200", "31-33": "31-330", "44-45": "44-450", "48-49": "48-490"}.get(
            i, i.ljust(6, "0")
        )
        rows.append([titles.get(i, f"Industry {i}"), code, "Summary", base, then,
                     round(then - base, 1), f"{100 * (then / base - 1):.1f}"])  # fmt: skip
    return Sheet.read(
        text_of([header, *rows]),
        numbers=tuple(header[3:]),
        keys=("Industry Code",),
        total=lambda r: r["Industry Code"] == "TE1200",
    )


def own_thresholds() -> Sheet:
    households = {"1 adult": 30_000, "1 adult, 1 child": 48_000, "2 adults, 2 children": 75_000}
    rows = [
        [a, h, y, round(wage * (1 + int(a[2:]) / 150) * (1 + (y - 2022) * 0.03)), "Standard"]
        for a in COUNTIES for h, wage in households.items() for y in (2022, 2023)
    ]  # fmt: skip
    header = ["area_fips", "household", "year", "annual_wage", "source"]
    return Sheet.read(
        text_of([header, *rows]),
        numbers=("annual_wage",),
        places=("area_fips",),
        years=("year",),
        keys=("household", "source"),
    )


PRICES = {2018: 251.107, 2019: 255.657, 2020: 258.811, 2021: 270.970, 2022: 292.655, 2023: 304.702}


def own_prices() -> Sheet:
    return Sheet.read(
        text_of([["year", "cpi_u"], *PRICES.items()]), numbers=("cpi_u",), years=("year",)
    )


def price_series() -> Sheet:
    months = [(f"M{m:02}", (m - 6.5) / 2) for m in range(1, 13)]
    rows = [
        [s, y, p, f"{v + d:.3f}", ""] for s in ("CUUR0000SA0", "CUUR0100SA0")
        for y, v in PRICES.items() for p, d in (*months, ("M13", 0))
    ]  # fmt: skip
    header = ["series_id", "year", "period", "value", "footnote_codes"]
    return Sheet.read(
        text_of([header, *rows]), numbers=("value",), years=("year",), keys=("series_id", "period")
    )


def price_years() -> Sheet:
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    header = ["Year", *months, "Annual", "HALF1", "HALF2"]
    rows = [
        [
            y,
            *(f"{v + (m - 6.5) / 2:.3f}" for m in range(1, 13)),
            f"{v:.3f}",
            f"{v - 1.5:.3f}",
            f"{v + 1.5:.3f}",
        ]
        for y, v in PRICES.items()
    ]
    above = (
        "CPI for All Urban Consumers (CPI-U)\nSeries Id:,CUUR0000SA0\nBase Period:,1982-84=100\n"
    )
    return Sheet.read(
        text_of([header, *rows], above), 3, numbers=("Jan", "Annual", "HALF1"), years=("Year",)
    )


def _jobs(county: str, year: int) -> int:
    return sum(_flow(county, home, year) for home in COUNTIES) * 10 // 9


def _cells(year: int) -> str:
    lines = []
    sums: dict[tuple[str, str], list[int]] = {}
    wholes = {"101": ("1012", "1013"), "102": ("1023", "1026")}
    for county in COUNTIES:
        jobs = _jobs(county, year)
        cells = {("1", "10"): [jobs // 100, jobs // 6, jobs // 6 * 50_000]}
        for i, share in (("1012", 0.1), ("1013", 0.25), ("1023", 0.15), ("1026", 0.33)):
            n = round(jobs * share)
            cells["5", i] = [1 + n // 15, n, n * (30_000 + 7 * int(i))]
        for whole, parts in wholes.items():
            cells["5", whole] = [
                sum(of) for of in zip(*(cells["5", p] for p in parts), strict=True)
            ]
        cells["5", "10"] = [sum(of) for of in zip(*(cells["5", w] for w in wholes), strict=True)]
        cells["0", "10"] = [sum(of) for of in zip(cells["1", "10"], cells["5", "10"], strict=True)]
        for cell, numbers in cells.items():
            before = sums.get(cell, [0, 0, 0])
            sums[cell] = [sum(of) for of in zip(before, numbers, strict=True)]
            estabs, *others = numbers
            is_withheld = county == "33003" and cell[1] in ("1023", "1026")
            told = "0 0 N" if is_withheld else " ".join(map(str, others))
            lines.append(f"{county} {' '.join(cell)} {estabs} {told}")
    head = [f"33000 {' '.join(cell)} {e} {n} {w}" for cell, (e, n, w) in sums.items()]
    return "\n".join([*head, *lines])


def _high_rows(year: int) -> list[Row]:
    rows = high_level(rows_of(_cells(year), year), YEAR, coded=False)
    for row in rows:
        row["St Name"] = "New Hampshire"
        if str(row["Area Type"]) == "State":
            row["Area"] = "New Hampshire -- Statewide"
    return rows


def high_level_table() -> Sheet:
    text = as_text(_high_rows(2016)).replace("\r\n", "\n")
    return Sheet.read(
        text,
        numbers=tuple(n for n in YEAR if "Status" not in n),
        places=("Area",),
        years=("Year",),
        keys=("Ownership", "Industry", "Annual Average Status Code"),
        total=lambda r: r["Ownership"].startswith("Total"),
    )


def wid_industry() -> Sheet:
    rows = [*wid(rows_of(_cells(2016), 2016))]
    text = as_text(rows).replace("\r\n", "\n")
    return Sheet.read(
        text,
        numbers=("estab", "avgemp", "totwage", "avgwkwage"),
        places=("stfips", "area"),
        years=("periodyear",),
        keys=("ownership", "indcode", "suppress", "areatype", "periodtype"),
        total=lambda r: r["ownership"] == "00",
    )


def beside() -> dict[str, str]:
    """What a store of the state has: the very same numbers, and the jobs of two years."""
    held = (own_labor_force, own_population, own_flows, own_projections, own_thresholds, own_prices)
    texts = {f"{make.__name__}.csv": make().data().decode() for make in held}
    survey = survey_flows()
    jobs = {f"jobs_{year}.csv": qcew(_cells(year), year) for year in YEARS[:2]}
    return {**texts, survey.name: survey.data().decode(), **jobs}


SUBJECTS: Mapping[str, Callable[[], Sheet]] = {
    "labor force, own columns": own_labor_force,
    "labor force, the agency's": laus,
    "labor force, workforce database": wid_labor_force,
    "labor force, columns by year": ers_labor_force,
    "labor force, by attribute": ers_by_attribute,
    "labor force, time series": laus_series,
    "population, own columns": own_population,
    "population, columns by year": census_population,
    "population, by title": titled_population,
    "population, a row a year": rows_population,
    "flows, own columns": own_flows,
    "flows, blocks": block_flows,
    "flows, survey": survey_flows,
    "projections, own columns": own_projections,
    "projections, workforce database": wid_projections,
    "projections, the nation's": national_matrix,
    "thresholds": own_thresholds,
    "prices, own columns": own_prices,
    "prices, series": price_series,
    "prices, by year": price_years,
    "jobs, high-level": high_level_table,
    "jobs, workforce database": wid_industry,
}
