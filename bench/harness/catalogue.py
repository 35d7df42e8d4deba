"""The made films, in the three forms that the servers open."""

import json
import sqlite3
from pathlib import Path

MONTHS = ["January", "February", "March", "April", "May", "June", "July",
          "August", "September", "October", "November", "December"]


def film(number: int) -> dict:
    return {"Name": f"The Voyage of Film {number}", "Year": 1900 + number % 120, "Month": MONTHS[number % 12]}


def write(folder: Path, count: int):
    """films.json: keyed by id. db.json: as json-server keeps it. films.db: one SQLite table."""
    folder.mkdir(parents=True)
    films = {number: film(number) for number in range(1, count + 1)}
    (folder / "films.json").write_text(json.dumps(films))
    (folder / "db.json").write_text(json.dumps({"films": [{"id": number, **f} for number, f in films.items()]}))
    write_database(folder / "films.db", films)


def write_database(file: Path, films: dict):
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE films (id INTEGER PRIMARY KEY, name TEXT NOT NULL, year INTEGER NOT NULL, month TEXT)")
        db.executemany("INSERT INTO films VALUES (?, ?, ?, ?)", ((n, *f.values()) for n, f in films.items()))
    db.close()
