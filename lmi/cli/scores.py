"""Command on rankings: score."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from lmi.cli.options import (
    BaseYearOption,
    RegionArgument,
    RegionsOption,
    StaffOption,
    StoreOption,
    YearOption,
    check_ending,
    out,
    said,
    writing,
)
from lmi.errors import LmiError
from lmi.scoring.about import About

if TYPE_CHECKING:
    from lmi.assessment.live_state import LiveState
    from lmi.assessment.region import LiveAssessment

__all__ = ["parse_weights", "score"]

METHOD_NAMES = {"topsis": "Distances to the best (TOPSIS)", "rank_sum": "weighted ranks"}


OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out", help="FILE.csv, or FILE.json with all that made it; a table unless told."
    ),
]
CriteriaOption = Annotated[
    Path | None,
    typer.Option(
        "--criteria", help="FILE.yml with what is to differ, laid over the state's own criteria."
    ),
]
WeightsOption = Annotated[
    str | None,
    typer.Option(
        "--weights",
        help="CRITERION=NUMBER,...: only their ratios matter; what is not named counts nothing.",
    ),
]
AboutOption = Annotated[
    About,
    typer.Option(
        "--about",
        help="Chances over any weights, over those near the stated, or over those in their order.",
    ),
]


def score(
    region: RegionArgument,
    year: YearOption = None,
    base_year: BaseYearOption = None,
    criteria: CriteriaOption = None,
    weights: WeightsOption = None,
    about: AboutOption = About.any,
    file: OutOption = None,
    staff: StaffOption = False,
    store: StoreOption = None,
    regions: RegionsOption = None,
) -> None:
    """Rank a region's candidate sectors, and say how firmly each stands and why."""
    from lmi.assessment.opening import open_region

    check_ending(file, ".csv", ".json")
    if criteria is not None and not criteria.is_file():
        raise LmiError(f"There is no file {criteria}; name the file of criteria to lay over.")
    wanted = parse_weights(weights) if weights is not None else None
    opened = open_region(
        region, store=store, regions=regions, criteria=criteria, staff=staff, say=said.print
    )
    live = opened.live(year, base_year)
    scored = live.assess(opened.region, opened.asked, weights=wanted, about=str(about))
    if file is None:
        _show(scored)
        for caveat in live.caveats:
            out.print(caveat, markup=False)
    else:
        _write(live, scored, file)
        out.print(f"{len(scored.candidates)} candidates written to {file}", markup=False)
    if len(scored.ranked):
        out.print(_compared(scored), markup=False)


def parse_weights(text: str) -> dict[str, float]:
    """Read weights from a text.

    Parameters
    ----------
    text : str
        ``CRITERION=NUMBER``, commas between.

    Raises
    ------
    LmiError
        A part is no such pair, a number is negative or none, or a criterion stands twice.

    Examples
    --------
    >>> parse_weights("pay=2, employment=1")
    {'pay': 2.0, 'employment': 1.0}
    """
    found: dict[str, float] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        key, equals, number = (piece.strip() for piece in part.partition("="))
        try:
            weight = float(number)
        except ValueError:
            weight = math.nan
        if not (key and equals) or not math.isfinite(weight):
            raise LmiError(
                f"The weight {part!r} cannot be read; write CRITERION=NUMBER, such as "
                "pay=2,employment=1."
            )
        if weight < 0:
            raise LmiError(f"The weight {part!r} is negative; write 0 or more.")
        if key in found:
            raise LmiError(f"The criterion {key!r} is weighed twice; keep one of them.")
        found[key] = weight
    if not any(found.values()):
        raise LmiError(f"The weights {text!r} are all zero; give one criterion a weight above 0.")
    return found


def _write(live: LiveState, scored: LiveAssessment, file: Path) -> None:
    from lmi import atomic
    from lmi.assessment.basis import sources_used
    from lmi.assessment.scores_file import score_document, score_rows
    from lmi.cli.files import write_table
    from lmi.manifest import versions

    if file.suffix.lower() == ".csv":
        write_table(score_rows(scored), file)
        return
    sources = sources_used(live.store, live.source_ids)
    document = score_document(scored, live.threshold(scored.region), sources)
    document |= {"versions": versions()}
    text = json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False)
    with writing(file):
        atomic.write_text(file, text + "\n")


def _show(scored: LiveAssessment) -> None:
    """Print the ranking as a table, with the weights above and what the columns mean below."""
    from lmi import words
    from lmi.assessment.apart import why_apart
    from lmi.assessment.basis import FOR_STAFF
    from lmi.assessment.firmness import weightings
    from lmi.assessment.uncovered import free_industries, industry_name, share_sentence
    from lmi.schema.measures import MEASURES
    from lmi.words.how_sure import JOBS

    names = {c.key: c.name for c in scored.criteria}
    counted = [f"{names[k]} {100 * w:.3g}%" for k, w in scored.shares.items() if w > 0]
    out.print(f"{scored.region.name}, {scored.state_name}, {scored.year}", markup=False)
    out.print(f"Weights: {'; '.join(counted)}", markup=False)
    if scored.illustrative:
        out.print("Illustrative data: a made-up state.")
    if scored.staff:
        out.print(FOR_STAFF)
    table = Table(box=None, padding=(0, 1, 0, 0))
    for head, justify in (("Rank", "right"), ("Sector", "left"), ("Score", "right"),
                          ("First 3", "right"), ("First reason", "left")):  # fmt: skip
        table.add_column(head, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for case, reasons in zip(scored.cases, scored.reasons, strict=True):
        if not case.is_ranked:
            continue
        places = words.place_range(*(case.rank_range or (None, None))).replace("\u2060", "")
        rank = f"{case.rank}" if places in ("", str(case.rank)) else f"{case.rank} ({places})"
        rank += "=" if case.flag("is_level") else ""
        why = next(iter((*reasons.lifts, *reasons.holds)), "")
        table.add_row(
            rank, escape(reasons.name), words.points(case.row["score"]),
            words.whole_share(float(case.row["top3_chance"])), escape(why),
        )  # fmt: skip
    out.print(table, soft_wrap=False)
    for apart in scored.apart:
        out.print(f"Set aside, {words.lowered(apart.name)} ({apart.ask})", markup=False)
        for row in apart.rows:
            why = why_apart(row, scored.year, scored.base_year)
            said = f"  {row['candidate_name']}: score {words.points(row['score'])}"
            out.print(f"{said}; {why}" if why else said, markup=False)
    _print_outlook(scored)
    if scored.absent:
        out.print(f"Without jobs here: {', '.join(scored.absent)}.", markup=False)
    out.print(share_sentence(scored.uncovered), markup=False)
    for one in free_industries(scored.uncovered):
        jobs = MEASURES[JOBS].cell(one)
        out.print(f"  {industry_name(one)} ({one['industry_code']}): {jobs} jobs", markup=False)
    out.print(
        "With =: level, within one point of the best of its rank. In brackets: where the withheld "
        "numbers may put it, nine times in ten. First 3: among the first three in so much "
        f"{weightings(scored.about)}.",
        markup=False,
    )


def _print_outlook(scored: LiveAssessment) -> None:
    """Print what is expected of those that are ranked, and who says otherwise."""
    from lmi.assessment.outlooks import at_odds, expected_of, recession_note
    from lmi.words import records

    rows = [row for row in records(scored.ranked) if expected_of(row)]
    if not rows:
        return
    out.print("To come, nine times in ten:")
    for row in rows:
        against = at_odds(row)
        more = f"; others disagree: {against}" if against else ""
        out.print(f"  {row['candidate_name']} {expected_of(row)}{more}", markup=False)
    if note := recession_note(rows, scored.base_year, scored.year):
        out.print(note, markup=False)


def _compared(scored: LiveAssessment) -> str:
    """Say whether other ways to add up the same values would put others first."""
    from lmi import words
    from lmi.assessment.scores_file import BY_METHOD, method_ranks
    from lmi.scoring.methods import METHODS, method_agreement
    from lmi.scoring.rank import FIRST_THREE

    table = method_ranks(scored)
    ranks = table[["rank", *BY_METHOD]].set_axis(list(METHODS), axis=1)
    names = table["candidate_name"]
    told = []
    for row in method_agreement(ranks).to_dict("records"):
        first = words.listing(
            names[(ranks[row["method"]] == 1).to_numpy(dtype=bool, na_value=False)]
        )
        lead = "the same sector" if row["same_first"] else first
        shared = round(row["top3_shared"] * FIRST_THREE)
        three = "the same" if shared == FIRST_THREE else f"{words.spelled(shared)} of the same"
        told.append(f"{METHOD_NAMES[row['method']]} put {lead} first and have {three} first three")
    return f"Does the method matter? {'; '.join(told)}."
