"""What agency files became: Parquet on disk, what came from where and when, which release counts.

Whoever reads needs `Store`. `ingest` takes files in and `sample_files` the embedded sample.
"""

from __future__ import annotations

from lmi.store.catalogue import Catalogue
from lmi.store.query import Store

__all__ = ["Catalogue", "Store"]
