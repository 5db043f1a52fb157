"""Writes a made-up register of people as JSON lines: 200 institutions with their units, 20,000 postings, their incidents and support files,
strength by list, year, rank and sex, surveys; 100,000 statements in all.

usage: people.py FILE
"""

import json
import random
import sys

YEARS = range(2009, 2027)
BANDS = ["OF-1", "OF-3", "OF-6", "OR-2", "OR-6"]
CLASSES = ["police", "military", "corrections", "justice", "intelligence"]
INSTITUTIONS, UNITS, PERSONS, INCIDENTS, FILES, STATEMENTS = 200, 1800, 15000, 4000, 400, 100_000


def statements():
    chance = random.Random(7)
    actor = lambda n: f"a{n}"
    for n in range(INSTITUTIONS):
        yield "actor", actor(n), {"name": f"Made-up institution {n}", "class": CLASSES[n % 5], "country": "SO" if n % 2 else "KE"}, {"valid_from": "2005"}
    for n in range(INSTITUTIONS, INSTITUTIONS + UNITS):
        parent = (n - INSTITUTIONS) // 8 if n < INSTITUTIONS * 8 else chance.randrange(INSTITUTIONS, INSTITUTIONS * 4)
        yield "actor", actor(n), {"name": f"Made-up unit {n}", "class": CLASSES[n % 5], "country": "SO" if n % 2 else "KE"}, {"valid_from": "2006"}
        yield "relation", f"r{n}", {"subject": actor(n), "relation": "part_of", "object": actor(parent % INSTITUTIONS if n % 3 else parent)}, {"valid_from": "2006"}
    for n in range(PERSONS):
        yield "person", f"p{n}", {"name": f"Made-up Person {n}", "sex": "women" if n % 6 == 0 else "men", "country": "SO" if n % 2 else "KE"}, {}
    for n in range(20_000):
        begins = 2008 + n % 18
        role = ["commands", "commands", "deputy", "acting", "staff"][n % 5]
        fields = {"person": f"p{n % PERSONS}", "actor": actor(n % (INSTITUTIONS + UNITS)), "role": role, "rank": "Made-up rank"}
        yield "posting", f"post{n}", fields, {"valid_from": f"{begins}-0{1 + n % 9}", "valid_to": f"{begins + 2}-0{1 + n % 9}"}
    for n in range(INCIDENTS):
        fields = {"allegation": f"Made-up allegation {n}", "actor": actor(chance.randrange(INSTITUTIONS + UNITS)), "starts": f"{2010 + n % 16}-0{1 + n % 9}-11"}
        yield "incident", f"i{n}", fields, {}
    for n in range(FILES):
        fields = {"title": f"Made-up support {n}", "recipients": ["actor:" + actor(chance.randrange(INSTITUTIONS, INSTITUTIONS + UNITS))], "date": f"202{n % 6}-03-01"}
        yield "support_request", f"f{n}", fields, {}
        yield "decision", f"d{n}", {"support_request": f"f{n}", "decision": "approve", "date": f"202{n % 6}-04-01"}, {"valid_from": f"202{n % 6}-04-01", "valid_to": "2027-12-31"}
    for n in range(60):
        yield "survey", f"s{n}", {"title": f"Made-up survey {n}", "country": "SO" if n % 2 else "KE", "ends": f"{2012 + n % 15}-06-01", "respondents": 1200}, {}
    for n in range(INSTITUTIONS * 15):
        fields = {"survey": f"s{n % 60}", "question": "Trust", "actor": actor(n % INSTITUTIONS), "answer": ["A lot", "A little", "None"][n // 60 % 3], "share": 20 + n % 50}
        yield "estimate", f"e{n}", {**fields, "sense": ["trust", "trust", "distrust"][n // 60 % 3], "respondents": 1200}, {}
    lists = [(i, y, l, b) for i in range(INSTITUTIONS) for y in YEARS for l in ("payroll", "nominal_roll", "establishment") for b in BANDS]
    for n, (institution, year, kept, band) in enumerate(lists):
        people = 40 + chance.randrange(400)
        fields = {"institution": actor(institution), "year": year, "list": kept, "rank_band": band, "people": people, "women": people * (5 + n % 20) // 100}
        yield "strength", f"n{n}", {**fields, "mean_pay": 3000 + n % 900, "currency": "USD"}, {}


def main():
    with open(sys.argv[1], "w") as out:
        for n, (kind, record, fields, dates) in enumerate(statements()):
            if n == STATEMENTS:
                break
            out.write(json.dumps({"kind": kind, "record": record, "fields": fields, "source": f"Made-up source {n % 999}", **dates}) + "\n")


if __name__ == "__main__":
    main()
