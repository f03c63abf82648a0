"""What Dagster remembers, and where: its instance."""

from typing import Any

import yaml

from service.config import Config


def _settings(config: Config) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "telemetry": {"enabled": False},
        # What a run writes goes to standard output, with all the rest.
        "compute_logs": {
            "module": "dagster._core.storage.noop_compute_log_manager",
            "class": "NoOpComputeLogManager",
        },
        # A run whose process died is found, and begun again.
        "run_monitoring": {"enabled": True, "start_timeout_seconds": 300},
        "run_retries": {"enabled": True, "max_retries": 3},
        "concurrency": {"runs": {"max_concurrent_runs": 4}},
        "freshness": {"enabled": True},
    }
    if config.database_url:
        settings["storage"] = {"postgres": {"postgres_url": {"env": "DATABASE_URL"}}}
    return settings


def _workspace(config: Config) -> dict[str, Any]:
    server = {"host": "127.0.0.1", "port": config.code_port, "location_name": "service"}
    return {"load_from": [{"grpc_server": server}]}


def write_instance(config: Config) -> None:
    """Writes what every Dagster process of this pod reads."""
    config.dagster_home.mkdir(parents=True, exist_ok=True)
    for name, content in (
        ("dagster.yaml", _settings(config)),
        ("workspace.yaml", _workspace(config)),
    ):
        (config.dagster_home / name).write_text(yaml.safe_dump(content), encoding="utf-8")
