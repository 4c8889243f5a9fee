"""Where things live: the store, the region definitions, the notebooks and the outputs.

Each place is decided by, in order: an argument, an environment variable, the checkout that the
package is run from, and what suits an installed package.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

__all__ = [
    "checkout", "downloads_dir", "notebooks_dir", "outputs_dir", "regions_dir", "store_dir",
]  # fmt: skip

_PACKAGE = Path(__file__).resolve().parent


def checkout() -> Path | None:
    """Return the root of the checkout that this package is run from.

    Returns
    -------
    pathlib.Path or None
        The folder that holds ``regions/`` and ``notebooks/`` beside the package, or None for
        an installed package.

    Examples
    --------
    >>> from lmi.locations import checkout
    >>> root = checkout()
    >>> root is None or (root / "regions").is_dir()
    True
    """
    root = _PACKAGE.parent
    has_layout = (root / "pyproject.toml").is_file() and (root / "regions").is_dir()
    return root if has_layout else None


def _place(given: str | Path | None, variable: str, in_checkout: str, installed: Path) -> Path:
    if given:
        return Path(given).expanduser()
    if os.environ.get(variable):
        return Path(os.environ[variable]).expanduser()
    root = checkout()
    return root / in_checkout if root else installed


def store_dir(given: str | Path | None = None) -> Path:
    """Return the folder of the store: `given`, ``LMI_STORE``, ``outputs/store`` or user data.

    Examples
    --------
    >>> from lmi.locations import store_dir
    >>> store_dir("elsewhere").name
    'elsewhere'
    """
    return _place(given, "LMI_STORE", "outputs/store", platformdirs.user_data_path("lmi") / "store")


def downloads_dir(given: str | Path | None = None) -> Path:
    """Return the folder of downloads: `given`, ``LMI_DOWNLOADS``, ``outputs/downloads`` or cache.

    Examples
    --------
    >>> from lmi.locations import downloads_dir
    >>> downloads_dir("fetched").name
    'fetched'
    """
    installed = platformdirs.user_cache_path("lmi") / "downloads"
    return _place(given, "LMI_DOWNLOADS", "outputs/downloads", installed)


def regions_dir(given: str | Path | None = None) -> Path:
    """Return the folder of definitions: `given`, ``LMI_REGIONS``, ``regions`` or the packaged copy.

    Examples
    --------
    >>> from lmi.locations import regions_dir
    >>> regions_dir("mine").name
    'mine'
    """
    return _place(given, "LMI_REGIONS", "regions", _PACKAGE / "_packaged" / "regions")


def notebooks_dir() -> Path:
    """Return the folder of the notebooks: the checkout's, or the packaged copy.

    Examples
    --------
    >>> from lmi.locations import notebooks_dir
    >>> notebooks_dir().name
    'notebooks'
    """
    root = checkout()
    return root / "notebooks" if root else _PACKAGE / "_packaged" / "notebooks"


def outputs_dir(given: str | Path | None = None) -> Path:
    """Return the folder of outputs: `given`, ``LMI_OUTPUTS``, or ``outputs``.

    Examples
    --------
    >>> from lmi.locations import outputs_dir
    >>> outputs_dir("reports").name
    'reports'
    """
    return _place(given, "LMI_OUTPUTS", "outputs", Path.cwd() / "outputs")
