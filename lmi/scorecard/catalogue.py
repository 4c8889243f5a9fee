"""What may be measured: the metrics of `catalogue.yml`, a state's own laid over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from lmi.config import StateConfig
from lmi.config.document import Document, read_document
from lmi.config.fields import Definition, Slug, Text
from lmi.config.layers import lines_below
from lmi.config.validate import build, problem
from lmi.scorecard.method import UNITS, Category, Group, Kind, Phase, Stage, UnitName
from lmi.words import did_you_mean

__all__ = ["OWN_CATALOGUE", "MetricCatalogue", "MetricDefinition", "load_catalogue"]

OWN_CATALOGUE = "scorecard.yml"
"""The file in a state's folder that is laid over the catalogue."""
_SHIPPED = Path(__file__).with_name("catalogue.yml")
_SECTIONS = ("metrics", "needs")
Audience = Literal["partners", "businesses", "state"]


class MetricDefinition(Definition):
    """What a number of a partnership is of.

    Parameters
    ----------
    name : str
        As a report calls it.
    unit : str
        A key of `method.UNITS`.
    kind : {"process", "impact"}
    group : {"business", "people", "programs"}
        Whom it is about.
    category : str or None
        Of impact: a key of `method.CATEGORIES`. A process has none.
    stage : {"early", "mid", "mature"}
        From when on it is to be expected.
    phase : {"emerging", "active", "advanced"}
        What a value of it is evidence of.
    over : {"year", "date"}
        Whether a year's rows are added up, or the last one counts.
    additive : bool
        Whether a sum over partnerships counts the same thing once.
    better : {"more", "less", "neither"}
    audience : tuple of str
        Who asks for it.
    collect : str
        How it is found.
    minutes : int
        What it takes to fill in.
    common : bool
        Whether a state asks it of all.

    Examples
    --------
    >>> from lmi.scorecard.catalogue import load_catalogue
    >>> load_catalogue().metrics["time-to-hire"].better
    'less'
    """

    key: Slug
    name: Text
    unit: UnitName
    kind: Kind
    group: Group
    category: Category | None = None
    stage: Stage
    phase: Phase
    over: Literal["year", "date"]
    additive: bool = False
    better: Literal["more", "less", "neither"] = "more"
    audience: tuple[Audience, ...] = Field(("partners",), min_length=1)
    collect: Text
    minutes: int = Field(2, ge=1, le=20)
    common: bool = False

    @model_validator(mode="after")
    def _fits_together(self) -> MetricDefinition:
        if self.kind == "impact" and self.category is None:
            raise problem("an impact has one of six categories; name it", "category")
        if self.kind == "process" and self.category is not None:
            raise problem("a process has no category of impact; leave it out", "category")
        if self.additive and not UNITS[self.unit].adds_up:
            raise problem(
                f"{self.unit} of several partnerships do not add up; write 'additive: false'"
            )
        if self.over == "year" and self.unit in ("percent", "days", "yes or no"):
            raise problem(f"a year's rows of {self.unit} cannot be added up; write 'over: date'")
        return self

    @property
    def is_guarded(self) -> bool:
        """Whether one or two of it may be somebody whom a reader knows."""
        return UNITS[self.unit].is_guarded


@dataclass(frozen=True)
class MetricCatalogue:
    """Metrics by key, and what partnerships may say that they need.

    Parameters
    ----------
    metrics : mapping of str to MetricDefinition
        In the order to be shown.
    """

    metrics: Mapping[str, MetricDefinition]
    needs: Mapping[str, str]

    def hint(self, key: str) -> str:
        """Offer what was probably meant by a key that is not known."""
        by_name = [m.key for m in self.metrics.values() if m.name.casefold() == key.casefold()]
        if by_name:
            return f"; write its key {by_name[0]!r}"
        return did_you_mean(key, self.metrics) or (
            "; `lmi scorecard --metrics` lists them, and `own_metrics` in the partnership's file "
            "adds one"
        )

    @cached_property
    def common(self) -> tuple[MetricDefinition, ...]:
        """The handful that a state asks of all."""
        return tuple(metric for metric in self.metrics.values() if metric.common)

    def with_own(self, own: Mapping[str, MetricDefinition]) -> MetricCatalogue:
        """Return the catalogue with a partnership's own metrics at its end."""
        return replace(self, metrics={**self.metrics, **own})


def load_catalogue(state: StateConfig | None = None) -> MetricCatalogue:
    """Read the catalogue, a state's own ``scorecard.yml`` laid over it.

    Raises
    ------
    ConfigError
        A metric cannot be; names file, line, key, value and remedy.

    Examples
    --------
    >>> catalogue = load_catalogue()
    >>> [metric.key for metric in catalogue.common][:2]
    ['action-plan', 'businesses-engaged']
    """
    layers = [read_document(_SHIPPED)]
    own = None if state is None else state.folder / OWN_CATALOGUE
    if own is not None and own.is_file():
        layers.append(read_document(own))
    for layer in layers:
        for key in layer.data:
            if key not in _SECTIONS:
                hint = did_you_mean(key, _SECTIONS) or f"; it has {' and '.join(_SECTIONS)}"
                raise layer.error(f"the key is unknown{hint}.", key)
    metrics = lines_below(layers, "metrics")
    needs = lines_below(layers, "needs")
    for key, text in needs.data.items():
        if not isinstance(text, str):
            raise needs.error("a need is a text; write one after the colon.", key)
    found = {key: build(MetricDefinition, metrics, key, key=key) for key in metrics.data}
    _check_meaning(layers, metrics, found)
    return MetricCatalogue(found, {key: str(text) for key, text in needs.data.items()})


def _check_meaning(
    layers: Sequence[Document], metrics: Document, found: Mapping[str, MetricDefinition]
) -> None:
    """Refuse a state's change of what the numbers of a metric are: rows may be there already."""
    shipped = lines_below(layers[:1], "metrics").data
    for key in shipped.keys() & found.keys():
        for name in ("unit", "over"):
            was, now = shipped[key][name], getattr(found[key], name)
            if was != now:
                raise metrics.error(
                    f"{key!r} is counted as {was!r}, and numbers that partnerships have would "
                    f"become {now!r}; define a metric of another key.",
                    *(key, name),
                )
