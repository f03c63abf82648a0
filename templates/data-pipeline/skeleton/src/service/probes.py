"""What the cluster asks: is it alive, may it be used, what was measured?"""

import json
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CONTENT_TYPE_LATEST

from service.lifecycle import Lifecycle
from service.telemetry import Telemetry


def serve_probes(
    host: str, port: int, lifecycle: Lifecycle, telemetry: Telemetry
) -> ThreadingHTTPServer:
    """Answers in threads of its own until it is shut down."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/health":
                # A process that misses one of its parts ends by itself.
                self._answer(HTTPStatus.OK, "application/json", b'{"status":"ok"}')
            elif self.path == "/ready":
                ready = lifecycle.state == "ready"
                status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
                body = json.dumps({"status": lifecycle.state}).encode()
                self._answer(status, "application/json", body)
            elif self.path == "/metrics":
                self._answer(HTTPStatus.OK, CONTENT_TYPE_LATEST, telemetry.render())
            else:
                self._answer(HTTPStatus.NOT_FOUND, "application/json", b'{"status":"not found"}')

        def _answer(self, status: HTTPStatus, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Probes are not worth a line."""

    server = ThreadingHTTPServer((host, port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
