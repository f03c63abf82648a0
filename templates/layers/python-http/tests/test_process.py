"""What only a process can show: its end, its exit code, and what it sends."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from example import BODY, READ, WRITE, WRITTEN
from process import Process


def test_drains_readiness_off_running_requests_finish_exit_0() -> None:
    process = Process(SHUTDOWN_DELAY_MS="2000")
    url = process.url()
    host, _, port = url.removeprefix("http://").partition(":")
    body = json.dumps(BODY).encode()
    with socket.create_connection((host, int(port)), timeout=10) as slow:
        slow.sendall(
            f"POST {WRITE} HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\n\r\n".encode()
            + body[:5]
        )
        process.stop()
        process.logged("draining")
        assert httpx.get(f"{url}/ready").status_code == 503
        slow.sendall(body[5:])
        assert slow.recv(100).startswith(f"HTTP/1.1 {WRITTEN}".encode())
    assert process.exit_code() == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/health")


def test_sends_traces_and_metrics() -> None:
    received: dict[str, bytes] = {}

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            received[self.path] = received.get(self.path, b"") + body
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        process = Process(
            OTEL_EXPORTER_OTLP_ENDPOINT=f"http://127.0.0.1:{server.server_port}",
            OTEL_EXPORTER_OTLP_COMPRESSION="none",
        )
        httpx.get(f"{process.url()}{READ}")
        process.stop()
        assert process.exit_code() == 0
        server.shutdown()
    assert f"GET {READ}".encode() in received["/v1/traces"]
    assert b"http.server.request.duration" in received["/v1/metrics"]
