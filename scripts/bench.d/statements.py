"""Writes made-up statements as JSON lines, or keeps them as a careful office would in Python: SQLite, a chain of SHA-256,
a full-text index, one transaction.

usage: statements.py make FILE NUMBER | statements.py keep FILE DATABASE
"""

import hashlib
import json
import sqlite3
import sys
import uuid


def make(path, number):
    actors = number // 5
    with open(path, "w") as out:
        for n in range(number):
            i = n % actors
            if n < actors:
                fields = {"name": f"Made-up unit {i} of the {i % 977} brigade", "class": "military", "country": "SO"}
                said = {"kind": "actor", "record": f"a{i}", "fields": fields, "valid_from": "2001", "locator": f"p. {i % 50}"}
            elif n < 2 * actors:
                fields = {"subject": f"a{i}", "relation": "part_of", "object": f"a{i // 10}"}
                said = {"kind": "relation", "record": f"r{i}", "fields": fields, "valid_from": "2001"}
            else:
                said = {"kind": "actor", "record": f"a{i}", "fields": {"note": f"made-up remark {n}"}}
            out.write(json.dumps({**said, "source": f"Made-up source {i % 999}"}) + "\n")


def keep(path, database):
    db = sqlite3.connect(database)
    db.execute("pragma journal_mode = wal")
    db.execute("create table statement (seq integer primary key, id text unique, kind, record, fields, source, prev, hash)")
    db.execute("create index by_record on statement (kind, record)")
    db.execute("create virtual table texts using fts5 (words, content = '', detail = none)")
    previous = ""
    with db:
        for seq, line in enumerate(open(path), 1):
            said = json.loads(line)
            fields, identifier = json.dumps(said["fields"]), str(uuid.uuid4())
            digest = hashlib.sha256((previous + identifier + line).encode()).hexdigest()
            row = (seq, identifier, said["kind"], said["record"], fields, said["source"], previous, digest)
            db.execute("insert into statement values (?, ?, ?, ?, ?, ?, ?, ?)", row)
            db.execute("insert into texts (rowid, words) values (?, ?)", (seq, " ".join(map(str, said["fields"].values()))))
            previous = digest


if __name__ == "__main__":
    {"make": lambda: make(sys.argv[2], int(sys.argv[3])), "keep": lambda: keep(sys.argv[2], sys.argv[3])}[sys.argv[1]]()
