"""`mim serve` with its data in MongoDB, end to end."""
import json

import mongod as real
import planted
import pymongo
import pytest
import requests
from client import Api
from conftest import started
from processes import command
from scene import Scene, unique
from waiting import eventually

SECRET_URI = "mongodb://root:S3cr3t-of-the-store@127.0.0.1:1/db_manager"


def readiness(server):
    return requests.get(server.address + "/readyz", timeout=60)


def database_of(store, name):
    return f"{store.uri}{name}"


def test_the_whole_trip(store, serve, sandbox):
    server = serve(database_of(store, unique("trip")))
    assert readiness(server).status_code == 200
    api = Api(server.address).sign_up(unique("user"))
    assert api.get("/auth/profile").expect(200).data["username"] == api.username
    scene = Scene(api, sandbox)
    scene.db.orders.create_index([("old", 1)], name="old_1")
    scene.define("orders", {"customer_id": 1, "created_at": -1}, is_unique=True)
    scene.try_define("orders", {"customer_id": 1, "created_at": -1}, name="again", is_unique=True).expect(409)
    scene.define("orders", {"$**": 1})
    found = api.post("/indexes/compare-by-database", {"database_id": scene.id}).expect(200).data
    assert [each["name"] for each in found[0]["missing_indexes"]] == ["$**_1", "customer_id_1_created_at_-1"]
    assert [each["name"] for each in found[0]["redundant_indexes"]] == ["old_1"]
    plan = api.post("/indexes/plan", {"database_id": scene.id}).expect(200).data
    assert len(plan["operations"]) == 3
    listed = api.post("/databases/list", {"query": scene.name.upper()}).expect(200)
    assert [each["id"] for each in listed.data] == [scene.id] and "S3cr3t" not in listed.text
    sync = api.post("/indexes/sync-by-database", {"database_id": scene.id}).expect(200).data["sync_id"]
    path = f"/indexes/sync-status/{sync}"
    ended = eventually(lambda: (lambda now: now if now["is_finished"] else None)(api.get(path).expect(200).data),
                       60, 0.05, what="the sync has ended")
    assert (ended["status"], ended["completed_tasks"], ended["progress"]) == ("completed", 3, 100), ended
    assert "customer_id_1_created_at_-1" in scene.db.orders.index_information()
    api.call("DELETE", f"/databases/{scene.id}", {"confirm": scene.name}).expect(200)
    api.get(path).expect(404)


def test_servers_share_one_store(store, serve, sandbox):
    uri = database_of(store, unique("shared"))
    first, second = serve(uri), serve(uri)
    api = Api(first.address).sign_up(unique("user"))
    scene = Scene(api, sandbox)
    elsewhere = Api(second.address, access=api.access)
    assert elsewhere.get(f"/databases/{scene.id}").expect(200).data["name"] == scene.name
    elsewhere.post("/databases/", {"name": scene.name, "uri": sandbox.uri, "db_name": "x"}).expect(409)


def test_the_store_itself_is_no_target(store, serve, sandbox):
    name = unique("own")
    api = Api(serve(database_of(store, name)).address).sign_up(unique("user"))
    port = store.uri.rstrip("/").rsplit(":", 1)[1]
    for uri in (store.uri, f"mongodb://LOCALHOST.:{port}/?directConnection=true", f"mongodb://elsewhere.invalid,127.1:{port}/"):
        body = {"name": unique("db"), "uri": uri, "db_name": name}
        api.post("/databases/", body).expect_bad_field("uri")
        made = api.post("/databases/", {**body, "db_name": unique("t")}).expect(201).data["id"]
        api.put(f"/databases/{made}", body).expect_bad_field("uri")


def test_entries_for_one_place_share_its_protection(store, serve, sandbox):
    api = Api(serve(database_of(store, unique("places"))).address).sign_up(unique("user"))
    scene = Scene(api, sandbox)
    stored = api.get(f"/databases/{scene.id}").expect(200).data
    body = {field: stored[field] for field in ("name", "description", "uri", "db_name")}
    api.put(f"/databases/{scene.id}", {**body, "protected": True}).expect(200)
    port = sandbox.uri.rstrip("/").rsplit(":", 1)[1]
    second = {**body, "name": unique("db"), "uri": f"mongodb://localhost:{port}"}
    made = api.post("/databases/", second).expect(201).data
    assert made["same_place_as"] == [scene.id] and made["protected_by"] == scene.id
    assert all(each["protected"] for each in api.post("/databases/list", {}).expect(200).data)
    moved = api.put(f"/databases/{made['id']}", {**second, "db_name": unique("t")}).expect(200).data
    assert moved == {"success": True}
    assert api.get(f"/databases/{made['id']}").expect(200).data["protected"] is False


def test_machines_and_the_audit_log(store, serve, sandbox):
    uri = database_of(store, unique("machines"))
    first, second = serve(uri), serve(uri)
    api = Api(first.address).sign_up(unique("user"))
    scene, other = Scene(api, sandbox), Scene(api, sandbox)
    made = api.post("/api-keys", {"name": "k", "scope": "write", "databases": [scene.id]}).expect(201).data
    machine = Api(second.address, access=made["key"])
    machine.post("/indexes", scene.definition("c", {"$**": 1})).expect(201)
    machine.post("/indexes", other.definition("c", {"a": 1})).expect(403)
    assert api.get("/api-keys").expect(200).data[0]["last_used_at"]
    api.delete(f"/api-keys/{made['id']}").expect(200)
    eventually(lambda: machine.post("/databases/list", {}).status == 401, 20, 0.1, "the other server has heard of it")
    told = api.post("/audit/list", {}).expect(200).data
    assert [(entry["action"], entry["outcome"]) for entry in told] == [
        ("api_key.delete", "done"), ("index.create", "refused"), ("index.create", "done"), ("api_key.create", "done"),
        ("database.create", "done"), ("database.create", "done"), ("account.sign_in", "done"),
        ("account.register", "done")]
    assert told[2]["api_key_prefix"] == made["prefix"] and told[2]["after"]["keys"][0]["field"] == "$**"
    assert api.post("/audit/list", {"database_id": scene.id, "user": api.username}).data == [told[2], told[5]]
    lines, after = [], {}
    while after is not None:
        response = api.raw("GET", "/audit/export", params={"limit": 3, **after})
        lines += [entry["id"] for entry in map(json.loads, response.text.splitlines())]
        after = {"after": response.headers["X-Next-After"]} if "X-Next-After" in response.headers else None
    assert lines == [entry["id"] for entry in told[::-1]]


def test_our_data_is_where_the_uri_says(store, serve):
    name = unique("named")
    Api(serve(database_of(store, name)).address).sign_up(unique("user"))
    client = pymongo.MongoClient(store.uri)
    assert client[name].users.count_documents({}) == 1
    assert {index["name"] for index in client[name].syncs.list_indexes()} >= {"one_active"}
    client.close()


def test_a_sync_whose_records_are_gone_is_planned_anew(store, serve, sandbox):
    """Whatever took them: a sync that nobody could run would keep its database from ever being synced again."""
    name = unique("gone")
    api = Api(serve(database_of(store, name), MIM_WORKERS=0).address).sign_up(unique("user"))
    scene = Scene(api, sandbox)
    scene.define("orders", {"a": 1})
    sync = scene.start()
    client = pymongo.MongoClient(store.uri)
    client[name].syncs.update_one({"active": True}, {"$set": {"status": "running", "total_tasks": 2}})
    client.close()
    api.get(f"/indexes/sync-status/{sync}").expect(500)
    serve(database_of(store, name))
    ended = eventually(lambda: (lambda now: now.status == 200 and now.data["is_finished"] and now.data)(
        api.get(f"/indexes/sync-status/{sync}")), 60, 0.05, what="the sync has ended")
    assert (ended["status"], ended["total_tasks"]) == ("completed", 1), ended


def test_a_store_that_is_lost_is_told_and_found_again(serve):
    store = started("secantusdb")
    server = serve(database_of(store, "lost"), MIM_WORKERS=0)
    api = Api(server.address).sign_up(unique("user"))
    store.stop()
    lost = readiness(server)
    assert lost.status_code == 503 and "store" in lost.text, lost.text
    refused = api.get("/auth/profile")
    assert refused.status == 503 and str(store.port) not in refused.text, refused.text
    assert requests.get(server.address + "/healthz", timeout=60).status_code == 200
    again = started("secantusdb", store.held)
    try:
        eventually(lambda: readiness(server).status_code == 200, 60, 0.1, what="the store is found again")
    finally:
        again.stop()


def test_a_store_that_is_down_at_start_is_one_line(tmp_path, redis, secret_keys):
    done = command("serve", "--data", tmp_path, "--listen", "127.0.0.1:0", MIM_STORE=SECRET_URI, MIM_QUEUE=redis,
                   MIM_SECRET_KEY_FILE=secret_keys)
    assert done.returncode != 0
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1 and lines[0].startswith("mim: the store (MongoDB)"), done.stderr
    assert "127.0.0.1:1" in lines[0] and "S3cr3t" not in done.stdout + done.stderr


def refused_in_one_line(uri, tmp_path, redis, secret_keys):
    settings = {"MIM_STORE": uri, "MIM_QUEUE": redis, "MIM_SECRET_KEY_FILE": secret_keys}
    done = command("serve", "--data", tmp_path, "--listen", "127.0.0.1:0", **settings)
    assert done.returncode != 0 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    examined = command("doctor", **settings)
    assert examined.returncode == 1 and "failure store: " in examined.stdout, examined.stdout
    return done.stderr + examined.stdout


def test_a_standalone_is_refused_and_left_as_it_is(mongod, tmp_path, redis, secret_keys):
    name = unique("alone")
    told = refused_in_one_line(mongod.uri + name, tmp_path, redis, secret_keys)
    assert told.count("is a standalone server, and the store needs transactions") == 2, told
    assert command("store", "create", "--data", tmp_path / "from").returncode == 0
    copied = command("store", "copy", "--from", tmp_path / "from" / "mim.db", "--to", mongod.uri + name)
    assert copied.returncode == 1 and "is a standalone server" in copied.stderr, copied.stderr
    assert name not in mongod.client.list_database_names()


def test_a_replica_set_that_nobody_initiated_is_refused(mongod, tmp_path, redis, secret_keys):
    member = real.Mongod(None, "--replSet", "rs")
    try:
        told = refused_in_one_line(member.uri + "db_manager", tmp_path, redis, secret_keys)
    finally:
        member.stop()
    assert "is not initiated: mongosh --eval 'rs.initiate()'" in told, told


@pytest.mark.parametrize("store_uri, queue, reason", [
    (SECRET_URI, None, "needs a queue on Redis or Valkey: set MIM_QUEUE"),
    ("postgres://root:S3cr3t@127.0.0.1/x", "redis://127.0.0.1:1", "does not begin with mongodb://"),
    ("mongodb://root:S3cr3t@@127.0.0.1/x", "redis://127.0.0.1:1", "unescaped @"),
])
def test_a_store_that_cannot_be_is_refused_in_one_line(tmp_path, secret_keys, store_uri, queue, reason):
    settings = {"MIM_STORE": store_uri, "MIM_SECRET_KEY_FILE": secret_keys, **({"MIM_QUEUE": queue} if queue else {})}
    done = command("serve", "--data", tmp_path, "--listen", "127.0.0.1:0", **settings)
    assert done.returncode != 0 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert reason in done.stderr and "S3cr3t" not in done.stdout + done.stderr, done.stderr


def test_connection_strings_are_sealed_in_the_store(store, serve, secret_keys, start_sandbox_with_user):
    """By the same keys on every server, moved by `store copy` as they are, and sealed anew by `store rekey`."""
    name, password = unique("sealed"), planted.new_password()
    target = start_sandbox_with_user(password)
    uri = database_of(store, name)
    first, second = serve(uri), serve(uri)
    api = Api(first.address).sign_up(unique("user"))
    body = {"name": unique("db"), "uri": f"mongodb://mim:{password}@127.0.0.1:{target.port}/", "db_name": "x"}
    found = api.post("/databases/", {**body, "is_test_connection": True}).expect(201).data["id"]
    Api(second.address, access=api.access).post(f"/databases/{found}/test").expect(200)
    client = pymongo.MongoClient(store.uri)
    stored = client[name].databases.find_one({"name": body["name"]})["uri"]
    assert stored.startswith("sealed:") and password not in stored
    # As an older version left it, and under a newer key.
    client[name].databases.update_one({"name": body["name"]}, {"$set": {"uri": body["uri"]}})
    assert command("keygen", "--secret-key", secret_keys).returncode == 0
    done = command("store", "rekey", MIM_STORE=uri, MIM_SECRET_KEY_FILE=secret_keys)
    assert done.returncode == 0 and "1 sealed that were in the clear" in done.stdout, done.stdout + done.stderr
    assert client[name].databases.find_one({"name": body["name"]})["uri"] not in (stored, body["uri"])
    client.close()
    # A server with the older key alone tells which one it lacks; one with both goes on.
    refused = api.post(f"/databases/{found}/test").expect(500)
    assert refused.body["error_code"] == 50004 and "is sealed with the key" in refused.text
    third = serve(uri)
    Api(third.address, access=api.access).post(f"/databases/{found}/test").expect(200)


def test_a_store_of_many_servers_needs_its_keys_given(tmp_path, store, redis):
    done = command("serve", "--data", tmp_path, "--listen", "127.0.0.1:0", MIM_STORE=database_of(store, "x"), MIM_QUEUE=redis)
    assert done.returncode == 1 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "--secret-key-file" in done.stderr and "keygen --secret-key" in done.stderr


def test_the_doctor_looks_at_a_store_of_many_servers(store, serve, redis, secret_keys, sandbox):
    uri = database_of(store, unique("doctor"))
    server = serve(uri)
    Scene(Api(server.address).sign_up(unique("user")), sandbox)
    done = command("doctor", "worker", MIM_STORE=uri, MIM_QUEUE=redis, MIM_SECRET_KEY_FILE=secret_keys)
    assert done.returncode == 0, done.stdout + done.stderr
    for text in ("store: MongoDB", "clock of the store", "queue: Redis", "clock of the queue", "1 of 1 are sealed"):
        assert text in done.stdout, done.stdout
    down = command("doctor", MIM_STORE=SECRET_URI, MIM_QUEUE="redis://:S3cr3t@127.0.0.1:1", MIM_SECRET_KEY_FILE=secret_keys)
    assert down.returncode == 1 and "S3cr3t" not in down.stdout + down.stderr
    assert down.stdout.count("failure ") == 2, down.stdout
