"""What a partnership takes from a workshop's decision record, held to its shape once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from lmi.config.document import read_bytes
from lmi.config.validate import build_json
from lmi.errors import ConfigError
from lmi.schema.measure import ENDS
from lmi.schema.measures import MEASURES
from lmi.words.how_sure import JOBS, PAY

__all__ = ["FIGURES", "DecisionRecord", "RecordedDecision", "read_record"]

KIND = "decision record of a sector workshop"
FIGURES = ("annual_avg_estabs", JOBS, PAY, "emplvl_pct_chg", "lq", "lq_state")
"""Of a sector's evidence: what a partnership's baseline keeps."""
MAX_BYTES = 50_000_000
REMEDY = "name the record.json that the workshop wrote"
LARGEST = 1e15  # USD of a nation's payroll


def _one_line(value: Any) -> Any:
    return "" if value is None else " ".join(value.split()) if isinstance(value, str) else value


Line = Annotated[str, BeforeValidator(_one_line)]
Year = Annotated[int, Field(ge=1950, le=2100)]
Figure = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]


class _Recorded(BaseModel):
    """Part of a record; what a partnership takes nothing of may be anything."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)


class RecordedRegion(_Recorded):
    """Where the room met."""

    id: str = ""
    counties: dict[str, Any] = Field(default_factory=dict)


class RecordedDecision(_Recorded):
    """What the room decided."""

    first: Line = ""
    reasons: Line = ""
    convener: Line = ""


class RecordedEvidence(_Recorded):
    """What was known of a sector: its figures that are firm enough to be told.

    Parameters
    ----------
    estimated : tuple of str
        Those that are estimated in part.
    """

    candidate: str = ""
    figures: dict[str, Figure]
    estimated: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _firm(cls, row: Any) -> Any:
        if not isinstance(row, dict):
            return row
        firm = {
            name: row[name]
            for name in FIGURES
            if row.get(name) is not None and not row.get(f"{name}_is_vague")
        }
        estimated = [name for name in firm if _is_estimated(row, name)]
        return {"candidate": row.get("candidate"), "figures": firm, "estimated": estimated}


def _is_estimated(row: dict[str, Any], name: str) -> bool:
    """Tell whether a record's figure has an interval of some width, or a share that is estimated.

    What is no number there is not asked: a record may hold anything.
    """
    ends = [row.get(f"{name}{end}") for end in ENDS]
    share = row.get(MEASURES[name].estimated_by)
    return (all(isinstance(end, int | float) for end in ends) and ends[0] != ends[1]) or (
        isinstance(share, int | float) and share > 0
    )


class RecordedBasis(_Recorded):
    """What the session rested on."""

    started: str = ""
    year: Year | None = None
    base_year: Year | None = None


class DecisionRecord(_Recorded):
    """A workshop's ``record.json``, as far as a partnership begins with it."""

    kind: Any = None
    region: RecordedRegion = RecordedRegion()
    staff: bool = False
    decision: RecordedDecision | None = None
    definitions: dict[str, dict[str, Any]] = Field(default_factory=dict)
    evidence: tuple[RecordedEvidence, ...] = ()
    source: Line = ""
    basis: RecordedBasis = RecordedBasis()


def read_record(file: Path) -> DecisionRecord:
    """Read a workshop's decision record.

    Raises
    ------
    ConfigError
        It cannot be read, is no decision record or has not its shape, or the room did not decide.
    """
    raw = read_bytes(file, MAX_BYTES, REMEDY)
    found = build_json(DecisionRecord, raw, file)
    if found.kind != KIND:
        raise ConfigError(f"it is not the decision record of a workshop; {REMEDY}.", file=file)
    if found.decision is None:
        raise ConfigError("the room has not decided; there is no partnership yet.", file=file)
    return found
