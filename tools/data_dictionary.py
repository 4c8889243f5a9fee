"""Write `docs/dictionary.md` from the schema and the workbook's dictionary.

Run ``python -m tools.data_dictionary`` after a change of either.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from pathlib import Path

from lmi.assessment.state_tables import StateTables
from lmi.report.workbook.dictionary import PARTS, entry, known
from lmi.schema import TABLES, Column, Table
from lmi.schema.owned import OWN_TABLES, PARTNERSHIP_METRICS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "dictionary.md"

HEAD = """\
# Data dictionary

Every table and every column, made of the schema by `python -m tools.data_dictionary`; a test holds
that this page and the schema agree. How a measure is computed says [measures.md](measures.md), how
a file is read [data.md](data.md).

Names are the agency's own where the agency has the quantity. A code is a text (`08001`, `31-33`),
`_pct` is 0 to 100, `_share` 0 to 1, money is US dollars as they were paid unless a column names
other prices. What is withheld or not known is empty, never zero.
"""
STORE = """\
## Tables of the store

What `lmi ingest` takes in and `lmi export` writes.
"""
OWN = """\
## Files of a state's team

Plain CSV in the state's folder; [regions/README.md](../regions/README.md) shows each.
"""
COMPUTED = """\
## Tables of a state

What `lmi batch` writes into `outputs/STATE/tables/`, for all regions.
"""
COLUMNS = """\
## Columns that are computed

In the tables of a state, the CSV files of a profile, the workbook and what `lmi measures` and
`lmi score` write.
"""
ENDS = """\
What the end of a name says, of whichever number stands before it:
"""


def line(*cells: str) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def laid_out(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    heads = tuple(heads)
    return "\n".join([line(*heads), "|---" * len(heads) + "|", *(line(*row) for row in rows), ""])


def code(name: str) -> str:
    """A name as code; nothing of nothing."""
    return f"`{name}`" if name else ""


def typed(column: Column) -> str:
    """What a column holds: the unit of a number, else the kind of text."""
    return column.unit or {"int": "whole number", "float": "number"}.get(column.dtype, column.dtype)


def columns_of(table: Table) -> str:
    """A table of the store or of a team, with what identifies a row and what withholds a number."""
    rows = [
        (code(c.name), typed(c), c.meaning + (", may be empty" if c.blank else ""))
        for c in table.columns
    ]
    said = [f"A row for each {', '.join(map(code, table.key))}."]
    for gate in dict.fromkeys(c.gate for c in table.columns if c.gate):
        held = ", ".join(code(c.name) for c in table.columns if c.gate == gate)
        said.append(f"Where {code(gate)} is N or -, withheld are {held}.")
    told = "\n\n".join(said)
    return f"### {table.name}\n\n{told}\n\n{laid_out(('column', 'is', 'meaning'), rows)}"


def tables_of_a_state() -> str:
    """What each table of a state holds, as its class says."""
    text = inspect.cleandoc(StateTables.__doc__ or "").partition("Parameters\n----------\n")[2]
    told = re.findall(r"^(\w[\w, ]*) : .*\n((?:    .*\n?)+)", text, flags=re.M)
    rows = []
    for names, said in told:
        words = re.sub(r", as `[\w.]+` (has|have|gives) (it|them)", "", " ".join(said.split()))
        if names != "meta":
            rows.append((", ".join(map(code, names.split(", "))), words.replace("``", "`")))
    return laid_out(("table", "holds"), rows)


def page() -> str:
    """The page as the schema has it now."""
    computed = ((code(name), entry(name).unit, entry(name).text) for name in known())
    ends = ((code(end), f"{said} …") for end, said in PARTS.items())
    parts = [
        HEAD,
        STORE,
        *map(columns_of, TABLES.values()),
        OWN,
        *map(columns_of, (*OWN_TABLES.values(), PARTNERSHIP_METRICS)),
        COMPUTED,
        tables_of_a_state(),
        COLUMNS,
        laid_out(("column", "unit", "meaning"), computed),
        ENDS,
        laid_out(("end", "says"), ends),
    ]
    return "\n".join(parts)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
