"""A minute of misfortunes over a fleet of real processes; at its end every sync has told the truth.

    make chaos        MIM_TEST_CHAOS_SECONDS=60 MIM_TEST_CHAOS_SEED=… MIM_TEST_CHAOS_STORE=mongodb://…/chaos

Once over the embedded store, once over a MongoDB-compatible one that others wrote, which it installs and starts itself.
"""
import collections
import os
import random
import re
import sys
import tempfile
import threading

from fleet import TARGETS, Chaos, Fleet
from redis_server import metrics
from scene import unique
import secantus
from serving import Unavailable
from tenants import AnyServer, Tenant
from waiting import NotYet, eventually

TENANTS = 18
SECONDS = float(os.environ.get("MIM_TEST_CHAOS_SECONDS", "60"))


class Verdict:
    def __init__(self):
        self.passed = self.failed = 0

    def expect(self, what, breaches):
        """One check; it has passed when there is no breach of it."""
        breaches = list(breaches)
        self.passed, self.failed = self.passed + (not breaches), self.failed + bool(breaches)
        print(f"{'ok    ' if not breaches else 'FAILED'} {what}")
        for breach in breaches[:5]:
            print(f"       {str(breach)[:1500]}")


def events(log, name):
    return len(re.findall(rf"\b{name}\b", log))


def story(log, sync):
    """What the processes said of a sync, in order."""
    return sorted({line for line in log.splitlines() if sync in line})


def jobs_left(api):
    """By one page of metrics: between two of them a job may go from one state to another."""
    series = [f'mim_queue_jobs{{state="{state}"}}' for state in ("waiting", "leased", "delayed")]
    try:
        eventually(lambda: metrics(api, series) == [0, 0, 0], 30, 0.1)
    except NotYet:
        return [dict(zip(series, metrics(api, series)))]
    return []


def judge(fleet, api, tenants, chaos, verdict):
    finished = [item for tenant in tenants if not tenant.failure for item in tenant.finish()]
    verdict.expect("chaos went on to the end", [chaos.failure] if chaos.failure else [])
    verdict.expect("every tenant could go on", [tenant.failure for tenant in tenants if tenant.failure])
    verdict.expect("every sync is in a truthful final state, each operation listed once, none at a time with another",
                   [breach for tenant in tenants for breach in tenant.breaches])
    verdict.expect("there were enough of them", [] if len(finished) > 2 * TENANTS else [f"only {len(finished)}"])
    verdict.expect("the queue is empty", jobs_left(api))
    codes = fleet.stop()
    verdict.expect("every process ends orderly", [codes] if any(codes) else [])
    log = fleet.log_text()
    verdict.expect("no log shows a password", re.findall(r".{0,60}S3cr3t-chaos.{0,20}", log))
    verdict.expect("nothing crashed", re.findall(r".*job_crashed.*", log))
    for stuck in (tenant.awaited for tenant in tenants if tenant.failure and tenant.awaited):
        print("\n       ".join([f"the last sync of one that could not go on, {stuck}:", *story(log, stuck)]))
    if verdict.failed:
        print("why calls failed:", collections.Counter(re.findall(r'\bcause=("[^"]*"|\S+)', log)).most_common(10))
    states = collections.Counter(item["status"] for item in finished)
    print(f"{len(finished)} syncs of {TENANTS} databases: {dict(states)}; misfortunes: {chaos.figures}; "
          f"leases {events(log, 'job_leased')}, lost {events(log, 'job_lost')}, "
          f"not kept {events(log, 'lease_not_kept')}, handed back {events(log, 'job_handed_back')}, "
          f"dead letters {events(log, 'job_buried')}")
    operations = sum((tenant.operations for tenant in tenants), collections.Counter())
    print(f"    indexes built {operations['built']}, dropped {operations['dropped']}, each told by a record; asked for again "
          f"and found done, without harm: {operations['found done already']}")
    reasons = collections.Counter(item["error"][:70] for item in finished if item["status"] == "failed")
    for reason, count in reasons.most_common(5):
        print(f"    {count} failed: {reason}")


def round_of_misfortunes(name, store, seed, verdict):
    print(f"== chaos over {name}: {SECONDS:.0f} s, seed {seed}", flush=True)
    ended = threading.Event()
    with tempfile.TemporaryDirectory(prefix="mim-chaos-") as folder:
        fleet = Fleet(folder, store)
        api = AnyServer(fleet.addresses()).sign_up(unique("user"))
        tokens = {"access": api.access, "refresh": api.refresh}
        tenants = [Tenant(AnyServer(fleet.addresses(), **tokens), fleet.sandboxes[number % TARGETS], ended)
                   for number in range(TENANTS)]
        chaos = Chaos(fleet, seed)
        for thread in [*tenants, chaos]:
            thread.start()
        ended.wait(SECONDS)
        chaos.ended.set()
        chaos.join()
        ended.set()
        for tenant in tenants:
            tenant.join()
        judge(fleet, api, tenants, chaos, verdict)


def main():
    seed = int(os.environ.get("MIM_TEST_CHAOS_SEED") or random.randrange(10**6))
    verdict, skipped = Verdict(), 0
    if named := os.environ.get("MIM_TEST_CHAOS_STORE"):
        round_of_misfortunes("the store named", named, seed, verdict)
    else:
        round_of_misfortunes("the embedded store", None, seed, verdict)
        try:
            server = secantus.start()
        except Unavailable as reason:
            print(f"SKIPPED chaos over a MongoDB-compatible store: {reason}")
            skipped = 1
        else:
            round_of_misfortunes(f"{server.name} {server.version}", f"{server.uri}chaos", seed, verdict)
            server.stop()
    print(f"{verdict.passed} passed, {verdict.failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if verdict.failed else 0


sys.exit(main())
