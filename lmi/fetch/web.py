"""Bring one file over the web: politely, resumed where it broke off, and only from where it is.

What waits and how long is `urllib3`'s `Retry`: exponential back-off, and what a server asks for in
``Retry-After``. Over that stands what `Retry` does not know: a body that breaks off is resumed.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from importlib import metadata
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from urllib3.util import Retry

from lmi.errors import FetchError
from lmi.fetch.cache import Held, Validators, read_note, relative_path, write_note
from lmi.fetch.pace import HostPace
from lmi.store.given_files import sha256_of

__all__ = ["Answer", "RefusedError", "UnreachableError", "Web", "user_agent"]

CHUNK = 1 << 16
TIMEOUT_S = (15, 60)  # to be answered, and between two pieces
SLOWEST_PER_S, GRACE_S = 512, 60  # bytes; slower than that over so many seconds is a cut
LONGEST_WAIT_S = 300
MOST_REDIRECTS = 5
RETRIES = 5
_AGAIN = frozenset({429, 500, 502, 503, 504})
_CUTS = (
    requests.exceptions.ChunkedEncodingError, requests.exceptions.ConnectionError,
    requests.exceptions.Timeout, urllib3.exceptions.HTTPError,
)  # fmt: skip
_NO_WAY = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError)

Progress = Callable[[int, int], object]
"""Told how many bytes of a file are there, and how many there will be, 0 where not known."""


class UnreachableError(FetchError):
    """There is no way to the host: no network, or it is down."""


class RefusedError(FetchError):
    """The host does not want us, or is not the one that it says it is."""


class _CutError(Exception):
    """It broke off, or the server asks to come again."""

    def __init__(self, why: str, response: urllib3.BaseHTTPResponse | None = None) -> None:
        super().__init__(why)
        self.response = response


@dataclass(frozen=True)
class Answer:
    """What came of asking for a file.

    Parameters
    ----------
    status : {"new", "same", "absent"}
        Whether it came, is the one that is kept, or is not there.
    part : pathlib.Path, optional
        The whole file, not in its place yet.
    """

    status: Literal["new", "same", "absent"]
    part: Path | None = None
    sha256: str = ""
    size: int = 0
    validators: Validators = field(default_factory=Validators)


def user_agent() -> str:
    """Say who asks, with the address that `LMI_CONTACT` holds; agencies refuse who does not."""
    contact = os.environ.get("LMI_CONTACT", "").strip()
    about = "; ".join(filter(None, ["labor market profiles from public files", contact]))
    return f"lmi-sector-workbench/{metadata.version('lmi')} ({about})"


class Web:
    """The agencies' sites, or a mirror of them.

    Parameters
    ----------
    base : str
        Address that the host and path of each file stand below; empty for the agencies themselves.
    clock, sleep : callable
        Seconds that only grow, and how to wait for some.
    verify : bool or str
        As `requests`: the certificates that are believed.
    """

    is_live = True

    def __init__(
        self,
        base: str = "",
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        verify: bool | str = True,
    ) -> None:
        self.base = base.rstrip("/")
        self._stop = threading.Event()
        self._clock, self._sleep = clock, sleep or self._stop.wait
        self._pace = HostPace(clock, self._sleep)
        self._verify = verify
        self._session = requests.Session()
        self._session.headers.update(
            {"User-Agent": user_agent(), "Accept-Encoding": "identity", "Accept": "*/*"}
        )
        adapter = requests.adapters.HTTPAdapter(pool_maxsize=16)  # its retries are none
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def stop_now(self) -> None:
        """Let whatever is under way end; what came of it goes on from there."""
        self._stop.set()

    def lists(self, url: str) -> bool:
        """Nothing is known before it is asked for."""
        return False

    def address(self, url: str) -> str:
        """Return where a file is asked for."""
        return f"{self.base}/{relative_path(url)}" if self.base else url

    def get(self, url: str, part: Path, held: Held | None, progress: Progress) -> Answer:
        """Bring a file, or learn that it is the one that is kept, or not there.

        Parameters
        ----------
        part : pathlib.Path
            Where it is built up; what is there of it already is gone on from.
        held : Held, optional
            The one that is kept.

        Raises
        ------
        FetchError
            It cannot be had.
        """
        address = self.address(url)
        retry = Retry(
            RETRIES, backoff_factor=1, backoff_max=60, backoff_jitter=0.2, status_forcelist=_AGAIN
        )
        while True:
            try:
                return self._once(address, part, held, progress)
            except _CutError as cut:
                retry = self._wait(address, retry, cut)

    def _wait(self, address: str, retry: Retry, cut: _CutError) -> Retry:
        """Wait as long as the back-off and the server ask for; give up after so many times."""
        if self._stop.is_set():
            raise FetchError(f"{address}: stopped.") from cut
        try:
            error = None if cut.response is not None else urllib3.exceptions.ProtocolError(str(cut))
            retry = retry.increment("GET", address, response=cut.response, error=error)
        except urllib3.exceptions.HTTPError as last:
            raise FetchError(
                f"{address}: {cut}, {RETRIES + 1} times; try again later, and what came goes on "
                "from there."
            ) from last
        asked = _asked_to_wait(retry, cut)
        seconds = asked if asked is not None else retry.get_backoff_time()
        if seconds > LONGEST_WAIT_S:
            raise FetchError(
                f"{address}: {cut} and asks to wait {seconds / 60:.0f} minutes; try again then."
            ) from cut
        if asked:
            self._pace.hold(urlsplit(address).netloc, asked)
        elif seconds:
            self._sleep(seconds)
        return retry

    def _once(self, address: str, part: Path, held: Held | None, progress: Progress) -> Answer:
        begun = _begun(part)
        headers = {}
        if begun is not None:
            size, validators = begun
            headers = {"Range": f"bytes={size}-", "If-Range": validators.strong}
        elif held is not None and held.validators.etag:
            headers = {"If-None-Match": held.validators.etag}
        elif held is not None and held.validators.modified:
            headers = {"If-Modified-Since": held.validators.modified}
        with self._open(address, headers) as response:
            status = response.status_code
            if status == HTTPStatus.NOT_MODIFIED and held is not None:
                return Answer("same", None, held.sha256, held.size, held.validators)
            if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
                return Answer("absent")
            if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                part.unlink(missing_ok=True)
                raise _CutError("the file has changed while it came in")
            if status in _AGAIN:
                raise _CutError(f"the server answers {_named(status)}", response.raw)
            if status not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
                raise _refusal(address, status)
            begins = begun[0] if begun is not None and status == HTTPStatus.PARTIAL_CONTENT else 0
            return self._receive(response, address, part, begins, progress)

    @contextlib.contextmanager
    def _open(self, address: str, headers: dict[str, str]) -> Iterator[requests.Response]:
        """Ask, and follow where the answer points to, but to no other host."""
        asked = address
        for _ in range(MOST_REDIRECTS):
            self._pace.wait(urlsplit(asked).netloc)
            response = self._ask(asked, headers)
            target = response.headers.get("Location")
            if not response.is_redirect or target is None:
                with response:
                    yield response
                return
            response.close()
            target = urljoin(asked, target)
            if not _same_site(address, target):
                raise FetchError(
                    f"{address}: the server points to another place, {target}, which is not "
                    "followed; if the agency has moved the file, download it by hand."
                )
            asked = target
        raise FetchError(f"{address}: the server points in a circle; download it by hand.")

    def _ask(self, address: str, headers: dict[str, str]) -> requests.Response:
        host = urlsplit(address).netloc
        try:
            return self._session.get(
                address, headers=headers, stream=True, allow_redirects=False, timeout=TIMEOUT_S,
                verify=self._verify,
            )  # fmt: skip
        except requests.exceptions.SSLError as error:
            raise RefusedError(
                f"{address}: the certificate of {host} is not believed ({_reason(error)}), so "
                "nothing was taken; if your office looks into its traffic, name its certificates "
                "in REQUESTS_CA_BUNDLE."
            ) from error
        except requests.exceptions.ProxyError as error:
            raise UnreachableError(
                f"{address}: the proxy lets nothing through ({_reason(error)})"
            ) from error
        except _CUTS as error:
            if isinstance(_innermost(error), _NO_WAY):
                raise UnreachableError(f"{address}: {host} cannot be reached") from error
            raise _CutError(f"the connection broke off ({_reason(error)})") from error

    def _receive(
        self, response: requests.Response, address: str, part: Path, begins: int, progress: Progress
    ) -> Answer:
        """Take the body in, and see that all of it came."""
        packed = response.headers.get("Content-Encoding", "identity") != "identity"
        length = "" if packed else response.headers.get("Content-Length", "")
        total = begins + int(length) if length.isdigit() else 0
        validators = Validators(
            response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
        )
        part.parent.mkdir(parents=True, exist_ok=True)
        write_note(_part_note(part), {} if packed else asdict(validators))
        with part.open("ab" if begins else "wb") as file:
            size = begins
            for piece in self._pieces(response, packed):
                file.write(piece)
                size += len(piece)
                progress(size, total)
        if total and size != total:
            raise _CutError(f"{size:,} bytes came of the {total:,} that the server announced")
        _part_note(part).unlink(missing_ok=True)
        return Answer("new", part, sha256_of(part), size, validators)

    def _pieces(self, response: requests.Response, packed: bool) -> Iterator[bytes]:
        """Yield the body; a server that only drips is taken for one that broke off."""
        since, came = self._clock(), 0
        try:
            # read1 hands over what is there; read would wait for a whole chunk of a slow server's.
            while piece := response.raw.read1(CHUNK, decode_content=packed):
                if self._stop.is_set():
                    raise FetchError(f"{response.url}: stopped.")
                yield piece
                came += len(piece)
                passed = self._clock() - since
                if passed > GRACE_S and came < SLOWEST_PER_S * passed:
                    raise _CutError(f"only {came:,} bytes came in {passed:.0f} seconds")
        except _CUTS as error:
            raise _CutError(f"the connection broke off ({_reason(error)})") from error


def _part_note(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _asked_to_wait(retry: Retry, cut: _CutError) -> float | None:
    """Return the seconds that a server asks for, None where it says nothing that can be read."""
    if cut.response is None:
        return None
    try:
        return retry.get_retry_after(cut.response)
    except urllib3.exceptions.InvalidHeader:
        return None


def _begun(part: Path) -> tuple[int, Validators] | None:
    """Return how much of a file is there and how the server knows it again, if that is sure."""
    note = read_note(_part_note(part))
    validators = Validators(note.get("etag", ""), note.get("modified", ""))
    size = part.stat().st_size if part.is_file() else 0
    return (size, validators) if size and validators.strong else None


def _same_site(first: str, second: str) -> bool:
    """Tell whether a redirect stays on its host and as well encrypted."""
    one, other = urlsplit(first), urlsplit(second)
    upgraded = (one.scheme, other.scheme) == ("http", "https")
    return one.netloc == other.netloc and (one.scheme == other.scheme or upgraded)


def _named(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _refusal(address: str, status: int) -> FetchError:
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return RefusedError(
            f"{address}: the server refuses with {_named(status)}; agencies want to know who asks, "
            "so put your e-mail address into LMI_CONTACT and try again, or download it by hand."
        )
    return FetchError(
        f"{address}: the server answers {_named(status)}; download it by hand and see."
    )


def _innermost(error: BaseException) -> BaseException:
    """Return what an error of `requests` was caused by."""
    inner = error.args[0] if error.args and isinstance(error.args[0], BaseException) else None
    inner = getattr(error, "reason", None) or inner
    return _innermost(inner) if isinstance(inner, BaseException) else error


def _reason(error: BaseException) -> str:
    inner = _innermost(error)
    return str(inner).rpartition(": ")[2].split(" (_ssl")[0].strip("'()\" ") or type(inner).__name__
