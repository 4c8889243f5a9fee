"""The bench as a notebook shows it: live where there is a page, tables and figures where not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from lmi import atomic, locations
from lmi.assessment.basis import FOR_STAFF
from lmi.assessment.opening import open_region
from lmi.bench import html, tables
from lmi.bench.changes_from_saved import ranks
from lmi.bench.comparison import Comparison, VariantColumn
from lmi.bench.decisions import USUAL
from lmi.bench.model import Bench
from lmi.bench.variant import AS_SAVED
from lmi.csv_files import csv_bytes
from lmi.errors import ConfigError
from lmi.report import Figure, PageTable, Prose
from lmi.report.display.prose import Bundle
from lmi.report.figures.bubble import bubble_figure
from lmi.report.profile import with_growth

__all__ = ["Page", "open_bench"]


def open_bench(
    region: str,
    year: int | None = None,
    base_year: int | None = None,
    *,
    reference: str = USUAL["reference"],
    ownership: str = USUAL["ownership"],
    about: str = USUAL["about"],
    weights: Mapping[str, float] | None = None,
    sectors: Mapping[str, Mapping[str, Any]] | None = None,
    footprints: Mapping[str, Sequence[str]] | None = None,
    variants: Mapping[str, Mapping[str, Any]] | None = None,
) -> Page:
    """Open the bench on a region.

    Parameters
    ----------
    region : str
        ``STATE/REGION``, or ``REGION`` where only one state has it.
    year : int, optional
        Year of the levels; the newest in the store where not given.
    base_year : int, optional
        Year that growth is measured from; `lmi.analysis.base_year.base_year_for` where not given.
    reference : {"state", "rest"}, optional
        Compare with the region's whole states, or with the rest of them.
    ownership : {"defined", "private", "all"}, optional
        Whose jobs count.
    about : {"any", "stated", "order"}, optional
        Which weights the robustness is over.
    weights : mapping of str to float, optional
        By key of criterion, in place of what is saved.
    sectors : mapping of str to mapping, optional
        By key, what ``sectors.yml`` would say; one with nothing is left out.
    footprints : mapping of str to sequence of str, optional
        By key of region, the codes of its counties.
    variants : mapping of str to mapping, optional
        What is held to be compared, by name: these same words, and ``region``.

    Returns
    -------
    Page
        Shown as the last line of a cell, it is the bench.

    Raises
    ------
    ConfigError
        There is no such region.
    StoreError
        The store lacks the data.

    Examples
    --------
    >>> open_bench("oregon/lane", year=2023, weights={"pay": 2})  # doctest: +SKIP
    """
    return Page(
        Bench(
            open_region(region), variants, year=year, base_year=base_year,
            reference=reference, ownership=ownership, about=about,
            weights=weights, sectors=sectors, footprints=footprints,
        )
    )  # fmt: skip


class Page:
    """A bench, and the ways to show it.

    Attributes
    ----------
    begin_workshop : callable or None
        Begins a workshop with what is decided, and says in a sentence how it is opened; set by
        whoever knows workshops.
    """

    def __init__(self, model: Bench) -> None:
        self.model = model
        self.begin_workshop: Callable[[Page], str] | None = None

    @property
    def where(self) -> str:
        """Region and year, as a heading has them."""
        model = self.model
        made_up = " (illustrative data)" if model.state.illustrative else ""
        staff = f". {FOR_STAFF}" if model.state.staff else ""
        return f"{model.region.name}, {model.settings.years.year}{made_up}{staff}"

    def rows(self) -> list[tables.RankedRow]:
        """Return where every sector stands, the best first."""
        return tables.ranked_rows(self.model.assessment(), ranks(self.model.assessment_as_saved()))

    def shares(self) -> list[tables.CriterionShare]:
        """Return what each criterion counts for, those without data at zero."""
        return tables.criterion_shares(self.model.assessment())

    def ranking(self) -> PageTable:
        """Return the ranking as a table."""
        return tables.ranking_table(self.rows(), self.where, self.model.settings.about)

    def ranking_html(self) -> str:
        """Return the ranking with its bars."""
        return html.ranking_html(self.rows(), self.shares(), self.where, self.model.rests_on)

    def contributions(self) -> PageTable:
        """Return what each criterion adds to each score, in points of a hundred, as a table."""
        return tables.contributions_table(self.rows(), self.shares())

    def contributions_html(self) -> str:
        """Return the same, with what is missing and what stands in."""
        return html.contributions_html(self.rows(), self.shares())

    def robustness(self, ranks: int = 5) -> PageTable:
        """Return the chances of the best ranks as a table."""
        chances = tables.chances_of(self.model.assessment())
        return tables.chances_table(self.rows(), chances, self.model.settings.about, ranks)

    def robustness_html(self) -> str:
        """Return the chances of every rank as shades."""
        chances = tables.chances_of(self.model.assessment())
        return html.chances_html(self.rows(), chances, self.model.settings.about)

    def bubbles(self) -> Figure:
        """Return the profile's bubble chart, of definitions as they are now."""
        found = self.model.assessment()
        ordered = with_growth(found.candidates).sort_values(
            ["annual_avg_emplvl", "candidate"], ascending=[False, True], ignore_index=True
        )
        return bubble_figure(replace(found, candidates=ordered))

    def changes(self) -> Prose:
        """Return what differs from what is saved."""
        said = self.model.changes()
        shown = html.style_html() + html.changes_html(said, self.model.unsaved)
        return Prose(shown, " ".join(said) or "Nothing differs from what is saved.")

    def compare(self) -> Comparison:
        """Return what is saved and the variants that are held, side by side.

        Raises
        ------
        ConfigError
            No variant is held.
        """
        model = self.model
        if not model.variants:
            raise ConfigError("no variant is held to be compared; hold one first.")
        saved = model.saved_beside(model.variant)
        columns = (
            VariantColumn(
                name,
                f"{one.now.region(model.state.region(one.region)).name}, {one.settings.years.year}",
                model.call(one),
                " ".join(model.changes(one)),
                tuple(tables.ranked_rows(model.assess(one), {})),
            )
            for name, one in {AS_SAVED: saved, **model.variants}.items()
        )
        return Comparison(tuple(columns), model.state.staff)

    def export(self, folder: Path | None = None) -> tuple[Path, ...]:
        """Write the comparison, and the line that opens each variant, as CSV and as XLSX.

        Parameters
        ----------
        folder : pathlib.Path, optional
            ``bench/STATE/REGION`` below the outputs unless told.

        Raises
        ------
        ConfigError
            No variant is held.
        """
        found, model = self.compare(), self.model
        out = folder or locations.outputs_dir() / "bench" / model.state.slug / model.key
        files = {
            "variants.csv": csv_bytes(found.frame),
            "variants_lines.csv": csv_bytes(found.lines),
            "variants.xlsx": found.book,
        }
        for name, content in files.items():
            atomic.write_bytes(out / name, content)
        return tuple(out / name for name in files)

    @property
    def html(self) -> str:
        """The ranking as a page that is not live can show it."""
        return html.style_html() + self.ranking_html()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        from lmi.bench.live import LiveBench

        bundle = LiveBench(self).root._repr_mimebundle_()
        text = f"The bench on {self.where}. {self.model.call()}"
        return {**bundle, "text/html": self.html, "text/plain": text}, {}
