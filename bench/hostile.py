"""Thousands of bad clients of one server, until terminated: hostile.py PORT CONNECTIONS. Prints a line once all are
connected. Some wait in silence, some send a byte a second, some send nonsense or far too much, some never read, some
vanish half-way, some guess passwords."""
import asyncio
import contextlib
import itertools
import json
import os
import random
import resource
import sys

PORT = int(sys.argv[1])
SHARES = {"idle": 0.5, "slow_header": 0.2, "slow_body": 0.1, "never_reads": 0.05, "half_open": 0.15}
addresses = (f"127.1.{high}.{low}" for high, low in itertools.cycle(itertools.product(range(8), range(1, 250))))


async def opened():
    return await asyncio.open_connection("127.0.0.1", PORT, local_addr=(next(addresses), 0))


async def closed_by_server(reader):
    with contextlib.suppress(OSError):
        while await reader.read(65536):
            pass


async def idle(ready):
    reader, _ = await opened()
    ready()
    await closed_by_server(reader)


async def drip(ready, beginning, piece):
    reader, writer = await opened()
    ready()
    writer.write(beginning)
    gone = asyncio.ensure_future(closed_by_server(reader))
    while not gone.done():
        writer.write(piece)
        await asyncio.wait([gone], timeout=1)


async def slow_header(ready):
    await drip(ready, b"GET /healthz HTTP/1.1\r\nX-Slow: ", b"a")


async def slow_body(ready):
    await drip(ready, b"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
               b"Content-Length: 1000000\r\n\r\n", b" " * 1000)


async def never_reads(ready):
    _, writer = await opened()
    ready()
    writer.transport.pause_reading()
    writer.write(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 200)
    await asyncio.sleep(35)
    writer.transport.abort()


async def half_open(ready):
    reader, writer = await opened()
    ready()
    writer.write(b"POST /api/v1/databases/list HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    writer.write_eof()
    await closed_by_server(reader)
    await asyncio.sleep(1)


async def kept(kind, ready):
    """Whoever is cut off comes back."""
    while True:
        with contextlib.suppress(OSError):
            await kind(ready)
        await asyncio.sleep(random.random())


async def once(content):
    with contextlib.suppress(OSError, asyncio.TimeoutError):
        reader, writer = await opened()
        writer.write(content)
        await asyncio.wait_for(closed_by_server(reader), 5)
        writer.close()


def guess():
    body = json.dumps({"identity": f"user{random.randrange(100)}", "password": "a guess of mine"}).encode()
    return (b"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"
            b"Content-Length: %d\r\n\r\n" % len(body)) + body


CONTENTS = [
    (50, lambda: os.urandom(2_000)),
    (20, lambda: b"GET / HTTP/1.1\r\nX-Huge: " + b"a" * 100_000 + b"\r\n\r\n"),
    (20, lambda: b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n" * 500),
    (20, guess),
]


async def again_and_again(per_second, content):
    running = set()
    while True:
        if len(running) < 200:
            task = asyncio.ensure_future(once(content()))
            running.add(task)
            task.add_done_callback(running.discard)
        await asyncio.sleep(1 / per_second)


async def main(connections):
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    counts = {name: int(connections * share) for name, share in SHARES.items()}
    pending = sum(counts.values())
    connected = asyncio.Event()

    def ready():
        nonlocal pending
        pending -= 1
        if pending <= 0:
            connected.set()

    tasks = [asyncio.ensure_future(kept(globals()[name], ready)) for name, count in counts.items() for _ in range(count)]
    tasks += [asyncio.ensure_future(again_and_again(*content)) for content in CONTENTS]
    await connected.wait()
    print("connected", flush=True)
    await asyncio.gather(*tasks)


asyncio.run(main(int(sys.argv[2])))
