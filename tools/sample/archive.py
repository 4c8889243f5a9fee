"""Zips that are laid out and named like the agency's, the same on every run."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from tools.sample.cells import Period, area_code
from tools.sample.layout import by_area
from tools.sample.places import area_title

__all__ = ["annual_zip", "quarterly_zip", "write_zip"]


def write_zip(path: Path, members: Mapping[str, bytes], year: int) -> None:
    """Write a deflated zip with sorted members and one fixed time, the June after `year`."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, (year + 1, 6, 5, 10, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, members[name], compresslevel=9)


def _members(areas: list[str], stem: str, when: tuple[Period, ...]) -> dict[str, bytes]:
    found = {}
    for area in areas:
        code = area_code(area, when[0].year)
        name = f"{stem}.by_area/{stem} {code} {area_title(code)}.csv"
        found[name] = by_area(area, when).encode("ascii")
    return found


def annual_zip(folder: Path, areas: list[str], year: int) -> None:
    """Write ``YEAR_annual_by_area.zip``."""
    members = _members(areas, f"{year}.annual", (Period(year),))
    write_zip(folder / f"{year}_annual_by_area.zip", members, year)


def quarterly_zip(folder: Path, areas: list[str], year: int) -> None:
    """Write ``YEAR_qtrly_by_area.zip``."""
    when = tuple(Period(year, q) for q in (1, 2, 3, 4))
    members = _members(areas, f"{year}.q1-q4", when)
    write_zip(folder / f"{year}_qtrly_by_area.zip", members, year)
