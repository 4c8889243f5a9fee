"""Commands on the data: ingest, sources, verify, export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column

from lmi.cli.options import StoreOption, YearOption, fail, out, parse_period, said
from lmi.errors import LmiError
from lmi.words import did_you_mean

if TYPE_CHECKING:
    import pandas as pd

    from lmi.store.file_result import FileResult

__all__ = ["export", "ingest", "remove", "sources", "verify"]

_QCEW = ("qcew", "qcew_annual", "qcew_quarterly")


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files, zips and folders of the agencies.")],
    vintage: Annotated[
        str, typer.Option(help="What you know of the release: preliminary, revised.")
    ] = "",
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="Take out stored rows of a file's areas and periods that it lacks."
        ),
    ] = False,
    store: StoreOption = None,
) -> None:
    """Take agency files into the store.

    Each is recognised by its content, and speaks for the rows that it holds: it adds or revises
    them and takes no other away. A bad file is refused whole, the others stay, and the exit status
    is 1.
    """
    from lmi import locations
    from lmi.store.given_files import expand
    from lmi.store.ingest import ingest as take_in

    root = locations.store_dir(store)
    files = expand(paths)
    names = iter([*(file.name for file in files), ""])
    with _bar() as bar:
        task = bar.add_task("", total=len(files), rows=0, rate=0, name=next(names))

        def count(n_rows: int) -> None:
            rows = bar.tasks[task].fields["rows"] + n_rows
            elapsed = bar.tasks[task].elapsed or 0.001
            bar.update(task, rows=rows, rate=rows / elapsed)

        def done(result: FileResult) -> None:
            bar.update(task, advance=1, name=next(names))
            if result.status == "failed":
                bar.console.print(f"[bold red]refused[/]   {escape(result.message)}")
            elif result.status == "left":
                bar.console.print(f"left      {escape(result.message)}")
            else:
                bar.console.print(f"{result.status:9s} {escape(_told(result))}")

        results = take_in(
            paths, root, vintage=vintage, replace=replace, progress=count, report=done
        )
    n = Counter(result.status for result in results)
    rows = sum(result.rows for result in results if result.status == "added")
    left = f", {n['left']} left" if n["left"] else ""
    out.print(
        f"{n['added']} of {len(results)} files added, {rows:,} rows; "
        f"{n['unchanged']} unchanged, {n['failed']} refused{left}. Store: {root}"
    )
    if n["failed"] or not (n["added"] or n["unchanged"]):
        raise typer.Exit(1)


def _told(result: FileResult) -> str:
    """Say what became of a file's rows, and of those that were there."""
    counts = result.counts
    became = [
        f"{n:,} {what}"
        for n, what in (
            (counts.added, "added"), (counts.revised, "revised"),
            (counts.same - counts.confirmed, "the same"),
            (counts.confirmed, "the same and now revised"),
            (counts.held, "held back"), (counts.taken, "others taken out"),
            (counts.left, "others beside them left"),
        )
        if n
    ]  # fmt: skip
    only_added = result.status == "added" and counts.added == result.rows and not counts.left
    detail = "" if only_added or not became else f" ({', '.join(became)})"
    told = result.status == "added" or counts.held
    remark = f"; {result.message}" if result.message and told else ""
    return f"{result.path.name}: {result.rows:,} rows of {result.table}{detail}{remark}"


def _bar() -> Progress:
    name = Column(max_width=30, no_wrap=True, overflow="ellipsis")
    return Progress(
        TextColumn("{task.completed:.0f}/{task.total:.0f} files"),
        BarColumn(),
        TextColumn("{task.fields[rows]:,} rows, {task.fields[rate]:,.0f}/s"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[name]}", markup=False, table_column=name),
        console=said,
        transient=True,
        disable=not said.is_terminal,
    )


def sources(
    history: Annotated[
        bool,
        typer.Option("--history", help="Also what was taken out again, and what each changed."),
    ] = False,
    store: StoreOption = None,
) -> None:
    """List what the store was made of: file, rows, how many of them count now, periods, vintage."""
    from lmi.store import Store

    table = Store(store).catalogue(history)
    if table.empty:
        raise LmiError("The store is empty; take files in with `lmi ingest PATH`.")
    table["sha256"] = table["sha256"].str[:12]
    for name in ("rows", "current", "added", "revised"):
        table[name] = [f"{n:,}" for n in table[name]]
    hidden = ["size"] if history else ["size", "added", "revised", "removed_at"]
    out.print(table.drop(columns=hidden).to_string(index=False), markup=False)


def remove(
    chosen: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Ids, or starts of sha256, from `lmi sources`."),
    ],
    store: StoreOption = None,
) -> None:
    """Take sources out of the store again, as if they had never come.

    Rows that a source had replaced answer again.
    """
    from lmi.store import Store
    from lmi.store.commit import remove as take_out

    held = Store(store)
    ids = {held.source_id_of(one) for one in chosen}
    names = held.catalogue().set_index("source_id")["name"]
    back = take_out(held.root, ids)
    for source_id in sorted(ids):
        out.print(f"removed   {escape(names[source_id])}")
    for source_id, rows in sorted(back.items()):
        out.print(f"{rows:,} rows of {escape(names[source_id])} answer again")


def verify(
    year: YearOption = None,
    area: Annotated[
        list[str] | None, typer.Option(help="Area, or first two digits for a state; repeatable.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Recompute what the agency published on every disclosed row and say where it differs.

    Exit status 1 if a row differs without a stated reason.
    """
    from lmi.store import Catalogue, Store
    from lmi.store.at_odds import all_at_odds
    from lmi.store.held_numbers import HeldNumbers
    from lmi.verify import format_report, is_clean, verify_store

    held = Store(store)
    report = verify_store(held, year=year, areas=area or None)
    out.print(format_report(report), markup=False)
    remarks = held.remarks(areas=area or ())
    if remarks:
        said = (f"{name}: {remark}" for name, remark in remarks)
        out.print("\nRemarked when files were taken in:", *said, sep="\n  ", markup=False)
    beside = all_at_odds(HeldNumbers(held.root, Catalogue.load(held.root)), year, area or ())
    told = [*beside.refused, *beside.remarked]
    if told:
        out.print("\nTables that are at odds:", *told, sep="\n  ", markup=False)
    if beside.refused or not is_clean(report):
        raise typer.Exit(1)


def _select(
    name: str,
    store: Path | None,
    areas: Sequence[str] | None,
    industries: Sequence[str] | None,
    period: str | None,
    vintage: str | None,
) -> pd.DataFrame:
    from lmi import codes, naics
    from lmi.missing import Missing
    from lmi.schema import BOUNDARIES, TABLES
    from lmi.store import Store

    known = ("qcew", *TABLES, BOUNDARIES.name, "sources")
    if name not in known:
        meant = did_you_mean(name, known)
        raise LmiError(
            f"There is no table {name!r}{meant}; the tables are {', '.join(known[1:])}, and qcew "
            "is the annual or the quarterly one by the period."
        )
    for area in areas or ():
        if not (name == BOUNDARIES.name and area in codes.STATES):
            codes.parse_area(area)
    for industry in industries or ():
        naics.parse_industry(industry)
    source = Store(store)
    as_of = source.source_id_of(vintage) if vintage else None
    year, quarter = parse_period(period) if period else (None, None)
    if name in _QCEW:
        quarterly = name == "qcew_quarterly" or (name == "qcew" and quarter is not None)
        return source.qcew(
            "quarterly" if quarterly else "annual",
            areas=areas or None, industries=industries or None, as_of=as_of,
            years=None if year is None else [year],
            quarters=None if quarter is None else [quarter],
        )  # fmt: skip
    if quarter is not None:
        raise LmiError(f"The table {name} has no quarters; name a year such as {year}.")
    if name == "sources":
        if areas or industries or year or as_of:
            raise LmiError("The list of sources is exported whole; leave the choices out.")
        return source.catalogue()
    if name == BOUNDARIES.name:
        table = source.outlines(as_of)
        areas = [area.removesuffix("000") for area in areas or ()]  # a state's own has two digits
    else:
        table = source.table(name, as_of)
    if isinstance(table, Missing):
        raise LmiError(f"No {table.what}: {table.why}; to add it, {table.remedy}.")
    chosen = {"area_fips": areas, "industry_code": industries, "year": [year] if year else None}
    for column, values in chosen.items():
        if values:
            if column not in table.columns:
                raise LmiError(f"The table {name} has no {column} to choose by; leave it out.")
            table = table[table[column].isin(values)]
    return table


def _with_vintage(rows: pd.DataFrame, store: Path | None) -> pd.DataFrame:
    """Say of which release each row is, where that is known."""
    from lmi.schema import VINTAGE
    from lmi.store import Store

    said = Store(store).catalogue().set_index("source_id")["vintage"]
    found = rows["source_id"].map(said[said != ""])
    return rows.assign(**{VINTAGE: found.astype("str")})


def export(
    table: Annotated[
        str, typer.Argument(help="qcew, another table of the store, boundaries, or sources.")
    ],
    file: Annotated[
        Path,
        typer.Option(
            "--out", help="FILE.csv or FILE.parquet; of boundaries .gpkg, .geojson or .parquet."
        ),
    ],
    area: Annotated[list[str] | None, typer.Option(help="Area code; repeatable.")] = None,
    industry: Annotated[list[str] | None, typer.Option(help="Industry code; repeatable.")] = None,
    period: Annotated[str | None, typer.Option(help="2016 or 2016Q2.")] = None,
    vintage: Annotated[
        str | None, typer.Option(help="As of this source: its id or the start of its sha256.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write a table of the store as it is: codes as text, what is withheld empty.

    `lmi ingest` takes it in again, each row as of the release that it is of.
    """
    from lmi.cli.files import as_stored, stored_csv, write_map, write_table

    rows = _select(table, store, area, industry, period, vintage)
    if table != "sources":
        rows = _with_vintage(rows, store)
    if rows.empty:
        quarters = "; for a quarter write its period as 2016Q2" if table == "qcew" else ""
        fail(f"The store has no such rows of {table}; `lmi sources` lists what it has{quarters}.")
    if "geometry" in rows:
        write_map(rows, file)
    else:
        write_table(as_stored(rows), file, stored_csv)
    out.print(f"{len(rows):,} rows written to {file}")
