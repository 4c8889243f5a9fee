"""A footprint in tables: the counties that its workers come from and go to, and what each does."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lmi import codes
from lmi.analysis.county_flows import Containment, Share
from lmi.assessment.footprint import LaborMarket, size_of
from lmi.assessment.footprint_sectors import AS_IT_IS

__all__ = ["effects_table", "footprint_key", "footprints_of", "partners_table"]

JOIN, LEAVE = "join", "leave"


def footprint_key(county: str, joins: bool) -> str:
    """Return the key of the footprint that a county makes by joining, or by leaving."""
    return f"{JOIN if joins else LEAVE} {county}"


def footprints_of(found: LaborMarket) -> dict[str, tuple[str, ...]]:
    """Return the footprint as it is, and each that one county would make, by its key.

    That without a county is left out where other codes of its ground, before or after it changed
    its code, stay in it: what they hold of it is not known.
    """
    own = found.region.counties
    made = {AS_IT_IS: own}
    for effect in found.effects:
        counties = (*own, effect.county) if effect.joins else _without(effect.county, own)
        if counties:
            made[footprint_key(effect.county, effect.joins)] = counties
    return made


def _without(county: str, own: Sequence[str]) -> tuple[str, ...]:
    gone = codes.tied_codes(county, own)
    rest = tuple(c for c in own if c not in gone)
    for change in codes.county_changes():
        sides = change.before - change.after, change.after - change.before
        if any(county in mine and other & set(rest) for mine, other in (sides, sides[::-1])):
            return ()
    return rest


def effects_table(found: LaborMarket) -> pd.DataFrame:
    """Return what becomes of the footprint as it is and with each change, by table of flows.

    Returns
    -------
    DataFrame
        ``table``, ``year``, ``footprint`` (as `footprints_of` has them), ``change`` (``join``,
        ``leave``, empty for the footprint as it is), ``area_fips``, ``county``, ``tie``,
        ``stay_to_work`` and ``filled_by_residents`` (shares, 0 to 1) with their ``_margin`` of
        error at 90 percent, ``workers`` (working residents), ``validity`` and ``size``, whether
        it is large enough to be a labor market, in words.
    """
    rows = []
    for at, flows in enumerate(found.flows):
        of = {"table": flows.table, "year": flows.year}
        rows.append(
            of
            | {"footprint": AS_IT_IS, "change": "", "area_fips": "", "county": ""}
            | _shares(found, flows.containment)
        )
        rows += [
            of
            | {
                "footprint": footprint_key(effect.county, effect.joins),
                "change": JOIN if effect.joins else LEAVE,
                "area_fips": effect.county,
                "county": found.name(effect.county),
                "tie": effect.ties[at].value,
                "tie_margin": effect.ties[at].margin,
            }
            | _shares(found, effect.after[at])
            for effect in found.effects
        ]  # fmt: skip
    first = ["table", "year", "footprint", "change", "area_fips", "county", "tie", "tie_margin"]
    return pd.DataFrame(rows, columns=[*first, *_MEASURED])


_MEASURED = [
    "stay_to_work", "stay_to_work_margin", "filled_by_residents", "filled_by_residents_margin",
    "workers", "validity", "size",
]  # fmt: skip


def _shares(found: LaborMarket, held: Containment) -> dict[str, object]:
    shares: dict[str, Share | None] = {
        "stay_to_work": held.stay_to_work, "filled_by_residents": held.filled_by_residents,
    }  # fmt: skip
    told: dict[str, object] = {}
    for name, share in shares.items():
        told |= {name: share and share.value, f"{name}_margin": share and share.margin}
    return told | {
        "workers": held.lives.value, "validity": held.validity()[0],
        "size": str(size_of(held)),
    }  # fmt: skip


def partners_table(found: LaborMarket) -> pd.DataFrame:
    """Return the counties at the other end, by table of flows.

    Returns
    -------
    DataFrame
        ``table``, ``year``, ``area_fips``, ``county``, ``comes_in`` and ``goes_out`` (workers or
        jobs) with their ``_margin`` of error, ``net`` (comes in less goes out).
    """
    columns = [
        "table", "year", "area_fips", "county", "comes_in", "comes_in_margin", "goes_out",
        "goes_out_margin", "net",
    ]  # fmt: skip
    rows = []
    for flows in found.flows:
        ends = [{f.area_fips: f for f in end} for end in flows.partners()]
        for county in sorted({*ends[0], *ends[1]}):
            told: dict[str, object] = {
                "table": flows.table, "year": flows.year, "area_fips": county,
                "county": found.name(county),
            }  # fmt: skip
            for name, end in zip(("comes_in", "goes_out"), ends, strict=True):
                flow = end.get(county)
                told |= {name: flow.value if flow else 0.0,
                         f"{name}_margin": flow.margin if flow else 0.0}  # fmt: skip
            rows.append(told)
    table = pd.DataFrame(rows, columns=columns)
    table["net"] = table["comes_in"] - table["goes_out"]
    exchanged = table["comes_in"] + table["goes_out"]
    order = table.assign(exchanged=-exchanged).sort_values(["table", "exchanged", "area_fips"])
    return order.drop(columns="exchanged").reset_index(drop=True)
