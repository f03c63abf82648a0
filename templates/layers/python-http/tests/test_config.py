from ipaddress import ip_network

import pytest

from process import Process
from service.config import ConfigError, read_config

JWT = {
    "AUTH_ISSUER": "https://issuer.example",
    "AUTH_AUDIENCE": "service",
    "AUTH_JWKS_URL": "https://issuer.example/keys",
}


def problems_of(environment: dict[str, str]) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read_config(environment)
    return caught.value.problems


def test_has_defaults_for_all_but_authentication() -> None:
    config = read_config({**JWT, "PORT": ""})
    assert config.port == 8080
    assert config.auth_mode == "jwt"
    assert str(config.auth_jwks_url) == JWT["AUTH_JWKS_URL"]


def test_reads_networks() -> None:
    config = read_config({**JWT, "TRUST_PROXY": "10.0.0.0/8, 192.0.2.1"})
    assert config.trust_proxy == [ip_network("10.0.0.0/8"), ip_network("192.0.2.1")]


def test_reports_every_problem_at_once() -> None:
    problems = problems_of(
        {
            "PORT": "http",
            "LOG_LEVEL": "loud",
            "TRUST_PROXY": "gateway",
            "AUTH_JWKS_URL": "keys",
            "FLAGS_FILE": "gone",
        }
    )
    assert [problem.split(":")[0] for problem in problems] == [
        "PORT",
        "LOG_LEVEL",
        "TRUST_PROXY",
        "AUTH_JWKS_URL",
        "FLAGS_FILE",
        "AUTH_ISSUER",
        "AUTH_AUDIENCE",
    ]
    assert "FLAGS_FILE: must name a file that is there" in problems


def test_refuses_to_run_without_authentication_in_production() -> None:
    assert problems_of({"AUTH_MODE": "disabled"}) == [
        "AUTH_MODE: must not be disabled in production"
    ]


def test_a_wrong_configuration_ends_the_process() -> None:
    process = Process(PORT="http", SHUTDOWN_DELAY_MS="-1")
    assert process.exit_code() == 1
    (line,) = process.lines
    assert line["level"] == "critical"
    assert [problem.split(":")[0] for problem in line["problems"]] == ["PORT", "SHUTDOWN_DELAY_MS"]
