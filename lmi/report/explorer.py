"""The ranking to be weighed anew in the page: sliders, and a few lines of script that rank.

The script adds and ranks as `lmi.scoring` does; a test holds the two together. Without a script
the section is not there, and the ranking above it says all.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from markupsafe import Markup

from lmi import words
from lmi.assessment.region import Assessment
from lmi.report.display import Prose
from lmi.report.html import fill
from lmi.scoring.rank import LEVEL
from lmi.words import records

__all__ = ["explorer"]

FEWEST = 2
DECIMALS = 6  # of a value of 0 to 1: what comes after depends on the processor


def explorer(found: Assessment) -> Prose | None:
    """Let the criteria be weighed in the page; nothing where less than two would be ranked."""
    rows = records(found.ranked)
    values = found.scores.pivot(index="candidate", columns="criterion", values="value")
    weights = {str(row["criterion"]): row for row in records(found.weights)}
    criteria = [c for c in found.criteria if c.key in weights and weights[c.key]["n_known"]]
    criteria.sort(key=lambda c: -float(weights[c.key]["weight"]))
    if len(rows) < FEWEST or len(criteria) < FEWEST:
        return None
    shares = [float(weights[c.key]["weight"]) for c in criteria]
    data = {
        "level": LEVEL,
        "weights": shares,
        "candidates": [
            {
                "name": str(row["candidate_name"]),
                "values": [_number(values, row["candidate"], c.key) for c in criteria],
            }
            for row in rows
        ],
    }
    html = fill(
        "sections/explorer.html.j2",
        criteria=[
            (c.name, c.question, f"{round(200 * share) / 2:g}")
            for c, share in zip(criteria, shares, strict=True)
        ],
        rows=[
            (words.whole(row["rank"]), str(row["candidate_name"]), words.points(row["score"]))
            for row in rows
        ],
        data=_as_script_data(data),
    )
    named = words.listing(c.name for c in criteria)
    return Prose(html, f"In the page the criteria can be weighed anew: {named}.")


def _number(values: Any, candidate: str, criterion: str) -> float | None:
    found = values.at[candidate, criterion] if criterion in values else np.nan
    return round(float(found), DECIMALS) if words.is_known(found) else None


def _as_script_data(data: dict[str, Any]) -> Markup:
    """Write data so that no name in it ends the element that holds it."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
