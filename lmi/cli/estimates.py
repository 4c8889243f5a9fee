"""Commands on withheld cells: estimate, evaluate suppression."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.markup import escape
from rich.table import Table

from lmi.cli.options import StoreOption, check_ending, out, parse_period, said

if TYPE_CHECKING:
    import pandas as pd

    from lmi.store import Store
    from lmi.suppression.period import Period

__all__ = ["Kind", "estimate", "evaluations", "suppression"]

StateArgument = Annotated[str, typer.Argument(help="First two digits of the state's areas: 08.")]
# How each metric is printed: what it is called, and in what format.
PRINTED = {
    "wape": ("error", ".3f"),
    "median_ape": ("median", ".3f"),
    "bias": ("bias", "+.3f"),
    "coverage": ("covered", ".1%"),
    "width": ("width", ".2f"),
}
TITLES = {
    "flip": "withheld cells that are disclosed a quarter later",
    "mask": "disclosed cells withheld for the test",
}
LEGEND = """
error: sum of |estimate - truth| over the sum of the truth; median: the middle cell's
|estimate - truth| over its truth; bias: sum of (estimate - truth) over the sum of the
truth; covered: cells whose truth lies in the 90 % interval; width: of all intervals
together, over the sum of the truth. Private ownership, known counties.
"""


class Kind(StrEnum):
    """Which test."""

    flip = "flip"
    mask = "mask"
    both = "both"


KINDS: dict[Kind, tuple[Literal["flip", "mask"], ...]] = {
    Kind.flip: ("flip",),
    Kind.mask: ("mask",),
    Kind.both: ("flip", "mask"),
}


def estimate(
    state_fips: StateArgument,
    period: Annotated[str, typer.Option(help="2016 or 2016Q1.")],
    file: Annotated[Path, typer.Option("--out", help="FILE.parquet or FILE.csv.")],
    own: Annotated[
        list[str] | None, typer.Option(help="Ownership code; repeatable; all unless told.")
    ] = None,
    measure: Annotated[
        str | None, typer.Option(help="Column that adds up; jobs unless told.")
    ] = None,
    no_history: Annotated[
        bool, typer.Option("--no-history", help="Use this one period only.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Estimate every withheld cell of a state: its value, a 90 % interval, what pinned it.

    The file is for staff and says so in every row: a cell may be of a single employer.
    """
    from lmi.assessment.basis import FOR_STAFF
    from lmi.cli.files import stored_csv, write_table
    from lmi.store import Store
    from lmi.suppression.period import estimate_period

    check_ending(file)
    wanted, opened = _period(period), Store(store)
    rows = None if wanted.quarter else _year_of_quarters(opened, state_fips, wanted.year)
    filled = estimate_period(opened, state_fips, wanted, measure, own or None, not no_history, rows)
    write_table(filled.cells.assign(notice=FOR_STAFF), file, stored_csv)
    for sentence in filled.notes:
        said.print(escape(sentence))
    n_withheld = int(filled.cells["published"].isna().sum())
    out.print(
        f"{len(filled.cells):,} cells written to {file}, of which {n_withheld:,} are estimated"
    )


def _year_of_quarters(store: Store, state_fips: str, year: int) -> pd.DataFrame | None:
    """Make a year of its quarters where the store has these alone."""
    from lmi import codes
    from lmi.analysis.annual_rows import annual_rows

    if not store.qcew("annual", states=[state_fips], years=[year], columns=["year"]).empty:
        return None
    nation = codes.nation_of(codes.statewide(state_fips))
    rows = annual_rows(store, [state_fips, nation[:2]], year)
    return rows if rows["area_fips"].str.startswith(state_fips).any() else None


def suppression(
    state_fips: StateArgument,
    period: Annotated[
        str | None,
        typer.Option(help="2016Q1, or a year for masks; a quarter with a next one unless told."),
    ] = None,
    kind: Annotated[
        Kind, typer.Option(help="flip: disclosed a quarter later. mask: withheld for the test.")
    ] = Kind.both,
    file: Annotated[
        Path | None, typer.Option("--out", help="FILE.csv or FILE.parquet, every number.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Score the estimates of withheld cells beside simpler ways, where the truth is known."""
    from lmi.cli.files import write_table
    from lmi.store import Store
    from lmi.suppression.evaluation.compare import compare_period

    check_ending(file)
    wanted = _period(period) if period else None
    scores = compare_period(Store(store), state_fips, wanted, KINDS[kind])
    for _, of_kind in scores.groupby("kind", sort=False):
        out.print(score_table(of_kind))
    out.print(" ".join(LEGEND.split()), soft_wrap=False)
    if file:
        write_table(scores, file)
        out.print(f"{len(scores):,} rows written to {file}")


def evaluations() -> typer.Typer:
    """Group the commands that test what the workbench computes: ``lmi evaluate WHAT``."""
    group = typer.Typer(
        name="evaluate", help="Test estimates where the truth is known.", no_args_is_help=True
    )
    group.command()(suppression)
    # With a callback a group of one command still takes its name.
    group.callback()(lambda: None)
    return group


def score_table(scores: pd.DataFrame) -> Table:
    """Lay scores out: a line a way and metric, a column an industry level.

    Parameters
    ----------
    scores : DataFrame
        As `lmi.suppression.evaluation.compare_period` gives them, of one kind.
    """
    import pandas as pd

    from lmi import codes
    from lmi.suppression.evaluation.metrics import LEVELS, POOLED

    first, levels = scores.iloc[0], [*LEVELS.values(), POOLED]
    title = f"{codes.state_name(first['state_fips'])} {first['period']}: {TITLES[first['kind']]}"
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1, 0, 0))
    for heading in ("", ""):
        table.add_column(heading, no_wrap=True)
    for level in levels:
        table.add_column(level, justify="right", no_wrap=True, min_width=7)
    cells = scores.drop_duplicates("level").set_index("level")["cells"].reindex(levels)
    table.add_row("cells", "", *(f"{n:,.0f}" for n in cells.fillna(0)))
    for method, of in scores.groupby("method", sort=False):
        by_level, name = of.set_index("level").reindex(levels), str(method)
        for metric, (called, form) in PRINTED.items():
            if by_level[metric].notna().any():
                values = ("" if pd.isna(v) else format(v, form) for v in by_level[metric])
                table.add_row(name, called, *values)
                name = ""
    return table


def _period(text: str) -> Period:
    from lmi.suppression.period import Period

    return Period(*parse_period(text))
