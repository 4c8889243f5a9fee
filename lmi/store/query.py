"""Parquet on disk, queried lazily; knows vintages and hashes.

The store scans with polars and hands out pandas. Rows come back in a stable order, whatever the
order in which files were taken in.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Container, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pandas as pd
import polars as pl

from lmi import codes, locations
from lmi.errors import StoreError
from lmi.missing import Missing
from lmi.schema import BOUNDARIES, Table, qcew_table, table
from lmi.store.catalogue import FILE_NAME, Catalogue, IngestedFile
from lmi.store.layering import fold, revised_of
from lmi.store.staging import SOURCE_ID
from lmi.texts import hold_texts, to_pandas
from lmi.words import listing

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Store"]

Frequency = Literal["annual", "quarterly"]
_OUTLINES = {
    "area_fips": pl.String(), "name": pl.String(), "kind": pl.String(), "year": pl.Int64(),
    SOURCE_ID: pl.Int32(), "geometry": pl.Binary(),
}  # fmt: skip


def _strings(values: Iterable[str] | None) -> list[str] | None:
    return None if values is None else sorted({str(v) for v in values})


def _place_of(partition: str) -> tuple[str, str, str, int | None]:
    """Take the name of a partition apart: table, kind of boundaries, state, year."""
    table, *parts = partition.split("/")
    if len(parts) == 3:
        return table, parts[0], parts[1], int(parts[2])
    if len(parts) == 2:
        state, year = (part.partition("=")[2] for part in parts)
        return table, "", state, int(year)
    return table, "", "", None


class Store:
    """A folder of tables that agency files were taken into.

    Parameters
    ----------
    root : path-like, optional
        The folder; by default where `lmi.locations.store_dir` says.

    Notes
    -----
    A store sets how pandas holds texts (`lmi.texts`), for the whole process.

    Examples
    --------
    >>> import tempfile
    >>> Store(tempfile.mkdtemp()).catalogue().empty
    True
    """

    def __init__(self, root: str | Path | None = None) -> None:
        hold_texts()
        self.root = locations.store_dir(root)
        self._read: tuple[tuple[int, int], Catalogue] | None = None

    def _catalogue(self) -> Catalogue:
        """Read the catalogue, again only where its file was replaced since."""
        try:
            found = (self.root / FILE_NAME).stat()
        except (FileNotFoundError, NotADirectoryError):
            return Catalogue()
        stamp = (found.st_mtime_ns, found.st_ino)
        if self._read is None or self._read[0] != stamp:
            self._read = stamp, Catalogue.load(self.root)
        return self._read[1]

    def catalogue(self, history: bool = False) -> pd.DataFrame:
        """Return one row a source: what it was, and how many of its rows the store answers with.

        Returns
        -------
        DataFrame
            ``source_id``, ``name``, ``table``, ``size``, ``sha256``, ``rows``, ``periods``,
            ``vintage``, ``ingested_at``, ``added`` and ``revised`` when it came, ``current`` rows
            now, ``removed_at``.
        """
        catalogue = self._catalogue()
        answers = catalogue.answers
        fields = [f.name for f in dataclasses.fields(IngestedFile) if f.name != "remarks"]
        sources = catalogue.sources if history else catalogue.kept
        table = pd.DataFrame([vars(source) for source in sources], columns=fields)
        table["periods"] = table["periods"].map(", ".join)
        table.insert(len(fields) - 1, "current", [answers[i] for i in table["source_id"]])
        return table

    def remarks(
        self, sources: Container[int] | None = None, areas: Sequence[str] = ()
    ) -> list[tuple[str, str]]:
        """Return what was remarked of sources when they came, each after its file's name.

        Parameters
        ----------
        sources : container of int, optional
            All where not given.
        areas : sequence of str
            Areas, or first characters of areas, of which a remark must name one; any if not given.
        """
        named = re.compile(rf"\b(?={'|'.join(areas)})[0-9A-Z]{{5}}(?:/| \d{{4}}\b)")
        return [
            (source.name, remark)
            for source in self._catalogue().kept
            if sources is None or source.source_id in sources
            for remark in source.remarks
            if not areas or named.search(remark)
        ]

    def current_rows(self) -> pd.DataFrame:
        """Count the rows that the store answers with, by place, year and source.

        Returns
        -------
        DataFrame
            ``table``, ``kind`` (county or state of boundaries, else empty), ``state`` (first two
            characters of the areas) and ``year`` (empty and missing where the table is stored
            whole), ``source_id``, ``rows``.
        """
        rows = [
            (*_place_of(name), source_id, n)
            for name, held in sorted(self._catalogue().partitions.items())
            for source_id, n in sorted(held.answers.items())
        ]
        table = pd.DataFrame(rows, columns=["table", "kind", "state", "year", SOURCE_ID, "rows"])
        return table.astype({"year": "Int64"})

    def source_id_of(self, vintage: str) -> int:
        """Return the number of the source that a vintage is named by: a number or hash prefix.

        Raises
        ------
        StoreError
            No source, or more than one, is meant.
        """
        sources = self._catalogue().kept
        found = [
            s.source_id
            for s in sources
            if str(s.source_id) == vintage or (len(vintage) >= 6 and s.sha256.startswith(vintage))
        ]
        if len(found) != 1:
            raise StoreError(self._not_one(vintage, len(found)))
        return found[0]

    def _not_one(self, vintage: str, n_found: int) -> str:
        """Say that no source is meant, or several, and what there is."""
        catalogue = self._catalogue()
        gone = [s for s in catalogue.sources if s.removed_at and str(s.source_id) == vintage]
        if gone:
            return f"Source {vintage} ({gone[0].name}) was taken out on {gone[0].removed_at[:10]}."
        if not catalogue.kept:
            return f"There is no source {vintage!r}: the store {self.root} is empty."
        there = listing((f"{s.source_id} ({s.name})" for s in reversed(catalogue.kept)), 5)
        return (
            f"{vintage!r} names {n_found or 'no'} sources of the store; give a source_id or the "
            f"first six characters of a sha256 from `lmi sources`, which lists {there}."
        )

    def qcew(
        self,
        frequency: Frequency,
        *,
        areas: Iterable[str] | None = None,
        states: Iterable[str] | None = None,
        years: Iterable[int] | None = None,
        industries: Iterable[str] | None = None,
        own_codes: Iterable[str] | None = None,
        agglvl_codes: Iterable[str] | None = None,
        quarters: Iterable[str] | None = None,
        columns: Sequence[str] | None = None,
        as_of: int | None = None,
    ) -> pd.DataFrame:
        """Return QCEW rows; what is withheld is missing.

        Parameters
        ----------
        frequency : {"annual", "quarterly"}
            Which of the two tables.
        areas, industries, own_codes, agglvl_codes, quarters : iterable of str, optional
            Codes to keep; all where not given.
        states : iterable of str, optional
            First two characters of the areas to keep: a state's FIPS code, ``US``.
        years : iterable of int, optional
            Years to keep.
        columns : sequence of str, optional
            Columns to return; all of the table and `source_id` where not given.
        as_of : int, optional
            Read the vintage as it was when this `source_id` was the newest.

        Returns
        -------
        pandas.DataFrame
            Sorted by key; empty where the store has no such rows.
        """
        spec = qcew_table(frequency)
        wanted = {
            "area_fips": _strings(areas),
            "own_code": _strings(own_codes),
            "industry_code": _strings(industries),
            "agglvl_code": _strings(agglvl_codes),
            "qtr": _strings(quarters),
        }
        prefixes = states if areas is None else {a[:2] for a in wanted["area_fips"] or ()}
        lazy = self._rows(spec, self._qcew_partitions(spec, prefixes, years), as_of)
        for name, values in wanted.items():
            if values is not None:
                lazy = lazy.filter(pl.col(name).is_in(values))
        frame = lazy.sort(spec.key).select(columns or [*spec.names, SOURCE_ID]).collect()
        return to_pandas(frame)

    def _qcew_partitions(
        self, spec: Table, prefixes: Iterable[str] | None, years: Iterable[int] | None
    ) -> list[str]:
        states = None if prefixes is None else {f"state={p}" for p in prefixes}
        wanted_years = None if years is None else {f"year={int(y)}" for y in years}
        found = []
        for name, partition in self._catalogue().of_table(spec.name).items():
            state, year = name.split("/")
            if states is not None and state not in states:
                continue
            if wanted_years is not None and year not in wanted_years:
                continue
            found.append(partition)
        return found

    def _path(self, file: str) -> Path:
        path = self.root / file
        if not path.is_file():
            raise StoreError(
                f"The store lacks its part {path}; if an ingest is under way, ask again when it is "
                "done, else restore the part or move the store away and ingest again."
            )
        return path

    def _rows(self, spec: Table, partitions: list[str], as_of: int | None) -> pl.LazyFrame:
        """The rows of partitions, each with its source: as they are, or as of a source."""
        catalogue = self._catalogue()
        now, then = [], []
        for name in partitions:
            held = catalogue.partitions[name]
            if as_of is None or max(held.source_ids | held.answers.keys()) <= as_of:
                now.append(self._path(held.current))
                continue
            for layer in held.layers:
                self._path(layer.file)
            frame = fold(self.root, held.layers, spec, revised_of(catalogue.kept), as_of)
            then += [] if frame is None else [frame.lazy()]
        scanned = [pl.scan_parquet(now)] if now else []
        if not scanned and not then:
            return pl.DataFrame(schema={**spec.polars_schema, SOURCE_ID: pl.Int32()}).lazy()
        lazy = pl.concat([*scanned, *then], how="vertical_relaxed")
        return lazy if as_of is None else lazy.filter(pl.col(SOURCE_ID) <= as_of)

    def periods(self, frequency: Frequency, states: Iterable[str] | None = None) -> pd.DataFrame:
        """Return the areas and periods that the store holds.

        Parameters
        ----------
        frequency : {"annual", "quarterly"}
            Which of the two tables.
        states : iterable of str, optional
            First two characters of the areas to look at.

        Returns
        -------
        pandas.DataFrame
            ``area_fips``, ``year``, ``qtr``, one row each.
        """
        spec = qcew_table(frequency)
        lazy = self._rows(spec, self._qcew_partitions(spec, states, None), None)
        keys = ["area_fips", "year", "qtr"]
        return to_pandas(lazy.select(keys).unique().sort(keys).collect())

    def table(
        self, name: str, as_of: int | None = None, states: Iterable[str] | None = None
    ) -> pd.DataFrame | Missing:
        """Return another table of the store, such as ``projections``.

        Parameters
        ----------
        states : iterable of str, optional
            First two characters of areas: rows that name none of such are left out.

        Returns
        -------
        pandas.DataFrame or Missing
            Its rows in order of key, or what would bring it.
        """
        spec = table(name)
        partitions = [p for p in self._catalogue().partitions if p == f"{name}/all"]
        lazy = self._rows(spec, partitions, as_of)
        if states is not None:
            places = [pl.col(column) for column in spec.names if column.endswith("_fips")]
            prefixes = _strings(states) or []
            lazy = lazy.filter(pl.any_horizontal(p.str.head(2).is_in(prefixes) for p in places))
        rows = lazy.sort(spec.key).collect()
        if rows.is_empty():
            return Missing(
                f"{name.replace('_', ' ')} table",
                "none is in the store",
                f"ingest a CSV with the columns {', '.join(spec.required)}",
            )
        return to_pandas(rows)

    def boundaries(
        self, kind: Literal["county", "state"], states: Iterable[str], year: int | None = None
    ) -> gpd.GeoDataFrame | Missing:
        """Return polygons of the counties or the states asked for.

        Parameters
        ----------
        kind : {"county", "state"}
            What the polygons are.
        states : iterable of str
            State FIPS codes.
        year : int, optional
            Year whose boundaries are wanted; of several, the nearest not later is taken, else
            the earliest.

        Returns
        -------
        geopandas.GeoDataFrame or Missing
            ``area_fips``, ``name``, ``geometry`` in longitude and latitude.
        """
        import geopandas as gpd

        catalogue = self._catalogue()
        found: list[pl.DataFrame] = []
        for state in sorted(set(states)):
            prefix = f"{BOUNDARIES.name}/{kind}/{state}/"
            years = {
                int(p.rsplit("/", 1)[1]): p for p in catalogue.partitions if p.startswith(prefix)
            }
            if not years:
                place = codes.state_name(state)
                return Missing(
                    f"map of {place}",
                    f"no {kind} boundaries of {place} are in the store",
                    "ingest a Census cartographic boundary file such as cb_2023_us_county_20m.zip",
                )
            past = [y for y in years if year is None or y <= year]
            held = catalogue.partitions[years[max(past) if past else min(years)]]
            found.append(pl.read_parquet(self._path(held.current), columns=list(BOUNDARIES.names)))
        rows = pl.concat(found)
        return gpd.GeoDataFrame(
            {name: rows[name].to_list() for name in ("area_fips", "name")},
            geometry=gpd.GeoSeries.from_wkb(rows["geometry"].to_list(), crs=4326),
        )

    def outlines(self, as_of: int | None = None) -> gpd.GeoDataFrame:
        """Return every outline that the store answers with: each kind, state and year.

        Parameters
        ----------
        as_of : int, optional
            As it was when this `source_id` was the newest.

        Returns
        -------
        geopandas.GeoDataFrame
            ``area_fips``, ``name``, ``kind`` (county or state), ``year`` (0 where the map said
            none), ``source_id``, ``geometry`` in longitude and latitude; in order of kind, year
            and code.
        """
        import geopandas as gpd

        catalogue = self._catalogue()
        revised = revised_of(catalogue.kept)
        found = [pl.DataFrame(schema=_OUTLINES)]
        for partition, held in catalogue.partitions.items():
            name, kind, _, year = _place_of(partition)
            if name != BOUNDARIES.name:
                continue
            for layer in held.layers:
                self._path(layer.file)
            frame = fold(self.root, held.layers, BOUNDARIES, revised, as_of)
            if frame is not None:
                told = frame.with_columns(kind=pl.lit(kind), year=pl.lit(year, pl.Int64))
                found.append(told.select(*_OUTLINES))
        rows = pl.concat(found).sort("kind", "year", "area_fips")
        return gpd.GeoDataFrame(
            to_pandas(rows.drop("geometry")),
            geometry=gpd.GeoSeries.from_wkb(rows["geometry"].to_list(), crs=4326),
        )
