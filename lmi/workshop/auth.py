"""Who is asking: signed cookies, tokens against forged requests, and limits on guessing."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from time import monotonic

from tornado.web import create_signed_value, decode_signed_value

from lmi.workshop.session import Keys

__all__ = ["DAYS", "Signer", "Guesses", "is_our_host", "our_names", "same_secret"]

_FORGIVEN = 60.0  # seconds, for each wrong guess
_WORST = 7
DAYS = 31
"""For how long a cookie is good; a session is seldom reopened later."""


def same_secret(given: str, secret: str) -> bool:
    """Compare two texts in a time that does not tell how much of them is the same.

    Examples
    --------
    >>> from lmi.workshop.auth import same_secret
    >>> same_secret("a", "a"), same_secret("é", "a")
    (True, False)
    """
    return hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())


class Signer:
    """Signs and reads the cookies of one session.

    Parameters
    ----------
    session_id : str
        In the names of the cookies: two workshops on one machine do not get in each other's way.
    """

    def __init__(self, keys: Keys, session_id: str) -> None:
        self._keys = keys
        self.participant = f"lmi_p_{session_id}"
        self.facilitator = f"lmi_f_{session_id}"
        self.visitor = f"lmi_v_{session_id}"

    def sign(self, name: str, value: str) -> str:
        """Return the signed value of a cookie."""
        return create_signed_value(self._keys.cookies, name, value).decode()

    def read(self, name: str, signed: str | None) -> str | None:
        """Return what was signed, None where nothing was, or not by us."""
        if not signed or len(signed) > 1000:
            return None
        found = decode_signed_value(self._keys.cookies, name, signed, max_age_days=DAYS)
        return None if found is None else found.decode("utf-8", "replace")

    def token(self, subject: str) -> str:
        """Return the token that requests of a subject carry beside their cookie."""
        key = f"token {self._keys.cookies}".encode()
        return hmac.new(key, subject.encode(), hashlib.sha256).hexdigest()

    def token_fits(self, given: str, subject: str) -> bool:
        """Tell whether a token is the subject's."""
        return same_secret(given, self.token(subject))

    def opens_for_facilitator(self, given: str) -> bool:
        """Tell whether a text is the facilitator's secret."""
        return same_secret(given, self._keys.facilitator)

    @property
    def join_key(self) -> str:
        """What the QR code carries: as good as the code, and too long to be guessed."""
        return self.token("join")[:32]

    def opens_for_all(self, given: str) -> bool:
        """Tell whether a text is what the QR code carries."""
        return same_secret(given, self.join_key)

    def join_id(self, visitor: str) -> str:
        """Return the id of a visitor's joining: the same however often they press the button."""
        return self.token(f"join {visitor}")[:32]

    @staticmethod
    def new_visitor() -> str:
        """Return a random name for somebody who has not joined."""
        return secrets.token_urlsafe(16)


@dataclass
class _Tally:
    wrong: float = 0.0
    at: float = 0.0
    until: float = 0.0


@dataclass
class Guesses:
    """Slows down who guesses codes, and nobody else: only wrong guesses are counted.

    A room behind one address may mistype some dozens of times before anything happens. After that
    each wrong guess costs everybody at that address a wait, twice as long each time; what was
    wrong is forgotten at one guess a minute.

    Parameters
    ----------
    free : int
        Wrong guesses of an address that cost nothing.
    free_in_all : int
        The same of all addresses together.
    longest : float, seconds
        Of a wait of an address.
    longest_in_all : float, seconds
        Of a wait of everybody.
    clock : callable
        Seconds.

    Notes
    -----
    There are 244 million codes. At its longest wait an address tries 2,900 a day, and any number
    of addresses together 17,000, so that a code is found in some 7,000 days.

    Examples
    --------
    >>> from lmi.workshop.auth import Guesses
    >>> guesses = Guesses(free=2, clock=lambda: 0.0)
    >>> [guesses.wrong("10.0.0.9") for _ in range(4)]
    [0.0, 0.0, 1.0, 2.0]
    >>> guesses.wait("10.0.0.9"), guesses.wait("10.0.0.8")
    (2.0, 0.0)
    """

    free: int = 60
    free_in_all: int = 200
    longest: float = 30.0
    longest_in_all: float = 5.0
    clock: Callable[[], float] = monotonic
    _by_address: dict[str, _Tally] = field(default_factory=dict)
    _in_all: _Tally = field(default_factory=_Tally)

    def wait(self, address: str) -> float:
        """Return for how many seconds an address has to wait; 0 where it may guess."""
        now = self.clock()
        own = self._by_address.get(address, _Tally())
        return max(0.0, own.until - now, self._in_all.until - now)

    def wrong(self, address: str) -> float:
        """Count a wrong guess; return the wait that it costs, in seconds."""
        now = self.clock()
        if len(self._by_address) > 10_000:  # of an attacker with many addresses
            self._by_address.clear()
        own = self._by_address.setdefault(address, _Tally(at=now))
        return max(
            _count(own, now, self.free, self.longest),
            _count(self._in_all, now, self.free_in_all, self.longest_in_all),
        )


def _count(tally: _Tally, now: float, free: int, longest: float) -> float:
    forgiven = max(0.0, tally.wrong - (now - tally.at) / _FORGIVEN)
    # Bounded, so that an attack is over some minutes after its last guess.
    tally.wrong = min(forgiven + 1, free + _WORST)
    tally.at = now
    over = tally.wrong - free
    wait = min(2.0 ** (over - 1), longest) if over > 0 else 0.0
    tally.until = max(tally.until, now + wait)
    return wait


def our_names(bind: str) -> frozenset[str]:
    """Return the names, beside addresses, that this machine may be called by."""
    names = {"localhost"}
    if not _is_loopback(bind):
        own = socket.gethostname().lower().rstrip(".")
        names |= {own, f"{own.split('.')[0]}.local"}
    return frozenset(names)


def is_our_host(host: str, bind: str, names: Collection[str]) -> bool:
    """Tell whether a request names this machine, and not a site that points its name at it.

    Parameters
    ----------
    host : str
        The header, with or without a port.
    bind : str
        Address that the server listens at.
    names : collection of str
        As `our_names` gives them.

    Examples
    --------
    >>> from lmi.workshop.auth import is_our_host
    >>> [is_our_host(h, "127.0.0.1", {"localhost"})
    ...  for h in ("localhost:8000", "127.0.0.1", "[::1]:80", "evil.example:8000", "10.0.0.5")]
    [True, True, True, False, False]
    >>> is_our_host("10.0.0.5:8000", "0.0.0.0", {"localhost"})
    True
    """
    name = host.rsplit("]", 1)[0].lstrip("[") if host.startswith("[") else host.split(":")[0]
    name = name.lower().rstrip(".")
    if name in names:
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    # A name can be pointed at this machine; an address typed by hand cannot.
    return address.is_loopback or not _is_loopback(bind)


def _is_loopback(bind: str) -> bool:
    try:
        return ipaddress.ip_address(bind).is_loopback
    except ValueError:
        return bind == "localhost"
