"""Ordinary calls beside users who keep asking targets that are silent, slow or huge: what those cost the others.

Each kind of call has clients of its own that send at a fixed pace, from an address of their own; the users who ask bad
targets are a process apart, of a lower priority (bad_targets.py).
"""
import json
import os
import subprocess
import sys

from harness import Api, Process
from load import Call, GoodClient, Memory, quantile

PASSWORD = "a long enough password"
LIMIT_MS = 20
# What the limit is not asked of: a sign-in hashes a password, which alone takes longer, and a comparison asks a target.
TOLD_ONLY = {"sign-in", "compare a healthy target"}


def prepare(port, target):
    """The calls by name, each with how often a second it is made. Only the last one asks a target, which is in order."""
    api = Api(port)
    bearer = {"Authorization": f"Bearer {api.token}"}
    uri = f"mongodb://127.0.0.1:{target.port}/?directConnection=true"
    database = api.call("POST", "/databases/", {"name": "healthy", "uri": uri, "db_name": "healthy"})["id"]
    index = api.call("POST", "/indexes/", {"database_id": database, "collection": "orders", "name": "",
                                           "keys": [{"field": "customer_id", "value": 1}], "options": {}})["id"]
    compare = Call("POST", "/api/v1/indexes/compare-by-database", bearer, {"database_id": database})
    return {
        "readiness": (Call("GET", "/readyz", bearer), 25),
        "sign-in": (Call("POST", "/api/v1/auth/login", {}, {"identity": "bench", "password": PASSWORD}), 5),
        "list of databases": (Call("POST", "/api/v1/databases/list", bearer, {}), 25),
        "a definition": (Call("GET", f"/api/v1/indexes/{index}", bearer), 25),
        "compare a healthy target": (compare, 10),
    }


def measure(port, calls, seconds):
    """name → (latencies of the calls that were answered as they should be, how many were not)"""
    clients = {name: GoodClient(port, call, pace, seconds) for name, (call, pace) in calls.items()}
    for client in clients.values():
        client.start()
    for client in clients.values():
        client.join()
    if not all(client.undisturbed for client in clients.values()):
        print("    (the clients share the cores with all else: a real-time priority is not allowed here)")
    return {name: (sorted(client.answered), client.failures) for name, client in clients.items()}


def trouble(port, kinds):
    here = os.path.dirname(os.path.abspath(__file__))
    command = [sys.executable, os.path.join(here, "bad_targets.py"), str(port), *kinds]
    bad = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=lambda: os.nice(5))
    if bad.stdout.readline() != "asking\n":
        raise RuntimeError("the users of bad targets did not start")
    return bad


def figures(measured):
    values, failures = measured
    latency = f"p50 {quantile(values, 0.5):8.2f} ms, p99 {quantile(values, 0.99):8.2f} ms" if values else "none was answered"
    return latency + (f", refused {failures} of {failures + len(values)}" if failures else "")


def tell(name, calm, stormy):
    ratio = f"{quantile(stormy[0], 0.99) / quantile(calm[0], 0.99):6.1f} x" if calm[0] and stormy[0] else "       -"
    print(f"    {name:>24}: without {figures(calm)} | with {figures(stormy)} | p99 {ratio}")


def is_answered(measured):
    values, failures = measured
    return bool(values) and failures == 0


def is_prompt(measured):
    return is_answered(measured) and quantile(measured[0], 0.99) < LIMIT_MS


def beside(kinds, options, folder):
    """One server, before and while users of such targets keep asking it."""
    print(f"  {' and '.join(kinds)}:")
    serve = [options.mim, "serve", "--listen", "127.0.0.1:0", "--data", str(folder / "-".join(kinds)), "--log-level", "error"]
    with Process([options.mim, "sandbox", "--listen", "127.0.0.1:0"]) as target, Process(serve) as server:
        calls = prepare(server.port, target)
        measure(server.port, calls, 1)
        before = server.memory_mib()
        calm = measure(server.port, calls, options.load_seconds)
        memory = Memory(server)
        memory.start()
        bad = trouble(server.port, kinds)
        try:
            stormy = measure(server.port, calls, options.load_seconds)
            lives = server.process.poll() is None
        finally:
            memory.over.set()
            bad.terminate()
            answers = json.loads(bad.stdout.read())
            bad.wait(60)
    for name in calls:
        tell(name, calm[name], stormy[name])
    counts = [f"{kind} {', '.join(f'{count} x {status}' for status, count in sorted(of.items()))}" for kind, of in answers.items()]
    print(f"    users of these targets were answered: {'; '.join(counts)}")
    print(f"    resident memory: before {before:.0f} MiB | peak {memory.peak:.0f} MiB")
    late = [name for name in calls if not (is_answered if name in TOLD_ONLY else is_prompt)(stormy[name])]
    verdict = "met" if lives and not late else f"NOT met: {'; '.join(late) if lives else 'the server ended'}"
    print(f"    goal: every ordinary call answered, without target and password with a p99 below {LIMIT_MS} ms: {verdict}")


def targets(options, folder):
    print(f"Targets: ordinary calls without and with users who keep asking bad targets, {options.load_seconds} s each")
    for kinds in (["silent"], ["slow"], ["large"], ["dense"], ["endless"],
                  ["silent", "slow", "large", "dense", "endless"]):
        beside(kinds, options, folder)
    print()
