"""The command `lmi` of a checkout, run in a process and a home of its own."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .placeholders import plain

_START = "from lmi.cli import main\nif __name__ == '__main__': main()"


@dataclass(frozen=True)
class LmiCommand:
    """Runs `lmi` with the code of `checkout`; store and outputs lie in `home`."""

    checkout: Path
    python: Path
    home: Path
    store_name: str = "store"
    extra_paths: Mapping[str, str] = field(default_factory=dict)

    @property
    def store(self) -> Path:
        return self.home / self.store_name

    @property
    def outputs(self) -> Path:
        return self.home / "outputs"

    def with_store(self, name: str) -> LmiCommand:
        """The same command on another store of its home."""
        return LmiCommand(self.checkout, self.python, self.home, name, self.extra_paths)

    def arguments(self, *words: str | Path) -> list[str]:
        return [str(self.python), "-c", _START, *map(str, words)]

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("LMI_")}
        return kept | {
            "PYTHONPATH": str(self.checkout),
            "LMI_STORE": str(self.store),
            "LMI_OUTPUTS": str(self.outputs),
            "COLUMNS": "160",
            "TERM": "dumb",
        }

    def run(self, *words: str | Path) -> str:
        """What it was told, how it ended, what it said: as text without what changes by the run."""
        told = shlex.join(["lmi", *map(str, words)])
        return self.plain(f"$ {told}\n{self._ended(self.arguments(*words), self.environment)}")

    def run_script(self, script: Path, *words: str | Path, **environment: str) -> str:
        """The same of a script that asks the checkout's own modules."""
        arguments = [str(self.python), str(script), *map(str, words)]
        return self.plain(self._ended(arguments, self.environment | environment))

    def _ended(self, arguments: list[str], environment: dict[str, str]) -> str:
        done = subprocess.run(
            arguments, cwd=self.checkout, env=environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return f"exit status {done.returncode}\n{done.stdout}--- stderr\n{done.stderr}"

    def plain(self, text: str, known: Mapping[str, str] | None = None) -> str:
        """A text without the folders of this machine and without what changes by the run."""
        places = {
            str(self.home): "<home>",
            str(self.checkout): "<checkout>",
            **self.extra_paths,
            **(known or {}),
        }
        return plain(text, places)
