"""Protected databases: what takes an administrator, what takes a fingerprint, and that there is no way round."""
import pytest

from client import Api
from processes import Server
from scene import Scene, hold, unique


@pytest.fixture(scope="module")
def server(tmp_path_factory, logs):
    server = Server(tmp_path_factory.mktemp("protection"), logs)
    server.admin = Api(server.address).sign_up(unique("admin"))
    server.editor = Api(server.address).sign_up(unique("editor"))
    yield server
    assert server.stop() == 0


@pytest.fixture
def admin(server):
    return server.admin


@pytest.fixture
def editor(server):
    return server.editor


@pytest.fixture
def scene(admin, shared_sandbox):
    """Protected; its plan builds a_1 and drops old_1."""
    scene = Scene(admin, shared_sandbox)
    scene.define("people", {"a": 1})
    scene.db.people.create_index([("old", 1)], name="old_1")
    protect(scene)
    return scene


def entry(scene, **changes):
    stored = scene.api.get(f"/databases/{scene.id}").expect(200).data
    return {**{name: stored[name] for name in ("name", "description", "uri", "db_name")}, **changes}


def protect(scene, on=True):
    scene.api.put(f"/databases/{scene.id}", entry(scene, protected=on)).expect(200)


def as_(person, scene):
    """The same scene in the hands of somebody else."""
    other = object.__new__(Scene)
    other.__dict__.update(scene.__dict__, api=person)
    return other


def seen(scene, **options):
    return {**options, "fingerprint": scene.plan(**options)["fingerprint"]}


def refused(reply):
    assert reply.expect(403).body["error_code"] == 40303, reply.text
    assert "protected" in reply.error
    return reply


BUILD_ONLY = {"option_extra": 0}


def test_every_sync_takes_a_fingerprint(admin, editor, scene):
    for person in (admin, editor):
        as_(person, scene).try_sync().expect_bad_field("fingerprint")
        as_(person, scene).try_sync(["people"], **BUILD_ONLY).expect_bad_field("fingerprint")
        as_(person, scene).try_sync(fingerprint="0" * 32).expect(409)
    assert scene.sync(**seen(scene))["status"] == "completed"
    assert scene.names("people") == {"a_1"}


def test_an_editor_builds_but_takes_nothing_away(editor, scene):
    mine = as_(editor, scene)
    for options in ({}, {"drop_mode": "hide"}, {"option_extra": 0, "option_missing": 2}):
        reply = refused(mine.try_sync(**seen(mine, **options)))
        assert "people." in reply.error
    assert mine.sync(**seen(mine, **BUILD_ONLY))["status"] == "completed"
    assert scene.names("people") == {"a_1", "old_1"} and set(scene.defined("people")) == {"a_1"}


def test_the_worker_judges_again(admin, editor, own_sandbox):
    """Submitted while unprotected, and protected while the worker still reads the target."""
    scene = Scene(admin, own_sandbox)
    scene.define("people", {"a": 1})
    scene.db.people.create_index([("old", 1)], name="old_1")
    mine = as_(editor, scene)
    with hold(own_sandbox, ["listIndexes"], 700):
        sync = mine.start()
        protect(scene)
        ended = mine.finished(sync)
    assert ended["status"] == "failed" and "protected" in ended["error"], ended
    assert ended["records"] == [] and scene.names("people") == {"old_1"}


def test_retry_and_restore_are_no_way_round(admin, editor, scene):
    mine = as_(editor, scene)
    dropped = scene.sync(**seen(scene))
    assert dropped["status"] == "completed"
    restore = f"/indexes/sync-status/{dropped['id']}/restore"
    refused(editor.post(restore))
    refused(editor.post(restore, {"collection": "people", "index": "old_1"}))
    brought_back = scene.finished(admin.post(restore).expect(200).data["sync_id"])
    assert brought_back["status"] == "completed" and scene.names("people") == {"a_1", "old_1"}

    looked_at = seen(scene)
    with hold(scene.sandbox, ["listIndexes"], 1000):
        cancelled = scene.start(**looked_at)
        admin.post(f"/indexes/sync-status/{cancelled}/cancel").expect(200)
    assert scene.finished(cancelled)["status"] == "cancelled"
    retry = f"/indexes/sync-status/{cancelled}/retry"
    for person in (admin, editor):
        person.post(retry).expect_bad_field("fingerprint")
    refused(editor.post(retry, {"fingerprint": mine.plan()["fingerprint"]}))
    again = scene.finished(admin.post(retry, {"fingerprint": scene.plan()["fingerprint"]}).expect(200).data["sync_id"])
    assert again["status"] == "completed" and scene.names("people") == {"a_1"}


def test_collections_and_the_entry_take_an_administrator(admin, editor, scene):
    place = {"database_id": scene.id, "collection": "people"}
    refused(editor.put("/databases/collections", {**place, "new_collection": "folk"}))
    refused(editor.delete("/databases/collections", {**place, "confirm": "people"}))
    refused(editor.delete(f"/databases/{scene.id}", {"confirm": scene.name}))
    assert "people" in scene.db.list_collection_names()
    editor.post("/databases/collections", {"database_id": scene.id, "collection": "more"}).expect(201)
    admin.put("/databases/collections", {**place, "new_collection": "folk"}).expect(200)
    admin.delete("/databases/collections", {**place, "collection": "folk", "confirm": "folk"}).expect(200)
    admin.delete(f"/databases/{scene.id}", {"confirm": scene.name}).expect(200)


def test_changing_and_removing_definitions_takes_an_administrator(admin, editor, scene):
    """Else the next sync of an administrator drops what an editor took out of the registry."""
    index = scene.defined("people")["a_1"]["id"]
    changed = {"name": "a_1", "keys": [{"field": "a", "value": -1}], "options": {}}
    refused(editor.put(f"/indexes/{index}", changed))
    refused(editor.delete(f"/indexes/{index}"))
    assert set(scene.defined("people")) == {"a_1"}
    as_(editor, scene).define("people", {"b": 1})
    admin.put(f"/indexes/{index}", changed).expect(200)
    admin.delete(f"/indexes/{index}").expect(200)
    assert set(scene.defined("people")) == {"b_1"}


def test_an_import_replaces_nothing(admin, editor, scene):
    scene.db.people.create_index([("a", 1)], name="a_1", sparse=True)
    body = {"database_id": scene.id, "on_conflict": "replace"}
    refused(editor.post("/indexes/sync-from-database", body))
    assert set(scene.defined("people")) == {"a_1"}
    editor.post("/indexes/sync-from-database", {"database_id": scene.id}).expect(200)
    assert set(scene.defined("people")) == {"a_1", "old_1"}
    admin.post("/indexes/sync-from-database", body).expect(200)


def test_only_an_administrator_sets_and_clears_it(admin, editor, scene):
    path = f"/databases/{scene.id}"
    assert editor.get(path).data["protected"] is True
    editor.put(path, entry(scene, protected=False)).expect(403)
    editor.put(path, entry(scene, description="edited")).expect(200)
    refused(editor.put(path, entry(scene, db_name="elsewhere")))
    refused(editor.put(path, entry(scene, uri="mongodb://127.0.0.1:1/")))
    assert admin.get(path).data["protected"] is True and admin.get(path).data["description"] == "edited"
    [listed] = editor.post("/databases/list", {"query": scene.id}).data
    assert listed["protected"] is True
    fresh = {"name": unique(), "uri": scene.uri, "db_name": unique()}
    editor.post("/databases", {**fresh, "protected": True}).expect(403)
    made = admin.post("/databases", {**fresh, "protected": True}).expect(201).data["id"]
    assert admin.get(f"/databases/{made}").data["protected"] is True
    protect(scene, False)
    assert as_(editor, scene).sync()["status"] == "completed" and scene.names("people") == {"a_1"}
