"""What is made of a state beside its profiles fails in a sentence, and takes nothing with it."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from nbclient.exceptions import DeadKernelError

from lmi.batch import steps
from lmi.batch.plan import Job
from lmi.batch.steps import Begun, finish
from lmi.errors import LmiError, StoreError


def begun(folder: Path) -> Begun:
    job = Job("sample", "", 2023, folder / "tables", folder, folder / "store", folder / "regions")
    return Begun(job, (), ())


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (BrokenProcessPool("A process was terminated abruptly"), "killed, perhaps for lack of mem"),
        (DeadKernelError("Kernel died"), "killed, perhaps for lack of memory"),
        (ZeroDivisionError("by nothing\nat all"), "was not made: by nothing. Its profiles are"),
        (StoreError("The store lacks it."), "^The store lacks it.$"),
    ],
)
def test_a_page_that_fails_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, why: str
) -> None:
    def fails(*given: object) -> None:
        raise error

    monkeypatch.setattr(steps, "write_summary", fails)
    with pytest.raises(LmiError, match=why) as said:
        finish(begun(tmp_path), (), force=False)
    assert "\n" not in str(said.value)


def test_a_full_disk_is_said_as_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*given: object) -> None:
        raise OSError(28, "No space left on device", "page.html")

    monkeypatch.setattr(steps, "write_summary", fails)
    with pytest.raises(OSError, match="No space"):
        finish(begun(tmp_path), (), force=False)
