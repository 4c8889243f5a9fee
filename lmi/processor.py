"""The same bits on every processor of a kind: numpy, BLAS and Arrow keep to what all of them have.

Each of the three picks the code for the newest instructions that it finds, which adds in another
order and rounds another digit; in an estimate of pay the difference grows to the eleventh digit,
and a report made again elsewhere had other bytes. What is chosen here every x86-64 processor
since 2013 has; those of other kinds agree to about ten digits.

It holds where `lmi` is imported before numpy, and with no variable of these set already.
"""

from __future__ import annotations

import os
import platform

__all__ = ["KIND", "keep_to_common_instructions"]

X86 = ("x86_64", "amd64")
KIND = platform.machine().lower()
_COMMON = {
    "OPENBLAS_CORETYPE": "Haswell",
    "ARROW_USER_SIMD_LEVEL": "AVX2",
    # numpy's names for what came later: of its releases before and since 2.4.
    "NPY_DISABLE_CPU_FEATURES": (
        "AVX512F AVX512CD AVX512_KNL AVX512_KNM AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL "
        "AVX512_SPR X86_V4"
    ),
}


def keep_to_common_instructions() -> None:
    """Tell the libraries that are loaded from now on, and in processes that are started."""
    if KIND in X86:
        for name, value in _COMMON.items():
            os.environ.setdefault(name, value)
