"""Made films whose names, years and months are spread as those of real ones are. The same numbers give the same films."""

import itertools
import json
import random
from pathlib import Path

from .catalogue import MONTHS

NOUNS = """Night Man Love House Girl King Road Life Heart Time City World Woman Day Star Summer Blood Moon Fire River Death Dream Ghost
Island Winter Secret Garden Mountain Storm Shadow War Boy Father Mother Sister Brother Train Bridge Mirror Letter Game Song Queen Stranger
Angel Devil Forest Ocean Valley Diamond Dog Wolf Horse Bird Rose Ship Castle Door Window Street Harbour Doctor Soldier Detective Killer Thief
Wedding Honeymoon Christmas Murder Affair Journey Return Revenge Legend Curse Promise Silence Paradise Empire Planet Machine""".split()
ADJECTIVES = """Last Dark Big Little Lost Red Black White Golden Silent Secret Wild Lonely Broken Perfect Strange Hidden Beautiful Dead Blue
Green Burning Forgotten Endless Bitter Sweet Cold Deep Crazy Happy Invisible Magnificent Young Old Brave Final First""".split()
PEOPLE = """Anna Max Maria John Emma Leo Sofia Jack Alice Frank Rosa Henry Julia Oscar Amélie François Zoë Jürgen Søren Łukasz Íñigo Björn
Hélène Chloé André Dvořák""".split()
PLACES = "Paris Berlin Tokyo Rome London Vienna Havana Istanbul Kyoto Lisbon Warszawa København München Montréal Bogotá Texas Alaska".split()
OTHERS = ["七人の侍", "千と千尋の神隠し", "東京物語", "花樣年華", "霸王別姬", "기생충", "올드보이", "Сталкер", "Иди и смотри", "Летят журавли", "दंगल", "Οδύσσεια"]

SHAPES = [
    ("The {adjective} {noun}", 20), ("The {noun}", 10), ("{adjective} {noun}", 14), ("{noun} of the {noun2}", 9), ("The {noun} of {place}", 6),
    ("{person}", 3), ("{person} and {person2}", 4), ("{person}'s {noun}", 5), ("{noun} in {place}", 6), ("{adjective} {noun} {number}", 5),
    ("{noun}: The {adjective} {noun2}", 6), ("{noun} {number}: {adjective} {noun2}", 4), ("My {adjective} {noun}", 4), ("{number} {noun}s", 2),
    ("Who Killed {person}?", 1), ("{other}", 1),
]
STEMS = [first + middle + last for first in ("ka", "mo", "ri", "se", "ta", "vo", "lu", "be", "ny", "dra")
         for middle in ("l", "n", "r", "st", "m", "v") for last in ("a", "en", "is", "or", "ya")]
WEIGHTS = list(itertools.accumulate(1 / (rank + 5) for rank in range(200)))


def films(count: int, seed: int = 7):
    """Dictionaries as an import takes them, with ids 1 to `count`."""
    dice = random.Random(seed)
    shapes, weights = zip(*SHAPES)
    for number in range(1, count + 1):
        yield {"Id": str(number), "Name": name(dice, dice.choices(shapes, weights)[0]), "Year": year(dice),
               "Month": dice.choice(MONTHS) if dice.random() < 0.9 else None}


def name(dice: random.Random, shape: str) -> str:
    found = shape.format(adjective=common(dice, ADJECTIVES), noun=common(dice, NOUNS), noun2=common(dice, NOUNS), person=common(dice, PEOPLE),
                         person2=common(dice, PEOPLE), place=common(dice, PLACES), number=dice.randint(2, 9), other=dice.choice(OTHERS))
    # Most names hold a word that few others have.
    return f"{found} {dice.choice(STEMS).capitalize()}{dice.choice(STEMS)}" if dice.random() < 0.8 else found


def common(dice: random.Random, words: list[str]) -> str:
    """The first words are the most common (Zipf's law, flattened)."""
    return dice.choices(words, cum_weights=WEIGHTS[:len(words)])[0]


def year(dice: random.Random) -> int:
    """More films are made each year."""
    return 2025 - min(int(dice.expovariate(1 / 22)), 130)


def write(file: Path, count: int):
    """NDJSON, the form that moves most films."""
    with open(file, "w") as lines:
        for film in films(count):
            lines.write(json.dumps(film, ensure_ascii=False, separators=(",", ":")) + "\n")
