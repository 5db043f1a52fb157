"""Runs the benchmarks: see scripts/bench."""

import http.client
import json
import math
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
WORK = ROOT / "target" / "bench"
REMIT = ROOT / "target" / "release" / "remit"
ROUNDS = 5


def used(command, **more):
    """What a command used of the machine."""
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} failed")
    return usage


def run(command, **more):
    """Seconds and peak memory (MB) of a command."""
    start = time.perf_counter()
    usage = used(command, **more)
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def fresh(name):
    folder = WORK / name
    shutil.rmtree(folder, ignore_errors=True)
    run([REMIT, "init", folder])
    return folder


def grown(folder, name, *options):
    path = WORK / name
    if not path.exists():
        subprocess.run([sys.executable, HERE / "grow.py", folder, path, *options], check=True)
    return path


def bench_import(folder):
    big = grown(folder, "gigabyte.xml", "--bytes", "1000000000")
    small = grown(folder, "hundred.xml", "--bytes", "100000000")
    ratios, rates, peaks = [], [], []
    for _ in range(ROUNDS):
        ours, peak = run([REMIT, "import", fresh("import"), big])
        theirs, _ = run([sys.executable, HERE / "lxml_extract.py", big])
        ratios.append(theirs / ours)
        rates.append(1000 / ours)
        peaks.append(peak)
    _, small_peak = run([REMIT, "import", fresh("import"), small])
    print(f"import of 1 GB: {statistics.median(rates):.0f} MB/s; {statistics.median(ratios):.2f} times lxml iterparse ({min(ratios):.2f} to {max(ratios):.2f}, {ROUNDS} rounds)")
    print(f"peak memory: {max(peaks):.0f} MB at 1 GB, {small_peak:.0f} MB at 100 MB")


def spent(command):
    """Seconds of processor of a command."""
    usage = used(command)
    return usage.ru_utime + usage.ru_stime


def bench_registry(folder):
    """A registry of 8,000 files at a tenth of its size: the first import, one without a change, and one with 1 % of the files changed."""
    files, size = 8000, 1_500_000_000
    registry = WORK / "registry"
    if not (registry / f"{files - 1:05}.xml").exists():
        subprocess.run([sys.executable, HERE / "grow.py", folder, registry, "--bytes", str(size), "--files", str(files)], check=True)
    workspace = fresh("registry-workspace")
    stored = lambda: (workspace / "remit.db").stat().st_size
    command = [REMIT, "import", workspace, registry]
    first, held = spent(command), stored()
    again = spent(command)
    for n in range(50, files, 100):
        path = registry / f"{n:05}.xml"
        path.write_bytes(path.read_bytes() + b"<!-- changed -->\n")
    renewed = spent(command)
    print(
        f"registry of {files:,} files, {size / 1e9:.1f} GB: {first:.1f} s of processor; again without a change {again:.2f} s;"
        f" with 1 % changed {renewed:.2f} s, {renewed / first:.1%} of the time and {(stored() - held) / held:.1%} of the bytes"
    )


def million(folder):
    workspace = WORK / "million"
    if not (workspace / "done").exists():
        fresh("million")
        grow = subprocess.Popen(
            [sys.executable, HERE / "grow.py", folder, "-", "--activities", "1000000", "--transactions", "1.6"], stdout=subprocess.PIPE
        )
        subprocess.run([REMIT, "import", workspace, "-", "--dataset", "million"], stdin=grow.stdout, check=True)
        (workspace / "done").touch()
    return workspace


FACTS = "select activity, split, share, country, actor_class, supporter, supporter_name, sign, starts, ends, status, unconverted from support_fact"
MONEY = "select parent as activity, split, type, date, usd, eur from row_transaction"

QUESTION = """
select f.supporter, max(f.supporter_name), f.actor_class,
  count(distinct f.activity), count(distinct case when phase = 'active' then f.activity end),
  count(distinct case when sign <> 'read' then f.activity end), count(distinct case when sign = 'read' then f.activity end),
  sum(m.committed_usd * f.share), sum(m.disbursed_usd * f.share), sum(m.committed_eur * f.share), sum(m.disbursed_eur * f.share), max(f.ends)
from (select *, case when status = '5' then 'cancelled' when starts > '2021-06-30' then 'planned' when ends < '2021-06-30' then 'ended'
             else 'active' end as phase from 'facts.parquet' where ? = '' or country = ?) f
left join (select activity, split, sum(case when type = '2' then usd end) as committed_usd, sum(case when type in ('3', '4') then usd end) as disbursed_usd,
             sum(case when type = '2' then eur end) as committed_eur, sum(case when type in ('3', '4') then eur end) as disbursed_eur
           from 'money.parquet' where type in ('2', '3', '4') and date <= '2021-06-30' group by 1, 2) m
  on m.activity = f.activity and m.split = f.split
group by 1, 3 order by 2, 3
"""


def parquet(workspace):
    """The same rows for DuckDB: transactions, and the shares of the activities of the security sector."""
    import duckdb

    folder = WORK / "parquet"
    if not (folder / "money.parquet").exists():
        folder.mkdir(exist_ok=True)
        db = sqlite3.connect(workspace / "remit.db")
        for name, sql in (("facts", FACTS), ("money", MONEY)):
            rows = db.execute(sql)
            columns = [c[0] for c in rows.description]
            import csv

            with open(folder / f"{name}.csv", "w", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(columns)
                writer.writerows(rows)
            types = "{'type': 'VARCHAR', 'status': 'VARCHAR', 'date': 'VARCHAR', 'starts': 'VARCHAR', 'ends': 'VARCHAR', 'usd': 'DOUBLE', 'eur': 'DOUBLE'}"
            known = ", ".join(t for t in types.strip("{}").split(", ") if t.split("'")[1] in columns)
            duckdb.sql(
                f"copy (select * from read_csv('{folder}/{name}.csv', header=true, types={{{known}}}, sample_size=-1)) to '{folder}/{name}.parquet' (compression zstd)"
            )
            (folder / f"{name}.csv").unlink()
    return folder


def serve(workspace, *more):
    process = subprocess.Popen([REMIT, "serve", workspace, "--port", "0", *more], stderr=subprocess.PIPE, text=True)
    address, key = process.stderr.readline().split()[3].removeprefix("http://").split("/?key=")
    return process, (address, key)


def get(address, path):
    host, key = address
    connection = http.client.HTTPConnection(host)
    start = time.perf_counter()
    connection.request("GET", path, headers={"Authorization": f"Bearer {key}"})
    body = connection.getresponse().read()
    return time.perf_counter() - start, body


def bench_answer(folder):
    import duckdb

    workspace = million(folder)
    tables = parquet(workspace)
    counts = json.loads(
        subprocess.run(
            [REMIT, "sql", workspace, "select sum(records) as activities, sum(parts) as transactions, (select count(*) from support) as facts from snapshot", "--json"],
            capture_output=True,
            check=True,
        ).stdout
    )["rows"][0]
    print(f"grown from real files: {counts['activities']:,} activities, {counts['transactions']:,} transactions, {counts['facts']:,} rows of support")
    db = duckdb.connect()
    db.execute("set threads = 2")
    os.chdir(tables)
    process, address = serve(workspace)
    try:
        for country in ("SO", "AF", ""):
            path = f"/ask/support.csv?country={country}&valid_on=2021-06-30"
            get(address, path)
            ours, theirs = [], []
            for _ in range(ROUNDS):
                ours.append(get(address, path)[0])
                start = time.perf_counter()
                db.execute(QUESTION, [country, country]).fetchall()
                theirs.append(time.perf_counter() - start)
            ratio = statistics.median(t / o for t, o in zip(theirs, ours))
            print(
                f"support of {country or 'the world'}: {statistics.median(ours) * 1000:.0f} ms over HTTP, DuckDB over Parquet"
                f" {statistics.median(theirs) * 1000:.0f} ms; {ratio:.1f} times as fast"
            )
        path = "/ask/support.csv?valid_on=2016-06-30"
        first = get(address, path)[0]
        print(f"the world as at 2016: {get(address, path)[0] * 1000:.0f} ms warm, {first * 1000:.0f} ms the first time")
    finally:
        process.kill()


def bench_register(_):
    lines, number = WORK / "statements.jsonl", 1_000_000
    if not lines.exists():
        subprocess.run([sys.executable, HERE / "statements.py", "make", lines, str(number)], check=True)
    ratios, rates = [], []
    for _ in range(3):
        folder, other = fresh("register"), WORK / "kept.db"
        for path in WORK.glob("kept.db*"):
            path.unlink()
        ours, _ = run([REMIT, "add", folder, "--together"], stdin=open(lines))
        theirs, _ = run([sys.executable, HERE / "statements.py", "keep", lines, other])
        ratios.append(theirs / ours)
        rates.append(number / ours)
    print(f"append of 1 million statements: {statistics.median(rates):,.0f} a second; {statistics.median(ratios):.2f} times Python's sqlite3 ({min(ratios):.2f} to {max(ratios):.2f})")
    opened, _ = run([REMIT, "sql", folder, "select 1"])
    verified, _ = run([REMIT, "verify", folder])
    print(f"open {opened:.2f} s; verify the chain {verified:.1f} s")
    process, address = serve(folder)
    for path in ["/record/actor?record=a15000", "/history/actor?record=a15000", "/search?q=unit+15000", "/edit/relation?record=r5"]:
        first, _ = get(address, path)
        warm = statistics.median(get(address, path)[0] for _ in range(ROUNDS))
        print(f"{path}: first {first * 1000:.0f} ms, warm {warm * 1000:.1f} ms")
    process.terminate()


PEOPLE = {
    "screening of a unit": "/ask/screening?actor=a900&valid_on=2020-06-30",
    "chain of command": "/ask/chain?actor=a900&valid_on=2020-06-30",
    "who commanded it": "/ask/commanders?actor=a900&valid_on=2020-06-30",
    "support files": "/ask/files",
    "strength": "/ask/strength?country=SO",
    "women": "/ask/women?country=SO",
    "women by rank": "/ask/women_by_rank?country=SO",
    "pay": "/ask/pay?country=SO",
    "scenario": "/ask/scenario?actor=a1",
    "trust": "/ask/trust?country=SO",
    "a unit's page": "/record/actor?record=a900",
    "home": "/?country=SO",
}


def bench_people(_):
    lines, folder = WORK / "people.jsonl", fresh("people")
    subprocess.run([sys.executable, HERE / "people.py", lines], check=True)
    run([REMIT, "add", folder, "--together"], stdin=open(lines))
    process, address = serve(folder, "--clearance", "strictly_confidential")
    print(f"{sum(1 for _ in open(lines)):,} statements, 200 institutions, 20,000 postings:")
    for name, path in PEOPLE.items():
        first, body = get(address, path)
        print(f"{name}: first {first * 1000:.0f} ms, {len(body) / 1024:.0f} kB")
    process.terminate()


def bench_demo(_):
    times = []
    for _ in range(3):
        start = time.perf_counter()
        process = subprocess.Popen([REMIT, "demo", "--no-open", "--port", "0"], stderr=subprocess.PIPE, text=True)
        for line in process.stderr:
            if "http://" in line:
                get(line.split()[3].removeprefix("http://").split("/?key="), "/")
                break
        times.append(time.perf_counter() - start)
        process.terminate()
    print(f"demo: page ready {statistics.median(times):.2f} s after the command; binary {REMIT.stat().st_size / 1e6:.1f} MB")


def bench_pages(_):
    process = subprocess.Popen([REMIT, "demo", "--no-open", "--port", "0"], stderr=subprocess.PIPE, text=True)
    address = next(word for line in process.stderr for word in line.split() if word.startswith("http://"))
    subprocess.run([sys.executable, HERE / "pages.py", address], check=True)
    process.terminate()


def reports(coded):
    """The reports that coded paragraphs are of, each as a text."""
    folder, all_of = WORK / "reports", {}
    for line in map(json.loads, open(coded)):
        all_of.setdefault((line["report"], line["symbol"]), []).append(f"{line['n']}. {line['text']}\n")
    folder.mkdir(exist_ok=True)
    for (name, symbol), paragraphs in all_of.items():
        head = f"United Nations {symbol}\nSecurity Council\n\nReport of the Secretary-General\n\n"
        (folder / f"{Path(name).name}.txt").write_text(head + "\n".join(paragraphs))
    return sorted(folder.glob("*.txt"))


def bench_reader(coded):
    files = reports(coded)
    example = ["cargo", "run", "--release", "--quiet", "--package", "remit-reader", "--example", "speed", "--", *files]
    theirs = [sys.executable, HERE / "reader_sklearn.py", coded, ROOT / "model" / "lexicon", *files]
    size, ratios, rates = sum(f.stat().st_size for f in files) / 1e6, [], []
    for _ in range(3):
        out = [json.loads(subprocess.run([str(c) for c in command], check=True, capture_output=True, cwd=ROOT).stdout) for command in (example, theirs)]
        rates.append(out[0]["mb_per_second"])
        ratios.append(rates[-1] * out[1]["seconds"] / size)
    print(
        f"reading {size:.1f} MB of reports on one core, from bytes to proposals: {statistics.median(rates):.1f} MB/s;"
        f" {statistics.median(ratios):.0f} times spaCy's PhraseMatcher and scikit-learn ({min(ratios):.0f} to {max(ratios):.0f})"
    )
    phrases = ["cargo", "bench", "--quiet", "--package", "remit-reader", "--bench", "phrases", "--", *files]
    told = json.loads(subprocess.run([str(c) for c in phrases], check=True, capture_output=True, cwd=ROOT).stdout)
    ours, plain = (told[way]["mb_per_second"] for way in ("entered_at_words", "overlapping_search"))
    print(f"finding {told['phrases']:,} phrases: {ours:.0f} MB/s; aho-corasick's overlapping search for their beginnings alone: {plain:.0f} MB/s")
    for folds, labels in EVALUATED.items():
        command = [REMIT, "evaluate", coded, "--folds", folds, "--labels", labels, "--json"]
        told = json.loads(subprocess.run([str(c) for c in command], check=True, capture_output=True).stdout)
        print(f"held back by {folds}: F1 {told['micro']['f1']:.3f} of {labels.count(',') + 1} labels together; mean of folds {told['mean_of_folds']['micro']['f1']:.3f}")


EVALUATED = {
    "random": "PoliceReform,Operations_PatrolsInterventions,StateAdministration,RefugeeAssistance,ElectionAssistance,LegalReform,CivilSocietyAssistance",
    "mission": "PoliceReform,MilitaryReform,JusticeSectorReform,PrisonReform,LegalReform,HumanRights,Gender,BorderControl,CivilSocietyAssistance,"
    "DemocraticInstitutions,TransitionalJustice,National_Reconciliation,LocalReconciliation,ControlSALW,DisarmamentDemobilization,SexualViolence",
}


def same_rows(ours, theirs):
    """Whether two answers have the same rows, but for the last digits of what was added up in another order."""
    alike = lambda a, b: math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-6) if isinstance(a, float) or isinstance(b, float) else a == b
    number = lambda value: 0.0 if value is None else value
    pairs = [(a[key], b[key]) for a, b in zip(ours, theirs) for key in b]
    return len(ours) == len(theirs) and all(a == b or (a is not None and b is not None and alike(number(a), number(b))) for a, b in pairs)


def bench_engines(folder):
    """Questions for any engine on the grown million: SQLite in the register, and DataFusion over its export."""
    workspace, tables = million(folder), WORK / "tables"
    subprocess.run(["cargo", "build", "--release", "--quiet", "--manifest-path", ROOT / "cluster" / "Cargo.toml"], check=True)
    cluster = ROOT / "cluster" / "target" / "release" / "remit-cluster"
    seconds, _ = run([cluster, "export", workspace, tables, "--overwrite", "--valid-on", "2021-06-30"])
    rows = sum(t["rows"] for t in json.loads((tables / "manifest.json").read_text())["tables"])
    print(f"export of {rows:,} rows as Parquet: {seconds:.0f} s")
    for question in ("world", "years", "recipients", "concentration", "supporters"):
        ways = {"SQLite": [REMIT, "ask", workspace, question, "--json", "--valid-on", "2021-06-30"], "DataFusion": [cluster, "ask", tables, question]}
        times, answers = {}, {}
        for name, command in ways.items():
            for _ in range(ROUNDS):
                start = time.perf_counter()
                said = subprocess.run([str(c) for c in command], check=True, capture_output=True).stdout
                times.setdefault(name, []).append(time.perf_counter() - start)
            answers[name] = json.loads(said)["rows"]
        told = ", ".join(f"{name} {statistics.median(found) * 1000:.0f} ms" for name, found in times.items())
        rows = "the same rows" if same_rows(answers["DataFusion"], answers["SQLite"]) else "OTHER ROWS"
        print(f"{question}, programs from start to end: {told}; {rows}")


def bench_build(_):
    seconds, _ = run(["cargo", "build", "--release", "--target-dir", WORK / "build"], cwd=ROOT)
    shutil.rmtree(WORK / "build")
    print(f"cargo build --release from nothing: {seconds:.0f} s")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for name in sys.argv[2:]:
        {"import": bench_import, "registry": bench_registry, "answer": bench_answer, "register": bench_register, "people": bench_people, "demo": bench_demo, "pages": bench_pages, "reader": bench_reader, "engines": bench_engines, "build": bench_build}[name](folder)
