"""A drawing with the words that stand for it; its bytes depend on the content alone."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure as Canvas

from lmi.report import style
from lmi.report.display.prose import Bundle

__all__ = ["Figure"]

SVG = "image/svg+xml"
LEADING = re.compile(rb"(?m)^\s+|\s+$")
SHOWN_WIDTH = 640  # pixels, where there is room


@dataclass(frozen=True)
class Figure:
    """A drawing with the words that stand for it.

    Parameters
    ----------
    name : str
        File name without ending.
    alt : str
        What the figure shows, for a reader who does not see it.

    Examples
    --------
    >>> with style.drawing():
    ...     fig, ax = style.canvas(1.0, style.Margins(), title="Jobs")
    >>> data, metadata = Figure("jobs", fig, "An empty chart.")._repr_mimebundle_()
    >>> sorted(data), metadata["image/svg+xml"]["alt"]
    (['image/svg+xml', 'text/plain'], 'An empty chart.')
    """

    name: str
    fig: Canvas
    alt: str

    @cached_property
    def svg(self) -> bytes:
        """The picture as SVG, its texts as text, with its description; no date or program name.

        A vector drawing prints sharp at any size, and costs a fifth of a picture in pixels.
        """
        described = {"Title": self.name, "Description": self.alt, "Date": None, "Creator": None}
        buffer = io.BytesIO()
        with style.drawing():
            self.fig.savefig(buffer, format="svg", dpi=style.DPI, metadata=described)
        return LEADING.sub(b"", buffer.getvalue())

    def save(self, out: Path) -> None:
        """Write ``figures/NAME.svg`` under a folder."""
        folder = out / "figures"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.name}.svg").write_bytes(self.svg)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        width, height = (
            round(side * SHOWN_WIDTH / style.WIDTH) for side in self.fig.get_size_inches()
        )
        data = {SVG: self.svg.decode("utf-8"), "text/plain": f"Figure: {self.alt}"}
        return data, {SVG: {"name": self.name, "alt": self.alt, "width": width, "height": height}}
