"""What became of a file that was given, in a sentence or two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lmi.schema.others import STATE_PROJECTIONS
from lmi.store.catalogue import IngestedFile
from lmi.store.commit import Pending
from lmi.store.layering import NOTHING, Counts
from lmi.words import count, listing

__all__ = ["MOST_SAID", "FileResult", "committed"]

# Remarks on a file that its line names; the catalogue keeps all.
MOST_SAID = 3


@dataclass(frozen=True)
class FileResult:
    """What became of one file.

    Parameters
    ----------
    status : {"added", "unchanged", "left", "failed"}
        Whether it entered the store now, was there before, lies in a folder and is no table, or
        holds an error.
    table : str
        Where its rows went.
    message : str
        The error, or a remark.
    counts : Counts
        What became of its rows, and of those that were there.
    """

    path: Path
    status: str
    table: str = ""
    rows: int = 0
    message: str = ""
    counts: Counts = NOTHING


def committed(
    path: Path, items: list[Pending], counts: Mapping[int, Counts], answers: Mapping[int, int]
) -> FileResult:
    """Say what became of a file, whose rows of each release are a source."""
    each = [(item, counts[item.source.source_id]) for item in items]
    found = sum((n for _, n in each), NOTHING)
    status = "unchanged" if items[0].before and not found.changed else "added"
    remarks = (_remark(item, n, answers) for item, n in each)
    said = "; ".join(dict.fromkeys(filter(None, remarks)))
    rows = sum(item.source.rows for item in items)
    tables = listing(dict.fromkeys(item.source.table for item in items))
    return FileResult(path, status, tables, rows, said, found)


def _remark(item: Pending, found: Counts, answers: Mapping[int, int]) -> str:
    """Say what a reader of the counts would ask."""
    said = []
    if item.before and found.changed:
        said.append(_read_before(item.source, item.before, found, answers))
    if found.held:
        said.append(
            f"{count(found.held, 'row')} held back, because the store has what the agency revised: "
            "if this file is revised too, say --vintage revised"
        )
    if found.left and item.replaces != item.table.key:
        said.append(f"{count(found.left, 'other row')} not taken out, being marked as revised")
    said += [f"left: {what}" for what in item.left]
    told = item.before.remarks if item.before else ()
    remarks = [remark for remark in item.source.remarks if remark not in told]
    said += remarks[:MOST_SAID]
    if len(remarks) > MOST_SAID:
        said.append(f"{count(len(remarks) - MOST_SAID, 'further remark')}: see `lmi verify`")
    return "; ".join(said)


def _read_before(
    source: IngestedFile, before: IngestedFile, found: Counts, answers: Mapping[int, int]
) -> str:
    """Say that the same bytes came before, and whether they said something else then."""
    may_differ = source.name != before.name or source.table == STATE_PROJECTIONS.name
    if not (found.added and may_differ and answers[before.source_id]):
        return "it came before, and is current again"
    rows = count(answers[before.source_id], "row")
    return (
        f"the same bytes came before as {before.name} and were read otherwise: {rows} of that stay "
        f"unless you take them out with `lmi remove {before.source_id}`"
    )
