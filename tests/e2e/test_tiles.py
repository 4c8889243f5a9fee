"""Tiles in JupyterLab's launcher: from the start page to a room and a notebook, by real HTTP."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from lmi.errors import LmiError
from lmi.workshop import tiles
from lmi.workshop.front import read_base
from tests.workshop_program import REGION, free_port

pytestmark = pytest.mark.program
ROOT = Path(__file__).resolve().parents[2]
HUB = "/user/ana/"


class Tile:
    """A tile's server as jupyter-server-proxy starts it, its path taken off, and a browser."""

    def __init__(self, told: dict, home: Path, store: Path) -> None:
        self.port, self.home = free_port(), home
        values = {"port": self.port, "base_url": HUB}
        env = {name: value.format(**values) for name, value in told["environment"].items()}
        places = {"LMI_STORE": str(store), "LMI_OUTPUTS": str(home / "outputs")}
        self.process = subprocess.Popen(
            [word.format(**values) for word in told["command"]],
            env={**os.environ, **env, **places}, cwd=home, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        self.path = told["launcher_entry"]["path_info"]
        self.name = self.path.split("/")[0]
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    @property
    def site(self) -> str:
        """Where the browser believes to be; the port stands for a hub's name."""
        return f"http://localhost:{self.port}"

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        body = None if form is None else urlencode(form).encode()
        sent = {} if form is None else {"Origin": self.site}
        request = urllib.request.Request(f"{self.site}{path}", body, sent)
        try:
            with self._opener.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def wait(self) -> None:
        for _ in range(240):
            assert self.process.poll() is None
            try:
                self.ask("/")
                return
            except OSError:
                subprocess.run([sys.executable, "-c", "import time; time.sleep(0.25)"], check=True)
        raise AssertionError("the tile's server does not answer")


def declared(name: str) -> dict:
    """What the entry point of that name in pyproject.toml returns, as it is sent over."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]
    module, function = groups["jupyter_serverproxy_servers"][name].split(":")
    assert module == tiles.__name__
    return json.loads(json.dumps(getattr(tiles, function)()))


@pytest.fixture(params=[tiles.WORKSHOP, tiles.BENCH])
def tile(request, tmp_path: Path, sample_store: Path, monkeypatch) -> Iterator[Tile]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "random.py").write_text("raise SystemExit('it was taken for Python\\'s own')")
    found = Tile(declared(request.param), tmp_path, sample_store)
    yield found
    found.process.terminate()
    found.process.wait(20)


def test_a_region_is_chosen_on_the_start_page_and_opens(tile: Tile) -> None:
    tile.wait()
    start, key = f"/{tile.path.partition('/')[2]}", tile.path.partition("key=")[2]
    assert tile.ask("/start?key=guess")[0] == 403 and tile.ask("/start")[0] == 403
    status, page = tile.ask(start)
    assert status == 200 and f'value="{REGION}"' in page
    assert f'action="{HUB}{tile.name}/start"' in page
    assert tile.ask("/start", {"region": REGION, "key": "guess"})[0] == 403
    status, page = tile.ask("/start", {"region": "<b>/x", "key": key})
    assert status == 400 and "no region &#39;&lt;b&gt;/x&#39; here" in page
    status, page = tile.ask("/start", {"region": REGION, "key": key, "people": "3"})
    assert status == 200
    to = unescape(re.findall(r'class="button" href="([^"]+)"', page)[0])
    if tile.name == tiles.BENCH:
        assert to == f"{tile.site}{HUB}lab/tree/bench-sample-ferrow-valley.ipynb"
        text = (tile.home / "bench-sample-ferrow-valley.ipynb").read_text(encoding="utf-8")
        assert f"region = '{REGION}'" in text and '"outputs": []' in text
        return
    assert to.startswith(f"{tile.site}{HUB}{tile.name}/f?key=")
    tile.wait()
    status, wall = tile.ask(to.removeprefix(tile.site))
    assert status == 200 and "Ferrow Valley" in wall
    assert tile.ask(start)[0] == 200, "the tile leads back to the room"
    assert tile.ask("/start?key=guess")[0] == 403


def test_a_path_that_is_none_is_refused() -> None:
    for path in ("//evil.example/x", "/a/../b", "/a b", "/x?y"):
        with pytest.raises(LmiError, match="none that a page can be found at"):
            read_base(path)
