"""JupyterLab in a real browser, as an analyst has it: for a test, and for a stopwatch."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.driven_browser import driven

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = "03_sector_scores.ipynb"
QUIET = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}
PATIENCE = 90_000  # milliseconds: what a busy machine makes slow is waited for


def lay_out(home: Path) -> dict[str, Path]:
    """A folder of notebooks, one of definitions, and homes for what Jupyter writes."""
    found = {name: home / name for name in ("notebooks", "regions", "jupyter", "pictures")}
    shutil.copytree(ROOT / "regions", found["regions"])
    for name in ("notebooks", "pictures"):
        found[name].mkdir()
    shutil.copyfile(ROOT / "notebooks" / NOTEBOOK, found["notebooks"] / NOTEBOOK)
    settings = found["jupyter"] / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    text = json.dumps(QUIET)
    (settings / "notification.jupyterlab-settings").write_text(text, encoding="utf-8")
    return found


@contextlib.contextmanager
def serve_lab(places: dict[str, Path], store: Path) -> Iterator[str]:
    """The address of the notebook in a JupyterLab of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, home = secrets.token_hex(16), places["jupyter"]
    env = {
        **os.environ, "LMI_REGIONS": str(places["regions"]), "LMI_STORE": str(store),
        "PYTHONPATH": str(ROOT), "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "IPYTHONDIR": str(home / "ipython"),
        **{f"JUPYTER_{what}_DIR": str(home / what) for what in ("CONFIG", "DATA", "RUNTIME")},
    }  # fmt: skip
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
        "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={places['notebooks']}",
        f"--LabApp.workspaces_dir={home / 'workspaces'}",
    ]  # fmt: skip
    log = home / "log"
    with log.open("w") as out:
        server = subprocess.Popen(command, env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(120):
            assert server.poll() is None, log.read_text()
            try:
                urllib.request.urlopen(f"{address}/api?token={token}", timeout=2).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.5)
        yield f"{address}/lab/tree/{NOTEBOOK}?token={token}"
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


@contextlib.contextmanager
def open_page(playwright: Any, chromium: str, pictures: Path) -> Iterator[Any]:
    """A page of 1280 by 1000 pixels, and at the end a picture of it."""
    with driven(chromium) as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(PATIENCE)
        playwright.expect.set_options(timeout=PATIENCE)
        yield page
        page.screenshot(path=pictures / "last.png")


def run_all(playwright: Any, page: Any, restart: bool = False) -> Any:
    """Run the notebook from the menu and return the bench once it is there."""
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    playwright.expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    command = "restart-and-run-all" if restart else "run-all"
    page.locator(f'.lm-Menu-item[data-command="runmenu:{command}"]').click()
    if restart:
        page.locator(".jp-Dialog button.jp-mod-accept").click()
    desk = page.locator(".lmi-desk")
    desk.wait_for(timeout=240_000)
    playwright.expect(desk.get_by_role("region", name="How firm the ranks are")).to_be_visible()
    playwright.expect(desk.get_by_role("region", name="What changed")).to_be_visible()
    playwright.expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    return desk
