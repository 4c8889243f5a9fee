"""What a team wrote into the workbook's sheets, checked, and added to its state's own files."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lmi import atomic
from lmi.assessment.people_files import read_engagement, read_knowledge
from lmi.config import Candidate, StateConfig
from lmi.errors import ConfigError, DataFileError
from lmi.missing import Missing
from lmi.schema import Table
from lmi.schema.owned import ENGAGEMENT, LOCAL_KNOWLEDGE
from lmi.sources.cells_shown import cell_name
from lmi.sources.own_file import guarded
from lmi.sources.text import BOM, FirstLine, first_lines
from lmi.sources.workbook import head_at, sheet_rows
from lmi.words import listing

__all__ = [
    "PEOPLE_SHEETS", "RECODED", "Added", "add_people", "appended", "cell_of", "own_header",
]  # fmt: skip

Rows = list[list[str]]
_NUMBER = re.compile(r"[-+]?[\d.,]+")  # one below zero is no formula
Reader = Callable[[StateConfig, Sequence[Candidate]], pd.DataFrame | Missing]

PEOPLE_SHEETS = {ENGAGEMENT.name: "Engagement", LOCAL_KNOWLEDGE.name: "Local knowledge"}
"""The sheet of each of a team's own tables."""
RECODED = "the file was Windows-1252, which lacks a letter of the new rows; all of it is now UTF-8."
"""What is told of a file that is written anew."""
_READ: tuple[tuple[Table, Reader], ...] = (
    (ENGAGEMENT, read_engagement),
    (LOCAL_KNOWLEDGE, read_knowledge),
)


@dataclass(frozen=True)
class Added:
    """What became of a sheet.

    Parameters
    ----------
    file : Path
        The state's own file.
    n_added, n_known : int
        Rows that were added, and that it had already.
    left : tuple of str
        Rows of the region that the sheet does not have; they stay.
    is_recoded : bool
        Whether all of the file is written anew, in UTF-8.
    """

    file: Path
    n_added: int
    n_known: int
    left: tuple[str, ...]
    is_recoded: bool = False


def add_people(
    workbook: Path, state: StateConfig, region: str, candidates: Sequence[Candidate]
) -> list[Added]:
    """Add what the sheets of a region's workbook have to its state's own files.

    These lose nothing, and both sheets are checked before either file is touched.

    Raises
    ------
    ConfigError
        A row cannot be; names the sheet and the cell.
    DataFileError
        The workbook cannot be read, or has neither sheet.
    """
    sheets = sheet_rows(workbook, *PEOPLE_SHEETS.values())
    asked = [(t, read, sheets[PEOPLE_SHEETS[t.name]]) for t, read in _READ
             if PEOPLE_SHEETS[t.name] in sheets]  # fmt: skip
    if not asked:
        raise DataFileError(
            f"it has no sheet {listing(PEOPLE_SHEETS.values(), last='or')}; write one with "
            "`lmi workbook`",
            file=workbook,
        )
    checked = [(t, read, _checked(workbook, t, read, rows, state, candidates), rows)
               for t, read, rows in asked]  # fmt: skip
    planned = [_plan(table, read(state, candidates), found, rows, state, region)
               for table, read, found, rows in checked]  # fmt: skip
    for added, text in planned:
        if added.n_added:
            atomic.write_bytes(added.file, text)
    return [added for added, _ in planned]


def _checked(
    workbook: Path, table: Table, read: Reader, rows: Rows, state: StateConfig,
    candidates: Sequence[Candidate],
) -> pd.DataFrame:  # fmt: skip
    """Read a sheet as the state's own file is read; an error names the cell."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"{table.name}.csv")
        file.write_bytes(_csv(_without_units(rows, table), ","))
        try:
            found = read(state.model_copy(update={"folder": file.parent}), candidates)
        except ConfigError as error:
            at = (error.line or 1) - 1
            place = f"{PEOPLE_SHEETS[table.name]}, {cell_of(error.message, rows, at)}"
            raise ConfigError(f"{place}: {error.message}", file=workbook) from error
    assert not isinstance(found, Missing), "the file was written a moment ago"
    return found


def _without_units(rows: Rows, table: Table) -> Rows:
    """Empty the row of units, unless it was taken out and a row of words stands there."""
    units = {column.unit for column in table.columns} | {""}
    below = head_at(rows) + 1
    return [[] if at == below and units.issuperset(row) else row for at, row in enumerate(rows)]


def cell_of(message: str, rows: Rows, at: int) -> str:
    """Name the cell that a message is about: the one it quotes, or that of the column it names."""
    head, row = [name.casefold() for name in rows[head_at(rows)]], rows[at]
    quoted = {text for text in re.findall(r"'([^']*)'", message) if text}
    of_text = [column for column, text in enumerate(row) if text in quoted]
    of_name = [head.index(word) for word in re.findall(r"\w+", message) if word in head]
    both = [column for column in of_text if column in of_name]
    column = next(iter([*both, *of_text, *of_name]), None)
    return f"row {at + 1}" if column is None else f"cell {cell_name(at, column)}"


def _csv(rows: Rows, separator: str) -> bytes:
    text = io.StringIO()
    plain = csv.writer(text, delimiter=separator, lineterminator="\n")
    quoted = csv.writer(text, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in rows:  # a line that begins with "#" would be a comment
        writer = quoted if row and row[0].lstrip().startswith("#") else plain
        writer.writerow(map(_field, row) if any(row) else [])
    return text.getvalue().encode()


def _field(cell: str) -> str:
    return cell if _NUMBER.fullmatch(cell) else guarded(cell)


def _plan(
    table: Table, known: pd.DataFrame | Missing, found: pd.DataFrame, rows: Rows,
    state: StateConfig, region: str,
) -> tuple[Added, bytes]:  # fmt: skip
    """Return what is to become of a file: the rows that it lacks stand at its end."""
    file = state.folder / f"{table.name}.csv"
    top = head_at(rows)
    names = [table.spelling.get(field, "") for field in rows[top]]
    given = _keys(found, region)
    had = [] if isinstance(known, Missing) else _keys(known, region)
    typed = [row for row in _without_units(rows, table)[top + 1 :] if any(row)]
    first = dict(zip(reversed(given), reversed(typed), strict=True))
    new = [dict(zip(names, first[key], strict=True)) for key in dict.fromkeys(given)
           if key not in had]  # fmt: skip
    before = b"" if isinstance(known, Missing) else file.read_bytes()
    text = appended(before, new, table, file)
    left = (key for key in had if region in key and key not in given)
    said = tuple(", ".join(filter(None, key)) for key in left)
    is_recoded = not text.startswith(before)
    return Added(file, len(new), len(given) - len(new), said, is_recoded), text


def _keys(rows: pd.DataFrame, region: str) -> list[tuple[str, ...]]:
    """Return rows to compare; one of the whole state stands in a region's workbook as its own."""
    own = rows.assign(region=rows["region"].replace("", region)).astype("object")
    return [tuple(map(str, row)) for row in own.where(rows.notna(), "").itertuples(index=False)]


def own_header(text: bytes) -> FirstLine:
    """Return the header of a team's file: its first line that is no comment."""
    lines = text.removeprefix(BOM).splitlines(keepends=True)
    filled = (line for line in lines if line.strip() and not line.lstrip().startswith(b"#"))
    return first_lines(next(filled))[0]


def appended(before: bytes, new: Sequence[Mapping[str, str]], table: Table, file: Path) -> bytes:
    """Add rows to the text of a file, in its columns and with its separator.

    Parameters
    ----------
    before : bytes
        What the file has; nothing where there is none yet, and the rows get a header.
    file : pathlib.Path
        For an error.

    Returns
    -------
    bytes
        `before` and the rows in its encoding. Where Windows-1252 does not have a letter of them,
        all of it in UTF-8.

    Raises
    ------
    ConfigError
        The file lacks a column that a row fills.
    """
    if not before:
        header, separator, start = list(table.names), ",", _csv([list(table.names)], ",")
    else:
        first = own_header(before)
        header = [table.spelling.get(field, "") for field in first.fields]
        separator, start = first.separator, b"" if before.endswith(b"\n") else b"\n"
    lost = {
        name for row in new for name, text in row.items() if name and text and name not in header
    }
    if lost:
        raise ConfigError(
            f"the file has no column {listing(sorted(lost))}, which the workbook fills; add it to "
            "the header.",
            file=file,
        )
    added = start + _csv([[row.get(name, "") for name in header] for row in new], separator)
    try:
        before.decode("utf-8")
    except UnicodeDecodeError:
        return _in_windows(before, added.decode("utf-8"))
    return before + added


def _in_windows(before: bytes, added: str) -> bytes:
    try:
        return before + added.encode("windows-1252")
    except UnicodeEncodeError:
        return (before.decode("windows-1252") + added).encode("utf-8")
