"""What holds for every table, every way to split it into files, and every damage to them."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.store import Store
from lmi.store.ingest import ingest
from tests.builders import contents, feature_collection, flows, jobs, qcew, write, write_zip

AREAS = ("08000", "08001", "08003", "41005", "US000")
INDUSTRIES = ("23", "31-33", "62")
LAYOUTS = st.sampled_from(["slice", "by-area", "short"])
few = settings(max_examples=15)  # each makes files and stores
some = settings(max_examples=60)

# establishments, jobs, and whether the agency withholds them
CELL = st.tuples(st.integers(1, 50), st.integers(0, 900), st.booleans())
# an area and a year: what a release covers whole
SCOPE = st.tuples(st.sampled_from(AREAS), st.sampled_from([2016, 2017]))
CELLS = st.dictionaries(st.sampled_from(INDUSTRIES), CELL, min_size=2)
TABLES = st.dictionaries(SCOPE, CELLS, min_size=1, max_size=6)
Table = dict[tuple[str, int], dict[str, tuple[int, int, bool]]]


def text_of(table: Table, layout: str) -> str:
    """A file with a table's cells, year after year."""
    header, lines = "", []
    for (area, year), cells in table.items():
        written = [
            f"{area} 5 {i} {n} {0 if hidden else jobs} {0 if hidden else 9 * jobs}{' N' * hidden}"
            for i, (n, jobs, hidden) in cells.items()
        ]
        end = "\r\n" if layout == "by-area" else "\n"
        header, *rows = qcew("\n".join(written), year=year, layout=layout).split(end)
        lines += [row for row in rows if row]
    return "\n".join([header, *lines, ""])


def content(store: Store) -> pd.DataFrame:
    return store.qcew("annual").drop(columns="source_id")


@few
@given(st.data(), TABLES)
def test_a_table_is_the_same_however_it_is_split_into_files(
    data: st.DataObject, table: Table
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = Store(folder / "whole")
        assert ingest([write(folder / "whole.csv", text_of(table, "slice"))], whole.root)[0].rows

        order = data.draw(st.permutations(list(table)))
        split = Store(folder / "split")
        while order:
            n = data.draw(st.integers(1, len(order)))
            command, order = order[:n], order[n:]
            paths = []
            while command:
                n = data.draw(st.integers(1, len(command)))
                piece, command = {s: table[s] for s in command[:n]}, command[n:]
                text = text_of(piece, data.draw(LAYOUTS))
                path = folder / f"{len(list(folder.iterdir()))}.dat"
                paths.append(
                    write_zip(path, {"x": text}) if data.draw(st.booleans()) else write(path, text)
                )
            assert {o.status for o in ingest(paths, split.root)} == {"added"}
        assert content(split).equals(content(whole))


@few
@given(st.lists(st.lists(TABLES, min_size=1, max_size=3), min_size=1, max_size=3))
def test_every_vintage_reads_as_it_was(commands: list[list[Table]]) -> None:
    """Held against a plain model: a release replaces its areas and years, nothing else."""
    model: Table = {}
    history = []
    with tempfile.TemporaryDirectory() as name:
        folder, store = Path(name), Store(Path(name) / "store")
        for command in commands:
            paths = []
            for table in command:
                n = len(history)
                # A column of nobody's makes the bytes of each release its own.
                lines = text_of(table, "slice").splitlines()
                text = "\n".join(
                    f"{line},{'release' if i == 0 else n}" for i, line in enumerate(lines)
                )
                paths.append(write(folder / f"{n}.csv", text + "\n"))
                model = {**model, **table}
                history.append(model)
            assert {o.status for o in ingest(paths, store.root)} == {"added"}
        for n, then in enumerate(history, start=1):
            for year in (2016, 2017):
                expected = {
                    f"{area} 5 {industry}": None if hidden else count
                    for (area, y), cells in then.items() if y == year
                    for industry, (_, count, hidden) in cells.items()
                }  # fmt: skip
                assert jobs(store, years=[year], as_of=n) == expected
        assert content(store).equals(
            store.qcew("annual", as_of=len(history)).drop(columns="source_id")
        )


WHOLE = {
    "plain": qcew().encode(),
    "by-area": qcew(qtr="1", layout="by-area").encode(),
    "gzip": gzip.compress(flows().encode(), mtime=0),
    "map": feature_collection(["08001", "08003"]).encode(),
    "texts": b'candidate,region,statement,rating,who,date\ne,r,"a, ""b""\nc",4,w,May\n',
}
DAMAGE = st.lists(
    st.tuples(
        st.floats(0, 1), st.sampled_from(["cut", "drop", "byte", "twice"]), st.integers(0, 255)
    ),
    min_size=1,
    max_size=4,
)


def damaged(whole: bytes, damage: list[tuple[float, str, int]]) -> bytes:
    data = bytearray(whole)
    for where, how, value in damage:
        at = int(where * len(data))
        if how == "cut":
            del data[max(at, 1) :]
        elif how == "drop":
            del data[at : at + value % 9]
        elif how == "twice":
            data[at:at] = data[at : at + value]
        elif at < len(data):
            data[at] = value
    return bytes(data)


@some
@given(st.sampled_from([*WHOLE, "zip"]), DAMAGE)
def test_a_damaged_file_is_taken_in_whole_or_refused_in_a_sentence(
    kind: str, damage: list[tuple[float, str, int]]
) -> None:
    """Never a traceback, and never a part of it."""
    with tempfile.TemporaryDirectory() as name:
        folder, store = Path(name), Store(Path(name) / "store")
        ingest([write(folder / "good.csv", qcew(year=2015))], store.root)
        before = contents(store)
        if kind == "zip":
            whole = write_zip(
                folder / "whole.zip", {"a.csv": WHOLE["plain"], "b.xml": "<a/>"}
            ).read_bytes()
        else:
            whole = WHOLE[kind]
        path = write(folder / "bad", damaged(whole, damage))
        outcome = ingest([path], store.root)[0]
        if outcome.status == "failed":
            assert outcome.message.startswith(str(path))
            assert "\n" not in outcome.message
            assert contents(store) == before
        else:
            assert outcome.status == "added"
            assert len(store.catalogue()) == 2
