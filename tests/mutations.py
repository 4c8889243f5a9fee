"""Ways in which a QCEW file goes wrong between the agency and the door, each with a name.

A mutation takes a file as rows of text and a source of chance, and returns the file spoilt. Kinds
are made for every column, so that none is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.table_mutations import Sheet, dropped, of_bytes

KEY = ("area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr")
GATES = ("disclosure_code", "lq_disclosure_code", "oty_disclosure_code")
MANY = 5  # places of business, with which no row of the agency's is without jobs


@dataclass
class Rows(Sheet):
    """A QCEW file: a header, and rows of as many fields."""

    def at(self, column: str) -> int:
        """Return the place of a column, in any of its spellings."""
        spelt = (column, column.replace("estabs", "estabs_count"))
        return next(self.names.index(name) for name in spelt if name in self.names)

    def value(self, row: int, column: str) -> str:
        """Return a field."""
        return self.rows[row][self.at(column)]

    def set(self, row: int, column: str, value: object) -> None:
        """Write a field."""
        self.rows[row][self.at(column)] = str(value)

    def where(self, test: Callable[[int], bool]) -> list[int]:
        """Return the rows that pass a test."""
        return [i for i in range(len(self.rows)) if test(i)]

    def withheld(self) -> list[int]:
        """Return the rows with an N."""
        at = self.at("disclosure_code")
        return self.where(lambda i: self.rows[i][at] == "N")

    def disclosed(self) -> list[int]:
        """Return rows that print all of their numbers, and large ones."""
        wages = next(i for i, name in enumerate(self.names) if name.startswith("total_"))
        gates = [self.at(gate) for gate in GATES]
        return self.where(
            lambda i: (
                not any(self.rows[i][g] for g in gates) and int(self.rows[i][wages]) > 1_000_000
            )
        )


Mutation = Callable[[Rows, Random], Rows]


def _numbers(names: list[str]) -> list[str]:
    return [n for n in names if not n.endswith(("_code", "_fips", "_title")) and n not in KEY]


def _scaled(name: str, factor: float) -> Mutation:
    def mutate(rows: Rows, chance: Random) -> Rows:
        candidates = [i for i in rows.disclosed() if float(rows.value(i, name))]
        row = chance.choice(candidates)
        text = rows.value(row, name)
        value = float(text) * factor
        rows.set(row, name, f"{value:.2f}" if "." in text else f"{value:.0f}")
        return rows

    return mutate


def _scaled_throughout(name: str, factor: int) -> Mutation:
    def mutate(rows: Rows, chance: Random) -> Rows:
        for i in range(len(rows.rows)):
            text = rows.value(i, name)
            value = float(text or 0) * factor
            rows.set(i, name, f"{value:.2f}" if "." in text else f"{value:.0f}")
        return rows

    return mutate


def _swapped(one: str, other: str) -> Mutation:
    def mutate(rows: Rows, chance: Random) -> Rows:
        a, b = rows.at(one), rows.at(other)
        for row in rows.rows:
            row[a], row[b] = row[b], row[a]
        return rows

    return mutate


def _misspelt(name: str) -> Mutation:
    def mutate(rows: Rows, chance: Random) -> Rows:
        at = rows.at(name)
        i = chance.randrange(3, len(name) - 1)
        spelt = rows.names[at]
        rows.names[at] = spelt[:i] + spelt[i + 1] + spelt[i] + spelt[i + 2 :]
        if rows.names[at] == spelt:
            rows.names[at] = spelt[:i] + "x" + spelt[i + 1 :]
        return rows

    return mutate


def _in_one(name: str, value: Callable[[str], str], of: str = "any") -> Mutation:
    """Change one field of a row."""

    def mutate(rows: Rows, chance: Random) -> Rows:
        kinds = {
            "any": range(len(rows.rows)),
            "withheld": rows.withheld(),
            "disclosed": rows.disclosed(),
        }
        row = chance.choice(list(kinds[of]))
        rows.set(row, name, value(rows.value(row, name)))
        return rows

    return mutate


def _in_all(name: str, value: Callable[[str], str]) -> Mutation:
    def mutate(rows: Rows, chance: Random) -> Rows:
        for row in range(len(rows.rows)):
            rows.set(row, name, value(rows.value(row, name)))
        return rows

    return mutate


def _gates(of: str, value: str, gates: tuple[str, ...]) -> Mutation:
    """Write disclosure codes into a row."""

    def mutate(rows: Rows, chance: Random) -> Rows:
        row = chance.choice(rows.withheld() if of == "withheld" else rows.disclosed())
        for gate in gates:
            rows.set(row, gate, value)
        return rows

    return mutate


def _n_lost(of: Callable[[int], bool], most: int = 1) -> Mutation:
    """Take all marks from withheld rows by how many places of business they have."""

    def mutate(rows: Rows, chance: Random) -> Rows:
        found = [i for i in rows.withheld() if of(int(rows.value(i, _estabs(rows))))]
        for row in chance.sample(found, min(most, len(found))):
            for gate in GATES:
                rows.set(row, gate, "")
        return rows

    return mutate


def _estabs(rows: Rows) -> str:
    return "qtrly_estabs" if "month1_emplvl" in rows.names else "annual_avg_estabs"


def _kept(test: Callable[[Rows, int], bool]) -> Mutation:
    def mutate(rows: Rows, chance: Random) -> Rows:
        rows.rows = [row for i, row in enumerate(rows.rows) if test(rows, i)]
        return rows

    return mutate


def _lost(test: Callable[[Rows, int], bool]) -> Mutation:
    def mutate(rows: Rows, chance: Random) -> Rows:
        del rows.rows[chance.choice(rows.where(lambda i: test(rows, i)))]
        return rows

    return mutate


def _cut(share: float) -> Mutation:
    def mutate(rows: Rows, chance: Random) -> Rows:
        rows.rows = rows.rows[: int(len(rows.rows) * share)]
        return rows

    return mutate


def _named(name: str) -> Mutation:
    def mutate(rows: Rows, chance: Random) -> Rows:
        rows.name = name
        return rows

    return mutate


def _two_rows_trade(names: tuple[str, ...]) -> Mutation:
    """Two rows of an ownership trade some of their fields."""

    def mutate(rows: Rows, chance: Random) -> Rows:
        same = [i for i in rows.disclosed() if rows.value(i, "own_code") == "5"]
        level = rows.value(chance.choice(same), "agglvl_code")
        same = [i for i in same if rows.value(i, "agglvl_code") == level]
        a, b = chance.sample(same, 2) if len(same) > 1 else (same[0], same[0] + 1)
        for name in names:
            one, other = rows.value(a, name), rows.value(b, name)
            rows.set(a, name, other)
            rows.set(b, name, one)
        return rows

    return mutate


def _all_blank(gates: tuple[str, ...]) -> Mutation:
    def mutate(rows: Rows, chance: Random) -> Rows:
        for row in range(len(rows.rows)):
            for gate in gates:
                rows.set(row, gate, "")
        return rows

    return mutate


def _doubled(changes: dict[str, str]) -> Mutation:
    def mutate(rows: Rows, chance: Random) -> Rows:
        row = list(rows.rows[chance.randrange(len(rows.rows))])
        rows.rows.append(row)
        for name, value in changes.items():
            rows.set(len(rows.rows) - 1, name, value)
        return rows

    return mutate


def _shuffled(rows: Rows, chance: Random) -> Rows:
    chance.shuffle(rows.rows)
    return rows


def _columns_shuffled(rows: Rows, chance: Random) -> Rows:
    order = list(range(len(rows.names)))
    chance.shuffle(order)
    rows.names = [rows.names[i] for i in order]
    rows.rows = [[row[i] for i in order] for row in rows.rows]
    return rows


def _column_shifted(name: str) -> Mutation:
    """A column slips down by one row, as when a cell is deleted in a spreadsheet."""

    def mutate(rows: Rows, chance: Random) -> Rows:
        values = [row[rows.at(name)] for row in rows.rows]
        for row, value in zip(rows.rows, [values[-1], *values[:-1]], strict=True):
            row[rows.at(name)] = value
        return rows

    return mutate


def _of_columns(names: list[str]) -> Iterator[tuple[str, Mutation]]:
    numbers = _numbers(names)
    for name in numbers:
        yield f"{name}: ten times in a row", _scaled(name, 10)
        yield f"{name}: a tenth in a row", _scaled(name, 0.1)
        yield f"{name}: ten times throughout", _scaled_throughout(name, 10)
        yield f"{name}: misspelt", _misspelt(name)
        yield f"{name}: slipped down a row", _column_shifted(name)
    for one, other in zip(numbers, [*numbers[1:], numbers[0]], strict=True):
        yield f"{one} and {other}: swapped", _swapped(one, other)
    levels = [n for n in numbers if not n.startswith(("lq_", "oty_"))]
    for name in levels:
        yield f"{name}: nothing in a row", _in_one(name, lambda v: "0", "disclosed")
        yield f"{name}: below nothing in a row", _in_one(name, lambda v: f"-{v}", "disclosed")
        yield f"{name}: blank in a row", _in_one(name, lambda v: "", "disclosed")
        yield f"{name}: a word in a row", _in_one(name, lambda v: "many", "disclosed")
        yield f"{name}: dropped", dropped(name)
    for name in (n for n in levels if "estabs" not in n):
        yield f"{name}: printed in a withheld row", _in_one(name, lambda v: "77", "withheld")


def _of_codes(quarterly: bool) -> Iterator[tuple[str, Mutation]]:
    for level in ("10", "18", "50", "54", "58", "28", "40", "94"):
        yield f"agglvl_code: {level} in a row", _in_one("agglvl_code", lambda v, to=level: to)
        yield f"agglvl_code: {level} throughout", _in_all("agglvl_code", lambda v, to=level: to)
    deeper = {"74": "75", "75": "76", "76": "77", "77": "78", "78": "77"}
    yield "agglvl_code: the next in a row", _in_one("agglvl_code", lambda v: deeper.get(v, "78"))
    for size in ("1", "5", "9"):
        yield f"size_code: {size} in a row", _in_one("size_code", lambda v, to=size: to)
        yield f"size_code: {size} throughout", _in_all("size_code", lambda v, to=size: to)
    yield "own_code and size_code: swapped", _swapped("own_code", "size_code")
    yield "own_code and agglvl_code: swapped", _swapped("own_code", "agglvl_code")
    yield "industry_code and agglvl_code: swapped", _swapped("industry_code", "agglvl_code")
    for own in ("0", "4", "7", "8", "9"):
        yield (
            f"own_code: 5 becomes {own} in a row",
            _in_one("own_code", lambda v, to=own: to, "disclosed"),
        )
    yield "own_code: 5 becomes 4 throughout", _in_all("own_code", lambda v: v.replace("5", "4"))
    yield "industry_code: cut in a row", _in_one("industry_code", lambda v: v[:-1], "withheld")
    for code in ("6299", "999998", "5121", "62", "10", "238110", "459110"):
        yield f"industry_code: {code} in a row", _in_one("industry_code", lambda v, to=code: to)
    yield (
        "industry_code: sectors as ranges of a spreadsheet",
        _in_all("industry_code", lambda v: v.replace("31-33", "31-Mar")),
    )
    yield (
        "industry_code: with a quote inside",
        of_bytes(lambda b: b.replace(b",62,", b',"62"14,', 1)),
    )
    for area in ("08001", "99051", "98015", "99000", "ZZ000", "C1974", "9915"):
        yield f"area_fips: {area} in a row", _in_one("area_fips", lambda v, to=area: to)
    yield "area_fips: another state throughout", _in_all("area_fips", lambda v: "08001")
    for year in ("1850", "1989", "2022", "2024", "2093", "23"):
        yield f"year: {year} in a row", _in_one("year", lambda v, to=year: to)
        yield f"year: {year} throughout", _in_all("year", lambda v, to=year: to)
    for qtr in ("1", "5", "A", ""):
        yield f"qtr: {qtr or 'blank'} in a row", _in_one("qtr", lambda v, to=qtr: to)
    yield "qtr: throughout the same", _in_all("qtr", lambda v: "2" if quarterly else "1")


def _of_disclosure() -> Iterator[tuple[str, Mutation]]:
    for gate in GATES:
        yield f"{gate}: N lost in a withheld row", _gates("withheld", "", (gate,))
        yield f"{gate}: N in a row that prints numbers", _gates("disclosed", "N", (gate,))
        yield f"{gate}: - in a row that prints numbers", _gates("disclosed", "-", (gate,))
        yield f"{gate}: X in a row", _gates("disclosed", "X", (gate,))
        yield f"{gate}: every N lost", _all_blank((gate,))
        yield f"{gate}: misspelt", _misspelt(gate)
        yield f"{gate}: dropped", dropped(gate)
        yield f"{gate}: slipped down a row", _column_shifted(gate)
    yield "every N lost", _all_blank(GATES)
    yield "all of a row's N lost, of few places", _n_lost(lambda places: places < MANY)
    yield "all of a row's N lost, of many places", _n_lost(lambda places: places >= MANY)
    yield "all of many rows' N lost", _n_lost(lambda places: places >= MANY, 80)
    yield "all N in a row that prints numbers", _gates("disclosed", "N", GATES)


def _of_rows() -> Iterator[tuple[str, Mutation]]:
    def is_level(rows: Rows, i: int, digit: str) -> bool:
        return rows.value(i, "agglvl_code")[1] == digit

    for digit, what in enumerate(
        ("total", "ownership", "domain", "supersector", "sector", "3-digit", "4-digit", "5-digit",
         "6-digit")
    ):  # fmt: skip
        yield f"a {what} row lost", _lost(lambda rows, i, d=str(digit): is_level(rows, i, d))
        yield f"all {what} rows lost", _kept(lambda rows, i, d=str(digit): not is_level(rows, i, d))
    yield "a withheld row lost", _lost(lambda rows, i: bool(rows.value(i, "disclosure_code")))
    yield "withheld rows lost", _kept(lambda rows, i: not rows.value(i, "disclosure_code"))
    for own in "1235":
        yield f"only ownership {own}", _kept(lambda rows, i, o=own: rows.value(i, "own_code") == o)
        yield (
            f"all but ownership {own}",
            _kept(lambda rows, i, o=own: rows.value(i, "own_code") != o),
        )
    yield "only one industry", _kept(lambda rows, i: rows.value(i, "industry_code") == "62")
    for share in (0.1, 0.5, 0.9):
        yield f"cut after {share:.0%}", _cut(share)
    yield "the last row lost", lambda rows, chance: _cut(1 - 1 / len(rows.rows))(rows, chance)
    yield "a row doubled", _doubled({})
    yield "a row doubled under another level", _doubled({"agglvl_code": "70"})
    yield "a row doubled in another area", _doubled({"area_fips": "99017"})
    yield "a row doubled in another year", _doubled({"year": "2021"})
    yield "rows shuffled", _shuffled
    yield "columns shuffled", _columns_shuffled
    yield "two rows trade industries", _two_rows_trade(("industry_code",))
    yield "two rows trade places of business", _two_rows_trade(("annual_avg_estabs",))
    yield "two rows trade jobs", _two_rows_trade(("annual_avg_emplvl",))
    yield "a row's fields moved one to the right", lambda rows, chance: _moved(rows, chance)
    yield "no rows", _kept(lambda rows, i: False)


def _moved(rows: Rows, chance: Random) -> Rows:
    row = rows.rows[chance.randrange(len(rows.rows))]
    row[:] = [row[-1], *row[:-1]]
    return rows


def _of_files() -> Iterator[tuple[str, Mutation]]:
    yield "lines end in CR LF", of_bytes(lambda b: b.replace(b"\n", b"\r\n"))
    yield "lines end in CR", of_bytes(lambda b: b.replace(b"\n", b"\r"))
    yield "begins with a mark of UTF-8", of_bytes(lambda b: b"\xef\xbb\xbf" + b)
    yield "cut within a row", of_bytes(lambda b: b[: len(b) // 2])
    yield "holds a NUL", of_bytes(lambda b: b[:5000] + b"\0" + b[5000:])
    yield "is UTF-16", of_bytes(lambda b: b.decode().encode("utf-16"))
    yield "is empty", of_bytes(lambda b: b"\n")
    yield "without its header", of_bytes(lambda b: b.partition(b"\n")[2])
    yield "its header twice", of_bytes(lambda b: b.partition(b"\n")[0] + b"\n" + b)
    yield "itself twice", of_bytes(lambda b: b + b.partition(b"\n")[2])
    yield "an open quote", of_bytes(lambda b: b[:9000] + b'"' + b[9000:])
    yield "a blank line within", of_bytes(lambda b: b.replace(b"\n", b"\n\n", 5))
    yield "semicolons", of_bytes(lambda b: b.replace(b",", b";"))
    yield "another web page", of_bytes(lambda b: b"<html><body>403</body></html>")
    yield "its name says another year", _named("2020.annual 99015.csv")
    yield "its name says another area", _named("2023.annual 99017.csv")
    yield "its name says a state's county", _named("2023.q1-q4 99015 Adams County, Colorado.csv")


def _of_titles() -> Iterator[tuple[str, Mutation]]:
    yield "its titles name another state", _in_all("area_title", lambda v: "Lake County, Ohio")
    yield "its titles name a state", _in_all("area_title", lambda v: "Colorado -- Statewide")
    yield "another county's code throughout", _in_all("area_fips", lambda v: "08001")


def kinds(rows: Rows) -> dict[str, Mutation]:
    """Return every way to spoil a file of these columns, by name."""
    stored = [name.replace("_estabs_count", "_estabs") for name in rows.names]
    quarterly = any("month1" in name for name in stored)
    found = [
        *_of_columns(stored), *_of_codes(quarterly), *_of_disclosure(), *_of_rows(), *_of_files(),
        *(_of_titles() if "area_title" in stored else ()),
    ]  # fmt: skip
    absent = {"two rows trade places of business", "two rows trade jobs"} if quarterly else set()
    return {name: mutate for name, mutate in found if name not in absent}
