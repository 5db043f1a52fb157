#!/usr/bin/env python3
"""Fill in the French and Arabic names of countries, currencies and languages from Unicode CLDR.

usage: cldr_names.py CODESDIR

Works on country.csv, currency.csv and language.csv as written by iati_codes.py. Only empty names are filled in.
Needs the Python package babel, which carries the CLDR data (Unicode License v3).
"""

import csv
import os
import sys

from babel import Locale

TABLES = {"country": "territories", "currency": "currencies", "language": "languages"}

# Where CLDR's everyday name is not the one that is usual between states, or CLDR has none.
OURS = {
    ("country", "AN"): {"fr": "Antilles néerlandaises", "ar": "جزر الأنتيل الهولندية"},
    ("country", "CD"): {"fr": "République démocratique du Congo", "ar": "جمهورية الكونغو الديمقراطية"},
    ("country", "CG"): {"fr": "Congo", "ar": "الكونغو"},
    ("country", "PS"): {"fr": "État de Palestine", "ar": "دولة فلسطين"},
}


def main(arguments):
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("usage: cldr_names.py CODESDIR", file=sys.stderr)
        return 2
    for name, table in TABLES.items():
        path = os.path.join(arguments[0], name + ".csv")
        with open(path, encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            columns = reader.fieldnames
            rows = list(reader)
        for row in rows:
            for language in ("fr", "ar"):
                if not row[language] and (name, row["code"]) in OURS:
                    row[language] = OURS[name, row["code"]][language]
                elif not row[language]:
                    names = getattr(Locale(language), table)
                    # the bidirectional marks some names carry are for plain-text mixing only
                    row[language] = names.get(row["code"], "").replace("\u200f", "").replace("\u200e", "")
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        missing = [row["code"] for row in rows if not row["fr"] or not row["ar"]]
        print(f"{name}.csv {len(rows)}, without a French or Arabic name: {' '.join(missing) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
