"""The original's way: Flask-RESTful over a dictionary, arguments by reqparse.

FILMS names a file with a JSON object of films keyed by id. Run by gunicorn with one
worker, because every worker would have a dictionary of its own.
"""

import json
import os

from flask import Flask
from flask_restful import Api, Resource, abort, reqparse

app = Flask(__name__)
api = Api(app)

with open(os.environ["FILMS"], encoding="utf-8") as file:
    films = json.load(file)

parser = reqparse.RequestParser()
parser.add_argument("name")
parser.add_argument("year", type=int)
parser.add_argument("month")


def abort_if_film_doesnt_exist(film_id):
    if film_id not in films:
        abort(404, message=f"Film {film_id} doesn't exist")


class Film(Resource):
    def get(self, film_id):
        abort_if_film_doesnt_exist(film_id)
        return films[film_id]

    def put(self, film_id):
        args = parser.parse_args()
        films[film_id] = {"Name": args["name"], "Year": args["year"], "Month": args["month"]}
        return films[film_id], 201


class FilmList(Resource):
    def get(self):
        return films


api.add_resource(FilmList, "/films")
api.add_resource(Film, "/films/<film_id>")
