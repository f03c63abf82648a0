"""Every setting comes from the environment, and is checked at the start."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    ConfigDict,
    Field,
    PostgresDsn,
    ValidationError,
)
from pydantic_core import PydanticCustomError


def _is_there(file: Path) -> Path:
    if not file.is_file():
        raise PydanticCustomError("not_there", "must name a file that is there")
    return file


class Config(BaseModel):
    """What the environment says; each field is named like its variable."""

    model_config = ConfigDict(frozen=True, alias_generator=str.upper, extra="ignore")

    app_env: Literal["development", "test", "production"] = "production"
    host: str = "0.0.0.0"
    port: int = Field(8080, ge=0, le=65_535)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    # Where others put files, and where results go.
    source: Path = Path("/data/source")
    lake: Path = Path("/data/lake")
    # Where Dagster's own files are; nothing there outlives the process.
    dagster_home: Path = Path("/tmp/dagster")  # noqa: S108
    database_url: PostgresDsn | None = None
    code_port: int = Field(4000, ge=1, le=65_535)
    webserver_port: int = Field(3000, ge=1, le=65_535)
    # Says which flags are on; without it their defaults hold.
    flags_file: Annotated[Path, AfterValidator(_is_there)] | None = None
    openlineage_url: AnyHttpUrl | None = None
    otel_exporter_otlp_endpoint: AnyHttpUrl | None = None


class ConfigError(Exception):
    """Holds every problem, so that one start shows them all."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(f"The configuration has {len(problems)} problem(s)")
        self.problems = problems


def read_config(environment: Mapping[str, str]) -> Config:
    """Reads the whole environment; raises ConfigError with every problem found."""
    # An empty variable is how many tools write an absent one.
    given = {name: value for name, value in environment.items() if value != ""}
    problems = []
    if given.get("APP_ENV", "production") == "production" and "DATABASE_URL" not in given:
        # What ran, and when, must outlive the pod.
        problems.append("DATABASE_URL: is required in production")
    try:
        config = Config.model_validate(given)
    except ValidationError as error:
        wrong = [f"{problem['loc'][0]}: {problem['msg']}" for problem in error.errors()]
        raise ConfigError([*dict.fromkeys(wrong), *problems]) from error
    if problems:
        raise ConfigError(problems)
    return config
