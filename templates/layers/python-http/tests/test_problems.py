import pytest

from example import COMPLAINT, READ, WRITE, WRONG
from support import Service


def test_says_which_part_of_a_request_was_wrong() -> None:
    response = Service().post(WRITE, json=WRONG, headers={"x-request-id": "request-1"})
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "The request does not fit the API document",
        "requestId": "request-1",
        "errors": [COMPLAINT],
    }


@pytest.mark.parametrize(("method", "path"), [("GET", "/nowhere"), ("PUT", READ)])
def test_answers_404_where_nothing_is(method: str, path: str) -> None:
    response = Service().request(method, f"{path}?token=secret")
    assert response.status_code == 404
    assert response.json()["detail"] == f"There is nothing at {method} {path}"


def test_refuses_a_body_that_is_too_large_not_json_or_of_another_type() -> None:
    service = Service(BODY_LIMIT_BYTES="100")

    def post(content: str, kind: str = "application/json") -> int:
        response = service.post(WRITE, content=content, headers={"content-type": kind})
        assert response.json()["status"] == response.status_code
        return response.status_code

    assert post('{"text": "' + "x" * 100 + '"}') == 413
    assert post("{") == 400
    assert post("<a/>", "application/xml") == 415


def test_sends_security_headers_with_every_answer() -> None:
    for path in ("/health", READ, "/nowhere"):
        headers = Service().get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_limits_how_many_requests_one_address_makes() -> None:
    service = Service(RATE_LIMIT_MAX="2", TRUST_PROXY="192.0.2.0/24")

    def ask(forwarded: str) -> int:
        return service.get(READ, headers={"x-forwarded-for": forwarded}).status_code

    assert [ask("198.51.100.7") for _ in range(3)] == [200, 200, 429]
    refused = service.get(READ, headers={"x-forwarded-for": "198.51.100.7"})
    assert int(refused.headers["retry-after"]) > 0
    assert refused.json()["title"] == "Too Many Requests"
    # Only what the proxy says is believed, not what a caller made up before it.
    assert ask("203.0.113.1, 198.51.100.7") == 429
    assert ask("198.51.100.8") == 200
    assert service.get("/health").status_code == 200
