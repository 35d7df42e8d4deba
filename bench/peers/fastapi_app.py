"""FastAPI over sqlite3. FILMS names the database.

The functions are `async`: a look-up takes less time than the way to a worker thread and back,
so this is the faster of the two ways that FastAPI's documentation shows.
"""

import os
import sqlite3

from fastapi import FastAPI, HTTPException, Response
from pydantic import BaseModel, Field

app = FastAPI()
db = sqlite3.connect(os.environ["FILMS"], isolation_level=None)
db.row_factory = lambda cursor, row: {c[0]: v for c, v in zip(cursor.description, row)}
db.execute("PRAGMA journal_mode = WAL")
db.execute("PRAGMA synchronous = FULL")


class SaveFilm(BaseModel):
    name: str = Field(min_length=1, max_length=500)
    year: int = Field(ge=1870, le=2200)
    month: str | None = None


def find(film_id: str):
    return db.execute("SELECT name AS Name, year AS Year, month AS Month FROM films WHERE id = ?", (film_id,)).fetchone()


@app.get("/films/{film_id}")
async def get_film(film_id: str):
    film = find(film_id)
    if film is None:
        raise HTTPException(status_code=404, detail=f"Film {film_id} doesn't exist")
    return film


@app.get("/films")
async def list_films(limit: int = -1):
    rows = db.execute("SELECT id AS Id, name AS Name, year AS Year, month AS Month FROM films ORDER BY id LIMIT ?", (limit,))
    return rows.fetchall()


@app.put("/films/{film_id}")
async def put_film(film_id: str, film: SaveFilm, response: Response):
    response.status_code = 200 if find(film_id) else 201
    db.execute(
        "INSERT INTO films (id, name, year, month) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
        "SET name = excluded.name, year = excluded.year, month = excluded.month",
        (film_id, film.name, film.year, film.month))
    return {"Name": film.name, "Year": film.year, "Month": film.month}
