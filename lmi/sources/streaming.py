"""Cut a stream of bytes at line ends, and work on several of its blocks at a time, in order."""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

__all__ = ["ahead", "side_by_side", "whole_lines"]

T = TypeVar("T")
R = TypeVar("R")


def whole_lines(pieces: Iterable[bytes], n_bytes: int) -> Iterator[bytes]:
    r"""Join pieces into blocks of about `n_bytes` that end at a line end.

    Parameters
    ----------
    pieces : iterable of bytes
        A file in order.
    n_bytes : int
        Size to reach before a block is cut.

    Yields
    ------
    bytes
        Blocks; only the last may lack its final line end, and one that holds none at all, so
        that a file without line ends does not gather in memory.

    Examples
    --------
    >>> list(whole_lines([b"a\nb", b"b\nc"], 2))
    [b'a\n', b'bb\n', b'c']
    """
    kept: list[bytes] = []
    size = 0
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size < n_bytes:
            continue
        cut = piece.rfind(b"\n") + 1
        if not cut and any(b"\n" in earlier for earlier in kept):
            continue  # the line goes on; its end is in a piece to come
        cut = cut or len(piece)
        yield b"".join([*kept[:-1], memoryview(piece)[:cut]])
        kept = [piece[cut:]]
        size = len(kept[0])
    rest = b"".join(kept)
    if rest:
        yield rest


def ahead(items: Iterable[T], depth: int = 1) -> Iterator[T]:
    """Produce `items` in a thread, at most `depth` ahead of the consumer.

    An error of the producer is raised at the consumer. A consumer that stops early stops the
    producer.

    Examples
    --------
    >>> list(ahead(range(3)))
    [0, 1, 2]
    """
    pipe: queue.Queue[tuple[str, T | BaseException | None]] = queue.Queue(depth)
    stopped = threading.Event()

    def send(message: tuple[str, T | BaseException | None]) -> bool:
        while not stopped.is_set():
            try:
                pipe.put(message, timeout=0.1)
                return True
            except queue.Full:
                continue
        return False

    def produce() -> None:
        try:
            for item in items:
                if not send(("item", item)):
                    return
            send(("end", None))
        except BaseException as error:  # handed over whole: the consumer raises it
            send(("error", error))

    threading.Thread(target=produce, daemon=True, name="lmi-read-ahead").start()
    try:
        while True:
            kind, value = pipe.get()
            if kind == "item":
                yield value  # type: ignore[misc]
            elif kind == "error":
                raise value  # type: ignore[misc]
            else:
                return
    finally:
        stopped.set()


def side_by_side(
    work: Callable[[T], R], items: Iterable[T], workers: int = 2, depth: int = 8
) -> Iterator[R]:
    """Work on items in threads and hand the results out in the order of the items.

    Parameters
    ----------
    work : callable
        What to do with an item. An error is raised where the consumer reaches its item.
    items : iterable
        Drawn from in the consumer's thread, as results are asked for.
    workers : int
        Threads.
    depth : int
        Items under way or waiting to be handed out, at most.

    Examples
    --------
    >>> list(side_by_side(str, range(3)))
    ['0', '1', '2']
    """
    pool = ThreadPoolExecutor(workers, "lmi-work")
    under_way: deque[Future[R]] = deque()
    try:
        for item in items:
            under_way.append(pool.submit(work, item))
            if len(under_way) >= depth:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
