"""`mim store copy` between the embedded store and MongoDB, both ways, interrupted, and against its will."""
import contextlib
import re

import pymongo
import pytest
from bson import ObjectId
from client import Api
from processes import Server, command
from scene import Scene, unique
from waiting import eventually


@contextlib.contextmanager
def served(data, logs):
    """`mim serve` on the embedded store in this folder, until it has ended in good order."""
    server = Server(data, logs)
    try:
        yield server
        assert server.stop() == 0, server.log()[-2000:]
    finally:
        server.kill()


def ended(api, sync):
    def answer():
        now = api.get(f"/indexes/sync-status/{sync}").expect(200).data
        return now if now["is_finished"] else None

    return eventually(answer, 60, 0.05, what="the sync has ended")


def all_definitions(api, database):
    found = []
    for each in api.post("/databases/collections/list", {"database_id": database}).expect(200).data:
        body = {"database_id": database, "collection": each["collection"]}
        found += api.post("/indexes/list-by-collection", body).expect(200).data
    return found


@pytest.fixture
def filled(tmp_path, logs, sandbox):
    """An embedded store with an account, a database, many definitions and a sync, and what the API said of it."""
    with served(tmp_path / "first", logs) as server:
        api = Api(server.address).sign_up(unique("user"))
        scene = Scene(api, sandbox)
        for number in range(60):
            scene.define(f"c{number % 7}", {f"f{number}": 1, "größe": -1})
        scene.define("wild", {"path.$**": 1})
        scene.define("part", {"a": 1}, is_unique=True, partial_filter_expression={"a": {"$gt": 5}})
        sync = api.post("/indexes/sync-by-collections",
                        {"database_id": scene.id, "collections": ["c0", "part"]}).expect(200).data["sync_id"]
        key = api.post("/api-keys", {"name": "k", "scope": "write", "databases": [scene.id],
                                     "expires_in_seconds": 86400}).expect(201).data
        sync = ended(api, sync)
        thrown_away = scene.define("thrown", {"away": 1})
        api.call("DELETE", "/databases/collections", {"database_id": scene.id, "collection": "thrown",
                                                      "confirm": "thrown"}).expect(200)
        gone = Scene(api, sandbox)
        gone.define("orders", {"a": 1})
        api.call("DELETE", f"/databases/{gone.id}", {"confirm": gone.name}).expect(200)
        api.post("/auth/register", {"username": "eve", "email": "eve@example.org", "password": "battery staple"}).expect(201)
        eve = api.post("/users/list", {"query": "eve"}).expect(200).data[0]["id"]
        api.call("DELETE", f"/users/{eve}", {"confirm": "eve"}).expect(200)
        eventually(lambda: api.post("/audit/list", {"action": "sync.finish"}).data, 60, 0.05, what="its end is told")
        audit = api.post("/audit/list", {"limit": 200}).expect(200).data
        yield tmp_path / "first", {"key": key, "audit": audit, "user": api, "database": scene.id, "sync": sync, "thrown_away": thrown_away, "gone": gone.id,
                                   "definitions": all_definitions(api, scene.id)}, server


def copy(source, target):
    return command("store", "copy", "--from", source, "--to", target, timeout=300)


def counts(done):
    return {kind: int(items) for kind, items in re.findall(r"^(.+): (\d+) items, .*equal", done.stdout, re.MULTILINE)}


def test_everything_goes_there_and_back(filled, store, tmp_path, logs):
    folder, told, server = filled
    assert server.stop() == 0
    uri = f"{store.uri}{unique('copy')}"
    there = copy(folder / "mim.db", uri)
    assert there.returncode == 0, there.stdout + there.stderr
    assert counts(there) == {"users": 1, "token families": 1, "databases": 1, "definitions": 62, "syncs": 1,
                             "invites": 0, "API keys": 1, "audit entries": len(told["audit"]), "audit intents": 0,
                             "made collections": 0, "trash entries": 3}
    back = copy(uri, tmp_path / "second.db")
    assert back.returncode == 0 and counts(back) == counts(there), back.stdout + back.stderr
    (tmp_path / "second").mkdir()
    (tmp_path / "second.db").rename(tmp_path / "second" / "mim.db")
    for key in ("private.pem", "public.pem", "secret.key"):
        (tmp_path / "second" / key).write_bytes((folder / key).read_bytes())
    with served(tmp_path / "second", logs) as again:
        api = told["user"].again(address=again.address)
        assert all_definitions(api, told["database"]) == told["definitions"]
        assert api.get(f"/indexes/sync-status/{told['sync']['id']}").expect(200).data == told["sync"]
        assert api.post("/audit/list", {"limit": 200}).expect(200).data == told["audit"]
        machine = api.again(access=told["key"]["key"])
        assert [each["id"] for each in machine.post("/databases/list", {}).expect(200).data] == [told["database"]]
        api.post("/auth/login", {"identity": api.email.upper(), "password": api.password}).expect(200)
        for entry in api.post("/trash/list", {}).expect(200).data:
            api.post(f"/trash/{entry['id']}/restore").expect(200)
        assert [each["id"] for each in all_definitions(api, told["database"]) if each["collection"] == "thrown"] == \
            [told["thrown_away"]]
        assert len(all_definitions(api, told["gone"])) == 1
        api.post("/auth/login", {"identity": "eve", "password": "battery staple"}).expect(200)
        for like_it in (api.username.upper(), f"{api.username[:2]}\u200d{api.username[2:]}"):
            api.post("/auth/register", {"username": like_it, "email": "n@example.org",
                                        "password": api.password}).expect(409)


def test_an_interrupted_copy_goes_on(filled, store):
    folder, _, server = filled
    assert server.stop() == 0
    name = unique("copy")
    uri = f"{store.uri}{name}"
    assert copy(folder / "mim.db", uri).returncode == 0
    client = pymongo.MongoClient(store.uri)
    target = client[name]
    # As if it had been stopped: some are missing, one is of an earlier try, records belong to no sync yet.
    ids = [each["_id"] for each in target.definitions.find({}, {"_id": 1}).limit(20)]
    target.definitions.delete_many({"_id": {"$in": ids}})
    target.definitions.update_one({}, {"$set": {"updated_at": target.databases.find_one()["created_at"]}})
    target.syncs.delete_many({})
    again = copy(folder / "mim.db", uri)
    assert again.returncode == 0, again.stdout + again.stderr
    assert counts(again)["definitions"] == 62 and target.definitions.count_documents({}) == 62
    # Only the plan that counts is left.
    assert len(target.sync_records.distinct("plan")) == 1
    client.close()


def test_other_data_at_the_destination_is_told(filled, store):
    folder, _, server = filled
    assert server.stop() == 0
    name = unique("copy")
    client = pymongo.MongoClient(store.uri)
    assert copy(folder / "mim.db", f"{store.uri}{name}").returncode == 0
    foreign = client[name].token_families.find_one()
    foreign["_id"] = ObjectId()
    client[name].token_families.insert_one(foreign)
    done = copy(folder / "mim.db", f"{store.uri}{name}")
    assert done.returncode == 1 and "holds data that is not of the source" in done.stderr, done.stdout + done.stderr
    assert client[name].token_families.count_documents({}) == 2  # nothing was removed
    client.close()


@pytest.mark.parametrize("source, target, reason", [
    ("/nowhere/mim.db", "mongodb://127.0.0.1:1/x", "there is no file"),
    ("mongodb://root:S3cr3t-x@127.0.0.1:1/x", "/nowhere/mim.db", "the store (MongoDB)"),
    ("redis://root:S3cr3t-x@127.0.0.1:1", "/nowhere/mim.db", "a mongodb:// URI or the path of a file"),
])
def test_what_cannot_be_copied_is_one_line(source, target, reason):
    done = copy(source, target)
    assert done.returncode == 1 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert reason in done.stderr and "S3cr3t" not in done.stdout + done.stderr, done.stderr
