"""Who is measured, and how each is started."""

from dataclasses import dataclass, field
from pathlib import Path

from .paths import PEERS, PUBLISHED, ROOT


@dataclass(frozen=True)
class Server:
    """`{folder}` (a catalogue of its own) and `{port}` are filled in where they stand."""

    key: str
    title: str
    command: list[str]
    kind: str = "peer"  # or "limit", or "ours"
    environment: dict[str, str] = field(default_factory=dict)
    runs_in: Path = PEERS
    project: Path | None = None  # a C# project to publish
    fill: bool = False  # starts empty and gets its films by PUT
    durable: bool = False  # an answered PUT survives a power loss
    page: str = "/films?limit=20"
    works: set[str] | None = None  # None: all that it answers
    left_out: dict[str, str] = field(default_factory=dict)  # work to why it cannot be measured

    def filled_in(self, text: str, folder: Path, port: int) -> str:
        return text.replace("{folder}", str(folder)).replace("{port}", str(port))


URLS = ["--urls", "http://127.0.0.1:{port}"]
LIMITS = PUBLISHED / "limits"
API = PUBLISHED / "filmservice"

SERVERS = [
    Server(
        "constant", "Kestrel, constant bytes", [f"{LIMITS}/FilmService.Limits", "constant", "{folder}", *URLS],
        kind="limit", runs_in=LIMITS, project=ROOT / "bench/limits", works={"film"}),
    Server(
        "mvc", "MVC over a dictionary", [f"{LIMITS}/FilmService.Limits", "mvc", "{folder}/films.json", *URLS],
        kind="limit", runs_in=LIMITS, project=ROOT / "bench/limits"),
    Server(
        "filmservice", "FilmService", [f"{API}/FilmService.Api", *URLS],
        kind="ours", runs_in=API, project=ROOT / "src/FilmService.Api", fill=True, durable=True,
        environment={
            "ConnectionStrings__Films": "Data Source={folder}/filmservice.db",
            "Access__Write": "Anonymous",
            "RateLimits__Enabled": "false",
        }),
    Server(
        "fastify", "Fastify + better-sqlite3", ["node", "fastify.js", "{folder}/films.db", "{port}"],
        durable=True, environment={"NODE_ENV": "production"}),
    Server(
        "express", "Express + better-sqlite3", ["node", "express.js", "{folder}/films.db", "{port}"],
        durable=True, environment={"NODE_ENV": "production"}),
    Server(
        "fastapi", "FastAPI + sqlite3, uvicorn",
        ["/usr/bin/python3", "-m", "uvicorn", "fastapi_app:app", "--port", "{port}", "--no-access-log"],
        durable=True, environment={"FILMS": "{folder}/films.db"}),
    Server(
        "flask", "Flask-RESTful, gunicorn",
        ["/usr/bin/python3", "-m", "gunicorn", "flask_restful_app:app", "--bind", "127.0.0.1:{port}", "--threads", "4"],
        environment={"FILMS": "{folder}/films.json"}),
    Server(
        "json-server", "json-server 0.17",
        ["node", "node_modules/json-server/lib/cli/bin.js", "--quiet", "--host", "127.0.0.1", "--port", "{port}",
         "{folder}/db.json"],
        page="/films?_limit=20",
        left_out={"put": "each PUT writes the whole file, and with 64 at once it drops connections"}),
]
