"""Name and version, as logs, traces and metrics carry them."""

import tomllib
from pathlib import Path

_project = tomllib.loads(
    (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
)["project"]

NAME: str = _project["name"]
VERSION: str = _project["version"]
