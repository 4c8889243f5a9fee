"""What holds for every table, every way to split it into files, and every damage to them."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.store import Store
from lmi.store.commit import remove
from lmi.store.ingest import ingest
from tests.builders import contents, feature_collection, flows, qcew, write, write_zip

AREAS = ("08000", "08001", "08003", "41005", "US000")
INDUSTRIES = ("23", "31-33", "62")
LAYOUTS = st.sampled_from(["slice", "by-area", "short"])
few = settings(max_examples=15)  # each makes files and stores
some = settings(max_examples=60)

# establishments, jobs, and whether the agency withholds them
CELL = st.tuples(st.integers(1, 50), st.integers(0, 900), st.booleans())
KEY = st.tuples(st.sampled_from(AREAS), st.sampled_from([2016, 2017]), st.sampled_from(INDUSTRIES))
TABLES = st.dictionaries(KEY, CELL, min_size=1, max_size=12)
Table = dict[tuple[str, int, str], tuple[int, int, bool]]


def text_of(table: Table, layout: str, column: str = "") -> str:
    """A file with a table's cells; a column of nobody's makes its bytes its own."""
    header, lines = "", []
    for (area, year, industry), (n, jobs, hidden) in sorted(table.items()):
        cell = f"{area} 5 {industry} {n} {0 if hidden else jobs} {0 if hidden else 9 * jobs}"
        end = "\r\n" if layout == "by-area" else "\n"
        header, row, *_ = qcew(f"{cell}{' N' * hidden}", year=year, layout=layout).split(end)
        lines.append(row)
    if column:
        header, lines = f"{header},mark", [f"{line},{column}" for line in lines]
    return "\n".join([header, *lines, ""])


def content(store: Store) -> pd.DataFrame:
    return store.qcew("annual").drop(columns="source_id")


def seen(store: Store, as_of: int | None = None) -> dict[tuple[str, int, str], int | None]:
    """Every cell's jobs, None where they are withheld."""
    rows = store.qcew("annual", as_of=as_of)
    keys = rows[["area_fips", "year", "industry_code"]].itertuples(index=False, name=None)
    return {
        key: None if pd.isna(jobs) else int(jobs)
        for key, jobs in zip(keys, rows["annual_avg_emplvl"], strict=True)
    }


def expected(table: Table) -> dict[tuple[str, int, str], int | None]:
    return {key: None if hidden else count for key, (_, count, hidden) in table.items()}


@few
@given(st.data(), TABLES)
def test_files_of_one_release_give_one_table_however_they_are_cut(
    data: st.DataObject, table: Table
) -> None:
    """In any split and order, with rows that stand in several files, and files that come again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = Store(folder / "whole")
        assert ingest([write(folder / "whole.csv", text_of(table, "slice"))], whole.root)[0].rows

        pieces = data.draw(
            st.lists(st.lists(st.sampled_from(sorted(table)), min_size=1, unique=True), max_size=5)
        )
        rest = [key for key in table if not any(key in piece for piece in pieces)]
        pieces.append(rest or [*table])
        split, paths = Store(folder / "split"), []
        for n, piece in enumerate(data.draw(st.permutations(pieces))):
            text = text_of({key: table[key] for key in piece}, data.draw(LAYOUTS))
            path = folder / f"{n}.dat"
            is_packed = data.draw(st.booleans())
            paths.append(write_zip(path, {"x": text}) if is_packed else write(path, text))
        again = data.draw(st.lists(st.sampled_from(paths), max_size=2))
        while paths:
            n = data.draw(st.integers(1, len(paths)))
            command, paths = paths[:n], paths[n:]
            assert "failed" not in {o.status for o in ingest(command, split.root)}
        assert {o.status for o in ingest(again, split.root)} <= {"unchanged"}
        assert content(split).equals(content(whole))


RELEASE = st.tuples(TABLES, st.sampled_from(["", "preliminary", "revised"]))


@few
@given(st.data(), st.lists(st.lists(RELEASE, min_size=1, max_size=3), min_size=1, max_size=3))
def test_every_state_reads_as_it_was(
    data: st.DataObject, commands: list[list[tuple[Table, str]]]
) -> None:
    """Held against a plain model: a release changes the cells it holds, and revised ones stay.

    What a source that is taken out leaves is what the others would have made without it.
    """
    releases = [release for command in commands for release in command]

    def after(chosen: list[int]) -> Table:
        cells: Table = {}
        revised: set[tuple[str, int, str]] = set()
        for table, vintage in (releases[n - 1] for n in chosen):
            newer = {k: c for k, c in table.items() if vintage == "revised" or k not in revised}
            cells |= newer
            if vintage == "revised":
                revised |= newer.keys()
        return cells

    with tempfile.TemporaryDirectory() as name:
        folder, store = Path(name), Store(Path(name) / "store")
        n = 0
        for command in commands:
            for table, vintage in command:
                n += 1
                path = write(folder / f"{n}.csv", text_of(table, "slice", f"release {n}"))
                assert ingest([path], store.root, vintage=vintage)[0].status == "added"
        arrivals = [*range(1, n + 1)]
        for k in arrivals:
            assert seen(store, as_of=k) == expected(after(arrivals[:k]))
        assert seen(store) == expected(after(arrivals))
        gone = data.draw(st.sets(st.sampled_from(arrivals), max_size=n))
        remove(store.root, gone)
        assert seen(store) == expected(after([k for k in arrivals if k not in gone]))


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


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one sound file, to be copied."""
    folder = tmp_path_factory.mktemp("good")
    ingest([write(folder / "good.csv", qcew(year=2015))], folder / "store")
    return folder / "store"


@some
@given(kind=st.sampled_from([*WHOLE, "zip"]), damage=DAMAGE)
def test_a_damaged_file_is_taken_in_whole_or_refused_in_a_sentence(
    good: Path, kind: str, damage: list[tuple[float, str, int]]
) -> None:
    """Never a traceback, and never a part of it."""
    with tempfile.TemporaryDirectory() as name:
        folder, store = Path(name), Store(shutil.copytree(good, Path(name) / "store"))
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


LABOR = ("labor_force", "employed", "unemployed")
PEOPLE = st.dictionaries(
    st.tuples(st.sampled_from(AREAS[1:4]), st.sampled_from([2016, 2017])),
    st.tuples(st.integers(60_000, 90_000), st.integers(1_000, 9_000)),
    min_size=1,
    max_size=5,
)


@few
@given(st.data(), PEOPLE)
def test_an_empty_cell_takes_no_number_away(
    data: st.DataObject, people: dict[tuple[str, int], tuple[int, int]]
) -> None:
    """In whatever cells, files and order the numbers of a release come, the table is the same."""
    numbers = {
        key: {"labor_force": at_work + without, "employed": at_work, "unemployed": without}
        for key, (at_work, without) in people.items()
    }
    cells = [(key, name) for key in numbers for name in LABOR]
    files = data.draw(
        st.lists(st.lists(st.sampled_from(cells), min_size=1, unique=True), max_size=5)
    )
    files = data.draw(st.permutations([*files, cells[::2], cells[1::2]]))
    with tempfile.TemporaryDirectory() as name:
        folder, store = Path(name), Store(Path(name) / "store")
        paths = []
        for n, held in enumerate(files):
            rows = [
                f"{area},{year},"
                + ",".join(str(row[c]) if ((area, year), c) in held else "" for c in LABOR)
                + ","
                for (area, year), row in numbers.items()
                if any(key == (area, year) for key, _ in held)
            ]
            header = f"area_fips,year,{','.join(LABOR)},unemployment_rate,mark"
            text = "\n".join([header, *(f"{row},file {n}" for row in rows)])
            paths.append(write(folder / f"{n}.csv", text))
        while paths:
            n = data.draw(st.integers(1, len(paths)))
            command, paths = paths[:n], paths[n:]
            assert {o.status for o in ingest(command, store.root)} <= {"added", "unchanged"}
        found = store.table("labor_force")
        assert isinstance(found, pd.DataFrame)
        stored = found.set_index(["area_fips", "year"])[list(LABOR)]
        assert stored.astype(int).to_dict("index") == numbers
