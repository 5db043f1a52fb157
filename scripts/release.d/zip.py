"""Packs a folder as a zip whose bytes depend on its content alone. usage: zip.py FOLDER FILE (with SOURCE_DATE_EPOCH set)"""

import os
import sys
import time
import zipfile
from pathlib import Path

folder, file = Path(sys.argv[1]), sys.argv[2]
moment = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6]
with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if path.suffix == ".exe" else 0o644) << 16
            archive.writestr(entry, path.read_bytes(), compresslevel=9)
