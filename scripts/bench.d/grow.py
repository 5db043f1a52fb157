"""Grows real IATI files to a size: the activities of a folder again and again, each copy with identifiers of its own.

usage: grow.py FOLDER BYTES OUT.xml

Every copy appends "-copyN" to iati-identifier and to the references between activities, so that copies relate to each
other as the originals do and no identifier comes twice.
"""

import re
import sys
from pathlib import Path

ACTIVITY = re.compile(rb"<iati-activity[\s>].*?</iati-activity>", re.S)
IDENTIFIER = re.compile(rb"(<iati-identifier>\s*)([^<]*?)(\s*</iati-identifier>)")
REFERENCE = re.compile(rb'(<related-activity[^>]*\sref="|(?:provider|receiver)-activity-id=")([^"]*)(")')


def main(folder, size, out):
    originals = []
    for path in sorted(Path(folder).glob("*.xml")):
        originals += ACTIVITY.findall(path.read_bytes())
    written = copies = 0
    with open(out, "wb") as to:
        written += to.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n')
        while written < size:
            suffix = b"" if copies == 0 else b"-copy%d" % copies
            for activity in originals:
                if written >= size:
                    break
                if suffix:
                    activity = IDENTIFIER.sub(rb"\g<1>\g<2>" + suffix + rb"\g<3>", activity, count=1)
                    activity = REFERENCE.sub(rb"\g<1>\g<2>" + suffix + rb"\g<3>", activity)
                written += to.write(activity) + to.write(b"\n")
            copies += 1
        written += to.write(b"</iati-activities>\n")
    print(f"{out}: {written} bytes, {copies} copies of {len(originals)} activities")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
