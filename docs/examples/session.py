"""A session with FilmService in Python. Needs requests. Usage: python3 session.py [address]"""

import sys
import uuid

import requests

ADDRESS = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:5000"
UP = "/films/up"


def call(method, path, expected, **options):
    """Sends one request and leaves the program unless the status is the expected one."""
    answer = requests.request(method, ADDRESS + path, timeout=10, **options)
    if answer.status_code != expected:
        sys.exit(f"{method} {path}: {answer.status_code} instead of {expected}: {answer.text}")
    return answer


def show(film):
    return f"{film['Name']} ({film['Month']} {film['Year']})"


hello = call("GET", "/", 200).json()
print("200 hello,", hello["hello"])

films = call("GET", "/films", 200).json()
print("200", len(films), "films")

film = call("GET", "/films/1", 200).json()
print("200 film 1 is", show(film))

# Create a film. The ETag in the response is its revision.
answer = call("PUT", UP, 201, json={"name": "Up", "year": 2008, "month": "May"})
first = answer.headers["ETag"]
print("201 created", show(answer.json()))

# Replace it, but only if nobody has changed it since (optimistic concurrency).
answer = call("PUT", UP, 200, json={"name": "Up", "year": 2009, "month": "May"}, headers={"If-Match": first})
second = answer.headers["ETag"]
print("200 replaced with", show(answer.json()))

# A second client still has the first revision: its write is rejected, and the response shows the current film.
answer = call("PUT", UP, 412, json={"name": "Up", "year": 2008, "month": "June"}, headers={"If-Match": first})
print("412 rejected, the film is now", show(answer.json()["current"]))

# Revalidate a film that we already have.
call("GET", UP, 304, headers={"If-None-Match": second})
print("304 not modified")

# All errors are reported at once, by argument name.
problem = call("PUT", UP, 400, json={"name": "", "year": 1492, "month": "May"}).json()
for argument in sorted(problem["errors"]):
    for error in problem["errors"][argument]:
        print(f"400 {argument}: {error}")

# Add a film with a generated id. The idempotency key makes it safe to retry if the response was lost.
key = {"Idempotency-Key": str(uuid.uuid4())}
down = {"name": "Down", "year": 2001, "month": "June"}
added = call("POST", "/films", 201, json=down, headers=key).json()
print("201 added", show(added))
again = call("POST", "/films", 201, json=down, headers=key).json()
if again == added:
    print("201 retried, and it is the same film")

# Change part of it.
down = f"/films/{added['Id']}"
print("200 changed to", show(call("PATCH", down, 200, json={"year": 2002}).json()))

# What has changed since? The ETag of a film is its revision, and also its position in the change feed.
changes = call("GET", "/changes", 200, params={"since": second.strip('"')}).json()
for change in changes["items"]:
    print("200 then:", show(change))
call("DELETE", down, 204)

call("DELETE", UP, 204)
print("204 deleted")

problem = call("GET", UP, 404).json()
print("404", problem["message"])

greeting = call("GET", "/hello_world", 200, auth=("admin", "atCh_5K}?g")).json()
print("200 logged in, Hello", greeting["Hello"])
