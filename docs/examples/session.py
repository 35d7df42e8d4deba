"""A session with FilmService in Python. Needs requests. Usage: python3 session.py [address]"""

import sys

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

# Create. The ETag in the answer names this revision of the film.
answer = call("PUT", UP, 201, json={"name": "Up", "year": 2008, "month": "May"})
first = answer.headers["ETag"]
print("201 created", show(answer.json()))

# Replace it, but only if nobody changed it since.
answer = call("PUT", UP, 200, json={"name": "Up", "year": 2009, "month": "May"}, headers={"If-Match": first})
second = answer.headers["ETag"]
print("200 replaced by", show(answer.json()))

# A second client still holds the first revision: its write is refused, and it is told what stands there now.
answer = call("PUT", UP, 412, json={"name": "Up", "year": 2008, "month": "June"}, headers={"If-Match": first})
print("412 refused, the film is now", show(answer.json()["current"]))

# Ask again for a film that we already have.
call("GET", UP, 304, headers={"If-None-Match": second})
print("304 not changed")

# All faults are told at once, under the names of the arguments.
problem = call("PUT", UP, 400, json={"name": "", "year": 1492, "month": "May"}).json()
for argument in sorted(problem["errors"]):
    for error in problem["errors"][argument]:
        print(f"400 {argument}: {error}")

call("DELETE", UP, 204)
print("204 deleted")

problem = call("GET", UP, 404).json()
print("404", problem["message"])

greeting = call("GET", "/hello_world", 200, auth=("admin", "atCh_5K}?g")).json()
print("200 logged in, Hello", greeting["Hello"])
