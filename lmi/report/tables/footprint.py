"""A footprint in tables: where workers come from and go to, what each county does to it."""

from __future__ import annotations

import pandas as pd

from lmi import words
from lmi.assessment.commuting_flows import RegionFlows
from lmi.assessment.context import Flow, Share
from lmi.assessment.footprint_study import FootprintStudy
from lmi.assessment.footprint_tables import partners_table
from lmi.assessment.footprint_verdict import (
    EXCHANGES,
    IS_LARGE,
    NO_JOBS,
    counted,
    not_tried,
    rank_text,
)
from lmi.report.display import PageColumn, PageTable, words_column
from lmi.schema.measures import MEASURES
from lmi.words import Row
from lmi.words.margins import flow_text, share_text

__all__ = ["effects_table", "fits_table", "partners"]

SHOWN = 8


def partners(study: FootprintStudy, by: RegionFlows, source: str) -> PageTable:
    """List the counties that exchange the most workers with a footprint, by one table of flows."""
    frame = partners_table(study.market)
    frame = frame[frame["table"] == by.table].reset_index(drop=True)
    columns = [
        words_column("County", "county"),
        PageColumn("Come in", _flow("comes_in")),
        PageColumn("Go out", _flow("goes_out")),
        PageColumn("Net", lambda row: words.signed(row["net"])),
    ]
    caption = f"Where workers come from and go to, {counted(by)}"
    return PageTable(f"partners_{by.table}", frame, caption, source, columns,
                 layout=frame.head(SHOWN))  # fmt: skip


def _flow(name: str):  # type: ignore[no-untyped-def]
    return lambda row: flow_text(Flow(row[name], row[f"{name}_margin"]))


def effects_table(study: FootprintStudy, by: RegionFlows, source: str) -> PageTable:
    """List what each county would do to a footprint, and to the sector in mind."""
    frame = study.effects
    layout = frame[frame["table"] == by.table]
    columns = [
        PageColumn("", _what, numeric=False),
        PageColumn("Exchanges", lambda row: words.share(row["tie"]) if row["change"] else ""),
        PageColumn("Stay to work", _share("stay_to_work")),
        PageColumn("Held by residents", _share("filled_by_residents")),
        PageColumn("Large enough", lambda row: IS_LARGE[row["size"]], numeric=False),
    ]  # fmt: skip
    if study.candidate is not None:
        columns += [
            PageColumn("Jobs", MEASURES["annual_avg_emplvl"].cell),
            PageColumn("Times the nation", MEASURES["lq"].cell),
            PageColumn("Rank", rank_text),
        ]
    notes = [
        EXCHANGES,
        *filter(None, [not_tried(len(study.market.around) - len(study.market.near))]),
    ]
    if study.candidate is not None:
        notes.append(f"Jobs, times the nation and rank are of {study.candidate.name}.")
    if study.lacks_jobs:
        notes.append(NO_JOBS)
    return PageTable("footprint_effects", frame, f"What each county does to it, {counted(by)}",
                     source, columns, notes, layout=pd.DataFrame(layout))  # fmt: skip


def fits_table(study: FootprintStudy) -> PageTable:
    """List whether the footprint fits each sector, and why."""
    frame = pd.DataFrame(
        [(fit.candidate, fit.name, str(fit.fit), " ".join(fit.said)) for fit in study.fits],
        columns=["candidate", "candidate_name", "fit", "said"],
    )
    columns = [
        words_column("Sector", "candidate_name"),
        words_column("The footprint", "said"),
    ]
    about = "Is it too small, about right or too big for a sector?"
    return PageTable("footprint_fits", frame, about, "", columns)


def _what(row: Row) -> str:
    return {"": "As it is", "join": f"With {row['county']}", "leave": f"Without {row['county']}"}[
        str(row["change"])
    ]


def _share(name: str):  # type: ignore[no-untyped-def]
    def text(row: Row) -> str:
        if not words.is_known(row[name]):
            return words.MISSING
        return share_text(Share(row[name], row[f"{name}_margin"]))

    return text
