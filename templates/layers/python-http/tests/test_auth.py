import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from example import ASKED_BY, BODY, READ, WRITE, WRITTEN
from support import Service

ISSUER = "https://issuer.example"
TRUSTED = ec.generate_private_key(ec.SECP256R1())
STRANGER = ec.generate_private_key(ec.SECP256R1())


def trusting(url: str) -> Service:
    return Service(AUTH_MODE="jwt", AUTH_ISSUER=ISSUER, AUTH_AUDIENCE="service", AUTH_JWKS_URL=url)


@pytest.fixture
def service() -> Iterator[Service]:
    """A service that believes an issuer played here."""
    key = jwt.algorithms.ECAlgorithm.to_jwk(TRUSTED.public_key(), as_dict=True)
    keys = json.dumps({"keys": [{**key, "kid": "key-1", "alg": "ES256"}]}).encode()

    class Issuer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(keys)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Issuer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield trusting(f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()
        thread.join()


def token(key: ec.EllipticCurvePrivateKey = TRUSTED, **more: Any) -> str:
    claims = {"sub": "user-1", "iss": ISSUER, "aud": "service", "exp": time.time() + 60, **more}
    present = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(present, key, algorithm="ES256", headers={"kid": "key-1"})


def ask(service: Service, authorization: str) -> httpx.Response:
    return service.get(READ, headers={"authorization": authorization})


def test_lets_a_valid_token_in_and_knows_whose_it_is(service: Service) -> None:
    response = service.post(WRITE, json=BODY, headers={"authorization": f"Bearer {token()}"})
    assert response.status_code == WRITTEN
    if ASKED_BY:
        assert response.json()[ASKED_BY] == "user-1"


@pytest.mark.parametrize("authorization", ["", "Basic dXNlcjpwYXNz", "Bearer"])
def test_asks_for_a_token(service: Service, authorization: str) -> None:
    response = ask(service, authorization)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "bad",
    [
        token(iss="https://other.example"),
        token(aud="other"),
        token(exp=time.time() - 60),
        token(exp=None),
        token(sub=None),
        token(sub=""),
        token(STRANGER),
        jwt.encode({"sub": "user-1"}, None, algorithm="none"),
        "nonsense",
    ],
)
def test_refuses_a_token_that_is_not_for_this_service(service: Service, bad: str) -> None:
    response = ask(service, f"Bearer {bad}")
    assert response.status_code == 401
    assert "invalid_token" in response.headers["www-authenticate"]


def test_does_not_blame_the_caller_when_the_issuer_is_away() -> None:
    response = ask(trusting("http://127.0.0.1:1/"), f"Bearer {token()}")
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"


def test_needs_no_token_for_probes_and_metrics(service: Service) -> None:
    for path in ("/health", "/metrics", "/openapi.yaml"):
        assert service.get(path).status_code == 200
