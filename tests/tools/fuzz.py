"""Sends made-up requests to a running service: from its own OpenAPI document, and broken ones byte by byte.

Usage: fuzz.py ADDRESS [--seconds 30] [--seed N] [--only CASE] [--user name:password]

Every answer must come within 10 seconds, have a documented status below 500 (or be 503 with Retry-After) and, if it is an
error, be a problem of a known type. --seed with --only repeats one case, as far as it does not depend on those before it.
"""
import argparse
import base64
import http.client
import json
import random
import select
import socket
import sys
import threading
import time
import urllib.parse

PATIENCE = 10
WORKERS = 4
RAW_SHARE = 0.3
IDS = ["1", "2", "3", "up", "a b", "007", "é", "\U0001F3AC", "a/b", ".", "..", " ", "%", "~", "x" * 128, "x" * 129, "a\nb", "\u3164", "-1", "null"]
TEXTS = ["", " ", "Up", "null", "true", "a,b", "\"", "\"a,\"\"b\"", "'; DROP TABLE films; --", "*", "%", "a\u0000b", "\ud83c", "e\u0301", "ß", "\u202e", "x" * 501, "x" * 5000,
         "1e999", "-0", "9" * 40, "2018-13", "0000", "k3f9-1", "k3f9-99999999999999999999", "\"k3f9-1\"", "W/\"k3f9-1\"", "*,*", "March", "12"]
NUMBERS = [0, -1, 1, 20, 1000, 1001, 2018, 2018.5, 1e300, 2**31, 2**63, -2**63, 10**40]
FIELDS = [("Accept", "text/csv"), ("Accept", "text/html"), ("Accept", "text/event-stream"), ("Accept", "a/b;q=2, */*;q=x"), ("Accept", ""), ("If-Match", "*"), ("If-Match", "x"), ("If-None-Match", "*"),
          ("If-None-Match", "\"a\", \"b\""), ("Idempotency-Key", "k" * 300), ("Idempotency-Key", "\"a\""), ("Content-Range", "bytes 0-1/2"), ("Content-Encoding", "gzip"), ("Content-Encoding", "br"),
          ("Last-Event-ID", "0"), ("Range", "bytes=0-1"), ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site"), ("Host", "evil.example"), ("X-Forwarded-For", "::1"), ("Expect", "100-continue"),
          ("Traceparent", "00-" + "f" * 32 + "-" + "f" * 16 + "-01"), ("Accept-Charset", "x"), ("Cookie", "a=b"), ("X-HTTP-Method-Override", "DELETE")]


class Service:
    """The service and its document."""

    def __init__(self, address, user):
        self.url = urllib.parse.urlsplit(address)
        self.basic = "Basic " + base64.b64encode(user.encode()).decode()
        self.document = json.loads(self.send(request("GET", "/openapi.json", self.url.netloc))[2])
        self.operations = [(method.upper(), path, operation) for path, item in self.document["paths"].items()
                           for method, operation in item.items() if method in ("get", "head", "post", "put", "patch", "delete")]
        films = self.document["paths"]["/films"]["get"]
        self.operations.append(("QUERY", "/films", films | {"responses": films["responses"] | {"413": {}, "415": {}}}))
        self.types = {}

    def send(self, raw, may_be_half=False):
        """The status, the header and the body of the answer; None if the connection was closed without one."""
        with socket.create_connection((self.url.hostname, self.url.port), PATIENCE) as connection:
            try:
                connection.sendall(raw)
            except OSError:
                pass  # It was answered before it was read to its end.
            if may_be_half:
                self.leave_unless_answered(connection)
            answer = http.client.HTTPResponse(connection, method=raw.split(b" ", 1)[0].decode("latin-1"))
            try:
                answer.begin()
                is_stream = answer.headers.get_content_type() == "text/event-stream"
                return answer.status, answer.headers, b"" if is_stream else answer.read()
            except (http.client.HTTPException, ConnectionError):
                return None

    @staticmethod
    def leave_unless_answered(connection):
        """The service waits for the rest of half a request, so after a moment there will be none."""
        if not select.select([connection], [], [], 0.3)[0]:
            try:
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # The service has closed the connection.

    def resolve(self, node):
        while isinstance(node, dict) and "$ref" in node:
            target = self.document
            for part in node["$ref"].lstrip("#/").split("/"):
                target = target[part]
            node = target
        return node if isinstance(node, dict) else {}

    def is_known(self, problem):
        """True if the type opens on the service itself."""
        if problem not in self.types:
            answer = self.send(request("GET", problem, self.url.netloc, [("Accept", "text/plain")])) if problem.startswith("/problems/") else None
            self.types[problem] = answer is not None and answer[0] == 200
        return self.types[problem]


def request(method, target, host, fields=(), body=b""):
    own = [] if any(name.lower() == "host" for name, _ in fields) else [("Host", host)]
    length = [("Content-Length", str(len(body)))] if body and not any(name.lower() in ("content-length", "transfer-encoding") for name, _ in fields) else []
    head = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in [*own, *fields, *length, ("Connection", "close")])
    return head.encode("latin-1", "replace") + b"\r\n" + body


class Case:
    """One made-up request; the same numbers make the same one."""

    def __init__(self, service, seed, number):
        self.service, self.random = service, random.Random(f"{seed}/{number}")
        self.responses, self.token, self.is_raw = None, False, self.random.random() < RAW_SHARE
        self.method, self.path, operation = self.random.choice(service.operations)
        self.raw = self.from_document(operation)
        if self.is_raw:
            self.raw = self.broken(self.raw)

    def chance(self, share):
        return self.random.random() < share

    def value(self, schema, depth=0):
        schema = self.service.resolve(schema)
        for one in ("oneOf", "anyOf", "allOf"):
            if one in schema:
                return self.value(self.random.choice(schema[one]), depth)
        if self.chance(0.1) or depth > 6:
            return self.random.choice([None, True, "", [], {}, *TEXTS, *NUMBERS, [1, "a", None], {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": 1}}}}}}}}])
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        kind = schema.get("type", "string")
        kind = self.random.choice(kind) if isinstance(kind, list) else kind
        if kind == "object" or "properties" in schema:
            members = {name: self.value(of, depth + 1) for name, of in schema.get("properties", {}).items() if name in schema.get("required", []) or self.chance(0.7)}
            return members | ({self.random.choice(TEXTS[:24]): 1} if self.chance(0.05) else {})
        if kind == "array":
            return [self.value(schema.get("items", {}), depth + 1) for _ in range(self.random.randint(0, 3))]
        if kind in ("integer", "number"):
            return self.random.choice([self.random.randint(schema.get("minimum", 0), schema.get("maximum", 3000)), *NUMBERS[:7]])
        return {"boolean": self.random.choice([True, False]), "null": None}.get(kind, self.random.choice([*TEXTS, *IDS, str(self.random.randint(0, 3000))]))

    def text(self, schema):
        value = self.value(schema)
        return value if isinstance(value, str) else json.dumps(value).strip("[]") if value is not None else ""

    @staticmethod
    def quoted(text):
        return urllib.parse.quote(text.encode("utf-8", "surrogatepass"), safe="")

    def from_document(self, operation):
        self.responses = set(operation["responses"])
        target, query, fields = self.path, [], []
        for parameter in map(self.service.resolve, operation.get("parameters", [])):
            place, text = parameter["in"], self.text(parameter.get("schema", {}))
            if place == "path":
                name = self.random.choice(IDS) if self.chance(0.8) else text
                if name in ("", ".", "..") or "\0" in name:
                    self.responses = None  # It is another path, or none.
                target = target.replace("{" + parameter["name"] + "}", self.quoted(name))
            elif place == "query" and self.chance(0.15):
                query.append(self.quoted(parameter["name"]) + "=" + self.quoted(text))
            elif place == "header" and self.chance(0.15):
                fields.append((parameter["name"], "".join(c for c in text if 32 <= ord(c) < 127)))
        if self.chance(0.05):
            query.append(self.random.choice(["a=b", "yeer=1", "%FF=1", "%", "=", "&&", "a=%00", "_=1", "limit=1&limit=2", "LIMIT=1"]))
        target += "?" + "&".join(query) if query else ""
        fields += [field for field in self.random.sample(FIELDS, 2) if self.chance(0.05)]
        fields += self.credentials()
        body = b""
        content = operation.get("requestBody", {}).get("content") or ({"application/x-www-form-urlencoded": {}} if self.method == "QUERY" else {})
        if content and self.chance(0.97):
            media_type = self.random.choice(list(content))
            body, media_type = self.body(media_type, content[media_type].get("schema", {}))
            fields.append(("Content-Type", media_type if self.chance(0.97) else self.random.choice(["", "a/b", "application/json; charset=utf-16", "multipart/form-data; boundary=" + "b" * 4100])))
        return request(self.method, target, self.service.url.netloc, fields, body)

    def credentials(self):
        if self.path == "/oauth/token" or self.chance(0.2):
            return []
        if self.chance(0.97):
            return [("Authorization", self.service.basic)]
        return [self.random.choice([("Authorization", "Basic x"), ("Authorization", "Basic YTpi"), ("Authorization", "Bearer a.b.c"), ("Authorization", "Bearer fsk_x"), ("X-API-Key", "x"), ("Authorization", "")])]

    def body(self, media_type, schema):
        value = self.value(schema)
        members = value if isinstance(value, dict) else {"name": value}
        texts = [(name, item if isinstance(item, str) else json.dumps(item)) for name, item in members.items()]
        if media_type == "application/x-www-form-urlencoded":
            body = "&".join(self.quoted(name) + "=" + self.quoted(text) for name, text in texts).encode()
        elif media_type == "multipart/form-data":
            parts = "".join(f"--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n" for name, text in texts)
            body, media_type = (parts + "--b--\r\n").encode("utf-8", "replace"), "multipart/form-data; boundary=b"
        elif media_type == "text/csv":
            rows = [["Id", "Name", "Year", "Month"][self.random.randint(0, 1):]] + [[self.random.choice(TEXTS) for _ in range(self.random.randint(1, 4))] for _ in range(3)]
            body = "\r\n".join(",".join(row) for row in rows).encode("utf-8", "replace")
        elif media_type == "application/x-ndjson":
            body = "\n".join(json.dumps(self.value(schema)) for _ in range(self.random.randint(0, 5))).encode()
        else:
            body = json.dumps(value, ensure_ascii=self.chance(0.9)).encode("utf-8", "surrogatepass")
        return self.mutated(body) if self.chance(0.15) else body, media_type

    def mutated(self, data):
        data = bytearray(data)
        for _ in range(self.random.randint(1, 4)):
            at, end = sorted(self.random.randint(0, len(data)) for _ in range(2))
            change = self.random.randint(0, 4)
            if change == 0:
                data[at:at] = bytes(self.random.choice([b"\0", b"\xff", b"\r\n", b"[" * 50, b"{", b",", b"\"", b"\xed\xa0\x80", b"\xef\xbb\xbf", b" " * 3000]))
            elif change == 1:
                del data[at:end]
            elif change == 2:
                data[at:at] = data[at:end]
            elif change == 3 and data:
                data[min(at, len(data) - 1)] = self.random.randint(0, 255)
            else:
                data = data[:end]
        return bytes(data)

    def broken(self, raw):
        """A request that may not be HTTP at all."""
        head, _, body = raw.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        kind = self.random.randint(0, 5)
        if kind == 0:
            return self.mutated(raw)
        if kind == 1:
            return raw[:self.random.randint(0, len(raw))]
        if kind == 2:
            lines.insert(self.random.randint(1, len(lines)), self.random.choice(lines))
        if kind == 3:
            lines[0] = self.random.choice([b"GET / HTTP/9.9", b"GET /films", b"get /films HTTP/1.1", b"GET films HTTP/1.1", b"CONNECT a:1 HTTP/1.1", b"OPTIONS * HTTP/1.1", b"GET http://[::1/ HTTP/1.1",
                                           b"GET //films HTTP/1.1", b"GET /films/%2e%2e/ HTTP/1.1", b"PRI * HTTP/2.0", b"\x16\x03\x01", b"GET /" + b"a" * 9000 + b" HTTP/1.1", b"GET /\xff HTTP/1.1"])
        if kind == 4:
            lines.append(self.random.choice([b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip, chunked", b"Content-Length: -1", b"Content-Length: 99999999999999999999", b"Content-Length: 5, 5", b"X: " + b"a" * 40000,
                                             b" folded", b": x", b"X", b"X\0: y", b"Expect: 200-ok", b"Upgrade: h2c", b"Connection: close, x", b"Trailer: x", b"Host: a", b"Content-Type: \xff"]))
        if kind == 5:
            lines = [line for line in lines if not line.lower().startswith(b"content-length")] + [b"Transfer-Encoding: chunked"]
            size = self.random.choice([b"%x" % len(body), b"ZZ", b"-1", b"FFFFFFFFFFFFFFFFF", b"0x5", b"%x;a=b" % len(body), b"", b"%x" % (len(body) + 9)])
            body = size + b"\r\n" + body + self.random.choice([b"\r\n0\r\n\r\n", b"\r\n0\r\nX: y\r\n\r\n", b"0\r\n\r\n", b"\r\n", b""])
        return b"\r\n".join(lines) + b"\r\n\r\n" + body

    def fault(self):
        """What is wrong with the answer; None if it is as it should be."""
        try:
            answer = self.service.send(self.raw, may_be_half=self.is_raw)
        except TimeoutError:
            return f"no answer in {PATIENCE} s"
        if answer is None:
            return None if self.is_raw else "no answer"
        status, header, body = answer
        self.answer = f"{status} {header.get('Content-Type')} {body[:300]!r}"
        if status >= 500 and not (status == 503 and header.get("Retry-After")) and not (self.is_raw and status == 505):
            return f"status {status}"
        if self.is_raw:
            return None
        if self.responses is not None and str(status) not in self.responses:
            return f"status {status} is not documented"
        return self.problem_fault(status, header, body) if status >= 400 and self.method != "HEAD" and self.responses is not None else None

    def problem_fault(self, status, header, body):
        try:
            problem = json.loads(body)
        except ValueError:
            return "the error is not JSON"
        if self.path == "/oauth/token" and header.get_content_type() == "application/json":
            return None if {"error", "error_description"} == set(problem) else "the error is not one of RFC 6749"
        if header.get_content_type() != "application/problem+json" or problem.get("status") != status or not problem.get("traceId"):
            return "the error is not a problem"
        return None if self.service.is_known(problem.get("type", "")) else f"the type {problem.get('type')} is not known"


class Run:
    """Sends cases from several threads until the time is over."""

    def __init__(self, service, seed, seconds):
        self.service, self.seed, self.end = service, seed, time.monotonic() + seconds
        self.lock, self.count, self.statuses, self.faults = threading.Lock(), 0, {}, []

    def work(self):
        while time.monotonic() < self.end and len(self.faults) < 20:
            with self.lock:
                self.count += 1
                number = self.count
            case = None
            try:
                case = Case(self.service, self.seed, number)
                fault = case.fault()
            except Exception as exception:  # It is reported with its case, and fails the run.
                fault = f"{type(exception).__name__}: {exception}"
            with self.lock:
                status = getattr(case, "answer", "none ")[:3]
                self.statuses[status] = self.statuses.get(status, 0) + 1
                if fault:
                    self.faults.append((number, fault, case))

    def start(self):
        threads = [threading.Thread(target=self.work) for _ in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        ready = self.service.send(request("GET", "/health/ready", self.service.url.netloc))
        if ready is None or ready[0] != 200:
            self.faults.append((0, "the service is not ready afterwards", None))


def show(number, fault, case):
    print(f"case {number}: {fault or 'as it should be'}")
    if case is not None:
        print(f"  {case.raw[:2000]!r}\n  {getattr(case, 'answer', 'no answer')}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("address")
    arguments.add_argument("--seconds", type=float, default=30)
    arguments.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    arguments.add_argument("--only", type=int)
    arguments.add_argument("--user", default="admin:atCh_5K}?g")
    given = arguments.parse_args()
    service = Service(given.address, given.user)
    if given.only is not None:
        case = Case(service, given.seed, given.only)
        fault = case.fault()
        show(given.only, fault, case)
        return 1 if fault else 0
    run = Run(service, given.seed, given.seconds)
    run.start()
    for number, fault, case in run.faults:
        show(number, fault, case)
    print(f"seed {given.seed}: {run.count} requests, {len(run.faults)} faults; statuses {dict(sorted(run.statuses.items()))}")
    return 1 if run.faults else 0


if __name__ == "__main__":
    sys.exit(main())
