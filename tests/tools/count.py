"""Lists the failures that ./test left in a folder and prints, as the last line, "N passed, N failed[, N skipped]".

It reads the NUnit results (*.trx), newman's (newman*.json) and the steps (steps.txt: "passed NAME" or
"failed NAME"). A step counts as one. The steps "dotnet test" and "newman..." stand for their tests; they
count as one failure when they failed without a failed test, as after a crash, or ran no test at all.
Exits with 1 when anything failed or nothing ran.
"""

import json
import sys
import xml.etree.ElementTree as xml
from collections import Counter
from pathlib import Path

LONGEST = 4_000  # characters shown of one failure
OUTCOMES = {"Passed": "passed", "NotExecuted": "skipped", "Inconclusive": "skipped"}


def nunit(folder):
    for file in folder.glob("**/*.trx"):
        for result in xml.parse(file).findall(".//{*}UnitTestResult"):
            outcome = OUTCOMES.get(result.get("outcome"), "failed")
            if outcome == "failed":
                print(f"failed: {result.get('testName')}")
                print("".join(result.itertext()).strip()[:LONGEST])
            yield outcome


def newman(file):
    if file.exists():
        run = json.loads(file.read_text(encoding="utf-8"))["run"]
        yield from ["failed"] * len(run["failures"])
        yield from ["passed"] * (run["stats"]["assertions"]["total"] - run["stats"]["assertions"]["failed"])


def main(folder):
    runs = {"dotnet test": Counter(nunit(folder))}
    runs |= {name: Counter(newman(folder / f"{name}.json")) for name in ("newman", "newman-scoped")}
    total = sum(runs.values(), Counter())
    steps = folder / "steps.txt"
    for line in steps.read_text(encoding="utf-8").splitlines() if steps.exists() else []:
        outcome, name = line.split(" ", 1)
        if name not in runs:
            total[outcome] += 1
        elif not runs[name]["failed"] and (outcome == "failed" or not runs[name]):
            total["failed"] += 1
    skipped = f", {total['skipped']} skipped" if total["skipped"] else ""
    print(f"{total['passed']} passed, {total['failed']} failed{skipped}")
    return 1 if total["failed"] or not total["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
