"""QCEW rows as other layouts write them: the agency's high-level tables, a state's database."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from lmi import codes, naics

__all__ = ["QUARTER", "YEAR", "Row", "as_text", "high_level", "wid"]

Row = dict[str, object]

YEAR = {
    "Annual Average Status Code": "disclosure_code",
    "Annual Average Establishment Count": "annual_avg_estabs",
    "Annual Average Employment": "annual_avg_emplvl",
    "Annual Total Wages": "total_annual_wages",
    "Annual Average Weekly Wage": "annual_avg_wkly_wage",
    "Annual Average Pay": "avg_annual_pay",
    "Employment Location Quotient Relative to U.S.": "lq_annual_avg_emplvl",
    "Total Wage Location Quotient Relative to U.S.": "lq_total_annual_wages",
}
QUARTER = {
    "Status Code": "disclosure_code",
    "Establishment Count": "qtrly_estabs",
    "April Employment": "month1_emplvl",
    "May Employment": "month2_emplvl",
    "June Employment": "month3_emplvl",
    "Total Quarterly Wages": "total_qtrly_wages",
    "Average Weekly Wage": "avg_wkly_wage",
}


def area_title(code: str) -> str:
    return "Colorado -- Statewide" if code == "08000" else codes.area_title(code)


def written(value: object) -> object:
    return f"{value:,}" if isinstance(value, int) else value


def high_level(rows: Iterable[Row], columns: dict[str, str], *, coded: bool) -> list[Row]:
    found = []
    for row in rows:
        area, own, industry = (str(row[n]) for n in ("area_fips", "own_code", "industry_code"))
        known: Row = {"Area\nCode": area, "St": area[:2], "Cnty": area[2:], "Own": own}
        titles: Row = {
            "Year": row["year"],
            "Qtr": row["qtr"],
            "Area Type": "State" if area.endswith("000") else "County",
            "St Name": "Colorado",
            "Area": area_title(area),
            "Ownership": codes.OWNERSHIPS[own],
            "Industry": f"{industry} {naics.industry_title(industry)}",
        }
        naics_code: Row = {"NAICS": industry} if coded else {}
        numbers = {theirs: written(row[ours]) for theirs, ours in columns.items()}
        found.append({**(known if coded else {}), **naics_code, **titles, **numbers})
    return found


def wid(rows: Iterable[Row], *, suppress: bool = True, cut: bool = False) -> list[Row]:
    found = []
    for row in rows:
        area, annual = str(row["area_fips"]), row["qtr"] == "A"
        kind = "01" if area.endswith("000") else "04"
        months = [row.get(f"month{n}_emplvl", 0) for n in (1, 2, 3)]
        made: Row = {
            "stfips": area[:2], "areatyvers": "0000", "areatype": kind,
            "area": "000000" if kind == "01" else f"000{area[2:]}",
            "periodyear": row["year"], "periodtype": "01" if annual else "02",
            "period": "00" if annual else f"0{row['qtr']}", "indcodty": "10",
            "indcode": str(row["industry_code"]), "ownership": f"{row['own_code']}0",
            "prelim": "0", "firms": "0",
            "estab": row["annual_avg_estabs" if annual else "qtrly_estabs"],
            "avgemp": row["annual_avg_emplvl"] if annual else sum(map(int, months)) // 3,
            "mnth1emp": months[0], "mnth2emp": months[1], "mnth3emp": months[2],
            "totwage": row["total_annual_wages" if annual else "total_qtrly_wages"],
            "avgwkwage": row["annual_avg_wkly_wage" if annual else "avg_wkly_wage"],
            "suppress": "1" if row["disclosure_code"] and suppress else "0",
        }  # fmt: skip
        if cut:
            made = {k: str(v).lstrip("0") or "0" for k, v in made.items()}
        found.append(made)
    return found


def as_text(rows: list[Row]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
