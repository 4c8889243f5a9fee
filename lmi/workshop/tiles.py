"""Tiles in JupyterLab's launcher, where jupyter-server-proxy is installed.

It asks the two functions below, by the entry points of the package, how each server is started;
then it starts one when its tile is pressed, and lets nobody to it whom Jupyter does not know.
"""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import Any

from lmi.workshop.views.render import STATIC

__all__ = ["BENCH", "KEY", "WORKSHOP", "bench_tile", "workshop_tile"]

WORKSHOP, BENCH = "lmi-workshop", "lmi-bench"
"""Their names in pyproject.toml, and so the last part of their paths."""
KEY = "LMI_START_KEY"
"""The variable that hands a server the key of its start page, which other users do not see."""
PATIENCE = 60.0  # seconds that a server may take to answer


def workshop_tile() -> dict[str, Any]:
    """Say how a workshop is started: with the page on which its region is chosen."""
    return _tile(WORKSHOP, "Sector workshop", ["workshop", "--no-browser"])


def bench_tile() -> dict[str, Any]:
    """Say how the analyst's bench is opened: with the page on which its region is chosen."""
    root = _root().replace("{", "{{").replace("}", "}}")
    return _tile(BENCH, "Analyst's bench", ["bench", "--folder", root])


def _tile(name: str, title: str, words: list[str]) -> dict[str, Any]:
    key = secrets.token_urlsafe()
    run = [sys.executable, "-P", "-c", "from lmi.cli import main; main()", *words]
    return {
        "command": [*run, "--port", "{port}", "--base-url", f"{{base_url}}{name}"],
        "environment": {KEY: key},
        "timeout": PATIENCE,
        "new_browser_tab": True,  # its pages let nobody frame them
        "launcher_entry": {
            "title": title,
            "path_info": f"{name}/start?key={key}",
            "icon_path": str(STATIC / "icon.svg"),
            "category": "Notebook",  # the first row of the launcher
        },
    }


def _root() -> str:
    """Return the folder that the running JupyterLab shows; where the process is without one."""
    server = sys.modules.get("jupyter_server.serverapp")
    is_running = server is not None and server.ServerApp.initialized()
    root = server.ServerApp.instance().root_dir if server and is_running else ""
    return str(root or Path.cwd())
