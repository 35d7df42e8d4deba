"""Moving all films in and out, by the service and by sqlite3 on the same tables."""

import http.client
import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from .paths import SERVER_CORE, BenchError
from .process import Process, peak_megabytes

BLOCK = 1 << 20

# As in src/FilmService.Infrastructure/Sqlite/Search/WordTokens.cs.
LENGTHS = "0123456789abcdefghijklmnopqrstuvwxyz!#$%&()*+,-./:;<=>?@[]^_{|}~"

# A film's rows as the service has made them: computing them is the service's work, not the database's.
INSERT = """
PRAGMA synchronous = FULL;
ATTACH '{made}' AS made;
SELECT julianday('now') * 86400;
BEGIN;
INSERT INTO changes SELECT * FROM made.changes;
INSERT INTO films (row, sort_key, id, name, normalized_name, year, month, revision, search_extra)
    SELECT row, sort_key, id, name, normalized_name, year, month, revision, search_extra FROM made.films;
INSERT INTO release_counts SELECT released, count(*) FROM films GROUP BY released;
INSERT INTO film_words (rowid, tokens) SELECT row, length || replace(normalized_name, ' ', ' ' || length)
    FROM (SELECT row, normalized_name, substr('{lengths}', 1 + min(name_length, 63), 1) AS length FROM films) ORDER BY row;
INSERT INTO film_trigrams (rowid, normalized_name) SELECT row, normalized_name FROM films ORDER BY row;
COMMIT;
SELECT julianday('now') * 86400;
"""
EMPTY = """
DELETE FROM films; DELETE FROM changes; DELETE FROM release_counts;
INSERT INTO film_words (film_words) VALUES ('delete-all'); INSERT INTO film_trigrams (film_trigrams) VALUES ('delete-all');
"""
SELECT = "SELECT id AS Id, name AS Name, year AS Year, nullif(month, 0) AS Month FROM films ORDER BY sort_key;"


@dataclass(frozen=True)
class Moved:
    seconds: float
    megabytes: float  # the most memory that the program had
    size: int = 0  # bytes that came out

    @property
    def speed(self) -> float:
        """Megabytes of films in a second."""
        return self.size / 1e6 / self.seconds


def import_films(process: Process, films: Path) -> Moved:
    """The service's import of a file into the catalogue that it has."""
    connection = http.client.HTTPConnection("127.0.0.1", process.port, blocksize=BLOCK)
    with open(films, "rb") as body:
        begin = time.monotonic()
        connection.request("POST", "/films?onConflict=replace", body,
                           {"Content-Type": "application/x-ndjson", "Content-Length": str(films.stat().st_size)})
        answer = connection.getresponse()
        text = answer.read()
        seconds = time.monotonic() - begin
    connection.close()
    if answer.status != 200:
        raise BenchError(f"the import answers {answer.status}: {text[:500]}")
    return Moved(seconds, peak_megabytes(process.child.pid))


def insert_rows(made: Path, empty: Path) -> Moved:
    """sqlite3's insertion of the same rows into the same tables and indexes, in one transaction."""
    target = empty.with_name("inserted.db")
    shutil.copy(empty, target)
    sqlite(target, EMPTY)
    output, megabytes = sqlite(target, INSERT.format(made=made, lengths=LENGTHS))
    begin, end = map(float, output.split())
    target.unlink()
    return Moved(end - begin, megabytes)


def export_films(process: Process, media_type: str) -> Moved:
    """Everything, from the service to a socket."""
    with socket.create_connection(("127.0.0.1", process.port)) as connection:
        begin = time.monotonic()
        connection.sendall(f"GET /films HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {media_type}\r\nConnection: close\r\n\r\n".encode())
        size, start, end = drain(lambda buffer: connection.recv_into(buffer))
        seconds = time.monotonic() - begin
    if not start.startswith(b"HTTP/1.1 200") or not end.endswith(b"0\r\n\r\n"):
        raise BenchError(f"the export is incomplete: {start[:300]!r}")
    return Moved(seconds, peak_megabytes(process.child.pid), size)


def dump_films(database: Path) -> Moved:
    """Everything, from `sqlite3 -json` to a pipe."""
    begin = time.monotonic()
    child = start_sqlite(["-readonly", "-json", database, SELECT], stdout=subprocess.PIPE)
    size, _, _ = drain(lambda buffer: child.stdout.readinto1(buffer))
    megabytes = wait(child)
    return Moved(time.monotonic() - begin, megabytes, size)


def drain(read) -> tuple[int, bytes, bytes]:
    """Reads to the end; how much it was, and its first and last bytes."""
    buffer, size, start, end = bytearray(BLOCK), 0, b"", b""
    while count := read(buffer):
        start, end, size = start or bytes(buffer[:1000]), end[-10:] + bytes(buffer[max(0, count - 10):count]), size + count
    return size, start, end


def sqlite(database: Path, script: str) -> tuple[str, float]:
    """What a script prints, and the most memory that it took."""
    child = start_sqlite(["-bail", database], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child.stdin.write(script.encode())
    child.stdin.close()
    output = child.stdout.read().decode()
    return output, wait(child)


def start_sqlite(arguments: list, **streams) -> subprocess.Popen:
    return subprocess.Popen(["taskset", "-c", str(SERVER_CORE), "sqlite3", *arguments], **streams)


def wait(child: subprocess.Popen) -> float:
    """The most megabytes that it had."""
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise BenchError(f"sqlite3 exited with {child.returncode}")
    return usage.ru_maxrss / 1024
