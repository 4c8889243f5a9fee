"""Store what the workbench makes, so that two states of the code can be compared byte by byte.

    python tools/snapshot.py take before --checkout ../main       # with the code of a checkout
    python tools/snapshot.py take after
    python tools/snapshot.py compare before after                 # exit status 1 if they differ
    python tools/snapshot.py resume before                        # its session, opened by this code

Everything is asked of the command `lmi` and, in a workshop, of its server, so that code of any
inner shape can be asked. The bench has no command: a script asks it by its few public names.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from snapshots.differences import compare
from snapshots.lmi_command import LmiCommand
from snapshots.parts import PARTS, Places
from snapshots.workshop import resume

ROOT = Path(__file__).resolve().parents[1]
ABOUT = "about.json"


def main() -> int:
    arguments = _parser().parse_args()
    return int(arguments.run(arguments))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True)
    take = commands.add_parser("take", help="make the outputs and store them")
    take.add_argument(
        "folder", type=Path, help="of the snapshot; parts that are there are replaced"
    )
    take.add_argument("--only", default=",".join(PARTS), help="parts, of %(default)s")
    take.add_argument(
        "--shared",
        type=Path,
        default=ROOT.parent / "shared" / "data",
        help="folder of the real agency files; %(default)s",
    )
    take.add_argument(
        "--store",
        type=Path,
        help="store that holds the real files already, where nothing of the ingest was changed; "
        "a copy without its estimates is used",
    )
    take.set_defaults(run=_take)
    both = commands.add_parser("compare", help="say what differs, and end with 1 if anything does")
    both.add_argument("before", type=Path)
    both.add_argument("after", type=Path)
    both.add_argument("--only", default="", help="parts; all that both hold unless told")
    both.add_argument(
        "--allow-added-columns",
        default="",
        metavar="A,B",
        help="columns of tables and keys of JSON that may be new, and count as no difference",
    )
    both.set_defaults(run=_compare)
    again = commands.add_parser("resume", help="open the session of a snapshot with this code")
    again.add_argument("folder", type=Path, help="of a snapshot that holds the part workshop")
    again.set_defaults(run=_resume)
    for command in (take, again):
        command.add_argument("--checkout", type=Path, default=ROOT, help="of the code to be run")
        command.add_argument(
            "--python", type=Path, help="interpreter; that of the checkout's .venv, else this one"
        )
    return parser


def _command(arguments: argparse.Namespace, home: Path) -> LmiCommand:
    checkout = arguments.checkout.resolve()
    own = checkout / ".venv" / "bin" / "python"
    python = arguments.python or (own if own.is_file() else Path(sys.executable))
    return LmiCommand(checkout, python, home)


def _take(arguments: argparse.Namespace) -> int:
    folder, seconds = arguments.folder.resolve(), {}
    with tempfile.TemporaryDirectory(prefix="lmi-snapshot-") as home:
        lmi = _command(arguments, Path(home).resolve())
        places = Places(folder, lmi, arguments.shared.resolve(), arguments.store)
        for name in _names(arguments.only):
            began = time.monotonic()
            PARTS[name](places.of(name))
            seconds[name] = round(time.monotonic() - began)
            print(f"{name}: {seconds[name]} s", flush=True)
    _write_about(folder, arguments.checkout.resolve(), seconds)
    return 0


def _names(given: str) -> list[str]:
    names = [name for name in given.split(",") if name]
    if unknown := set(names) - set(PARTS):
        sys.exit(f"There is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.")
    return names


def _write_about(folder: Path, checkout: Path, seconds: dict[str, int]) -> None:
    """Say what code it was and how long each part took; this file is compared with nothing."""
    file = folder / ABOUT
    about = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    git = subprocess.run(
        ["git", "-C", str(checkout), "describe", "--always", "--dirty", "--abbrev=12"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    about |= {name: {"code": git.stdout.strip(), "seconds": took} for name, took in seconds.items()}
    file.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def _compare(arguments: argparse.Namespace) -> int:
    held = [
        {p.name for p in folder.iterdir() if p.is_dir()}
        for folder in (arguments.before, arguments.after)
    ]
    names = _names(arguments.only) or [name for name in PARTS if name in held[0] & held[1]]
    allowed = frozenset(filter(None, arguments.allow_added_columns.split(",")))
    found = False
    for name in names:
        differences = compare(arguments.before / name, arguments.after / name, allowed)
        for line in (line for difference in differences for line in difference.lines(name)):
            print(line)
        counted = sum(not difference.is_allowed for difference in differences)
        print(f"{name}: {f'{counted} files differ' if counted else 'the same'}")
        found |= counted > 0
    return int(found or not names)


def _resume(arguments: argparse.Namespace) -> int:
    before = arguments.folder.resolve() / "workshop"
    with tempfile.TemporaryDirectory(prefix="lmi-snapshot-") as home:
        after = Path(home).resolve() / "resumed"
        resume(_command(arguments, Path(home).resolve()), before, after)
        differences = compare(before / "decided", after, frozenset())
        for line in (line for difference in differences for line in difference.lines("workshop")):
            print(line)
    print("The session opens, and its record is " + ("another." if differences else "the same."))
    return int(bool(differences))


if __name__ == "__main__":
    sys.exit(main())
