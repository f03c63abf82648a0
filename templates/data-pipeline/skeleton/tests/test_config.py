from pathlib import Path

import pytest
import yaml

from service.config import ConfigError, read_config
from service.instance import write_instance

DATABASE = "postgresql://user:password@db.example/dagster"


def problems_of(environment: dict[str, str]) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read_config(environment)
    return caught.value.problems


def test_wants_a_database_in_production() -> None:
    assert problems_of({}) == ["DATABASE_URL: is required in production"]
    assert read_config({"DATABASE_URL": DATABASE}).app_env == "production"
    assert read_config({"APP_ENV": "development"}).database_url is None


def test_tells_every_problem_at_once() -> None:
    told = problems_of({"PORT": "many", "LOG_LEVEL": "loud", "DATABASE_URL": "mysql://db"})
    assert [problem.split(":")[0] for problem in told] == ["PORT", "LOG_LEVEL", "DATABASE_URL"]


def test_wants_a_file_of_flags_that_is_there(tmp_path: Path) -> None:
    lost = {"APP_ENV": "test", "FLAGS_FILE": str(tmp_path / "flags.json")}
    assert problems_of(lost) == ["FLAGS_FILE: must name a file that is there"]


def test_keeps_the_password_out_of_the_files_of_dagster(tmp_path: Path) -> None:
    config = read_config({"DATABASE_URL": DATABASE, "DAGSTER_HOME": str(tmp_path)})
    write_instance(config)
    written = (tmp_path / "dagster.yaml").read_text()
    assert "password" not in written
    assert yaml.safe_load(written)["storage"] == {
        "postgres": {"postgres_url": {"env": "DATABASE_URL"}}
    }
