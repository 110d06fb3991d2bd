"""A web server on this machine that answers as the worst ones do."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.capture.archives import page


class _Handler(BaseHTTPRequestHandler):
    stop: threading.Event
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        with suppress(OSError):  # the other side may hang up
            getattr(self, f"answer_{self.path.strip('/').partition('/')[0]}", self.answer_missing)()
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nothing: the tests' output is theirs."""

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        given = {"Content_Type": "text/html; charset=utf-8", "Content_Length": str(len(body)), **headers}
        for name, value in given.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def answer_page(self) -> None:
        self._send(page(1), X_Served_By="test")

    def answer_moved(self) -> None:
        self._send(b"elsewhere", 302, Location="/hop")

    def answer_hop(self) -> None:
        self._send(b"", 301, Location="page")

    def answer_loop(self) -> None:
        self._send(b"", 302, Location="/loop")

    def answer_file(self) -> None:
        self._send(b"", 302, Location="file:///etc/passwd")

    def answer_charset(self) -> None:
        self._send(page(1).decode().encode("gb18030"), Content_Type="text/html; charset=iso-8859-1")

    def answer_gzip(self) -> None:
        self._send(gzip.compress(page(1)), Content_Encoding="gzip")

    def answer_bomb(self) -> None:
        self._send(gzip.compress(b"<p>" + bytes(2**27)), Content_Encoding="gzip")

    def answer_chunked(self) -> None:
        body = page(1)
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:50], body[50:]))
        self._send(chunks + b"0\r\n\r\n", Transfer_Encoding="chunked", Content_Length="")

    def answer_missing(self) -> None:
        self._send(b"<html>404</html>", 404)

    def answer_picture(self) -> None:
        self._send(b"\x89PNG", Content_Type="image/png")

    def answer_silent(self) -> None:
        self.stop.wait()

    def answer_large(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(50 * 2**20))
        self.end_headers()
        for _ in range(50):
            self.wfile.write(b"x" * 2**20)

    def answer_short(self) -> None:
        self._send(page(1)[:100], Content_Length="5000")


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server that runs meanwhile."""
    stop = threading.Event()
    handler = type("Handler", (_Handler,), {"stop": stop})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            stop.set()
            server.shutdown()
            thread.join()
