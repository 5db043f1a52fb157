"""Grows real IATI files to a size: the activities of a folder again and again, each copy with identifiers of its own.

usage: grow.py FOLDER OUT.xml (--bytes N | --activities N) [--transactions FACTOR]
       grow.py FOLDER OUT --bytes N --files M

Every copy appends "-copyN" to iati-identifier and to the references between activities, so that copies relate to each
other as the originals do and no identifier comes twice. With --transactions 1.6, three copies of five have each of
their transactions twice, so that there are 1.6 times as many an activity. OUT may be - for standard output. With --files,
OUT is a folder of so many files of the same size.
"""

import argparse
import re
import sys
from pathlib import Path

ACTIVITY = re.compile(rb"<iati-activity[\s>].*?</iati-activity>", re.S)
IDENTIFIER = re.compile(rb"(<iati-identifier>\s*)([^<]*?)(\s*</iati-identifier>)")
REFERENCE = re.compile(rb'(<related-activity[^>]*\sref="|(?:provider|receiver)-activity-id=")([^"]*)(")')
TRANSACTION = re.compile(rb"<transaction[\s>].*?</transaction>", re.S)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder")
    arguments.add_argument("out")
    arguments.add_argument("--bytes", type=int, default=1 << 62)
    arguments.add_argument("--activities", type=int, default=1 << 62)
    arguments.add_argument("--transactions", type=float, default=1.0)
    arguments.add_argument("--files", type=int, default=0)
    a = arguments.parse_args()
    originals = []
    for path in sorted(Path(a.folder).glob("*.xml")):
        originals += ACTIVITY.findall(path.read_bytes())
    doubled = [TRANSACTION.sub(rb"\g<0>\g<0>", o) for o in originals]
    if a.files:
        Path(a.out).mkdir(parents=True, exist_ok=True)
        paths = [Path(a.out) / f"{n:05}.xml" for n in range(a.files)]
    else:
        paths = [None if a.out == "-" else Path(a.out)]
    all_of = grown(originals, doubled, a.transactions)
    total = activities = 0
    for path in paths:
        out = sys.stdout.buffer if path is None else open(path, "wb")
        written = out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n')
        while written < a.bytes // len(paths) and activities < a.activities:
            written += out.write(next(all_of)) + out.write(b"\n")
            activities += 1
        total += written + out.write(b"</iati-activities>\n")
        out.close()
    print(f"{total} bytes, {activities} activities, grown from {len(originals)}", file=sys.stderr)


def grown(originals, doubled, transactions):
    """The activities again and again, without an end."""
    copies = 0
    while True:
        suffix = b"-copy%d" % copies if copies else b""
        twice = (copies % 5) / 5 < transactions - 1
        for activity in doubled if twice else originals:
            if suffix:
                activity = IDENTIFIER.sub(rb"\g<1>\g<2>" + suffix + rb"\g<3>", activity, count=1)
                activity = REFERENCE.sub(rb"\g<1>\g<2>" + suffix + rb"\g<3>", activity)
            yield activity
        copies += 1


if __name__ == "__main__":
    main()
