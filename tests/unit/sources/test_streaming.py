"""A stream cut at line ends, and read ahead of who works on it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.sources.streaming import ahead, side_by_side, whole_lines


@given(st.binary(max_size=60), st.integers(1, 9), st.integers(1, 20))
def test_blocks_are_the_file_cut_at_line_ends(text: bytes, piece: int, n_bytes: int) -> None:
    text = text.replace(b"\x00", b"\n")
    pieces = [text[i : i + piece] for i in range(0, len(text), piece)]
    blocks = list(whole_lines(pieces, n_bytes))
    assert b"".join(blocks) == text
    assert all(blocks)
    assert all(b.endswith(b"\n") or b"\n" not in b for b in blocks[:-1])


def test_a_file_without_line_ends_does_not_gather_in_memory() -> None:
    sizes = [len(b) for b in whole_lines([b"x" * 100] * 50, 200)]
    assert max(sizes) <= 300
    assert sum(sizes) == 5000


def test_items_come_in_order() -> None:
    assert list(ahead(iter("abcdef"), depth=2)) == list("abcdef")


def test_an_error_of_the_producer_reaches_the_consumer_after_what_came_before() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("line 2")

    found = ahead(items())
    assert next(found) == 1
    with pytest.raises(ValueError, match="line 2"):
        next(found)


def test_the_producer_stays_at_most_one_block_ahead() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for n in range(10):
            made.append(n)
            yield n

    found = ahead(items(), depth=1)
    next(found)
    deadline = time.monotonic() + 60
    while len(made) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.05)  # long enough for one that runs away to be seen
    assert len(made) <= 3  # taken, waiting, and one that waits for its place
    found.close()  # type: ignore[attr-defined]


def test_a_consumer_that_stops_stops_the_producer() -> None:
    def items() -> Iterator[int]:
        n = 0
        while True:
            yield (n := n + 1)

    found = ahead(items())
    next(found)
    assert readers() >= 1
    found.close()  # type: ignore[attr-defined]
    deadline = time.monotonic() + 60
    while readers() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert readers() == 0


def readers() -> int:
    return sum(thread.name == "lmi-read-ahead" for thread in threading.enumerate())


@given(st.lists(st.integers(0, 5), max_size=20), st.integers(1, 4), st.integers(1, 6))
def test_work_side_by_side_keeps_the_order(waits: list[int], workers: int, depth: int) -> None:
    def work(item: tuple[int, int]) -> int:
        time.sleep(item[1] / 5000)
        return item[0]

    found = list(side_by_side(work, list(enumerate(waits)), workers, depth))
    assert found == list(range(len(waits)))


def test_an_error_comes_after_what_stands_before_it() -> None:
    """Of two items that fail, the first is told of, whichever failed first."""
    found = []
    with pytest.raises(ZeroDivisionError):
        for value in side_by_side(lambda x: (time.sleep(x / 100), 1 // (x - 2))[1], [9, 5, 2, 2]):
            found.append(value)
    assert found == [0, 0]


def test_a_consumer_that_stops_early_stops_the_work() -> None:
    begun: list[int] = []
    for _ in side_by_side(begun.append, range(1000), depth=3):
        break
    assert len(begun) <= 3
