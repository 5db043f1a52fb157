#!/usr/bin/env python3
"""Add the names of countries in other languages and forms from Unicode CLDR to model/words/country.csv.

usage: country_words.py MODELDIR

What stands in the file stays; added are names that neither it nor codes/country.csv has. Needs the Python package babel, which
carries the CLDR data (Unicode License v3).
"""

import csv
import os
import re
import sys
import unicodedata

from babel import Locale

LANGUAGES = ("en", "fr", "ar", "es", "uk", "ru", "pt", "bs", "sr", "de")


def folded(text):
    letters = (c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", "".join(letters)))


def read(*path):
    with open(os.path.join(*path), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main(arguments):
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("usage: country_words.py MODELDIR", file=sys.stderr)
        return 2
    codes = [row for row in read(arguments[0], "codes", "country.csv") if row["status"] != "withdrawn"]
    there = {row["code"] for row in codes}
    known = {folded(row[name].removesuffix(" (the)")) for row in codes for name in ("code", "en", "fr", "ar")}
    rows = read(arguments[0], "words", "country.csv")
    known |= {folded(row["text"]) for row in rows}
    for language in LANGUAGES:
        for code, name in sorted(Locale(language).territories.items()):
            name = name.replace("\u200f", "").replace("\u200e", "")
            if code in there and folded(name) and folded(name) not in known:
                known.add(folded(name))
                rows.append({"text": name, "language": language, "code": code, "weight": "1"})
    with open(os.path.join(arguments[0], "words", "country.csv"), "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["text", "language", "code", "weight"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"country.csv {len(rows)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
