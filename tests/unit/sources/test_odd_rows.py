"""A few odd rows are named, many refuse their file."""

from __future__ import annotations

import pytest

from lmi.errors import DataFileError
from lmi.sources.odd_rows import MOST_ROWS, OddRow, OddRows
from tests.builders import is_one_sentence


def rows(n: int, first: int = 2) -> list[OddRow]:
    return [OddRow(first + i, f"08001/5/{i} 2016", "avg_annual_pay is 9") for i in range(n)]


def test_a_few_are_left_out_and_named_in_the_order_of_their_lines() -> None:
    odd = OddRows("f.csv")
    odd.leave_out(rows(1, first=9))
    odd.leave_out(rows(1, first=4))
    assert odd.remarks(200) == [
        "left out as unknown: line 4 (08001/5/0 2016), where avg_annual_pay is 9",
        "left out as unknown: line 9 (08001/5/0 2016), where avg_annual_pay is 9",
    ]


@pytest.mark.parametrize(("n", "n_rows"), [(1, 99), (3, 299), (MOST_ROWS + 1, 1_000_000)])
def test_many_refuse_the_file_with_the_first_line(n: int, n_rows: int) -> None:
    odd = OddRows("f.csv")
    for row in rows(n):
        odd.leave_out([row])
    with pytest.raises(DataFileError, match=r"f\.csv, line 2: avg_annual_pay is 9") as caught:
        odd.remarks(n_rows)
    assert is_one_sentence(str(caught.value))


def test_many_in_one_block_refuse_the_file_at_once() -> None:
    with pytest.raises(DataFileError, match=r"line 2: .* 36 others near it"):
        OddRows("f.csv").leave_out(rows(MOST_ROWS + 1))


def test_rows_of_which_nobody_can_tell_what_is_wrong_are_kept_and_named() -> None:
    odd = OddRows("f.csv")
    odd.keep(rows(MOST_ROWS + 5))
    said = odd.remarks(100 * (MOST_ROWS + 5))
    assert len(said) == MOST_ROWS + 1
    assert said[0].startswith("kept as it is: line 2 ")
    assert said[-1] == "kept as they are: 5 more rows of that kind"


@pytest.mark.parametrize(("n", "n_rows", "is_refused"), [
    (3, 4, False), (4, 4, True), (5, 500, False), (6, 500, True),
])  # fmt: skip
def test_many_such_rows_refuse_the_file(n: int, n_rows: int, is_refused: bool) -> None:
    odd = OddRows("f.csv")
    odd.keep(rows(n))
    if not is_refused:
        assert len(odd.remarks(n_rows)) == n
        return
    with pytest.raises(DataFileError, match=rf"line 2: .* of {n_rows} contradict themselves, so"):
        odd.remarks(n_rows)
