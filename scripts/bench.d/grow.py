"""Grows real IATI files to a size: the activities of a folder again and again, each copy with identifiers of its own.

usage: grow.py FOLDER OUT.xml (--bytes N | --activities N) [--transactions FACTOR]

Every copy appends "-copyN" to iati-identifier and to the references between activities, so that copies relate to each
other as the originals do and no identifier comes twice. With --transactions 1.6, three copies of five have each of
their transactions twice, so that there are 1.6 times as many an activity. OUT may be - for standard output.
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
    a = arguments.parse_args()
    originals = []
    for path in sorted(Path(a.folder).glob("*.xml")):
        originals += ACTIVITY.findall(path.read_bytes())
    doubled = [TRANSACTION.sub(rb"\g<0>\g<0>", o) for o in originals]
    out = sys.stdout.buffer if a.out == "-" else open(a.out, "wb")
    written = out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n')
    activities = copies = 0
    while written < a.bytes and activities < a.activities:
        suffix = b"-copy%d" % copies if copies else b""
        twice = (copies % 5) / 5 < a.transactions - 1
        for activity in doubled if twice else originals:
            if written >= a.bytes or activities >= a.activities:
                break
            if suffix:
                activity = IDENTIFIER.sub(rb"\g<1>\g<2>" + suffix + rb"\g<3>", activity, count=1)
                activity = REFERENCE.sub(rb"\g<1>\g<2>" + suffix + rb"\g<3>", activity)
            written += out.write(activity) + out.write(b"\n")
            activities += 1
        copies += 1
    written += out.write(b"</iati-activities>\n")
    out.close()
    print(f"{written} bytes, {activities} activities, {copies} copies of {len(originals)}", file=sys.stderr)


if __name__ == "__main__":
    main()
