"""Writes the guide as one text, its pages in their order, for who has no network and no browser for it. usage: guide.py FILE"""

import re
import sys
from pathlib import Path

guide = Path(__file__).resolve().parents[2] / "docs" / "guide"
pages = re.findall(r"\]\(([^)]+\.md)\)", (guide / "SUMMARY.md").read_text(encoding="utf-8"))
# The reference is written by the program itself; the gallery is pictures.
pages = [page for page in pages if not page.startswith("reference/") and page != "gallery.md"]
texts = []
for page in pages:
    text = re.sub(r"!\[[^]]*\]\([^)]*\)\n*", "", (guide / page).read_text(encoding="utf-8"))
    # A link to another page is its name: the page stands in the same file.
    texts.append(re.sub(r"\[([^]]*)\]\((?!https?:)[^)]*\)", r"\1", text).strip())
Path(sys.argv[1]).write_text(("\n\n" + "=" * 80 + "\n\n").join(texts) + "\n", encoding="utf-8")
