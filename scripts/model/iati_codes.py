#!/usr/bin/env python3
"""Turn the code lists of the IATI standard (XML) into Remit's code lists (CSV).

usage: iati_codes.py XMLDIR OUTDIR

XMLDIR holds the standard's files (Sector.xml, Country.xml, ...): the folder `xml` of a copy of
https://github.com/IATI/IATI-Codelists-NonEmbedded or, for the lists that are part of the standard itself
(ActivityStatus, TransactionType, ...), of https://github.com/IATI/IATI-Codelists, branch version-2.03.
Every list of LISTS that is found there is written to OUTDIR; the others are left as they are. Run it once for
each of the two folders.

The columns are code, en, fr, ar, category, status. IATI has no Arabic names, and lacks some French ones. They are
Remit's own translations (for countries, currencies and languages see cldr_names.py), kept in the files of OUTDIR
themselves: what a file already says where IATI has no name is kept, and a new translation is written there. A French
name of IATI's wins over the one in the file. Codes without a translation, and codes whose English name is no longer
the one that was translated, are told, for a translator to look at. A code without a name is its own name in every
language (Version). The status is active where IATI gives none, as its schema says.
"""

import csv
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

LISTS = {
    # part of the standard (embedded)
    "ActivityDateType": "activity_date_type",
    "ActivityStatus": "activity_status",
    "BudgetStatus": "budget_status",
    "BudgetType": "budget_type",
    "DocumentCategory": "document_category",
    "OrganisationRole": "organisation_role",
    "RelatedActivityType": "related_activity_type",
    "TransactionType": "transaction_type",
    # kept beside the standard (non-embedded)
    "ActivityScope": "activity_scope",
    "AidType": "aid_type",
    "AidType-category": "aid_type_category",
    "AidTypeVocabulary": "aid_type_vocabulary",
    "CollaborationType": "collaboration_type",
    "ConditionType": "condition_type",
    "Country": "country",
    "Currency": "currency",
    "DisbursementChannel": "disbursement_channel",
    "DocumentCategory-category": "document_category_category",
    "FinanceType": "finance_type",
    "FinanceType-category": "finance_type_category",
    "FlowType": "flow_type",
    "GeographicExactness": "geographic_exactness",
    "GeographicLocationClass": "geographic_location_class",
    "GeographicLocationReach": "geographic_location_reach",
    "GeographicVocabulary": "geographic_vocabulary",
    "HumanitarianScopeType": "humanitarian_scope_type",
    "IndicatorMeasure": "indicator_measure",
    "Language": "language",
    "LocationType": "location_type",
    "LocationType-category": "location_type_category",
    "OrganisationType": "organisation_type",
    "PolicyMarker": "policy_marker",
    "PolicyMarkerVocabulary": "policy_marker_vocabulary",
    "PolicySignificance": "policy_significance",
    "Region": "region",
    "RegionVocabulary": "region_vocabulary",
    "ResultType": "result_type",
    "Sector": "sector",
    "SectorCategory": "sector_category",
    "SectorVocabulary": "sector_vocabulary",
    "TagVocabulary": "tag_vocabulary",
    "TiedStatus": "tied_status",
    "UNSDG-Goals": "un_sdg_goal",
    "Version": "version",
}

COLUMNS = ["code", "en", "fr", "ar", "category", "parent", "status"]
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def tidy(text):
    """One space between words, none around them."""
    return " ".join((text or "").split())


def names(item, default):
    """The names of an item by language; the first one of a language counts."""
    found = {}
    name = item.find("name")
    if name is not None:
        # version 1 of the standard had the text in <name> itself
        for part in list(name) or [name]:
            text = tidy(part.text)
            if text:
                found.setdefault(part.get(LANG, default), text)
    return found


def read(path):
    """The rows of one IATI file by code. Where a code is given twice, the active one counts."""
    root = ElementTree.parse(path).getroot()
    default = root.get(LANG, "en")
    rows = {}
    for item in root.iter("codelist-item"):
        code = tidy(item.findtext("code"))
        if not code:
            continue
        name = names(item, default)
        row = {
            "code": code,
            "en": name.get("en", code),
            "fr": name.get("fr", "" if name else code),
            "ar": name.get("ar", "" if name else code),
            "category": tidy(item.findtext("category")),
            "status": tidy(item.get("status")) or "active",
        }
        if code not in rows or rows[code]["status"] != "active":
            rows[code] = row
    return rows


def as_said(name):
    """A country as people say it, where ISO writes "Niger (the)", "Korea (the Republic of)" or "Falkland Islands (the) [Malvinas]"."""
    name = re.sub(r" \(the\)(?= \[|$)", "", name)
    turned = re.fullmatch(r"(.+) \((?:the )?(.+ of(?: the)?)\)", name)
    if turned:
        name = f"{turned[2]} {turned[1]}"
    return re.sub(r" \[(.+)\]$", r" (\1)", name)


def keep_translations(rows, path):
    """Fill names that IATI lacks from the file as it is; the codes whose English name changed since."""
    if not os.path.exists(path):
        return []
    renamed = []
    with open(path, encoding="utf-8", newline="") as file:
        for old in csv.DictReader(file):
            row = rows.get(old["code"])
            if row is None:
                continue
            # What IATI does not say is ours: to which region a country belongs, and a region to which wider one.
            for column in ("category", "parent"):
                row[column] = row.get(column) or old.get(column, "")
            kept = [column for column in ("fr", "ar") if not row[column] and old[column]]
            for column in kept:
                row[column] = old[column]
            if kept and row["en"] != old["en"]:
                renamed.append(row["code"])
    return renamed


def main(arguments):
    if len(arguments) != 2 or arguments[0].startswith("-"):
        print("usage: iati_codes.py XMLDIR OUTDIR", file=sys.stderr)
        return 2
    source, target = arguments
    os.makedirs(target, exist_ok=True)
    written = 0
    for theirs, ours in LISTS.items():
        path = os.path.join(source, theirs + ".xml")
        if not os.path.exists(path):
            continue
        rows = read(path)
        for row in rows.values() if ours == "country" else []:
            row["en"] = as_said(row["en"])
        out = os.path.join(target, ours + ".csv")
        renamed = keep_translations(rows, out)
        with open(out, "w", encoding="utf-8", newline="") as file:
            columns = [c for c in COLUMNS if c != "parent" or any(row.get("parent") for row in rows.values())]
            writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore", restval="")
            writer.writeheader()
            writer.writerows(rows[code] for code in sorted(rows))
        print(f"{ours}.csv {len(rows)}")
        for code in renamed:
            print(f"  {code}: translated under another English name, now `{rows[code]['en']}`")
        missing = [code for code in sorted(rows) if not rows[code]["fr"] or not rows[code]["ar"]]
        if missing:
            print(f"  without a French or Arabic name: {' '.join(missing)}")
        written += 1
    if not written:
        print(f"no IATI code list found in {source}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
