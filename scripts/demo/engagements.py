"""Makes the demo's engagements of UNMIBH from the paragraphs that PACT coded.

usage: engagements.py TRAIN.jsonl REGISTER

One row for each paragraph, activity of the security sector and way of engagement: what the mission did, by the paragraph
of the report that says so. The words of the report stay out; the symbol and the number of the paragraph lead to them.
What others did (InternationalActor) is left out, and so are activities outside the sector.
"""

import csv
import json
import sys
from pathlib import Path

MISSION, COUNTRY = "UNMIBH", "BA"
SOURCE = {"source": "PACT 2.0 (Otto and Honda 2024), coding of the Secretary-General’s report", "url": "https://github.com/flixi67/PACT", "reliability": "A", "credibility": "1"}
# activity of PACT: the task of the field, the function
TASKS = {
    "PoliceReform": ("police_reform", "public_order"),
    "JusticeSectorReform": ("justice_reform", "adjudication"),
    "PrisonReform": ("corrections_reform", "custody"),
    "LegalReform": ("legal_drafting", "policy_and_planning"),
    "BorderControl": ("border_management", "border_management"),
    "ControlSALW": ("weapons_and_ammunition", "small_arms_control"),
    "Demining": ("mine_action", "small_arms_control"),
    "HumanRights": ("human_rights_in_security", "human_rights"),
    "Gender": ("gender_in_security", "gender"),
    "SexualViolence": ("sexual_violence", "protection"),
    "DemocraticInstitutions": ("security_governance", "oversight"),
    "ElectoralSecurity": ("protection_of_civilians", "protection"),
}
# PACT tells apart whom the mission assists
SAME = {"AssistAgents": "Assist", "AssistOther": "Assist", "AssistPolicies": "Assist"}


def names(codes):
    path = Path(__file__).parents[2] / "model" / "codes" / f"{codes}.csv"
    with open(path, newline="", encoding="utf-8") as source:
        return {row["code"]: row["en"] for row in csv.DictReader(source)}


def engagements(paragraphs):
    activities, ways = names("pact_activity"), names("pact_engagement")
    for p in paragraphs:
        for activity, coded in p["codes"].items():
            if activity not in TASKS:
                continue
            task, function = TASKS[activity]
            for way in sorted({SAME.get(c, c) for c in coded} & ways.keys()):
                yield {
                    "record": f"eng/pact-{p['symbol'].replace('/', '-').lower()}-{p['n']}-{activity}-{way}".lower(),
                    "mission": f"mission/{MISSION.lower()}", "task": f"{activities[activity]}: {ways[way].lower()}",
                    "ssr_task": task, "country": COUNTRY, "function": function, "activity_category": activity, "engagement": way, "mode": "done",
                    "date": p["symbol"].split("/")[1], "document": document(p["symbol"])["record"], "paragraph": p["n"],
                } | SOURCE


def document(symbol):
    return {
        "record": f"doc/{symbol.replace('/', '-').lower()}", "title": f"Report of the Secretary-General on {MISSION}, {symbol}", "symbol": symbol,
        "publisher": "United Nations Secretary-General", "date": symbol.split("/")[1], "sort": "report", "mission": f"mission/{MISSION.lower()}",
    } | SOURCE


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as to:
        writer = csv.DictWriter(to, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(train, register):
    with open(train, encoding="utf-8") as source:
        paragraphs = [p for p in map(json.loads, source) if p["mission"] == MISSION and p["codes"]]
    rows = list(engagements(paragraphs))
    write(Path(register) / "5-facts/engagement-ba-unmibh.csv", rows)
    write(Path(register) / "2-documents/document-unmibh.csv", [document(s) for s in sorted({p["symbol"] for p in paragraphs})])
    print(len(rows), "engagements")


if __name__ == "__main__":
    main(*sys.argv[1:3])
