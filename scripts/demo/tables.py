"""Makes the demo's tables from their sources.

usage: tables.py US_TRAINING.csv UN_PERSONNEL.csv OUT

The training table goes in as it is: all its countries are host countries. Of the personnel
table, the missions in the host countries, and the rows with anybody in them (a mission's absent contributors are 1,500
rows of zeros a mission).
"""

import csv
import shutil
import sys
from pathlib import Path

MISSIONS = {"UNMISS", "MINUSCA", "MONUSCO", "MONUC", "UNSOM", "UNSOS", "UNSMIL", "UNAMI", "UNAMA"}


def main(training, personnel, out):
    out = Path(out)
    shutil.copyfile(training, out / "us_training.csv")
    with open(personnel, newline="", encoding="utf-8") as source, open(out / "un_personnel.csv", "w", newline="", encoding="utf-8") as to:
        writer = csv.writer(to, lineterminator="\n")
        writer.writerow(["Year", "Country", "Mission", "Female", "Male", "Total"])
        for row in csv.DictReader(source):
            if row["Mission"] in MISSIONS and float(row["Total"] or 0) > 0:
                writer.writerow([row[c] for c in ("Year", "Country", "Mission", "Female", "Male", "Total")])


if __name__ == "__main__":
    main(*sys.argv[1:4])
