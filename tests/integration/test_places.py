"""Protection and syncs hold for a deployment and a database's name, however many entries of the registry lead there."""
import concurrent.futures

import pytest

from client import Api
from processes import Server
from scene import Scene, unique
from wire_tap import Tap

PROTECTED = 40303


@pytest.fixture(scope="module")
def server(tmp_path_factory, logs):
    server = Server(tmp_path_factory.mktemp("places"), logs)
    server.admin = Api(server.address).sign_up(unique("admin"))
    server.editor = Api(server.address).sign_up(unique("editor"))
    yield server
    assert server.stop() == 0


@pytest.fixture
def scene(server, own_sandbox):
    scene = Scene(server.admin, own_sandbox)
    scene.define("people", {"a": 1})
    scene.db.people.create_index([("old", 1)], name="old_1")
    return scene


def entry(scene, **changes):
    return {"name": unique("second"), "uri": scene.uri, "db_name": scene.db_name, **changes}


def protect(scene):
    stored = scene.api.get(f"/databases/{scene.id}").expect(200).data
    body = {name: stored[name] for name in ("name", "description", "uri", "db_name")}
    scene.api.put(f"/databases/{scene.id}", {**body, "protected": True}).expect(200)


def spellings(uri):
    port = uri.rstrip("/").rsplit(":", 1)[1]
    return [uri, f"mongodb://localhost:{port}", f"mongodb://[::1]:{port}/", f"mongodb://LOCALHOST.:{port}/?appName=x",
            f"mongodb://127.1:{port}", f"mongodb://nowhere.invalid,127.0.0.1:{port}/"]


def test_a_second_entry_is_protected_however_it_is_written(server, scene):
    protect(scene)
    for uri in spellings(scene.uri):
        made = server.editor.post("/databases/", entry(scene, uri=uri)).expect(201).data
        assert scene.id in made["same_place_as"] and made["protected_by"], made
        told = server.editor.get(f"/databases/{made['id']}").expect(200).data
        assert told["protected"] is True and scene.id in told["same_place_as"]
    server.editor.post("/indexes", {"database_id": made["id"], "collection": "people", "keys": [{"field": "b", "value": 1}],
                                    "options": {}}).expect(201)
    reply = server.editor.post("/indexes/sync-by-database", {"database_id": made["id"]})
    reply.expect_bad_field("fingerprint")
    assert "old_1" in scene.db.people.index_information()


def test_an_entry_that_is_led_there_is_protected(server, scene):
    protect(scene)
    body = entry(scene, db_name=unique("t"))
    made = server.editor.post("/databases/", body).expect(201).data
    assert "same_place_as" not in made
    changed = server.editor.put(f"/databases/{made['id']}", {**body, "db_name": scene.db_name}).expect(200).data
    assert changed["success"] is True and changed["protected_by"] == scene.id
    assert server.editor.get(f"/databases/{made['id']}").data["protected"] is True
    back = server.editor.put(f"/databases/{made['id']}", body)
    assert back.expect(403).body["error_code"] == PROTECTED


def test_what_was_read_may_be_sent_back(server, scene):
    second = server.admin.post("/databases/", entry(scene)).expect(201).data["id"]
    told = server.admin.get(f"/databases/{second}").expect(200).data
    assert told["same_place_as"] == [scene.id]
    server.admin.put(f"/databases/{second}", {**told, "description": "read and sent back"}).expect(200)
    assert server.admin.get(f"/databases/{second}").data["description"] == "read and sent back"


def test_one_sync_of_a_place_at_a_time(start_server, start_worker, own_sandbox):
    server = start_server(MIM_WORKERS=0)
    first = Scene(Api(server.address).sign_up(unique("user")), own_sandbox)
    second = Scene(first.api, own_sandbox, db_name=first.db_name)
    for scene, field in ((first, "a"), (second, "b")):
        scene.define("people", {field: 1})
    waiting = first.start()
    second.try_sync().expect_error(409, "Resource conflict")
    start_worker(server)
    assert first.finished(waiting)["status"] == "completed"
    assert second.sync()["status"] == "completed"


def test_a_collection_is_left_alone_while_another_entry_syncs_it(start_server, own_sandbox):
    """Nobody works, so that the sync waits until it is cancelled."""
    server = start_server(MIM_WORKERS=0)
    scene = Scene(Api(server.address).sign_up(unique("admin")), own_sandbox)
    scene.define("people", {"a": 1})
    scene.db.people.insert_one({"a": 1})
    port = scene.uri.rstrip("/").rsplit(":", 1)[1]
    second = scene.api.post("/databases/", entry(scene, uri=f"mongodb://localhost:{port}")).expect(201).data["id"]
    waiting = scene.start()
    named = {"database_id": second, "collection": "people"}
    for refused in (scene.api.put("/databases/collections", {**named, "new_collection": "moved"}),
                    scene.api.delete("/databases/collections", {**named, "confirm": "people"})):
        assert refused.expect_error(409, "Resource conflict").body["error_code"] == 40901
        assert waiting in refused.body["detail"]
    assert scene.db.people.count_documents({}) == 1
    scene.api.post(f"/indexes/sync-status/{waiting}/cancel").expect(200)
    scene.api.delete("/databases/collections", {**named, "confirm": "people"}).expect(200)


def test_of_two_syncs_at_once_for_one_place_exactly_one_is_taken(start_server, own_sandbox):
    """Nobody works, so that what was taken waits until it is cancelled."""
    server = start_server(MIM_WORKERS=0)
    api = Api(server.address).sign_up(unique("admin"))
    scene = Scene(api, own_sandbox)
    scene.define("people", {"a": 1})
    second = api.post("/databases/", entry(scene)).expect(201).data["id"]
    api.post("/indexes", {"database_id": second, "collection": "people", "keys": [{"field": "b", "value": 1}],
                          "options": {}}).expect(201)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for _ in range(400):
            replies = list(pool.map(lambda each: Api(server.address, access=api.access).post(
                "/indexes/sync-by-database", {"database_id": each}), (scene.id, second)))
            assert sorted(reply.status for reply in replies) == [200, 409], [reply.text for reply in replies]
            taken = next(reply.data["sync_id"] for reply in replies if reply.status == 200)
            api.post(f"/indexes/sync-status/{taken}/cancel").expect(200)


def test_an_entry_that_is_led_to_a_place_syncs_there_alone(start_server, own_sandbox):
    """Nobody works, so that what was taken waits until it is cancelled."""
    server = start_server(MIM_WORKERS=0)
    api = Api(server.address).sign_up(unique("admin"))
    scene = Scene(api, own_sandbox)
    scene.define("people", {"a": 1})
    scene.start()
    moving = Scene(api, own_sandbox)
    moving.define("people", {"b": 1})
    away = {"name": moving.name, "uri": moving.uri, "db_name": moving.db_name}
    calls = (lambda one: one.put(f"/databases/{moving.id}", {**away, "db_name": scene.db_name}),
             lambda one: one.post("/indexes/sync-by-database", {"database_id": moving.id}))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for _ in range(100):
            moved, synced = pool.map(lambda call: call(Api(server.address, access=api.access)), calls)
            assert sorted((moved.status, synced.status)) == [200, 409], (moved.text, synced.text)
            if synced.status == 200:
                api.post(f"/indexes/sync-status/{synced.data['sync_id']}/cancel").expect(200)
            api.put(f"/databases/{moving.id}", away).expect(200)


def test_a_bound_key_is_bound_to_the_place(server, scene):
    second = server.editor.post("/databases/", entry(scene)).expect(201).data["id"]
    other = server.editor.post("/databases/", entry(scene, db_name=unique("t"))).expect(201).data["id"]
    key = server.editor.post("/api-keys", {"name": "k", "scope": "read", "databases": [scene.id]}).expect(201).data["key"]
    machine = server.editor.again(access=key)
    assert machine.get(f"/databases/{second}").expect(200).data["same_place_as"] == [scene.id]
    machine.get(f"/databases/{other}").expect(403)


@pytest.fixture
def tunnel(own_sandbox):
    """Another address of the same server."""
    tap = Tap(own_sandbox.host, own_sandbox.port)
    yield tap.uri
    tap.close()


def test_a_second_entry_through_a_tunnel_is_protected_once_both_were_connected_to(server, scene, tunnel):
    protect(scene)
    scene.api.post(f"/databases/{scene.id}/test").expect(200)
    made = server.editor.post("/databases/", entry(scene, uri=tunnel)).expect(201).data
    assert "same_place_as" not in made and "protected_by" not in made, "no text tells it"
    server.editor.post(f"/databases/{made['id']}/test").expect(200)
    told = server.editor.get(f"/databases/{made['id']}").expect(200).data
    assert told["protected"] is True and told["same_place_as"] == [scene.id]
    server.editor.put(f"/databases/{made['id']}", entry(scene, uri=told["uri"], name=unique("renamed"))).expect(200)
    assert server.editor.get(f"/databases/{made['id']}").expect(200).data["protected"] is True


def test_a_sync_through_a_tunnel_finds_out_before_it_changes_anything(server, scene, tunnel):
    protect(scene)
    scene.api.post(f"/databases/{scene.id}/test").expect(200)
    made = server.editor.post("/databases/", entry(scene, uri=tunnel)).expect(201).data
    server.editor.post("/indexes", {"database_id": made["id"], "collection": "people", "keys": [{"field": "b", "value": 1}],
                                    "options": {}}).expect(201)
    plan = server.editor.post("/indexes/plan", {"database_id": made["id"]}).expect(200).data
    reply = server.editor.post("/indexes/sync-by-database", {"database_id": made["id"], "fingerprint": plan["fingerprint"]})
    assert reply.expect(403).body["error_code"] == PROTECTED
    assert "old_1" in scene.db.people.index_information()


def test_a_collection_is_not_renamed_through_a_tunnel(server, scene, tunnel):
    protect(scene)
    scene.api.post(f"/databases/{scene.id}/test").expect(200)
    made = server.editor.post("/databases/", entry(scene, uri=tunnel)).expect(201).data
    body = {"database_id": made["id"], "collection": "people", "new_collection": "others"}
    assert server.editor.put("/databases/collections/", body).expect(403).body["error_code"] == PROTECTED
    assert "people" in scene.db.list_collection_names()
