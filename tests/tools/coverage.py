"""Prints the share of lines that the tests ran, for each assembly, from the Cobertura files in a folder."""

import sys
import xml.etree.ElementTree as xml
from collections import defaultdict
from pathlib import Path


def main(folder):
    hits = defaultdict(lambda: defaultdict(int))
    for file in folder.glob("**/coverage.cobertura.xml"):
        report = xml.parse(file)
        source = Path(report.findtext("sources/source", ""))
        for package in report.iter("package"):
            for part in package.iter("class"):
                name = str(source / part.get("filename"))
                if "/Migrations/" in name or "/obj/" in name:
                    continue
                for line in part.iter("line"):
                    hits[package.get("name")][name, line.get("number")] += int(line.get("hits"))
    for assembly, lines in sorted(hits.items()):
        run = sum(1 for count in lines.values() if count)
        print(f"{assembly}: {run} of {len(lines)} lines run by tests, {100 * run / len(lines):.1f} %")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
