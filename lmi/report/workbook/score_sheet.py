"""The score with its weights to type in: formulas that do what `lmi.scoring` does.

A value that the anchors alone make of a number is a formula, so are those that stand in for
another; one that rests on all draws (a range, what may come) is a number. Ranks are among those
that the profile ranks: scores within a point of the first of a rank share it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell

from lmi.assessment.region import Assessment
from lmi.config import Criterion
from lmi.report.workbook.paper import PRINTED, set_on_paper
from lmi.report.workbook.sheet import Styles, put
from lmi.schema.measures import MEASURES
from lmi.scoring.rank import LEVEL
from lmi.scoring.value import value_function
from lmi.words import Row, is_known, records

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["SCORE", "anchors_frame", "write_score"]

SCORE = "Score"
WEIGHTS = 2  # the row that they are typed into
FIRST = 3  # the first row of candidates
NAME, WORD, NUMBER, HEAD = 34, 13, 9, 62  # signs of columns; points of heads of up to four lines
SAME = 1e-9
DECIMALS = 9  # to which scores are compared, as `lmi.scoring.rank` does


def anchors_frame(found: Assessment) -> pd.DataFrame:
    """Return one row a criterion with its question and anchors: measures and their values."""
    rows = []
    for criterion in found.criteria:
        row: dict[str, object] = {
            "criterion": criterion.key, "name": criterion.name, "question": criterion.question,
            "measure": criterion.measure, "scale": criterion.scale, "weight": criterion.weight,
        }  # fmt: skip
        for at, (x, value) in enumerate(criterion.value, start=1):
            row |= {f"anchor_{at}": x, f"value_{at}": value}
        rows.append(row)
    return pd.DataFrame(rows)


def _value_formula(cell: str, criterion: Criterion) -> str:
    """Write a value function: each stretch between two anchors adds its part of the value."""
    (first, start), *_ = criterion.value
    terms = [f"{start:.15g}"]
    for (x0, v0), (x1, v1) in zip(criterion.value, criterion.value[1:], strict=False):
        if criterion.scale == "steps":
            part = f"({cell}>={x1:.15g})"
        elif criterion.scale == "log":
            part = f"MEDIAN(0,1,LN(MAX({cell},{first:.15g})/{x0:.15g})/LN({x1:.15g}/{x0:.15g}))"
        else:
            part = f"MEDIAN(0,1,({cell}-{x0:.15g})/({x1:.15g}-{x0:.15g}))"
        terms.append(f"({v1:.15g}-{v0:.15g})*{part}")
    return f"={'+'.join(terms)}"


@dataclass(frozen=True)
class _Layout:
    """Which column holds what: standing first, then values under their weights, then the rest."""

    n: int
    m: int

    name, rank, score, rank_before, score_before, set_aside = range(6)

    @property
    def value(self) -> int:
        return 6

    @property
    def raw(self) -> int:
        return self.value + self.m

    @property
    def race(self) -> int:
        return self.raw + self.m

    @property
    def place(self) -> int:
        return self.race + 1

    @property
    def last(self) -> int:
        return FIRST + self.n - 1

    def down(self, column: int) -> str:
        """The candidates' cells of a column."""
        return str(xl_range_abs(FIRST, column, self.last, column))


def write_score(book: Workbook, found: Assessment, styles: Styles) -> Worksheet:
    """Add the sheet of scores."""
    page = book.add_worksheet(SCORE)
    frame, criteria = found.best_first.reset_index(drop=True), found.criteria
    lay = _Layout(len(frame), len(criteria))
    _write_heads(page, criteria, lay, styles)
    by = found.scores.set_index(["candidate", "criterion"])
    for at, row in enumerate(records(frame), start=FIRST):
        put(page, at, lay.name, row["candidate_name"], styles)
        put(page, at, lay.set_aside, row["set_aside"], styles)
        for j, criterion in enumerate(criteria):
            known = by.loc[(row["candidate"], criterion.key)]
            _write_value(page, at, j, lay, known, criteria, styles)
        _write_standing(page, at, lay, row, styles)
    _write_places(page, lay, frame, styles)
    if lay.n:
        page.conditional_format(
            FIRST, lay.score, lay.last, lay.score,
            {"type": "data_bar", "bar_solid": True, "bar_color": "#9DC3E6", "min_type": "num",
             "max_type": "num", "min_value": 0, "max_value": 1},
        )  # fmt: skip
    return page


def _write_heads(
    page: Worksheet, criteria: Sequence[Criterion], lay: _Layout, styles: Styles
) -> None:
    columns = [
        ("candidate_name", ""), ("rank", "rank"), ("score", "0 to 1"),
        ("rank in the profile", "rank"), ("score in the profile", "0 to 1"), ("set_aside", ""),
        *((c.name, "value, 0 to 1") for c in criteria),
        *((c.measure, MEASURES[c.measure].unit) for c in criteria),
        ("score of those ranked", "0 to 1"), ("place", ""), ("score at the place", "0 to 1"),
        ("first score of its rank", "0 to 1"), ("rank at the place", "rank"),
    ]  # fmt: skip
    for at, (name, unit) in enumerate(columns):
        page.write_string(0, at, name, styles.wrapped_head)
        page.write_string(1, at, unit, styles.unit)
    page.set_row(0, HEAD)
    page.write_string(WEIGHTS, lay.name, "Weights: type here, only ratios matter", styles.name)
    for j, criterion in enumerate(criteria):
        page.write_number(WEIGHTS, lay.value + j, criterion.weight, styles.input)
    page.set_column(lay.name, lay.name, NAME)
    page.set_column(lay.rank, lay.score_before, NUMBER)
    page.set_column(lay.set_aside, len(columns) - 1, WORD)
    page.set_column(lay.race, len(columns) - 1, 12, None, {"level": 1})
    page.freeze_panes(FIRST, lay.score + 1)
    set_on_paper(page, FIRST, lay.last, range(lay.raw), PRINTED)


def _write_value(
    page: Worksheet, at: int, j: int, lay: _Layout, known: pd.Series,
    criteria: Sequence[Criterion], styles: Styles,
) -> None:  # fmt: skip
    criterion, number, place = criteria[j], float(known["value"]), lay.value + j
    put(page, at, lay.raw + j, known["raw"], styles, MEASURES[criterion.measure].unit)
    if np.isnan(number):
        return
    keys, style = [c.key for c in criteria], styles.number("share")
    if known["stands_in"] and criterion.otherwise in keys:
        stand_in = xl_rowcol_to_cell(at, lay.value + keys.index(criterion.otherwise))
        page.write_formula(at, place, f"={stand_in}", style, number)
        return
    of_anchors = float(value_function(known["raw"], criterion.value, criterion.scale))
    if abs(of_anchors - number) < SAME:
        formula = _value_formula(xl_rowcol_to_cell(at, lay.raw + j), criterion)
        page.write_formula(at, place, formula, style, number)
    else:
        page.write_number(at, place, number, style)


def _write_standing(page: Worksheet, at: int, lay: _Layout, row: Row, styles: Styles) -> None:
    weights = xl_range_abs(WEIGHTS, lay.value, WEIGHTS, lay.raw - 1)
    values = xl_range(at, lay.value, at, lay.raw - 1)
    known = row["score"] if is_known(row["score"]) else ""
    page.write_formula(
        at, lay.score,
        f'=IFERROR(SUMPRODUCT({weights},{values})/SUMIF({values},">=0",{weights}),"")',
        styles.number("share"), known,
    )  # fmt: skip
    put(page, at, lay.score_before, row["score"], styles, "share")
    put(page, at, lay.rank_before, row["rank"], styles)
    if not is_known(row["rank"]):
        return
    mine, race = (xl_rowcol_to_cell(at, column) for column in (lay.score, lay.race))
    page.write_formula(
        at, lay.race, f'=IF({mine}="","",ROUND({mine},{DECIMALS}))', styles.number("share"), known
    )
    ladder, ranks = lay.down(lay.place + 1), lay.down(lay.place + 3)
    page.write_formula(
        at, lay.rank, f'=IF({race}="","",INDEX({ranks},MATCH({race},{ladder},0)))',
        styles.number(""), row["rank"],
    )  # fmt: skip


def _write_places(page: Worksheet, lay: _Layout, frame: pd.DataFrame, styles: Styles) -> None:
    """Write the ladder of places: the score at each, the first of its rank, and that rank."""
    ranked = frame[frame["rank"].notna()].sort_values("score", ascending=False)
    firsts = ranked.groupby("rank")["score"].transform("max")
    share, whole = styles.number("share"), styles.number("")
    for k in range(lay.n):
        at, is_place = FIRST + k, k < len(ranked)
        place, here, first = (xl_rowcol_to_cell(at, lay.place + i) for i in range(3))
        above_first, above_rank = (xl_rowcol_to_cell(at - 1, lay.place + i) for i in (2, 3))
        known = (
            (ranked["score"].iloc[k], firsts.iloc[k], ranked["rank"].iloc[k])
            if is_place else ("", "", "")
        )  # fmt: skip
        page.write_number(at, lay.place, k + 1, whole)
        formulas = (
            f'=IFERROR(LARGE({lay.down(lay.race)},{place}),"")',
            f'=IF({here}="","",IF(ROUND({above_first}-{here},{DECIMALS})>{LEVEL:g},{here},'
            f"{above_first}))" if k else f"={here}",
            f'=IF({here}="","",IF({first}={above_first},{above_rank},{place}))' if k else "=1",
        )  # fmt: skip
        for i, (formula, style) in enumerate(zip(formulas, (share, share, whole), strict=True)):
            page.write_formula(at, lay.place + 1 + i, formula, style, known[i])
