"""Lists all that a program is made of, as CycloneDX 1.5. usage: sbom.py TARGET [FOLDER] (with SOURCE_DATE_EPOCH set)

FOLDER is that of the program's Cargo workspace, of those in the repository: `pdf` for remit-pdf. Cargo's own lock file and metadata are the source: what is built into the program, with licences and checksums; not what only
tests need.
"""

import json
import os
import subprocess
import sys
import time
import tomllib
import uuid
from pathlib import Path

root = Path(__file__).resolve().parents[2].joinpath(*sys.argv[2:3])
target = sys.argv[1]
metadata = json.loads(
    subprocess.check_output(
        ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", target], cwd=root
    )
)
lock = tomllib.loads((root / "Cargo.lock").read_text())
checksums = {(p["name"], p["version"]): p.get("checksum") for p in lock["package"]}
packages = {p["id"]: p for p in metadata["packages"]}
nodes = {n["id"]: n for n in metadata["resolve"]["nodes"]}
program = next(p for p in metadata["packages"] if p["name"] in ("remit", "remit-pdf"))


def built_in(node):
    """What of a crate's dependencies is built into the program, or builds it."""
    return [d["pkg"] for d in node["deps"] if any(kind["kind"] != "dev" for kind in d["dep_kinds"])]


def reference(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(package):
    entry = {
        "type": "application" if package is program else "library",
        "bom-ref": reference(package),
        "name": package["name"],
        "version": package["version"],
        "purl": reference(package),
    }
    if package.get("license"):
        entry["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    checksum = checksums.get((package["name"], package["version"]))
    if checksum:
        entry["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    return entry


found, waiting = {program["id"]}, [program["id"]]
while waiting:
    for dependency in built_in(nodes[waiting.pop()]):
        if dependency not in found:
            found.add(dependency)
            waiting.append(dependency)
parts = sorted((packages[i] for i in found), key=lambda p: (p["name"], p["version"]))
moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"])))
bom = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.5",
    "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{reference(program)}#{target}#{moment}')}",
    "version": 1,
    "metadata": {"timestamp": moment, "component": component(program)},
    "components": [component(p) for p in parts if p is not program],
    "dependencies": [
        {"ref": reference(p), "dependsOn": sorted({reference(packages[d]) for d in built_in(nodes[p["id"]])})}
        for p in parts
    ],
}
json.dump(bom, sys.stdout, indent=1)
print()
