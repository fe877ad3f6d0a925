"""1,000 databases and 1,000,000 definitions in the store: how long each call takes a user, over HTTP."""
import itertools
import os
import subprocess
import time

from harness import Api, Process

CALLS = 200
SLOW_CALLS = 5  # of those that read a whole database, live and desired
INTERACTIVE_MS = 300
READ_ALL_MS = 2000


def percentile(sorted_values, part):
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * part))]


class Figures:
    def __init__(self, server):
        self.server, self.late = server, []

    def time(self, name, limit_ms, count, call):
        """`call` gets the number of the turn; the first turn warms up and is not counted."""
        call(0)
        spans, cpu = [], self.server.cpu_seconds()
        for turn in range(1, count + 1):
            started = time.perf_counter()
            call(turn)
            spans.append((time.perf_counter() - started) * 1e3)
        spans.sort()
        cpu = (self.server.cpu_seconds() - cpu) / count * 1e3
        if percentile(spans, 0.95) > limit_ms:
            self.late.append(name)
        print(f"  {name:<58} p50 {percentile(spans, 0.5):8.1f}   p95 {percentile(spans, 0.95):8.1f}   "
              f"max {spans[-1]:8.1f} ms   server's CPU {cpu:7.1f} ms", flush=True)


def database_calls(figures, api):
    def listed(body):
        return api.call("POST", "/databases/list", body)
    figures.time("databases: a page", INTERACTIVE_MS, CALLS, lambda turn: listed({"page": 1 + turn % 50, "limit": 20}))
    figures.time("databases: search by a part of the name", INTERACTIVE_MS, CALLS,
                 lambda turn: listed({"query": f"-{turn % 1000}-SHOP", "limit": 20}))
    figures.time("databases: search for what none has", INTERACTIVE_MS, CALLS, lambda turn: listed({"query": "zzzz"}))


def collection_calls(figures, api, name, database, most_page):
    def listed(**body):
        return api.call("POST", "/databases/collections/list", {"database_id": database, "limit": 50, **body})
    figures.time(f"collections of {name}: first page", INTERACTIVE_MS, CALLS, lambda turn: listed())
    figures.time(f"collections of {name}: last page", INTERACTIVE_MS, CALLS, lambda turn: listed(page=most_page))
    figures.time(f"collections of {name}: search", INTERACTIVE_MS, CALLS, lambda turn: listed(query=f"S_{turn}"))


def definition_calls(figures, api, database):
    def listed(turn, **body):
        number = turn % 95
        name = ("orders", "people", "invoices", "events", "sessions")[number % 5]
        return api.call("POST", "/indexes/list-by-collection",
                        {"database_id": database, "collection": f"{name}_{number}", **body})
    figures.time("definitions of a collection", INTERACTIVE_MS, CALLS, lambda turn: listed(turn))
    figures.time("definitions of a collection: search", INTERACTIVE_MS, CALLS, lambda turn: listed(turn, query="EMAIL"))
    ids = [each["id"] for turn in range(CALLS // 10) for each in listed(turn)]
    figures.time("a definition by its id", INTERACTIVE_MS, CALLS,
                 lambda turn: api.call("GET", f"/indexes/{ids[turn % len(ids)]}"))
    numbers = itertools.count()

    def change(_turn):
        body = {"database_id": database, "collection": "orders_0", "options": {},
                "keys": [{"field": f"new_{next(numbers)}", "value": 1}]}
        made = api.call("POST", "/indexes/", body)["id"]
        api.call("DELETE", f"/indexes/{made}")
    figures.time("a definition made and deleted again", INTERACTIVE_MS, CALLS, change)


def whole_calls(figures, api, name, database, expected, calls, limit):
    def compare(_turn):
        rows = api.call("POST", "/indexes/compare-by-database", {"database_id": database})
        matched = sum(len(row["matched_indexes"]) for row in rows)
        if matched != expected:
            raise RuntimeError(f"{name}: {matched} of {expected} matched")
    figures.time(f"compare {name} with its target ({expected:,} indexes)", limit, calls, compare)
    figures.time(f"plan {name}", limit, calls, lambda _: api.call("POST", "/indexes/plan", {"database_id": database}))


def all_calls(server, databases):
    api = Api(server.port)
    large, ordinary = databases
    figures = Figures(server)
    print(f"  server memory when it has answered nothing yet: {server.memory_mib():.0f} MiB")
    database_calls(figures, api)
    collection_calls(figures, api, "an ordinary one", ordinary, 2)
    collection_calls(figures, api, "the large one", large, 100)
    definition_calls(figures, api, ordinary)
    print(f"  server memory after these calls: {server.memory_mib():.0f} MiB")
    whole_calls(figures, api, "an ordinary one", ordinary, 950, CALLS // 4, INTERACTIVE_MS)
    whole_calls(figures, api, "the large one", large, 50_950, SLOW_CALLS, READ_ALL_MS)
    print(f"  server memory after comparing: {server.memory_mib():.0f} MiB, at rest: {server.memory_at_rest_mib():.0f} MiB")
    print(f"  goal: p95 within {INTERACTIVE_MS} ms, of all of the large one within {READ_ALL_MS / 1e3:.0f} s: "
          f"{'met' if not figures.late else 'NOT met by ' + ', '.join(figures.late)}\n")


def file_size_mib(data):
    return sum(path.stat().st_size for path in data.glob("mim.db*")) / 2**20


def scale(options, folder):
    loader, data, seed = str(options.build / "bench/scale_load"), folder / "data-scale", folder / "scale-seed.json"
    data.mkdir()
    subprocess.run([loader, "-", "-", str(seed)], check=True)
    with Process([options.mim, "sandbox", "--listen", "127.0.0.1:0", "--seed", str(seed)]) as target:
        uri = f"mongodb://127.0.0.1:{target.port}/?directConnection=true"
        started = time.perf_counter()
        filled = subprocess.run([loader, str(data / options.store_file), uri, "-"], check=True, stdout=subprocess.PIPE,
                                text=True)
        print(f"1,000 databases, 1,000,000 definitions: loaded in {time.perf_counter() - started:.0f} s, "
              f"{file_size_mib(data):,.0f} MiB on disk")
        with Process([options.mim, "serve", "--listen", "127.0.0.1:0", "--data", str(data), "--log-level",
                      "warning"]) as server:
            print(f"On the embedded store (ready after {server.seconds_to_ready * 1e3:.0f} ms)")
            all_calls(server, filled.stdout.split())
        if os.environ.get("MIM_BENCH_MONGODB_STORE"):
            on_mongodb(options, folder, data, filled.stdout.split())


def on_mongodb(options, folder, data, databases):
    """The same data in a store on MongoDB, moved there by `mim store copy`; needs a Redis for the queue."""
    store, queue = os.environ["MIM_BENCH_MONGODB_STORE"], os.environ["MIM_BENCH_QUEUE"]
    started = time.perf_counter()
    subprocess.run([options.mim, "store", "copy", "--from", str(data / options.store_file), "--to", store], check=True,
                   stdout=subprocess.DEVNULL)
    print(f"On MongoDB (copied in {time.perf_counter() - started:.0f} s)")
    with Process([options.mim, "serve", "--listen", "127.0.0.1:0", "--data", str(folder / "data-mongodb"), "--log-level",
                  "warning"], {"MIM_STORE": store, "MIM_QUEUE": queue, "MIM_SECRET_KEY_FILE": str(data / "secret.key")}) as server:
        all_calls(server, databases)
