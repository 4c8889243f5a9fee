"""What a snapshot holds, part by part; each part is made anew in a store of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .lmi_command import LmiCommand
from .placeholders import page_text, picture_texts
from .workshop import play

REAL_FILES = (
    "qcew/2016_qtrly_by_area_colorado.zip", "qcew/2016_qtrly_by_area_central_ohio.zip",
    "qcew/us000_2016_reconstructed", "qcew/api", "boundaries",
    "commuting/colorado_county_flows_2015_2021.csv.gz",
)  # fmt: skip
GESTURES = Path(__file__).with_name("bench_gestures.py")
COLORADO = ("region-2", "region-5", "region-11", "region-12")
SAMPLE = (
    "cinder-basin", "crossway", "ferrow-valley", "gannet-island", "long-meadow", "spar-highlands",
)  # fmt: skip
SOME_WEIGHTS = "pay=3,employment=2,concentration-nation=1"
TABLES = ("boundaries", "commuting", "labor_force", "projections", "thresholds")
COMMANDS = (
    "ingest", "sources", "verify", "profile", "batch", "workshop", "export", "estimate",
    "measures", "score", "regions", "evaluate",
)  # fmt: skip
MISTAKES = (
    "batch atlantis",
    "batch ../sample",
    "batch sample --year 1999",
    "profile sample/atlantis",
    "measures gannet-island --out x.xlsx",
    "measures gannet-island --year 1999 --out x.csv",
    "score gannet-isle",
    "score gannet-island --weights pay",
    "score gannet-island --weights jobs=1",
    "score gannet-island --weights pay=-1",
    "score gannet-island --weights pay=0",
    "score gannet-island --about all",
    "score gannet-island --criteria nowhere.yml",
    "export nothing --out x.csv",
    "export qcew --out x.csv --area 1",
    "export qcew --out x.csv --period 2016Q9",
    "estimate 98 --period 2016 --out x.csv",
    "verify --year 1999",
    "regions atlantis",
    "ingest nowhere.csv",
    "workshop",
    "workshop sample/gannet-island --resume nowhere.lmi-workshop",
    "workshop --resume nowhere.lmi-workshop",
    "workshop --forget nowhere.lmi-workshop",
)


@dataclass(frozen=True)
class Places:
    """Where a part is stored, and what it is made with."""

    folder: Path
    lmi: LmiCommand
    shared: Path
    real_store: Path | None

    def of(self, part: str) -> Places:
        """The same for one part, whose folder is emptied."""
        folder = self.folder / part
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shared = {str(self.shared): "<shared>", str(folder): "<snapshot>"}
        lmi = LmiCommand(self.lmi.checkout, self.lmi.python, self.lmi.home, extra_paths=shared)
        return Places(folder, lmi, self.shared, self.real_store)

    def real(self) -> LmiCommand:
        """The command on a store of the real files, taken in once in a run of the snapshot."""
        lmi = self.lmi.with_store("real")
        if not lmi.store.exists() and self.real_store is not None:
            shutil.copytree(self.real_store, lmi.store, ignore=shutil.ignore_patterns("estimates"))
        elif not lmi.store.exists():
            lmi.run("ingest", *(self.shared / name for name in REAL_FILES))
        return lmi

    def keep(self, lmi: LmiCommand, name: str, *words: str | Path) -> None:
        """Run a command and keep what it said."""
        write(self.folder / f"{name}.txt", lmi.run(*words))

    def keep_files(
        self, lmi: LmiCommand, name: str, words: Iterable[str | Path], *kinds: str
    ) -> None:
        """Run a command that writes a file, once for each kind of file, and keep both."""
        for kind in kinds:
            out = self.folder / f"{name}.{kind}"
            out.parent.mkdir(parents=True, exist_ok=True)
            self.keep(lmi, f"{name}-{kind}", *words, "--out", out)
            if kind != "parquet" and out.is_file():
                write(out, lmi.plain(out.read_text(encoding="utf-8")))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def take_commands(places: Places) -> None:
    """What each command says of itself, and of mistakes."""
    for name in COMMANDS:
        places.keep(places.lmi, f"help/{name}", name, "--help")
    places.keep(places.lmi, "help/all", "--help")
    lmi = places.lmi
    lmi.run("measures", "gannet-island", "--out", lmi.home / "measures.csv")  # takes the sample in
    for number, mistake in enumerate(MISTAKES):
        places.keep(lmi, f"mistakes/{number:02d}", *mistake.split())


def take_ingest(places: Places) -> None:
    """What is said of difficult files, and what came into the store of them."""
    cases = places.lmi.with_store("cases")
    for file in sorted((places.shared / "cases").iterdir()):
        places.keep(cases, f"cases/{file.name}", "ingest", file)
    places.keep(cases, "cases/sources", "sources")
    real = places.lmi.with_store("anew")
    places.keep(real, "real", "ingest", *(places.shared / name for name in REAL_FILES))
    places.keep(real, "again", "ingest", places.shared / REAL_FILES[0])
    places.keep(real, "sources", "sources")
    for table, file in (("commuting", "commuting"), ("boundaries", "boundaries")):
        places.keep_files(real, file, ["export", table], "parquet")


def take_sample(places: Places) -> None:
    """Profiles of the sample's regions, and what the other commands make of its store."""
    lmi = places.lmi
    places.keep(lmi, "batch", "batch", "sample")
    places.keep(lmi, "batch-again", "batch", "sample")
    _keep_outputs(places, "sample")
    for region in SAMPLE[:4]:
        places.keep_files(lmi, f"measures/{region}", ["measures", region], "csv", "parquet")
    for name in ("sources", "verify"):
        places.keep(lmi, name, name)
    places.keep(lmi, "regions", "regions", "sample")
    for table in TABLES:
        places.keep_files(lmi, f"export/{table}", ["export", table], "csv", "parquet")
    places.keep_files(lmi, "export/sources", ["export", "sources"], "csv")  # holds moments
    chosen = ["export", "qcew", "--area", "99017", "--period", "2023"]
    places.keep_files(lmi, "export/qcew", chosen, "csv", "parquet")
    places.keep_files(lmi, "export/quarter", [*chosen[:-1], "2023Q4"], "csv")
    places.keep_files(lmi, "estimate", ["estimate", "99", "--period", "2023"], "csv", "parquet")


def take_colorado(places: Places) -> None:
    """Four regions' profiles, all tables of the state, and what the other commands make."""
    lmi = places.real()
    only = [word for region in COLORADO for word in ("--only", region)]
    places.keep(lmi, "batch", "batch", "colorado", "--year", "2016", *only)
    _keep_outputs(places, "colorado")
    for region in COLORADO:
        words = ["measures", f"colorado/{region}", "--year", "2016"]
        places.keep_files(lmi, f"measures/{region}", words, "csv", "parquet")
    chosen = ["export", "qcew", "--area", "08067", "--period", "2016Q1"]
    places.keep_files(lmi, "export/qcew", chosen, "csv", "parquet")
    chosen = ["estimate", "08", "--period", "2016Q1", "--own", "5"]
    places.keep_files(lmi, "estimate", chosen, "parquet")
    places.keep(lmi, "verify", "verify", "--year", "2016", "--area", "08")
    places.keep(lmi, "sources", "sources")
    places.keep(lmi, "regions", "regions", "colorado")


def take_ohio(places: Places) -> None:
    """The profile of central Ohio, where years and slices are many and no nation is whole."""
    lmi = places.real()
    places.keep(lmi, "batch", "batch", "ohio", "--year", "2023")
    _keep_outputs(places, "ohio")
    words = ["measures", "ohio/central-ohio", "--year", "2023"]
    places.keep_files(lmi, "measures", words, "csv", "parquet")
    places.keep_files(lmi, "measures-2016", [*words[:-1], "2016"], "csv")
    places.keep_files(lmi, "export", ["export", "qcew", "--area", "39049"], "csv", "parquet")
    places.keep(lmi, "verify", "verify", "--year", "2023")
    places.keep(lmi, "regions", "regions", "ohio")


def take_score(places: Places) -> None:
    """Rankings of regions, by the usual weights and by others."""
    regions = {f"sample/{region}": (places.lmi, "2023") for region in SAMPLE}
    regions |= {f"colorado/{region}": (places.real(), "2016") for region in COLORADO}
    regions["ohio/central-ohio"] = (places.real(), "2023")
    for region, (lmi, year) in regions.items():
        words = ["score", region, "--year", year]
        weighed = [*words, "--weights", SOME_WEIGHTS]
        places.keep(lmi, f"{region}/said", *words)
        places.keep(lmi, f"{region}/said-weights", *weighed)
        places.keep_files(lmi, f"{region}/scores", words, "csv", "json")
        places.keep_files(lmi, f"{region}/scores-weights", weighed, "json")
    for about in ("stated", "order"):
        words = ["score", "sample/ferrow-valley", "--about", about]
        places.keep(places.lmi, f"sample/about-{about}", *words)
        places.keep_files(places.lmi, f"sample/about-{about}", words, "csv")


def take_workshop(places: Places) -> None:
    """A workshop that is played through, its record, its session's file and its store."""
    play(places.lmi.with_store("workshop"), places.folder)


def take_bench(places: Places) -> None:
    """What the analyst's bench shows after each of some gestures, and what it saves."""
    for lmi, region, year in (
        (places.lmi, "sample/ferrow-valley", "2023"),
        (places.real(), "colorado/region-5", "2016"),
    ):
        folder, state = places.folder / region, region.split("/")[0]
        definitions = lmi.home / "regions" / state
        shutil.copytree(lmi.checkout / "regions", definitions)
        said = lmi.run_script(GESTURES, folder, region, year, LMI_REGIONS=str(definitions))
        write(folder / "said.txt", said)
        for told in sorted(folder.glob("*/*.*")):
            _put_in_words(lmi, told)
        for name in ("criteria.yml", "sectors.yml", "state.yml"):
            shutil.copyfile(definitions / state / name, folder / name)


PARTS: Mapping[str, Callable[[Places], None]] = {
    "commands": take_commands,
    "ingest": take_ingest,
    "sample": take_sample,
    "colorado": take_colorado,
    "ohio": take_ohio,
    "score": take_score,
    "workshop": take_workshop,
    "bench": take_bench,
}


def _keep_outputs(places: Places, state: str) -> None:
    """Tables as they are; of JSON what does not change by the run; of pages what is read."""
    made, kept = places.lmi.outputs / state, places.folder / "outputs"
    for file in sorted(p for p in made.rglob("*") if p.is_file()):
        name = file.relative_to(made)
        if file.suffix in (".csv", ".parquet"):
            (kept / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, kept / name)
        elif file.suffix == ".json":
            write(kept / name, places.lmi.plain(file.read_text(encoding="utf-8")))
        elif file.suffix == ".html":
            html = file.read_text(encoding="utf-8")
            write(kept / name.with_suffix(".txt"), places.lmi.plain(page_text(html)))
            write(kept / name.with_suffix(".pictures.txt"), picture_texts(html))


def _put_in_words(lmi: LmiCommand, file: Path) -> None:
    """Leave of what a bench showed what is read; of its live page, widget by widget."""
    text = file.read_text(encoding="utf-8")
    if file.name == "live.json":
        read = [_read(said) for said in json.loads(text)]
        text = json.dumps([said for said in read if said], indent=1) + "\n"
    elif file.suffix == ".html":
        file.unlink()
        file, text = file.with_suffix(".txt"), page_text(text)
    write(file, lmi.plain(text))


def _read(said: dict[str, str] | str) -> dict[str, str] | str:
    """Leave the words of a widget; nothing of one that draws none."""
    if isinstance(said, str) or said["kind"] != "HTML":
        return said
    text = page_text(said.get("value", "")).strip()
    return {"kind": "HTML", "value": text} if text else {}
