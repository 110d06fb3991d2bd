"""Firefox, driven over Marionette, the protocol it has built in: a few commands need no driver of their own."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

PATH = shutil.which("firefox-esr") or shutil.which("firefox")
_START_S = 60
_SCRIPT_MS = 60_000


class Firefox:
    """One headless window with a profile of its own."""

    def __init__(self, profile: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        preferences = {
            "marionette.port": port,
            "browser.shell.checkDefaultBrowser": False,
            "network.proxy.type": 0,
        }
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items()
        ]
        (profile / "user.js").write_text("".join(lines), encoding="utf-8", newline="\n")
        command = [str(PATH), "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._socket = self._connected(port)
        self._stream = self._socket.makefile("rwb")
        self._turn = 0
        self._read()
        self._say("WebDriver:NewSession", {})
        self._say("WebDriver:SetTimeouts", {"script": _SCRIPT_MS})

    def _connected(self, port: int) -> socket.socket:
        deadline = time.monotonic() + _START_S
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=2 * _START_S)
            except ConnectionRefusedError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise
                time.sleep(0.1)

    def _read(self) -> Any:
        size = b""
        while (digit := self._stream.read(1)) != b":":
            size += digit
        return json.loads(self._stream.read(int(size)))

    def _say(self, command: str, arguments: dict[str, Any]) -> Any:
        self._turn += 1
        message = json.dumps([0, self._turn, command, arguments]).encode()
        self._stream.write(f"{len(message)}:".encode() + message)
        self._stream.flush()
        _, _, error, answer = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return answer

    def open(self, address: str) -> None:
        """Goes to an address and waits for its load."""
        self._say("WebDriver:Navigate", {"url": address})

    def evaluate(self, script: str, *arguments: Any) -> Any:
        """What an async function's body gives, run in the page."""
        done = "arguments[arguments.length - 1]"
        body = f"const done = {done}; (async (...args) => {{{script}}})(...arguments).then(done)"
        return self._say("WebDriver:ExecuteAsyncScript", {"script": body, "args": list(arguments)})["value"]

    def close(self) -> None:
        """Ends the browser."""
        try:
            self._say("Marionette:Quit", {})
        finally:
            self._stream.close()
            self._socket.close()
            try:
                self._process.wait(_START_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
