"""Makes the demo's tables from their sources.

usage: tables.py US_TRAINING.csv UN_PERSONNEL.csv OUT

The training table goes in with years of four digits: all its countries are host countries. Of the personnel table, the
missions in the host countries, whole years, and the rows with anybody in them (a mission's absent contributors are 1,500
rows of zeros a mission). Its figures are sums of the months reported divided by twelve, so that a year of which months are
missing looks like a smaller mission: all missions fall together in 2010, 2012, 2017 and 2021, and each in the year in which
it began.
"""

import csv
import re
import sys
from pathlib import Path

PARTIAL_YEARS = {"2010", "2012", "2017", "2021"}
PARTIAL = {("MINUSCA", "2014"), ("UNMISS", "2011")}
MISSIONS = {"UNMISS", "MINUSCA", "MONUSCO", "MONUC", "UNSOM", "UNSOS", "UNSMIL", "UNAMI", "UNAMA"}


def four_digits(date):
    """4/9/01 is 2001: the reports begin in 1999."""
    return re.sub(r"/(\d\d)$", lambda m: "/20" + m[1], date)


def main(training, personnel, out):
    out = Path(out)
    with open(training, newline="", encoding="utf-8") as source, open(out / "us_training.csv", "w", newline="", encoding="utf-8") as to:
        reader = csv.DictReader(source)
        writer = csv.DictWriter(to, reader.fieldnames)
        writer.writeheader()
        for row in reader:
            writer.writerow(row | {c: four_digits(row[c]) for c in ("start_date", "end_date")})
    with open(personnel, newline="", encoding="utf-8") as source, open(out / "un_personnel.csv", "w", newline="", encoding="utf-8") as to:
        writer = csv.writer(to, lineterminator="\n")
        writer.writerow(["Year", "Country", "Mission", "Female", "Male", "Total"])
        for row in csv.DictReader(source):
            whole = row["Year"] not in PARTIAL_YEARS and (row["Mission"], row["Year"]) not in PARTIAL
            if whole and row["Mission"] in MISSIONS and float(row["Total"] or 0) > 0:
                writer.writerow([row[c] for c in ("Year", "Country", "Mission", "Female", "Male", "Total")])


if __name__ == "__main__":
    main(*sys.argv[1:4])
