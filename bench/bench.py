"""The benchmarks. Every figure stands beside that of a peer from the same run; ratios are of medians."""
import argparse
import json
import pathlib
import subprocess
import tempfile
import time

from harness import Api, Process, median, wrk
from load import load
from scale import scale
from targets import targets

HERE = pathlib.Path(__file__).resolve().parent
COLLECTIONS = 1000
ROUNDS = 3
# One client of the benchmark asks for more than a whole team: every request is counted, none is refused.
LIMITS_OUT_OF_REACH = [f"--{what}-{whose}=1000000" for what in ("rate", "burst") for whose in ("address", "user")]


def fleet():
    """1,000 collections with 5 indexes each, of the kinds one meets."""
    kinds = [
        {"key": {"customer_id": 1, "created_at": -1}, "name": "customer_id_1_created_at_-1"},
        {"key": {"email": 1}, "name": "email_1", "unique": True},
        {"key": {"expires": 1}, "name": "expires_1", "expireAfterSeconds": 3600},
        {"key": {"status": 1, "kind": 1}, "name": "status_1_kind_1", "sparse": True},
        {"key": {"total": -1}, "name": "total_-1", "partialFilterExpression": {"total": {"$gt": 100}}},
    ]
    return {f"collection_{number:04d}": kinds for number in range(COLLECTIONS)}


def timed(action):
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def peer(arguments):
    output = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout
    answer = json.loads(output.strip().splitlines()[-1])
    if answer["differences"]:
        raise RuntimeError(f"a peer saw differences where there are none: {answer}")
    return answer["seconds"]


def compare_at(options, folder, latency):
    desired = fleet()
    (folder / "desired.json").write_text(json.dumps(desired))
    seed = {"databases": {"fleet": {name: {"indexes": specs} for name, specs in desired.items()}}}
    (folder / "seed.json").write_text(json.dumps(seed))
    sandbox = [options.mim, "sandbox", "--listen", "127.0.0.1:0", "--seed", str(folder / "seed.json"), "--latency-ms",
               str(latency)]
    with Process(sandbox) as target, Process([options.mim, "serve", "--listen", "127.0.0.1:0", "--data",
                                              str(folder / f"data{latency}"), "--log-level", "warning"]) as server:
        uri = f"mongodb://127.0.0.1:{target.port}/?directConnection=true"
        api = Api(server.port)
        database = api.call("POST", "/databases/", {"name": "fleet", "uri": uri, "db_name": "fleet",
                                                    "is_sync_index": True})["id"]

        def ask():
            rows = api.call("POST", "/indexes/compare-by-database", {"database_id": database})
            matched = sum(len(row["matched_indexes"]) for row in rows)
            if matched != COLLECTIONS * 5:
                raise RuntimeError(f"mim matched {matched}")

        ours = median([timed(ask) for _ in range(ROUNDS + 2)])
        pymongo = median([peer(["/usr/bin/python3", str(HERE / "peers/pymongo_diff.py"), uri, "fleet",
                                str(folder / "desired.json")]) for _ in range(ROUNDS)])
        mongoose = median([peer(["node", str(HERE / "peers/mongoose_diff.mjs"),
                                 uri.replace("/?", "/fleet?"), str(folder / "desired.json")]) for _ in range(ROUNDS)])
    print(f"  {latency} ms latency: mim {ours * 1e3:8.1f} ms | pymongo, sequential {pymongo * 1e3:8.1f} ms "
          f"({pymongo / ours:.1f} x) | Mongoose diffIndexes {mongoose * 1e3:8.1f} ms ({mongoose / ours:.1f} x)")
    return pymongo / ours, mongoose / ours


def compare(options, folder):
    print(f"Compare a database of {COLLECTIONS} collections with 5 indexes each (medians; mim through its HTTP API)")
    compare_at(options, folder, 0)
    ratios = compare_at(options, folder, 5)
    print(f"  goal: 30 times faster than the sequential ones at 5 ms: {'met' if min(ratios) >= 30 else 'NOT met'}\n")


def get(options, folder):
    print("GET /indexes/:id with a token, wrk -t1 -c64, three rounds in turn (medians)")
    data = folder / "data-get"
    with Process([options.mim, "sandbox", "--listen", "127.0.0.1:0"]) as target, Process(
            [options.mim, "serve", "--listen", "127.0.0.1:0", "--data", str(data), "--log-level", "warning",
             *LIMITS_OUT_OF_REACH]) as server:
        api = Api(server.port)
        uri = f"mongodb://127.0.0.1:{target.port}/?directConnection=true"
        database = api.call("POST", "/databases/", {"name": "one", "uri": uri, "db_name": "one"})["id"]
        index = api.call("POST", "/indexes/", {
            "database_id": database, "collection": "orders", "name": "",
            "keys": [{"field": "customer_id", "value": 1}, {"field": "created_at", "value": -1}],
            "options": {"is_unique": True, "partial_filter_expression": {"total": {"$gt": 100}}}})["id"]
        peer_server = ["node", str(HERE / "peers/fastify_get.mjs"), str(data / options.store_file),
                       str(data / "public.pem"), options.issuer, options.audience]
        with Process(peer_server) as fastify:
            ours, theirs = [], []
            for _ in range(ROUNDS):
                ours.append(wrk(f"http://127.0.0.1:{server.port}/api/v1/indexes/{index}", api.token, options.seconds))
                theirs.append(wrk(f"http://127.0.0.1:{fastify.port}/api/v1/indexes/{index}", api.token, options.seconds))
            memory = f"memory under load: mim {server.memory_mib():.0f} MiB, Fastify {fastify.memory_mib():.0f} MiB"
    rates = [median([rate for rate, _ in side]) for side in (ours, theirs)]
    print(f"  mim {rates[0]:,.0f}/s (p99 {ours[1][1]}) | Fastify {rates[1]:,.0f}/s (p99 {theirs[1][1]})"
          f" | {rates[0] / rates[1]:.2f} x | {memory}")
    print(f"  goal: 3 times Fastify: {'met' if rates[0] >= 3 * rates[1] else 'NOT met'}\n")


def start(options, folder):
    print("Start of mim serve (medians)")
    data = folder / "data-start"
    first, again, memory = [], [], []
    for number in range(ROUNDS + 2):
        with Process([options.mim, "serve", "--listen", "127.0.0.1:0", "--data", str(folder / f"fresh{number}")]) as one:
            first.append(one.seconds_to_ready)
        with Process([options.mim, "serve", "--listen", "127.0.0.1:0", "--data", str(data)]) as one:
            again.append(one.seconds_to_ready)
            time.sleep(0.5)
            memory.append(one.memory_mib())
    ready = median(again[1:])
    print(f"  ready after {ready * 1e3:.0f} ms (first start ever, with keys to make: {median(first) * 1e3:.0f} ms),"
          f" idle memory {median(memory):.1f} MiB")
    met = ready <= 0.1 and median(memory) <= 30
    print(f"  goal: ready in 100 ms, 30 MiB idle: {'met' if met else 'NOT met'}\n")


def memory(options, _folder):
    print("Compare 100,000 definitions with 100,000 live indexes in memory")
    subprocess.run([str(options.build / "bench/compare_memory"), "--benchmark_min_time=1"], check=True)
    print()


BENCHMARKS = {"compare": compare, "get": get, "start": start, "memory": memory, "load": load, "targets": targets,
              "scale": scale}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--seconds", type=int, default=5, help="length of one wrk round")
    parser.add_argument("--connections", type=int, default=3000, help="hostile ones of the load benchmark")
    parser.add_argument("--load-seconds", type=int, default=20, help="length of each half of the load and targets benchmarks")
    parser.add_argument("which", nargs="*", choices=[*BENCHMARKS, []], help="none = all")
    options = parser.parse_args()
    options.mim = str(options.build / "mim")
    options.store_file, options.issuer, options.audience = "mim.db", "mim", "mim-api"
    with tempfile.TemporaryDirectory(prefix="mim-bench-") as folder:
        for name in options.which or BENCHMARKS:
            BENCHMARKS[name](options, pathlib.Path(folder))


main()
