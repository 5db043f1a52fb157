"""Makes the demo's IATI files: activities for the ten host countries, by publisher, cleaned of persons.

usage: iati.py FOLDER_OF_IATI_FILES OUT

What goes in depends on the publisher (see PUBLISHERS and demo/iati/SOURCES.csv):

- full: the publisher's reuse terms allow its texts to be passed on. Contacts, addresses and telephone numbers go.
- facts: only facts and figures: identifiers, names, dates, codes, places, organisations, amounts. No descriptions.

Other publishers are left out. Needs lxml.
"""

import csv
import re
import sys
from pathlib import Path

from lxml import etree

COUNTRIES = {"SO", "SS", "CF", "CD", "LY", "RS", "BA", "UA", "IQ", "AF"}

EC = (
    "CC BY 4.0",
    "https://eur-lex.europa.eu/eli/dec/2011/833/oj",
    "Commission Decision 2011/833/EU on reuse; CC BY 4.0 is the default since February 2019",
)
FACTS = ("facts and figures only", "", "no licence was confirmed: texts are left out, facts are cited with their publisher")
PUBLISHERS = {
    "XI-IATI-EC_NEAR": ("ec-near", "European Commission, DG Neighbourhood and Enlargement Negotiations", "full", EC),
    "XI-IATI-EC_INTPA": ("ec-intpa", "European Commission, DG International Partnerships", "full", EC),
    "XI-IATI-EC_ECHO": ("ec-echo", "European Commission, DG Civil Protection and Humanitarian Aid", "full", EC),
    "GB-GOV-1": (
        "fcdo",
        "UK Foreign, Commonwealth and Development Office",
        "full",
        (
            "Open Government Licence v3.0",
            "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            "content of the UK government is under this licence unless it says otherwise",
        ),
    ),
    "XM-DAC-41114": ("undp", "United Nations Development Programme", "facts", FACTS),
    "XM-OCHA-CBPF": ("ocha-cbpf", "OCHA Country-Based Pooled Funds", "facts", FACTS),
    "XM-DAC-5-7": ("de-aa", "Germany, Federal Foreign Office", "facts", FACTS),
    "AU-5": ("australia", "Australian Government, Department of Foreign Affairs and Trade", "facts", FACTS),
    "SE-0": ("sweden", "Sweden, Sida", "facts", FACTS),
}

ALWAYS_OUT = {"contact-info"}
TEXTS = {"description", "result", "document-link", "conditions", "activity-description", "comment", "crs-add", "fss", "legacy-data"}
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w.-])\+\d[\d ()/.-]{7,}\d")


def concerned(activity):
    codes = {c.get("code") for c in activity.iter("recipient-country")}
    return bool(codes & COUNTRIES)


def clean(activity, facts):
    etree.strip_elements(activity, etree.Comment, *ALWAYS_OUT, with_tail=False)
    if facts:
        etree.strip_elements(activity, *TEXTS, with_tail=False)
    for element in list(activity.iter(etree.Element)):
        if "{" in str(element.tag) and element.getparent() is not None:
            element.getparent().remove(element)
            continue
        for name in list(element.attrib):
            if name.startswith("{") and not name.startswith("{http://www.w3.org/XML/1998/namespace}"):
                del element.attrib[name]
        if element.text:
            element.text = PHONE.sub("[removed]", EMAIL.sub("[removed]", element.text))
    etree.cleanup_namespaces(activity)
    return activity


def main(folder, out):
    found = {ref: {} for ref in PUBLISHERS}
    for path in sorted(Path(folder).glob("*.xml")):
        try:
            tree = etree.parse(str(path), etree.XMLParser(resolve_entities=False, huge_tree=True))
        except etree.XMLSyntaxError:
            continue
        version = tree.getroot().get("version", "2.03")
        for activity in tree.getroot().iter("iati-activity"):
            reporter = activity.find("reporting-org")
            ref = reporter.get("ref") if reporter is not None else None
            if ref in PUBLISHERS and concerned(activity):
                found[ref].setdefault((activity.findtext("iati-identifier") or "").strip(), (version, activity))
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    rows = []
    for ref, (name, title, what, (licence, url, evidence)) in PUBLISHERS.items():
        if not found[ref]:
            continue
        root = etree.Element("iati-activities", version="2.03")
        root.append(etree.Comment(f" {title}: activities for ten host countries as published under the IATI standard in June 2021; {licence}. Cleaned of contacts. "))
        for _, (_, activity) in sorted(found[ref].items()):
            activity.tail = None
            root.append(clean(activity, what == "facts"))
        etree.indent(root, " ")
        etree.ElementTree(root).write(str(out / f"{name}.xml"), encoding="utf-8", xml_declaration=True)
        rows.append([ref, title, what, licence, url, evidence, len(found[ref])])
    with open(out / "SOURCES.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["publisher_ref", "publisher", "what", "licence", "licence_url", "evidence", "activities"])
        writer.writerows(rows)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
