"""The libraries that compute keep to what all processors of a kind have."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from lmi.processor import KIND, X86

ASKED = """
import lmi
import pyarrow
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
newer = [name for name in __cpu_dispatch__ if name.startswith(("AVX512", "X86_V4"))]
print(sorted(name for name in newer if __cpu_features__[name]), pyarrow.runtime_info().simd_level)
"""
VARIABLES = ("OPENBLAS_CORETYPE", "ARROW_USER_SIMD_LEVEL", "NPY_DISABLE_CPU_FEATURES")


def in_a_new_process(code: str, **given: str) -> str:
    env = {name: value for name, value in os.environ.items() if name not in VARIABLES} | given
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(KIND not in X86, reason="processors of this kind are not held to each other")
def test_newer_instructions_are_left_alone():
    said = in_a_new_process(ASKED)
    assert said.startswith("[] ")
    assert "avx512" not in said


@pytest.mark.skipif(KIND not in X86, reason="processors of this kind are not held to each other")
def test_who_chose_otherwise_is_left_alone():
    code = "import lmi, os; print(os.environ['OPENBLAS_CORETYPE'])"
    assert in_a_new_process(code, OPENBLAS_CORETYPE="Nehalem") == "Nehalem"
    assert in_a_new_process(code) == "Haswell"
