"""The grammar of `own_code` and `size_code`, and which ownerships contain which."""

from __future__ import annotations

from lmi.errors import CodeError

__all__ = [
    "ALL_OWNERS",
    "GOVERNMENT",
    "OWNERS",
    "OWN_CODES",
    "OWNERSHIPS",
    "PRIVATE",
    "SIZES",
    "ownership_parts",
]

ALL_OWNERS, GOVERNMENT, PRIVATE = "0", "8", "5"

# Source: BLS, "QCEW Ownership Titles (For NAICS-Based Data)". QCEW has published no separate
# international government (4) since 1994; it is counted with private.
OWNERSHIPS: dict[str, str] = {
    "0": "Total covered",
    "1": "Federal government",
    "2": "State government",
    "3": "Local government",
    "4": "International government",
    "5": "Private",
    "8": "Total government",
    "9": "Total U.I. covered (excludes federal government)",
}
OWN_CODES = {code: OWNERSHIPS[code] for code in ("1", "2", "3", "5")}
"""The ownerships that contain no other."""
OWNERS = {"5": "private", "1": "federal", "2": "state", "3": "local government"}
"""The same, as they are written between brackets."""

# Source: BLS, "QCEW Size Titles". Size classes exist for private first quarters only.
SIZES: dict[str, str] = {
    "0": "All establishment sizes",
    "1": "Fewer than 5 employees per establishment",
    "2": "5 to 9 employees per establishment",
    "3": "10 to 19 employees per establishment",
    "4": "20 to 49 employees per establishment",
    "5": "50 to 99 employees per establishment",
    "6": "100 to 249 employees per establishment",
    "7": "250 to 499 employees per establishment",
    "8": "500 to 999 employees per establishment",
    "9": "1000 or more employees per establishment",
}
_PARTS: dict[str, frozenset[str]] = {
    "0": frozenset("1235"),
    "8": frozenset("123"),
    "9": frozenset("235"),
}


def ownership_parts(own_code: str) -> frozenset[str]:
    """Gather the ownerships that add up to one.

    Parameters
    ----------
    own_code : str
        An ownership code.

    Returns
    -------
    frozenset of str
        Out of federal (1), state (2), local (3) and private (5); a single ownership is its own
        part.

    Raises
    ------
    CodeError
        If the code is no ownership.

    Examples
    --------
    >>> sorted(ownership_parts("0")), sorted(ownership_parts("5"))
    (['1', '2', '3', '5'], ['5'])
    """
    if own_code not in OWNERSHIPS:
        raise CodeError(
            f"{own_code!r} is not an ownership: own_code is one of {', '.join(OWNERSHIPS)}"
        )
    return _PARTS.get(own_code, frozenset((own_code,)))
