"""Asks a server for pages as twenty browsers would: how long the first answer of each takes, and how many come in a second after it.

usage: pages.py ADDRESS_WITH_KEY [seconds]
"""

import asyncio
import http.client
import statistics
import sys
import time
from urllib.parse import urlsplit

READERS = 20
PAGES = {
    "home": "/?country=SO",
    "world": "/world",
    "country": "/country/SO",
    "support": "/support?country=SO",
    "list": "/records/actor",
    "list, narrowed": "/records/actor?class=police",
    "body": "/record/actor?record=so/police",
    "mission": "/record/actor?record=mission/unsom",
    "two missions": "/beside/actor?record=mission/unsom&with=mission/unmiss",
    "oversight": "/ask/oversight?country=BA",
    "functions": "/ask/functions?country=SO",
    "tracker": "/ask/plan_items?country=SO",
    "search": "/search?q=police",
    "history": "/history",
}


def first(host, key, path):
    """Milliseconds of the first answer."""
    connection = http.client.HTTPConnection(host)
    start = time.perf_counter()
    connection.request("GET", path, headers={"Authorization": f"Bearer {key}", "Accept-Encoding": "gzip"})
    response = connection.getresponse()
    size = len(response.read())
    if response.status != 200:
        sys.exit(f"{path}: {response.status}")
    return 1000 * (time.perf_counter() - start), size


async def reader(host, port, request, until, times):
    """One browser, which asks again as soon as it has its answer."""
    incoming, outgoing = await asyncio.open_connection(host, port)
    while time.perf_counter() < until:
        start = time.perf_counter()
        outgoing.write(request)
        head = await incoming.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            sys.exit(head.decode(errors="replace"))
        length = next(int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
        await incoming.readexactly(length)
        times.append(time.perf_counter() - start)
    outgoing.close()


async def many(host, key, path, seconds):
    """Answers a second and milliseconds of the slowest in a hundred."""
    times = []
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    name, port = host.split(":")
    until = time.perf_counter() + seconds
    await asyncio.gather(*(reader(name, int(port), request, until, times) for _ in range(READERS)))
    return len(times) / seconds, 1000 * statistics.quantiles(times, n=100)[98]


def main():
    address = urlsplit(sys.argv[1])
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 3
    key = address.query.split("=", 1)[1]
    for name, path in PAGES.items():
        milliseconds, size = first(address.netloc, key, path)
        rate, slowest = asyncio.run(many(address.netloc, key, path, seconds))
        print(f"{name}: first {milliseconds:.0f} ms, {rate:.0f} answers/s, p99 {slowest:.0f} ms, {size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
