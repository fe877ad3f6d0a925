"""One database of the registry, bound to a scratch database of a sandbox that pymongo looks at from the other side."""
import contextlib
import itertools
import uuid

import shapes
from waiting import eventually

_numbers = itertools.count(1)
MISSING_ID = "0123456789abcdef01234567"


def unique(prefix="n"):
    return f"{prefix}-{next(_numbers)}-{uuid.uuid4().hex[:8]}"


def key_list(keys):
    return [{"field": field, "value": value} for field, value in keys.items()]


def plain(value):
    """A BSON document as ordinary Python values; key order is kept by dict."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list) else value


def option_name(name):
    """The same word for an option whether it is written in the registry's or in MongoDB's manner."""
    return name.replace("_", "").lower().removeprefix("is").removeprefix("options.")


class Scene:
    def __init__(self, api, sandbox, uri=None, db_name=None):
        self.api, self.sandbox = api, sandbox
        self.name, self.db_name = unique("scene"), db_name or unique("t")
        self.uri = uri or sandbox.uri
        body = {"name": self.name, "uri": self.uri, "db_name": self.db_name}
        self.id = api.post("/databases/", body).expect(201).data["id"]

    def test(self):
        return self.api.post(f"/databases/{self.id}/test").expect(200).data

    @property
    def db(self):
        return self.sandbox.client[self.db_name]

    def definition(self, collection, keys, name="", **options):
        return {"database_id": self.id, "collection": collection, "name": name, "keys": key_list(keys),
                "options": options}

    def try_define(self, collection, keys, name="", **options):
        return self.api.post("/indexes/", self.definition(collection, keys, name, **options))

    def define(self, collection, keys, name="", **options):
        return self.try_define(collection, keys, name, **options).expect(201).data["id"]

    def get(self, index_id):
        item = self.api.get(f"/indexes/{index_id}").expect(200).data
        shapes.check_index(item)
        return item

    def defined(self, collection):
        body = {"database_id": self.id, "collection": collection, "limit": 200}
        return {item["name"]: item for item in self.api.post("/indexes/list-by-collection", body).expect(200).data}

    def live(self, collection):
        """What the target holds, by name: each specification without its version and its namespace."""
        found = {}
        for spec in self.db[collection].list_indexes():
            spec = plain(spec)
            found[spec["name"]] = {name: value for name, value in spec.items() if name not in ("v", "ns", "name")}
            found[spec["name"]]["key"] = list(spec["key"].items())
        return found

    def names(self, collection):
        return set(self.live(collection)) - {"_id_"}

    def compare(self, collections=None, **more):
        route = "by-database" if collections is None else "by-collections"
        body = {"database_id": self.id, **more}
        body.update({} if collections is None else {"collections": collections})
        return self.api.post(f"/indexes/compare-{route}", body).expect(200).data

    def lists(self, collection, **more):
        """The comparison of one collection as four lists of names."""
        item = self.compare([collection], **more)[0]
        return tuple([index["name"] for index in item[f"{kind}_indexes"]]
                     for kind in ("missing", "matched", "redundant", "changed"))

    def plan(self, **options):
        return self.api.post("/indexes/plan", {"database_id": self.id, **options}).expect(200).data

    def try_sync(self, collections=None, **options):
        route = "by-database" if collections is None else "by-collections"
        body = {"database_id": self.id, **options}
        body.update({} if collections is None else {"collections": collections})
        return self.api.post(f"/indexes/sync-{route}", body)

    def start(self, collections=None, **options):
        reply = self.try_sync(collections, **options).expect(200)
        assert reply.data["success"] is True
        return reply.data["sync_id"]

    def status(self, sync_id):
        sync = self.api.get(f"/indexes/sync-status/{sync_id}").expect(200).data
        shapes.check_sync(sync)
        assert sync["id"] == sync_id and sync["database_id"] == self.id
        return sync

    def finished(self, sync_id, seconds=120):
        def look():
            sync = self.status(sync_id)
            return sync if sync["is_finished"] else None
        return eventually(look, seconds, what=f"sync {sync_id} is finished")

    def sync(self, collections=None, **options):
        return self.finished(self.start(collections, **options))

    def no_drift(self, collections=None):
        return all(not item[f"{kind}_indexes"] for item in self.compare(collections)
                   for kind in ("missing", "redundant", "changed"))

    def running(self, sync_id):
        return eventually(lambda: self.status(sync_id)["status"] == "running", what="the sync runs")


@contextlib.contextmanager
def fail_point(sandbox, commands, mode="alwaysOn", **data):
    """MongoDB's own failCommand, switched off at the end."""
    admin = sandbox.client.admin
    admin.command("configureFailPoint", "failCommand", mode=mode, data={"failCommands": commands, **data})
    try:
        yield
    finally:
        admin.command("configureFailPoint", "failCommand", mode="off")


@contextlib.contextmanager
def slow_builds(sandbox, milliseconds):
    """Index builds take their time at the server, whoever waits for them."""
    sandbox.client.admin.command("sandboxBuild", {"millis": milliseconds})
    try:
        yield
    finally:
        sandbox.client.admin.command("sandboxBuild", {"millis": 0})


def hold(sandbox, commands, milliseconds):
    """Makes these commands take their time."""
    return fail_point(sandbox, commands, blockConnection=True, blockTimeMS=milliseconds)
