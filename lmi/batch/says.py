"""Whether a profile would say anything else than it does, whatever changed around it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import BaseModel

from lmi.assessment.fingerprint import OWN_FILES
from lmi.assessment.opening import OpenedRegion
from lmi.assessment.state_tables import StateTables
from lmi.manifest import digest
from lmi.schema import BOUNDARIES

__all__ = ["SAYS", "what_it_says"]

SAYS = "says"
"""What a manifest calls it."""
_OF_THE_STATE = ("failed", "withheld")
"""What a state's tables say of all its regions, and no profile does."""


def what_it_says(opened: OpenedRegion, tables: StateTables, made_of: Mapping[str, Any]) -> str:
    """Name all that a region's profile is written from: its slice, its words, its map.

    Of a state whose other region, or whose candidate elsewhere, was defined anew it is the same.

    Parameters
    ----------
    tables : StateTables
        As they are read back, since a table just made may hold the same otherwise.
    made_of : mapping
        What the whole state is made of, as `lmi.batch.plan.made_of` returns it.
    """
    # What draws comes with it, which a batch that has nothing to make does not need.
    from lmi.report.profile import profile_without_map

    others = {k: v for k, v in made_of["definitions"].items() if Path(k).name not in OWN_FILES}
    maps = {k: v for k, v in made_of["data"].items() if k.split("/")[0] == BOUNDARIES.name}
    profile = profile_without_map(opened, tables)
    of_one = replace(
        profile,
        state=profile.state.model_copy(update={"regions": ()}),
        meta={k: v for k, v in profile.meta.items() if k not in _OF_THE_STATE},
    )
    told = [plain(of_one), others, maps]
    return digest([json.dumps(told, sort_keys=True)])


def plain(value: Any) -> Any:
    """Turn what a profile holds into what JSON can write, tables into their hash.

    Raises
    ------
    TypeError
        It is of a kind that is not known here, and must not be left out.

    Examples
    --------
    >>> plain({"regions": {2, 1}, "threshold": 1.5})
    {'regions': [1, 2], 'threshold': 1.5}
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, pd.DataFrame):
        rows = pd.util.hash_pandas_object(value).to_numpy().tobytes()
        return [*map(str, value.columns), digest([rows])]
    if isinstance(value, BaseModel):
        return plain({name: getattr(value, name) for name in type(value).model_fields})
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, Set):
        return sorted(map(plain, value))
    if isinstance(value, list | tuple):
        return [*map(plain, value)]
    if hasattr(value, "item"):  # a number of numpy's
        return value.item()
    if isinstance(value, Path):
        return value.name
    if isinstance(value, date):  # on which a source was retrieved
        return value.isoformat()
    raise TypeError(f"a profile holds a {type(value).__name__}, of which no hash is known")
