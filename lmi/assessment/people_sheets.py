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
from lmi.sources.own_file import guarded
from lmi.sources.text import first_lines
from lmi.sources.workbook import sheet_rows
from lmi.words import listing

__all__ = ["PEOPLE_SHEETS", "Added", "add_people", "appended", "cell_of"]

Rows = list[list[str]]
Reader = Callable[[StateConfig, Sequence[Candidate]], pd.DataFrame | Missing]

PEOPLE_SHEETS = {ENGAGEMENT.name: "Engagement", LOCAL_KNOWLEDGE.name: "Local knowledge"}
"""The sheet of each of a team's own tables."""
UNITS_ROW = 1  # below the names of the columns
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
    """

    file: Path
    n_added: int
    n_known: int
    left: tuple[str, ...]


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
    sheets = sheet_rows(workbook)
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
    return [[] if at == UNITS_ROW and units.issuperset(row) else row for at, row in enumerate(rows)]


def cell_of(message: str, rows: Rows, at: int) -> str:
    """Name the cell that a message is about: the one it quotes, or that of the column it names."""
    head, row = rows[0], rows[at]
    quoted = re.findall(r"'([^']*)'", message)
    of_text = [row.index(text) for text in quoted if text and text in row]
    of_name = [head.index(word) for word in re.findall(r"\w+", message) if word in head]
    column = next(iter([*of_text, *of_name]), None)
    return f"row {at + 1}" if column is None else f"cell {_letters(column)}{at + 1}"


def _letters(column: int) -> str:
    before, last = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _csv(rows: Rows, separator: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    for row in rows:
        writer.writerow([guarded(cell) for cell in row] if any(row) else [])
    return text.getvalue().encode()


def _plan(
    table: Table, known: pd.DataFrame | Missing, found: pd.DataFrame, rows: Rows,
    state: StateConfig, region: str,
) -> tuple[Added, bytes]:  # fmt: skip
    """Return what is to become of a file: the rows that it lacks stand at its end."""
    file = state.folder / f"{table.name}.csv"
    names = [table.spelling.get(field, "") for field in rows[0]]
    given = _keys(found, region)
    had = [] if isinstance(known, Missing) else _keys(known, region)
    typed = [row for row in _without_units(rows, table)[1:] if any(row)]
    first = dict(zip(reversed(given), reversed(typed), strict=True))
    new = [dict(zip(names, first[key], strict=True)) for key in dict.fromkeys(given)
           if key not in had]  # fmt: skip
    before = b"" if isinstance(known, Missing) else file.read_bytes()
    text = before + appended(before, new, table, file)
    left = (key for key in had if region in key and key not in given)
    said = tuple(", ".join(filter(None, key)) for key in left)
    return Added(file, len(new), len(given) - len(new), said), text


def _keys(rows: pd.DataFrame, region: str) -> list[tuple[str, ...]]:
    """Return rows to compare; one of the whole state stands in a region's workbook as its own."""
    own = rows.assign(region=rows["region"].replace("", region)).astype("object")
    return [tuple(map(str, row)) for row in own.where(rows.notna(), "").itertuples(index=False)]


def appended(before: bytes, new: Sequence[Mapping[str, str]], table: Table, file: Path) -> bytes:
    """Write rows in the columns, the separator and the encoding of a file.

    Parameters
    ----------
    before : bytes
        What the file has; nothing where there is none yet, and the rows get a header.
    file : pathlib.Path
        For an error.

    Returns
    -------
    bytes
        What is to stand after `before`.

    Raises
    ------
    ConfigError
        The file lacks a column that a row fills.
    """
    if not before:
        header, separator, start = list(table.names), ",", _csv([list(table.names)], ",")
    else:
        comments = b"".join(
            line for line in before.splitlines(keepends=True)
            if line.strip() and not line.lstrip().startswith(b"#")
        )  # fmt: skip
        first = first_lines(comments.removeprefix(b"\xef\xbb\xbf"))[0]
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
        return added.decode("utf-8").encode("windows-1252")
    return added
