"""Somebody at a hub: logged in by the hub's own form, with an own server that is up."""

from __future__ import annotations

import json
import uuid
from typing import Any

import requests
import websocket

from tests.scale.hub import User, wait


class Person:
    """What a browser does for a user, by the same addresses."""

    def __init__(self, address: str, user: User) -> None:
        """Log in, and start the user's server."""
        self.user, self._own = user, f"{address}/user/{user.name}"
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"token {_token(address, user)}"
        about = f"{address}/hub/api/users/{user.name}"
        started = self.session.post(f"{about}/server", timeout=120)
        assert started.ok, started.text
        wait(lambda: self.session.get(about, timeout=60).json()["servers"][""]["ready"], lambda: started.text)

    def ask(self, method: str, path: str, **options: Any) -> Any:
        """What the own server answers, as JSON."""
        answer = self.session.request(method, f"{self._own}/{path}", timeout=300, **options)
        assert answer.ok, answer.text
        return answer.json()

    def status(self, path: str) -> int:
        """The HTTP status of a page of the own server, or of what else is at an address."""
        return self.session.get(path if "://" in path else f"{self._own}/{path}", timeout=60).status_code

    def run(self, folder: str, *cells: str) -> list[str]:
        """Run cells in a new kernel of the own server; the texts that each shows, HTML where it is some."""
        kernel = self.ask("POST", "api/kernels", json={"name": "python3", "path": f"{folder}/x.ipynb"})["id"]
        address = f"{self._own.replace('http', 'ws', 1)}/api/kernels/{kernel}/channels"
        line = websocket.create_connection(address, timeout=300, header=dict(self.session.headers))
        try:
            return [_run(line, cell) for cell in cells]
        finally:
            line.close()
            self.session.delete(f"{self._own}/api/kernels/{kernel}", timeout=60)


def logged_in(browser: requests.Session, address: str, user: User) -> requests.Response:
    """The page that the hub's form leads to, with the user's name and password."""
    browser.get(f"{address}/hub/login", timeout=60)
    given = {"username": user.name, "password": user.password, "_xsrf": _xsrf(browser)}
    return browser.post(f"{address}/hub/login?next=/hub/home", data=given, timeout=60)


def _token(address: str, user: User) -> str:
    """Log in with the name and the password, and get a token as the hub's own page does."""
    with requests.Session() as browser:
        home = logged_in(browser, address, user)
        assert home.url.endswith("/hub/home"), f"{user.name} was not let in: {home.status_code}"
        url = f"{address}/hub/api/users/{user.name}/tokens"
        return browser.post(url, headers={"X-XSRFToken": _xsrf(browser)}, json={}, timeout=60).json()["token"]


def _xsrf(browser: requests.Session) -> str:
    return next(cookie.value for cookie in browser.cookies if cookie.name == "_xsrf" and cookie.path == "/hub/")


def _run(line: websocket.WebSocket, cell: str) -> str:
    """What a cell shows, by the kernel's messages."""
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": "execute_request",
        "username": "",
        "session": "",
        "version": "5.3",
    }
    content = {"code": cell, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
    line.send(json.dumps(message))
    shown = ""
    while True:
        got = json.loads(line.recv())
        if got["parent_header"].get("msg_id") != header["msg_id"]:
            continue
        if got["msg_type"] == "status" and got["content"]["execution_state"] == "idle":
            return shown
        data = got["content"].get("data", {})
        shown += got["content"].get("text", "") + data.get("text/html", data.get("text/plain", ""))
        shown += "\n".join(got["content"].get("traceback", ())) if got["msg_type"] == "error" else ""
