#!/usr/bin/env python3
"""Maps of the model: world.csv, admin1.csv and frames.csv, from Natural Earth.

    world_map.py WORLD_ATLAS_JSON OUT.csv [--detail FINER_ATLAS_JSON]
                 [--admin1 ADMIN1_GEOJSON --admin1-out FOLDER]

WORLD_ATLAS_JSON is Natural Earth's countries as TopoJSON (world-atlas, 1:110m). What it lacks (small
states) comes from the finer one (1:50m). The world is projected to Equal Earth, without Antarctica; the
first-level areas of the countries in HOSTS are drawn plate carree, so that a longitude and a latitude can
be placed on them with two multiplications (frames.csv). Standard library only; the same input gives the same output.
"""
import argparse
import csv
import json
import math
import pathlib
import sys
from collections import defaultdict

WIDTH = 1000          # of the world map, in its own units
CENTRE = 11.6         # central meridian: the seam then runs through the Bering Strait and cuts no island
BOX = 600             # a country's map fits in a square of this side
DOT = 3               # a country that spans fewer units than this gets a point and no path
HOSTS = "SO SS CF CD LY RS BA UA IQ AF".split()

NUMERIC = (
    "004AF 008AL 012DZ 016AS 020AD 024AO 028AG 031AZ 032AR 036AU 040AT 044BS 048BH 050BD 051AM 052BB 056BE 060BM 064BT "
    "068BO 070BA 072BW 076BR 084BZ 086IO 090SB 092VG 096BN 100BG 104MM 108BI 112BY 116KH 120CM 124CA 132CV 136KY 140CF "
    "144LK 148TD 152CL 156CN 158TW 170CO 174KM 178CG 180CD 184CK 188CR 191HR 192CU 196CY 203CZ 204BJ 208DK 212DM 214DO "
    "218EC 222SV 226GQ 231ET 232ER 233EE 234FO 238FK 239GS 242FJ 246FI 248AX 250FR 258PF 260TF 262DJ 266GA 268GE 270GM "
    "275PS 276DE 288GH 296KI 300GR 304GL 308GD 316GU 320GT 324GN 328GY 332HT 334HM 336VA 340HN 344HK 348HU 352IS 356IN "
    "360ID 364IR 368IQ 372IE 376IL 380IT 384CI 388JM 392JP 398KZ 400JO 404KE 408KP 410KR 414KW 417KG 418LA 422LB 426LS "
    "428LV 430LR 434LY 438LI 440LT 442LU 446MO 450MG 454MW 458MY 462MV 466ML 470MT 478MR 480MU 484MX 492MC 496MN 498MD "
    "499ME 500MS 504MA 508MZ 512OM 516NA 520NR 524NP 528NL 531CW 533AW 534SX 540NC 548VU 554NZ 558NI 562NE 566NG 570NU "
    "574NF 578NO 580MP 583FM 584MH 585PW 586PK 591PA 598PG 600PY 604PE 608PH 612PN 616PL 620PT 624GW 626TL 630PR 634QA "
    "642RO 643RU 646RW 652BL 654SH 659KN 660AI 662LC 663MF 666PM 670VC 674SM 678ST 682SA 686SN 688RS 690SC 694SL 702SG "
    "703SK 704VN 705SI 706SO 710ZA 716ZW 724ES 728SS 729SD 732EH 740SR 748SZ 752SE 756CH 760SY 762TJ 764TH 768TG 776TO "
    "780TT 784AE 788TN 792TR 795TM 796TC 800UG 804UA 807MK 818EG 826GB 831GG 832JE 833IM 834TZ 840US 850VI 854BF 858UY "
    "860UZ 862VE 876WF 882WS 887YE 894ZM"
)
ALPHA2 = {entry[:3]: entry[3:] for entry in NUMERIC.split()}
# Areas without a number of their own in the atlas: under the code of the UN member they belong to.
NAMED = {"Somaliland": "SO", "N. Cyprus": "CY", "Kosovo": "XK"}
# A ring that the atlas files under another country than the UN does (General Assembly resolution 68/262).
MOVED = [("RU", "UA", (32.0, 44.0, 37.0, 46.5))]

# Natural Earth's first-level areas, put right: (its code, near this longitude) -> code and names.
CORRECTED = {
    ("AF-PAR", 69.76): ("AF-PAN", "Panjshir", "Pandjchir", "بنجشير"),
    ("AF-URU", 66.3): ("AF-DAY", "Daykundi", "Daykondi", "دايكندي"),
    ("-99-X11~", 45.79): ("SO-X11", "Somaliland", "Somaliland", "أرض الصومال"),
    ("UA-30", 30.53): ("UA-30", "Kyiv (city)", "Kyiv (ville)", "كييف (المدينة)"),
    ("UA-32", 31.02): ("UA-32", "Kyiv (oblast)", "Kyiv (oblast)", "كييف (المقاطعة)"),
    ("RS-19", 21.16): ("RS-19", "Rasina", "Rasina", "راسينا"),
    ("LY-WS", 12.84): ("LY-WS", "Ash Shati", "Ash-Shati", "الشاطئ"),
}
BY_NAME = {"West Bosnia": ("Canton 10 (Livno)", "Canton 10 (Livno)", "كانتون 10 (ليفنو)")}
CRIMEA = ("UA-43", "Crimea and Sevastopol", "Crimée et Sébastopol", "القرم وسيفاستوبول")


def alpha2(geometry):
    return ALPHA2.get(geometry.get("id")) or NAMED.get(geometry["properties"]["name"])


# ---- TopoJSON ---------------------------------------------------------------------------------------------

def arcs_of(atlas):
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def rings_by_country(atlas):
    """Code -> rings (lists of lon/lat). Borders between two parts of the same code are dissolved."""
    arcs = arcs_of(atlas)

    def points(index):
        return arcs[index] if index >= 0 else arcs[~index][::-1]

    parts = defaultdict(list)                       # code -> rings, each a list of arc indexes
    for geometry in atlas["objects"]["countries"]["geometries"]:
        code = alpha2(geometry)
        if not code or geometry["properties"]["name"] == "Ashmore and Cartier Is.":
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            outer = [p for index in polygon[0] for p in points(index)]
            target = code
            for source, owner, (west, south, east, north) in MOVED:
                if code == source and all(west < x < east and south < y < north for x, y in outer):
                    target = owner
            parts[target] += polygon
    rings = {}
    for code, members in parts.items():
        used = {index for ring in members for index in ring}
        out = [ring for ring in members if not any(~index in used for index in ring)]
        loose = [index for ring in members if ring not in out for index in ring if ~index not in used]
        lines = [[p for n, index in enumerate(ring) for p in points(index)[n > 0:]] for ring in out]
        while loose:                                # stitch the arcs that are left end to start
            line = list(points(loose.pop(0)))
            while line[0] != line[-1]:
                following = next((i for i in loose if points(i)[0] == line[-1]), None)
                if following is None:
                    sys.exit(f"{code}: a border cannot be closed at {line[-1]}")
                loose.remove(following)
                line += points(following)[1:]
            lines.append(line)
        rings[code] = lines
    return rings


# ---- geometry ---------------------------------------------------------------------------------------------

def equal_earth(lon, lat):
    """Savric, Patterson and Jenny 2018."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    lon -= CENTRE
    if lon < -180:
        lon += 360
    root = math.sqrt(3)
    t = math.asin(root / 2 * math.sin(math.radians(lat)))
    x = 2 * root * math.radians(lon) * math.cos(t) / (3 * (9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1))
    return x, a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t


def area(ring):
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1])) / 2


def tidy(ring):
    """Whole numbers, without repeated points, spikes and points on a straight line."""
    ring = [(round(x), round(y)) for x, y in ring]
    if ring[0] == ring[-1]:
        del ring[-1]
    changed = True
    while changed and len(ring) > 2:
        changed = False
        kept = []
        for n, (x1, y1) in enumerate(ring):
            x0, y0 = kept[-1] if kept else ring[-1]
            x2, y2 = ring[n + 1] if n + 1 < len(ring) else (kept or ring)[0]
            if (x1 - x0) * (y2 - y1) == (x2 - x1) * (y1 - y0):
                changed = True
            else:
                kept.append((x1, y1))
        ring = kept
    return ring


def path(rings):
    """The shortest path we know: relative commands, h and v where a coordinate stays, no needless separators."""
    text = ""
    cursor = None
    for ring in rings:
        if len(ring) < 3:
            continue
        ring = ring if cursor is None else min((ring[i:] + ring[:i] for i in range(len(ring))),
                                               key=lambda r: len(pair(r[0][0] - cursor[0], r[0][1] - cursor[1])))
        x, y = start = ring[0]
        text += "m" + (pair(x, y) if cursor is None else pair(x - cursor[0], y - cursor[1]))
        best = {"l": ""}                            # command in force -> text so far; after "m" it is a line
        for px, py in ring[1:]:
            dx, dy = px - x, py - y
            x, y = px, py
            steps = [("l", pair(dx, dy))]
            if dy == 0:
                steps.append(("h", str(dx)))
            if dx == 0:
                steps.append(("v", str(dy)))
            nxt = {}
            for mode, so_far in best.items():
                for new, numbers in steps:
                    joint = new if mode != new else ("" if numbers[0] == "-" else " ")
                    candidate = so_far + joint + numbers
                    if new not in nxt or len(candidate) < len(nxt[new]):
                        nxt[new] = candidate
            best = nxt
        text += min(best.values(), key=len) + "z"
        cursor = start
    return text


def pair(x, y):
    return f"{x}{y}" if y < 0 else f"{x} {y}"


def inside(rings, x, y):
    odd = False
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                odd = not odd
    return odd


def distance(rings, x, y):
    nearest = math.inf
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
            dx, dy = x1 - x0, y1 - y0
            t = max(0, min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy or 1)))
            nearest = min(nearest, math.hypot(x - x0 - t * dx, y - y0 - t * dy))
    return nearest if inside(rings, x, y) else -nearest


def label_point(rings):
    """The point deepest inside the largest ring (its holes, small as they are, count too)."""
    outer = max(rings, key=lambda ring: abs(area(ring)))
    xs, ys = [p[0] for p in outer], [p[1] for p in outer]
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    span = max(right - left, bottom - top)
    best = (-math.inf, (left + right) / 2, (top + bottom) / 2)
    cx, cy, reach = best[1], best[2], span / 2
    near = [outer] + [r for r in rings if r is not outer and inside([outer], *r[0])]
    while reach > span / 200:
        for i in range(-8, 9):
            for j in range(-8, 9):
                x, y = cx + i * reach / 8, cy + j * reach / 8
                if left <= x <= right and top <= y <= bottom:
                    best = max(best, (distance(near, x, y), x, y))
        cx, cy, reach = best[1], best[2], reach / 4
    return round(best[1]), round(best[2])


# ---- the world --------------------------------------------------------------------------------------------

def world(atlas, detail):
    coarse = rings_by_country(atlas)
    fine = rings_by_country(detail) if detail else {}
    lines = {**fine, **coarse}
    flat = {code: [[equal_earth(*p) for p in ring] for ring in rings] for code, rings in lines.items()}
    every = [p for rings in flat.values() for ring in rings for p in ring]
    x0, x1 = min(p[0] for p in every), max(p[0] for p in every)
    y0, y1 = min(p[1] for p in every), max(p[1] for p in every)
    scale = WIDTH / (x1 - x0)
    rows = []
    for code in sorted(flat):
        exact = [[((x - x0) * scale, (y1 - y) * scale) for x, y in ring] for ring in flat[code]]
        rings = [r for r in (tidy(ring) for ring in exact) if len(r) > 2]
        if code not in coarse:                      # islands of a few units are noise at this size
            rings = [r for r in rings if abs(area(r)) >= 3]
        xs = [p[0] for ring in exact for p in ring]
        ys = [p[1] for ring in exact for p in ring]
        width, height = round(max(xs) - min(xs)), round(max(ys) - min(ys))
        if not rings or code not in coarse and sum(abs(area(r)) for r in rings) < DOT * DOT:
            rings = []
        x, y = label_point(rings if rings else exact)
        rows.append([code, x, y, width, height, path(rings)])
    return rows, round((y1 - y0) * scale)


# ---- first-level areas ------------------------------------------------------------------------------------

def simplify(line, tolerance):
    """Visvalingam and Whyatt: drop the point whose triangle is smallest, until all are larger than tolerance."""
    line = list(line)
    while len(line) > 2:
        size, n = min((abs(area([line[i - 1], line[i], line[i + 1]])), i) for i in range(1, len(line) - 1))
        if size >= tolerance:
            break
        del line[n]
    return line


def shared_lines(shapes, tolerance):
    """Simplify rings so that neighbours still share their border: cut them where three lines meet."""
    neighbours = defaultdict(set)
    for rings in shapes:
        for ring in rings:
            for a, b in zip(ring, ring[1:] + ring[:1]):
                neighbours[a].add(b)
                neighbours[b].add(a)
    cache = {}

    def short(line):
        key = min(tuple(line), tuple(line[::-1]))
        if key not in cache:
            cache[key] = simplify(key, tolerance)
        return cache[key] if tuple(line) == key else cache[key][::-1]

    out = []
    for rings in shapes:
        done = []
        for ring in rings:
            joints = [i for i, p in enumerate(ring) if len(neighbours[p]) != 2]
            if len(joints) < 2:                     # an island, or a border with one neighbour only
                first = joints[0] if joints else ring.index(min(ring))
                ring = ring[first:] + ring[:first]
                far = max(range(len(ring)), key=lambda i: math.dist(ring[0], ring[i]))
                joints = [0, far]
            pieces = []
            for a, b in zip(joints, joints[1:] + joints[:1]):
                line = ring[a:b + 1] if b > a else ring[a:] + ring[:b + 1]
                pieces += short(line)[:-1]
            done.append(pieces)
        out.append(done)
    return out


def areas(collection, detail):
    by_country = defaultdict(list)
    for feature in collection["features"]:
        if feature["properties"]["iso_a2"] in HOSTS:
            by_country[feature["properties"]["iso_a2"]].append(feature)
    crimea = []
    if detail:
        west, south, east, north = MOVED[0][2]
        for polygon in next(g for g in detail["objects"]["countries"]["geometries"] if g.get("id") == "643")["arcs"]:
            arcs = arcs_of(detail)
            ring = [p for i in polygon[0] for p in (arcs[i] if i >= 0 else arcs[~i][::-1])[:-1]]
            if all(west < x < east and south < y < north for x, y in ring):
                crimea.append(ring)
    rows, frames = [], []
    for country in HOSTS:
        names, shapes = [], []
        codes = [f["properties"]["iso_3166_2"] for f in by_country[country]]
        for feature in by_country[country]:
            p, g = feature["properties"], feature["geometry"]
            code = p["iso_3166_2"]
            name = [p["name_en"] or p["name"], p["name_fr"] or p["name"], p["name_ar"] or p["name"]]
            for suffix in (" Economic Prefecture", " Prefecture", " Canton", " District"):
                name[0] = name[0].removesuffix(suffix)
            for prefix in ("canton de la ", "canton de l'", "canton de ", "canton d'", "d'"):
                name[1] = name[1].removeprefix(prefix)
            for prefix in ("محافظة ", "ولاية ", "مقاطعة ", "شعبية ", "مديرية ", "بلدية ", "كانتون "):
                name[2] = name[2].removeprefix(prefix)
            name[1] = name[1][:1].upper() + name[1][1:]
            name = list(BY_NAME.get(p["name"], name))
            wrong = next((v for (c, lon), v in CORRECTED.items()
                          if c == code and abs(p["longitude"] - lon) < 0.1), None)
            if wrong:
                code, *name = wrong
            elif code in ("BA-BIH", "BA-SRP") or "~" in code:
                code = p["adm1_code"]               # no code of its own in ISO 3166-2
            polygons = g["coordinates"] if g["type"] == "MultiPolygon" else [g["coordinates"]]
            names.append([code] + name)
            shapes.append([[tuple(q) for q in ring[:-1]] for polygon in polygons for ring in polygon])
        if country == "UA" and crimea:
            names.append(list(CRIMEA))
            shapes.append(crimea)
        every = [q for rings in shapes for ring in rings for q in ring]
        west, east = min(q[0] for q in every), max(q[0] for q in every)
        south, north = min(q[1] for q in every), max(q[1] for q in every)
        squeeze = math.cos(math.radians((south + north) / 2))
        scale = BOX / max((east - west) * squeeze, north - south)
        sx, sy = round(scale * squeeze, 5), round(scale, 5)
        frames.append([country, round(west, 5), round(north, 5), sx, sy,
                       math.ceil((east - west) * sx), math.ceil((north - south) * sy)])
        flat = [[[((x - west) * sx, (north - y) * sy) for x, y in ring] for ring in rings] for rings in shapes]
        out = []
        for (code, *name), rings in zip(names, shared_lines(flat, 1.5)):
            rings = [r for r in (tidy(ring) for ring in rings) if len(r) > 2 and abs(area(r)) >= 2]
            x, y = label_point(rings)
            out.append([country, code, *name, x, y, path(rings)])
        if len({r[1] for r in out}) != len(out):
            sys.exit(f"{country}: two areas have the same code")
        rows += sorted(out, key=lambda r: r[1])
    return rows, frames


def write(file, header, rows):
    with open(file, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{file}: {len(rows)} rows, {pathlib.Path(file).stat().st_size} bytes", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("atlas")
    parser.add_argument("out")
    parser.add_argument("--detail")
    parser.add_argument("--admin1")
    parser.add_argument("--admin1-out")
    args = parser.parse_args()

    def load(name):
        return json.loads(pathlib.Path(name).read_text(encoding="utf-8")) if name else None

    detail = load(args.detail)
    rows, height = world(load(args.atlas), detail)
    write(args.out, ["code", "x", "y", "width", "height", "path"], rows)
    print(f"viewBox 0 0 {WIDTH} {height}", file=sys.stderr)
    if args.admin1:
        folder = pathlib.Path(args.admin1_out or pathlib.Path(args.out).parent)
        rows, frames = areas(load(args.admin1), detail)
        write(folder / "admin1.csv", ["country", "code", "en", "fr", "ar", "x", "y", "path"], rows)
        write(folder / "frames.csv", ["country", "lon0", "lat0", "scale_x", "scale_y", "width", "height"], frames)


if __name__ == "__main__":
    main()
