"""What is asked, and a look at one whole answer before anything is timed."""

import json
from dataclasses import dataclass
from typing import Callable

from .process import Process
from .servers import Server


@dataclass(frozen=True)
class Work:
    key: str
    title: str
    check: Callable[[Process, int], str | None]  # (server, films) to what is not there, or None
    load: str  # the driver's name for it
    path: Callable[[Process], str] | None = None
    small: bool = False  # asked of the catalogue of 100 films
    writes: bool = False

    def name(self, server: Server) -> str:
        """The server in this work's table and picture."""
        return f"{server.title} (not durable)" if self.writes and not server.durable else server.title


def film(server: Process, films: int) -> str | None:
    status, _, body = server.ask("GET", "/films/1")
    if status != 200:
        return f"answers {status}"
    return None if {"Name", "Year", "Month"} <= json.loads(body).keys() else "the answer is no film"


def not_modified(server: Process, films: int) -> str | None:
    etag = server.ask("GET", "/films/1")[1]["ETag"]
    if etag is None:
        return "sends no ETag"
    status = server.ask("GET", "/films/1", **{"If-None-Match": etag})[0]
    return None if status == 304 else f"answers {status}"


def missing(server: Process, films: int) -> str | None:
    status = server.ask("GET", f"/films/{films + 1}")[0]
    return None if status == 404 else f"answers {status}"


def page(server: Process, films: int) -> str | None:
    return holds(20, *server.ask("GET", server.server.page))


def everything(server: Process, films: int) -> str | None:
    return holds(films, *server.ask("GET", "/films"))


def holds(count: int, status: int, _, body: bytes) -> str | None:
    if status != 200:
        return f"answers {status}"
    found = len(json.loads(body))
    return None if found == count else f"answers {found} films, not {count}"


def put(server: Process, films: int) -> str | None:
    sent = {"name": "A Film Put Before the Run", "year": 1999, "month": "May"}
    status = server.ask("PUT", "/films/2", json.dumps(sent), **{"Content-Type": "application/json"})[0]
    if status not in (200, 201):
        return f"answers {status}"
    stored = json.loads(server.ask("GET", "/films/2")[2])
    return None if set(sent.values()) <= set(stored.values()) else "does not store the film"


WORKS = [
    Work("film", "One film by id", film, "film"),
    Work("not-modified", "One film by id, not modified (304)", not_modified, "not-modified"),
    Work("missing", "A missing film (404)", missing, "missing"),
    Work("page", "The first page of 20", page, "path", lambda process: process.server.page),
    Work("put", "Replace a film (PUT)", put, "put", writes=True),
    Work("mix", "95 reads to 5 PUTs", put, "mix", writes=True),
    Work("all", "All of a catalogue of 100 films", everything, "path", lambda process: "/films", small=True),
]
