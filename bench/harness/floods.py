"""What an abusive caller sends. Each flood runs until it is over, and says what it got."""

import base64
import collections
import gzip
import json
import select
import socket
import threading
import time

from .process import Process

# Otherwise a flood of refusals would be measured, which is the rate limits' to stop.
PAUSE_AFTER_REFUSAL = 1
HEAVY = "/films?limit=20&count=true&year.ne=2018&month.in=March,May&name.contains=q&sort=-name"
QUERIES = 64
WAITING = 300
EXPORTS = 590
CONDITIONS = 2_000
UPLOADS = 32
UPLOAD_PAUSE = 0.04  # seconds between two pieces of 16 bytes: 400 bytes a second
UNPACKED_LINES = 4_000_000  # blank ones, a few kilobytes when packed
SUGGESTIONS = 16
STREAMS = 2_000
TOKENS = 16


def queries(process: Process, over: threading.Event) -> str:
    """64 at a time, each again as soon as it is answered."""
    return together(process, QUERIES, lambda: get(HEAVY), over)


def waiting(process: Process, over: threading.Event) -> str:
    """300 at a time."""
    return together(process, WAITING, lambda: get(HEAVY), over)


def disconnects(process: Process, over: threading.Event) -> str:
    """300 sent and disconnected at once, again and again."""
    count = 0
    while not over.is_set():
        for connection in [send(process, get(HEAVY)) for _ in range(WAITING)]:
            connection.close()
        count += WAITING
        over.wait(1)
    return f"{count} sent"


def exports(process: Process, over: threading.Event) -> str:
    """590 of them, which nobody reads."""
    connections = [send(process, get("/films?format=ndjson")) for _ in range(EXPORTS)]
    over.wait()
    # Those that were refused have their answer; of an export, a little has arrived as well.
    answers = collections.Counter(status(connection) for connection in connections)
    for connection in connections:
        connection.close()
    return told(answers)


def conditions(process: Process, over: threading.Event) -> str:
    """Lists that are refused for a malformed condition."""
    return together(process, 8, lambda: get("/films?format=ndjson", "If-Match: x"), over, most=CONDITIONS)


def uploads(process: Process, over: threading.Event) -> str:
    """32 imports at 400 bytes a second."""
    head = post("/films", "application/x-ndjson", b"", length=1_000_000)
    connections = [send(process, head) for _ in range(UPLOADS)]
    while not over.wait(UPLOAD_PAUSE):
        for connection in connections:
            try:
                connection.sendall(b" " * 15 + b"\n")
            except OSError:
                pass
    answers = collections.Counter(status(connection) for connection in connections)
    for connection in connections:
        connection.close()
    return told(answers)


def gzipped(process: Process, over: threading.Event) -> str:
    """A few kilobytes that are millions of lines."""
    body = gzip.compress(b"\n" * UNPACKED_LINES)
    return together(process, 1, lambda: post("/films?dryRun=true", "application/x-ndjson", body, "Content-Encoding: gzip"), over)


def suggestions(process: Process, over: threading.Event) -> str:
    """1 MB of unknown names."""
    body = "&".join(f"abc{number}" for number in range(120_000)).encode()[:1_000_000]
    request = post("/films", "application/x-www-form-urlencoded", body, method="QUERY")
    return together(process, SUGGESTIONS, lambda: request, over)


def streams(process: Process, over: threading.Event) -> str:
    """As many as one address may have."""
    connections = [send(process, get("/changes", "Accept: text/event-stream")) for _ in range(STREAMS)]
    over.wait()
    answers = collections.Counter(status(connection) for connection in connections)
    for connection in connections:
        connection.close()
    return told(answers)


def tokens(process: Process, over: threading.Event) -> str:
    """Access tokens with an invented signature."""
    part = lambda what: base64.urlsafe_b64encode(json.dumps(what).encode()).rstrip(b"=").decode()
    token = f"{part({'alg': 'ES256', 'typ': 'at+jwt', 'kid': 'none'})}.{part({'sub': 'x', 'exp': 9_999_999_999})}.{'A' * 86}"
    return together(process, TOKENS, lambda: get("/films/1", f"Authorization: Bearer {token}"), over)


ALL = {flood.__name__: flood for flood in (queries, waiting, disconnects, exports, conditions, uploads, gzipped, suggestions, streams, tokens)}


def together(process: Process, connections: int, request, over: threading.Event, most: int | None = None) -> str:
    """So many at a time, each on a connection of its own, until it is over or so many were sent."""
    answers, sent, gate = collections.Counter(), 0, threading.Lock()

    def repeat():
        nonlocal sent
        while not over.is_set():
            with gate:
                if most is not None and sent >= most:
                    return
                sent += 1
            try:
                with send(process, request()) as connection:
                    answer = status(connection, over)
                answers[answer] += 1
                if answer in ("429", "503"):
                    over.wait(PAUSE_AFTER_REFUSAL)
            except OSError:
                answers["no connection"] += 1
                time.sleep(0.1)

    threads = [threading.Thread(target=repeat, daemon=True) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told(answers)


def get(path: str, *fields: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *fields, "", ""]).encode()


def post(path: str, content_type: str, body: bytes, *fields: str, method: str = "POST", length: int | None = None) -> bytes:
    head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Type: {content_type}", f"Content-Length: {len(body) if length is None else length}", *fields]
    return "\r\n".join([*head, "", ""]).encode() + body


def send(process: Process, request: bytes) -> socket.socket:
    connection = socket.socket()
    # Little waits here: the rest waits at the server.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", process.port))
    try:
        connection.sendall(request)
    except OSError:
        pass  # answered, and closed, before all was sent
    return connection


def status(connection: socket.socket, over: threading.Event | None = None) -> str:
    """The status of the answer; what there is of it now, or when it comes, unless it is over before."""
    readable = select.poll()  # select() knows no descriptor above 1,023
    readable.register(connection, select.POLLIN)
    while not readable.poll(200 if over else 0):
        if over is None or over.is_set():
            return "none yet"
    try:
        start = connection.recv(12)
    except OSError:
        return "cut"
    return start[9:12].decode() if start else "cut"


def told(answers: collections.Counter) -> str:
    return ", ".join(f"{count}x {answer}" for answer, count in answers.most_common()) or "nothing"
