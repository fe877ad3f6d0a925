"""Databases whose indexes drift and are synced again and again, each by a thread that checks every outcome."""
import collections
import random
import threading

import requests

from client import Api
from scene import Scene
from waiting import eventually

COLLECTIONS = ("c0", "c1")
WANTED = {"a_1", "b_1"}
# A sync may lose five workers, each with its lease and a target that hangs, and rest half a minute in between.
PATIENCE_SECONDS = 120


def every_name(history):
    return history["built"].keys() | history["dropped"].keys()


class AnyServer(Api):
    """Asks another server when one does not answer."""

    def __init__(self, addresses, **tokens):
        super().__init__(addresses[0], **tokens)
        self.addresses = addresses
        self.chance = random.Random()

    def call(self, method, path, body=None, **options):
        def once():
            self.address = self.chance.choice(self.addresses)
            try:
                reply = super(AnyServer, self).call(method, path, body, **options)
            except requests.RequestException:
                return None
            return None if reply.status in (500, 503) else reply
        return eventually(once, PATIENCE_SECONDS, 0.05, what=f"{method} {path} is answered")


class Tenant(threading.Thread):
    def __init__(self, api, sandbox, ended):
        super().__init__()
        self.api, self.sandbox, self.ended = api, sandbox, ended
        self.scene = Scene(api, sandbox)
        for collection in COLLECTIONS:
            for field in ("a", "b"):
                self.scene.define(collection, {field: 1})
        self.told, self.checked, self.breaches, self.failure = [], set(), [], None
        self.awaited = None  # the sync whose end it waits for
        self.own_work = collections.Counter()  # (collection, index, "built" | "dropped"): what drift() did itself
        self.operations = collections.Counter()

    def run(self):
        try:
            while not self.ended.is_set():
                self.drift()
                self.sync_once()
        except Exception as failure:  # told at the end: a thread cannot fail a test
            self.failure = failure

    def history(self, collection):
        """How often the target really built and dropped each index, and found nothing to do."""
        return self.sandbox.client.admin.command("sandboxIndexHistory", {"ns": f"{self.scene.db_name}.{collection}"})

    def drift(self):
        for collection in COLLECTIONS:
            before = self.history(collection)
            self.sandbox.client[self.scene.db_name][collection].drop_indexes()
            self.sandbox.client[self.scene.db_name][collection].create_index("old")
            after = self.history(collection)
            for what in ("built", "dropped"):
                for index in every_name(after):
                    self.own_work[collection, index, what] += after[what].get(index, 0) - before[what].get(index, 0)

    def sync_once(self):
        reply = self.scene.try_sync()
        if reply.status == 200:
            self.told.append(reply.data["sync_id"])
        elif reply.status not in (409, 412):  # an earlier try got through; the target hangs
            self.breaches.append(f"a sync was answered {reply.status}: {reply.text[:300]}")
        sync = eventually(self.newest_ended, PATIENCE_SECONDS, 0.03, what="the newest sync has ended")
        if sync is not True and sync["id"] not in self.checked:  # after a 412 the newest is an old one
            self.checked.add(sync["id"])
            self.check(sync)

    def newest_ended(self):
        """True when there is none."""
        newest = self.listed()[:1]
        if not newest:
            return True
        self.awaited = newest[0]["id"]
        return self.scene.status(newest[0]["id"]) if newest[0]["is_finished"] else None

    def listed(self):
        items, page = [], 1
        while True:
            reply = self.api.get(f"/indexes/sync-status/by-database/{self.scene.id}?limit=200&page={page}").expect(200)
            items += reply.data
            if len(items) >= reply.extra["total"]:
                return items
            page += 1

    def check(self, sync):
        live = {collection: self.scene.names(collection) for collection in COLLECTIONS}
        rows = [(row["collection"], row["index"], row["action"]) for row in sync["records"]]
        told = [(*row, record["status"]) for row, record in zip(rows, sync["records"])]
        say = lambda what: self.breaches.append(f"{what}: {sync['status']} {sync['error']!r} {told} {live}")  # noqa: E731
        if sync["status"] == "completed" and any(names != WANTED for names in live.values()):
            say("completed, but the target is not so")
        if sync["status"] not in ("completed", "failed"):
            say("an unexpected end")
        if sync["status"] == "failed" and not sync["error"]:
            say("failed without a word")
        if any(row["status"] in ("pending", "running") for row in sync["records"]):
            say("ended with unfinished rows")
        if len(rows) != len(set(rows)):
            say("an operation is listed twice")
        if any(not names <= WANTED | {"old_1"} for names in live.values()):
            say("there is an index that nobody asked for")
        for row in sync["records"]:
            present = row["index"] in live[row["collection"]]
            if row["status"] == "completed" and present != (row["action"] == "create"):
                say(f"{row['action']} {row['index']} is said to be done and is not")

    def finish(self):
        """In peace: one more sync brings everything in order. What was said about all of them still holds."""
        self.drift()
        last = self.scene.finished(self.scene.start(), PATIENCE_SECONDS)
        self.check(last)
        if last["status"] != "completed" or not self.scene.no_drift():
            self.breaches.append(f"the last sync: {last['status']} {last['error']!r}")
        listed = self.listed()
        self.told.append(last["id"])
        self.account_for_operations(listed)
        if lost := set(self.told) - {item["id"] for item in listed}:
            self.breaches.append(f"syncs that were told about are lost: {lost}")
        self.breaches += [f"never ended: {item['id']}" for item in listed if not item["is_finished"]]
        spans = sorted((item["started_at"], item["completed_at"]) for item in listed if item["started_at"])
        for (_, end), (begin, _) in zip(spans, spans[1:]):
            if begin < end:
                self.breaches.append(f"two syncs of one database at a time: {end} > {begin}")
        return listed

    def account_for_operations(self, syncs):
        """What the target did and what the records tell, put side by side: nothing happened that no record tells of, and
        nothing is told that did not happen."""
        recorded = collections.Counter()
        for sync in syncs:
            for row in self.scene.status(sync["id"])["records"]:
                tried = row["status"] in ("completed", "failed")
                recorded[row["collection"], row["index"], row["action"], "tried"] += tried
                recorded[row["collection"], row["index"], row["action"], "done"] += row["status"] == "completed"
        for collection in COLLECTIONS:
            history = self.history(collection)
            self.operations["found done already"] += history["repeated"]
            for index in every_name(history):
                for what, action in (("built", "create"), ("dropped", "drop")):
                    really = history[what].get(index, 0) - self.own_work[collection, index, what]
                    tried, done = (recorded[collection, index, action, state] for state in ("tried", "done"))
                    self.operations[what] += really
                    if not done <= really + history["repeated"]:
                        self.breaches.append(f"{collection}.{index}: {done} times {what} by the records, really {really}")
                    if really > tried:
                        self.breaches.append(f"{collection}.{index}: {really} times {what}, {tried} by the records")
