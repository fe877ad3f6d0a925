"""Good clients beside thousands of bad ones: what the bad ones cost, in latency and in memory.

The good ones send at a fixed pace, whatever the server does, from an address of their own. The bad ones are a process
apart, of a lower priority, as they would run on other machines; they come from many addresses of the loopback
network.
"""
import dataclasses
import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request

from harness import Api, Process

CLIENTS = 8
PACE = 25  # requests a second of each
GOOD_ADDRESS = "127.0.0.9"


@dataclasses.dataclass
class Call:
    method: str
    path: str
    headers: dict
    body: object = None

    def send(self, connection):
        """The status of the answer, once all of it has come."""
        body = None if self.body is None else json.dumps(self.body)
        headers = self.headers if body is None else {**self.headers, "Content-Type": "application/json"}
        connection.request(self.method, self.path, body, headers)
        response = connection.getresponse()
        response.read()
        return response.status


def run_undisturbed():
    """The calling thread before all others, as if it ran on a machine of its own. False: the system does not allow it."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO | os.SCHED_RESET_ON_FORK, os.sched_param(1))
    except PermissionError:
        return False
    return True


class GoodClient(threading.Thread):
    """One kept connection; latency is counted from the moment at which the request was due. `latencies` are those of
    all calls, `answered` those of the calls that were answered with 200."""

    def __init__(self, port, call, pace, seconds):
        super().__init__()
        self.port, self.call, self.pace, self.seconds = port, call, pace, seconds
        self.latencies, self.answered, self.failures = [], [], 0
        self.undisturbed = False

    def run(self):
        self.undisturbed = run_undisturbed()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(GOOD_ADDRESS, 0))
        begin = time.perf_counter()
        for number in range(int(self.seconds * self.pace)):
            due = begin + number / self.pace
            time.sleep(max(0, due - time.perf_counter()))
            try:
                good = self.call.send(connection) == 200
            except (OSError, http.client.HTTPException):
                connection.close()
                good = False
            self.latencies.append(time.perf_counter() - due)
            self.failures += not good
            if good:
                self.answered.append(self.latencies[-1])


def measure(port, call, seconds):
    clients = [GoodClient(port, call, PACE, seconds) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    latencies = sorted(latency for client in clients for latency in client.latencies)
    return latencies, sum(client.failures for client in clients)


def quantile(values, share):
    return values[min(len(values) - 1, int(len(values) * share))] * 1e3


class Memory(threading.Thread):
    """The greatest resident memory seen."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.peak, self.over = server, 0, threading.Event()

    def run(self):
        while not self.over.wait(0.05):
            self.peak = max(self.peak, self.server.memory_mib())


def turned_away(port):
    """The server's own account, asked from the good ones' address."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(GOOD_ADDRESS, 0))
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    found = re.findall(r'mim_http_rejected_total\{reason="(\w+)"\} ([\d.e+]+)', text)
    return ", ".join(f"{reason} {float(count):,.0f}" for reason, count in sorted(found))


def prepare(port, target):
    api = Api(port)
    uri = f"mongodb://127.0.0.1:{target.port}/?directConnection=true"
    database = api.call("POST", "/databases/", {"name": "one", "uri": uri, "db_name": "one"})["id"]
    index = api.call("POST", "/indexes/", {"database_id": database, "collection": "orders", "name": "",
                                           "keys": [{"field": "customer_id", "value": 1}], "options": {}})["id"]
    return Call("GET", f"/api/v1/indexes/{index}", {"Authorization": f"Bearer {api.token}"})


def attack(port, connections):
    here = os.path.dirname(os.path.abspath(__file__))
    command = [sys.executable, os.path.join(here, "hostile.py"), str(port), str(connections)]
    bad = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=lambda: os.nice(5))
    bad.stdout.readline()  # all are connected
    return bad


def load(options, folder):
    print(f"Load: {CLIENTS * PACE} good requests a second beside {options.connections:,} hostile connections, "
          f"{options.load_seconds} s each")
    serve = [options.mim, "serve", "--listen", "127.0.0.1:0", "--data", str(folder / "data-load"), "--log-level", "error"]
    with Process([options.mim, "sandbox", "--listen", "127.0.0.1:0"]) as target, Process(serve) as server:
        call = prepare(server.port, target)
        measure(server.port, call, 1)
        before = server.memory_mib()
        calm, calm_failures = measure(server.port, call, options.load_seconds)
        memory = Memory(server)
        memory.start()
        bad = attack(server.port, options.connections)
        try:
            stormy, stormy_failures = measure(server.port, call, options.load_seconds)
            refusals = turned_away(server.port)
        finally:
            bad.terminate()
            bad.wait(20)
        memory.over.set()
        crashed = server.process.poll() is not None
        ok = urllib.request.urlopen(f"http://127.0.0.1:{server.port}/healthz", timeout=10).status == 200
        after = server.memory_at_rest_mib()
    for name, values, failures in (("without", calm, calm_failures), ("with", stormy, stormy_failures)):
        print(f"  {name:>7} the hostile ones: p50 {quantile(values, 0.5):6.2f} ms | p99 {quantile(values, 0.99):6.2f} ms"
              f" | worst {values[-1] * 1e3:7.2f} ms | failed {failures} of {len(values)}")
    print(f"  resident memory: before {before:.0f} MiB | peak {memory.peak:.0f} MiB | at rest afterwards {after:.0f} MiB")
    print(f"  turned away: {refusals}")
    whole = not crashed and ok and calm_failures == 0 and stormy_failures == 0
    print(f"  goal: no crash and no failed request of the good ones: {'met' if whole else 'NOT met'}\n")
