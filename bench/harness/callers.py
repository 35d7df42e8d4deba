"""A service where people log in, and those who do: by Basic, an API key, an access token and a session."""

import base64
import json
from dataclasses import replace
from urllib.parse import urlencode

from .paths import BenchError
from .process import Process
from .servers import SERVERS, Server

NAME, PASSWORD = "bench", "a bench that waits for nobody"
BASIC = "Basic " + base64.b64encode(f"{NAME}:{PASSWORD}".encode()).decode()


def server() -> Server:
    """FilmService as it is measured elsewhere, with a user."""
    ours = next(server for server in SERVERS if server.key == "filmservice")
    return replace(ours, environment=ours.environment | {
        "Authentication__Users__0__Name": NAME,
        "Authentication__Users__0__Password": PASSWORD,
        "Authentication__Users__0__Scopes__0": "admin",
    })


def fields(process: Process) -> dict[str, str]:
    """A header field for each way to log in; nothing for nobody. The token is good for 15 minutes."""
    return {"anonymous": "", "Basic": f"Authorization: {BASIC}", "API key": f"X-API-Key: {make_key(process)}",
            "access token": f"Authorization: Bearer {make_token(process)}", "session": f"Cookie: {make_session(process)}"}


def make_key(process: Process) -> str:
    return create(process, "/api-keys", {"name": "bench", "scopes": ["films:read"]})["key"]


def make_token(process: Process) -> str:
    client = create(process, "/oauth/clients", {"name": "bench", "scopes": ["films:read"]})
    form = urlencode({"grant_type": "client_credentials", "client_id": client["clientId"], "client_secret": client["clientSecret"]})
    return answer(process, "/oauth/token", form, 200, "application/x-www-form-urlencoded")["access_token"]


def make_session(process: Process) -> str:
    status, fields, text = process.ask("POST", "/session", urlencode({"name": NAME, "password": PASSWORD}), **{"Content-Type": "application/x-www-form-urlencoded"})
    if status != 204:
        raise BenchError(f"POST /session answers {status}: {text.decode()}")
    return fields["Set-Cookie"].split(";")[0]


def create(process: Process, path: str, what: dict) -> dict:
    return answer(process, path, json.dumps(what), 201, "application/json", Authorization=BASIC)


def answer(process: Process, path: str, body: str, expected: int, content_type: str, **more) -> dict:
    status, _, text = process.ask("POST", path, body, **{"Content-Type": content_type} | more)
    if status != expected:
        raise BenchError(f"POST {path} answers {status}: {text.decode()}")
    return json.loads(text)
