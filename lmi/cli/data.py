"""Commands on the data: ingest, sources, verify, export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column

from lmi.cli.options import StoreOption, YearOption, fail, out, parse_period, said
from lmi.errors import LmiError

if TYPE_CHECKING:
    import pandas as pd

    from lmi.store.ingest import FileResult

__all__ = ["export", "ingest", "sources", "verify"]

_QCEW = ("qcew", "qcew_annual", "qcew_quarterly")


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files, zips and folders of the agencies.")],
    vintage: Annotated[
        str, typer.Option(help="What you know of the release: preliminary, revised.")
    ] = "",
    store: StoreOption = None,
) -> None:
    """Take agency files into the store.

    Each is recognised by its content. A bad one is refused whole, the others stay, and the exit
    status is 1.
    """
    from lmi import locations
    from lmi.store.ingest import expand
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
            else:
                what = f"{result.rows:,} rows of {result.table}"
                bar.console.print(f"{result.status:9s} {escape(result.path.name)}: {what}")

        results = take_in(files, root, vintage=vintage, progress=count, report=done)
    n_failed = sum(o.status == "failed" for o in results)
    added = [o for o in results if o.status == "added"]
    out.print(
        f"{len(added)} of {len(results)} files added, {sum(o.rows for o in added):,} rows; "
        f"{len(results) - len(added) - n_failed} unchanged, {n_failed} refused. Store: {root}"
    )
    if n_failed:
        raise typer.Exit(1)


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


def sources(store: StoreOption = None) -> None:
    """List what the store was made of: file, rows, periods, vintage, hash."""
    from lmi.store import Store

    table = Store(store).catalogue()
    if table.empty:
        raise LmiError("The store is empty; take files in with `lmi ingest PATH`.")
    table["sha256"] = table["sha256"].str[:12]
    table["rows"] = [f"{n:,}" for n in table["rows"]]
    out.print(table.drop(columns="size").to_string(index=False), markup=False)


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
    from lmi.store import Store
    from lmi.verify import format_report, is_clean, verify_store

    report = verify_store(Store(store), year=year, areas=area or None)
    out.print(format_report(report), markup=False)
    if not is_clean(report):
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
    from lmi.store import Store

    for area in areas or ():
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


def export(
    table: Annotated[str, typer.Argument(help="qcew, another table of the store, or sources.")],
    file: Annotated[Path, typer.Option("--out", help="FILE.csv or FILE.parquet.")],
    area: Annotated[list[str] | None, typer.Option(help="Area code; repeatable.")] = None,
    industry: Annotated[list[str] | None, typer.Option(help="Industry code; repeatable.")] = None,
    period: Annotated[str | None, typer.Option(help="2016 or 2016Q2.")] = None,
    vintage: Annotated[
        str | None, typer.Option(help="As of this source: its id or the start of its sha256.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write a table of the store as it is: codes as text, what is withheld empty."""
    from lmi.cli.files import as_stored, stored_csv, write_table

    rows = _select(table, store, area, industry, period, vintage)
    if rows.empty:
        quarters = "; for a quarter write its period as 2016Q2" if table == "qcew" else ""
        fail(f"The store has no such rows of {table}; `lmi sources` lists what it has{quarters}.")
    write_table(as_stored(rows), file, stored_csv)
    out.print(f"{len(rows):,} rows written to {file}")
