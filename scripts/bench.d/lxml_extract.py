"""What a desk would write instead: lxml iterparse that takes only identifier, sectors, countries and transactions.

usage: lxml_extract.py FILE
"""

import os
import sys
import time

from lxml import etree


def main(path):
    start = time.perf_counter()
    activities = transactions = 0
    rows = []
    for _, element in etree.iterparse(path, tag="iati-activity", huge_tree=True):
        activities += 1
        identifier = element.findtext("iati-identifier")
        sectors = [(s.get("vocabulary"), s.get("code"), s.get("percentage")) for s in element.findall("sector")]
        countries = [(c.get("code"), c.get("percentage")) for c in element.findall("recipient-country")]
        taken = []
        for t in element.findall("transaction"):
            transactions += 1
            kind, value, date = t.find("transaction-type"), t.find("value"), t.find("transaction-date")
            taken.append(
                (
                    kind.get("code") if kind is not None else None,
                    date.get("iso-date") if date is not None else None,
                    value.text if value is not None else None,
                    value.get("currency") if value is not None else None,
                    value.get("value-date") if value is not None else None,
                    [(s.get("vocabulary"), s.get("code")) for s in t.findall("sector")],
                    [c.get("code") for c in t.findall("recipient-country")],
                )
            )
        rows = (identifier, sectors, countries, taken)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    seconds = time.perf_counter() - start
    size = os.path.getsize(path)
    print(f"{activities} {transactions} {size} {seconds:.3f}")
    return rows


if __name__ == "__main__":
    main(sys.argv[1])
