"""Every setting comes from the environment, and is checked at the start."""

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any, Literal

from pydantic import AnyHttpUrl, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

Network = IPv4Network | IPv6Network


def _networks(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    return [ip_network(part.strip()) for part in text.split(",") if part.strip()]


def _empty_is_absent(environment: Mapping[str, str]) -> dict[str, str]:
    """An empty variable is how many tools write an absent one."""
    return {name: value for name, value in environment.items() if value != ""}


class Config(BaseModel):
    """What the environment says; each field is named like its variable."""

    model_config = ConfigDict(frozen=True, alias_generator=str.upper, extra="ignore")

    app_env: Literal["development", "test", "production"] = "production"
    host: str = "0.0.0.0"
    port: int = Field(8080, ge=0, le=65_535)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    body_limit_bytes: int = Field(65_536, ge=1, le=10_485_760)
    rate_limit_max: int = Field(300, ge=1, le=1_000_000)
    rate_limit_window_seconds: int = Field(60, ge=1, le=3600)
    # Proxies whose X-Forwarded-For is believed.
    trust_proxy: Annotated[list[Network], BeforeValidator(_networks)] = []
    shutdown_delay_ms: int = Field(5000, ge=0, le=60_000)
    shutdown_timeout_ms: int = Field(20_000, ge=1, le=300_000)
    auth_mode: Literal["jwt", "disabled"] = "jwt"
    auth_issuer: str = ""
    auth_audience: str = ""
    auth_jwks_url: AnyHttpUrl | None = None
    otel_exporter_otlp_endpoint: AnyHttpUrl | None = None


class ConfigError(Exception):
    """Holds every problem, so that one start shows them all."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(f"The configuration has {len(problems)} problem(s)")
        self.problems = problems


def _problems_between(environment: Mapping[str, str]) -> list[str]:
    """What no single variable can tell.

    Works on raw text, so that these problems are reported together with others.
    """
    if environment.get("AUTH_MODE") == "disabled":
        if environment.get("APP_ENV", "production") == "production":
            return ["AUTH_MODE: must not be disabled in production"]
        return []
    return [
        f"{name}: is required unless AUTH_MODE is disabled"
        for name in ("AUTH_ISSUER", "AUTH_AUDIENCE", "AUTH_JWKS_URL")
        if name not in environment
    ]


def read_config(environment: Mapping[str, str]) -> Config:
    """Reads the whole environment; raises ConfigError with every problem found."""
    given = _empty_is_absent(environment)
    between = _problems_between(given)
    try:
        config = Config.model_validate(given)
    except ValidationError as error:
        wrong = [f"{problem['loc'][0]}: {problem['msg']}" for problem in error.errors()]
        raise ConfigError([*dict.fromkeys(wrong), *between]) from error
    if between:
        raise ConfigError(between)
    return config
