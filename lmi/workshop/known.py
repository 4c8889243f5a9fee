"""What is known on the ground: the state's own files at the start, and what the room adds.

Both are counted by `lmi.assessment.people`, as the files are, so that those which a session leaves
behind give the next profile the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from lmi.assessment.people import (
    Engagement,
    Knowledge,
    average_knowledge,
    count_engagement,
)
from lmi.missing import Missing
from lmi.words import records
from lmi.workshop.json_values import plain
from lmi.workshop.state import State, Statement

__all__ = ["engagement_of", "knowledge_of", "plain_rows"]

EFFORTS = ("organisation", "system", "effort", "candidate", "since", "region")
STATEMENTS = ("candidate", "region", "statement", "rating", "who", "date", "item")
Rows = list[dict[str, Any]]


def plain_rows(found: Engagement | Knowledge | Missing) -> Rows | None:
    """Return the rows of a state's own file as JSON can hold them; None without a file."""
    if isinstance(found, Missing):
        return None
    return [plain(row) for row in records(found.rows.astype("object"))]


def engagement_of(
    before: Rows | None, state: State, candidates: Sequence[str], region: str
) -> Engagement | Missing:
    """Count who engages employers: the file's organisations and the room's together.

    Parameters
    ----------
    before : list of dict or None
        Rows of the file.
    state : State
    candidates : sequence of str
        Keys.
    region : str
        Key.

    Returns
    -------
    Engagement or Missing
        Missing where there is no file and the room has named nobody.
    """
    added = [
        {
            "organisation": e.organisation, "system": e.system, "effort": e.effort,
            "candidate": e.candidate, "since": e.since, "region": region,
        }
        for e in state.shown_efforts
    ]  # fmt: skip
    if before is None and not added:
        return Missing(
            "list of who works with employers",
            "neither the state's folder nor the room has named anybody",
            "name who does in the step Know",
        )
    rows = pd.DataFrame([*(before or ()), *added], columns=list(EFFORTS))
    rows["since"] = rows["since"].astype("Int64")
    return count_engagement(rows.assign(region=region), [region], candidates)


def knowledge_of(
    before: Rows | None, state: State, candidates: Sequence[str], region: str
) -> Knowledge | Missing:
    """Average what is said of the candidates: the file's ratings and the room's together.

    Parameters
    ----------
    before : list of dict or None
        Rows of the file.
    state : State
    candidates : sequence of str
        Keys.
    region : str
        Key.

    Returns
    -------
    Knowledge or Missing
        Missing where there is no file and the room has rated nothing. A statement without a
        rating is among its rows and counts in no mean.
    """
    added = [_row(s, region) for s in state.shown_statements]
    if before is None and not any(row["rating"] for row in added):
        return Missing(
            "on-the-ground knowledge",
            "neither the state's folder nor the room has rated anything",
            "rate what you know in the step Know",
        )
    rows = pd.DataFrame([*(before or ()), *added], columns=list(STATEMENTS))
    rows["rating"] = rows["rating"].astype("Int64")
    return average_knowledge(rows.assign(region=region), [region], candidates)


def _row(said: Statement, region: str) -> dict[str, Any]:
    return {
        "candidate": said.candidate, "region": region, "statement": said.text,
        "rating": said.rating, "who": said.name_shown or said.kind,
        "date": said.at.partition("T")[0],
        "item": said.item,
    }  # fmt: skip
