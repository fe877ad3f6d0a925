"""What is deleted can be brought back for a while, and what takes much along asks for its name."""
import sqlite3

import pytest

from client import BASES, NO_TOKEN, Api
from processes import Server
from scene import MISSING_ID, Scene, unique
from waiting import eventually


@pytest.fixture(scope="module")
def server(tmp_path_factory, logs):
    server = Server(tmp_path_factory.mktemp("trash"), logs)
    server.admin = Api(server.address).sign_up(unique("admin"))
    yield server
    assert server.stop() == 0


@pytest.fixture
def editor(server):
    return Api(server.address).sign_up(unique("editor"))


@pytest.fixture
def scene(editor, shared_sandbox):
    made = Scene(editor, shared_sandbox)
    made.define("orders", {"customer_id": 1})
    made.name = editor.get(f"/databases/{made.id}").expect(200).data["name"]
    return made


def entry_named(api, name):
    found = api.post("/trash/list", {"limit": 200}).expect(200)
    assert found.extra["total"] >= len(found.data)
    return next((entry for entry in found.data if entry["name"] == name), None)


def restore(api, entry):
    return api.post(f"/trash/{entry['id']}/restore")


def test_a_database_asks_for_its_name_and_comes_back(server, scene, editor):
    path = f"/databases/{scene.id}"
    before = editor.get(path).expect(200).data
    unsure = editor.delete(path).expect_error(409, "Resource conflict")
    assert scene.name in unsure.body["detail"] and "confirm" in unsure.body["detail"] and unsure.body["error_code"] == 40904
    editor.delete(path, {"confirm": "another"}).expect(409)
    editor.delete(path, {"confirn": scene.name}).expect_bad_field("confirn")
    editor.delete(path, {"confirm": scene.name}).expect(200)
    editor.get(path).expect(404)
    entry = entry_named(editor, scene.name)
    assert (entry["kind"], entry["database_id"], entry["definitions"]) == ("database", scene.id, 1)
    assert entry["purged_at"] > entry["deleted_at"]
    restore(editor, entry).expect(200)
    assert editor.get(path).expect(200).data == before
    listed = editor.post("/indexes/list-by-collection", {"database_id": scene.id, "collection": "orders"}).expect(200)
    assert [each["name"] for each in listed.data] == ["customer_id_1"]
    restore(editor, entry).expect(404)
    actions = {each["action"] for each in server.admin.post("/audit/list", {"database_id": scene.id}).expect(200).data}
    assert {"database.delete", "trash.restore"} <= actions


def test_a_name_is_free_meanwhile(scene, editor):
    editor.delete(f"/databases/{scene.id}", {"confirm": scene.name}).expect(200)
    body = {"name": scene.name, "uri": scene.uri, "db_name": scene.db_name}
    other = editor.post("/databases", body).expect(201).data["id"]
    entry = entry_named(editor, scene.name)
    taken = restore(editor, entry).expect_error(409, "Resource conflict")
    assert "rename or remove" in taken.body["detail"]
    editor.delete(f"/databases/{other}").expect(200)  # has no definitions
    restore(editor, entry).expect(200)


def test_definitions_of_a_collection_come_back(scene, editor):
    place = {"database_id": scene.id, "collection": "orders"}
    unsure = editor.delete("/databases/collections", place).expect_error(409, "Resource conflict")
    assert "index definitions" in unsure.body["detail"]
    editor.delete("/databases/collections", {**place, "confirm": "orders"}).expect(200)
    assert editor.post("/indexes/list-by-collection", place).expect(200).data == []
    entry = next(each for each in editor.post("/trash/list", {"limit": 200}).data if each["database_id"] == scene.id)
    assert (entry["kind"], entry["name"], entry["definitions"]) == ("definitions", "orders", 1)
    restore(editor, entry).expect(200)
    assert len(editor.post("/indexes/list-by-collection", place).expect(200).data) == 1


def test_published_clients_are_not_asked_but_for_documents(scene, editor):
    old = editor.again(base=BASES[1])
    place = {"database_id": scene.id, "collection": "orders"}
    scene.db["orders"].insert_one({"customer_id": 1})
    refused = old.delete("/databases/collections", place).expect_error(409, "Resource conflict")
    assert refused.body["error_code"] == 40903
    scene.db["orders"].delete_many({})
    old.delete("/databases/collections", place).expect(200)
    scene.define("orders", {"customer_id": 1})
    old.delete(f"/databases/{scene.id}").expect(200)
    assert entry_named(editor, scene.name)["kind"] == "database"


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("defined", (True, False))
def test_another_name_deletes_nothing_under_any_prefix(scene, editor, base, defined):
    caller = editor.again(base=base)
    place = {"database_id": scene.id, "collection": "orders"}
    scene.db.create_collection("orders")
    if not defined:
        editor.delete("/databases/collections", {**place, "confirm": "orders"}).expect(200)
        scene.db.create_collection("orders")
    for wrong in ("another", ""):
        for path, body in ((f"/databases/{scene.id}", {}), ("/databases/collections", place)):
            refused = caller.delete(path, {**body, "confirm": wrong}).expect_error(409, "Resource conflict")
            assert refused.body["error_code"] == 40904
    assert scene.db.list_collection_names() == ["orders"]
    caller.delete("/databases/collections", {**place, "confirm": "orders"}).expect(200)
    caller.delete(f"/databases/{scene.id}", {"confirm": scene.name}).expect(200)


def test_an_account_comes_back_with_its_password_and_without_its_sessions(server, editor):
    admin = server.admin
    [item] = admin.post("/users/list", {"query": editor.username}).expect(200).data
    admin.delete(f"/users/{item['id']}", {"confirm": editor.username}).expect(200)
    other = Api(server.address).sign_up(unique("editor"))
    assert entry_named(other, editor.username) is None
    entry = entry_named(admin, editor.username)
    assert entry["kind"] == "account"
    restore(other, entry).expect(404)
    restore(admin, entry).expect(200)
    editor.get("/auth/profile").expect_error(401, "Token is revoked")
    editor.log_in()


def test_definitions_of_a_database_that_is_in_the_trash(server, scene, editor):
    place = {"database_id": scene.id, "collection": "orders"}
    editor.delete("/databases/collections", {**place, "confirm": "orders"}).expect(200)
    editor.delete(f"/databases/{scene.id}").expect(200)
    mine = [entry for entry in editor.post("/trash/list", {"limit": 200}).data if entry["database_id"] == scene.id]
    database, definitions = mine
    refused = restore(editor, definitions).expect_error(409, "Resource conflict")
    assert refused.body["error_code"] == 40904 and database["id"] in refused.body["detail"] and "first" in refused.body["detail"]
    restore(editor, database).expect(200)
    restore(editor, definitions).expect(200)
    editor.delete("/databases/collections", {**place, "confirm": "orders"}).expect(200)
    editor.delete(f"/databases/{scene.id}").expect(200)
    database, definitions = [entry for entry in editor.post("/trash/list", {"limit": 200}).data if entry["database_id"] == scene.id]
    server.admin.delete(f"/trash/{database['id']}").expect(200)
    assert not [entry for entry in editor.post("/trash/list", {"limit": 200}).data if entry["database_id"] == scene.id]
    restore(editor, definitions).expect(404)
    told = server.admin.post("/audit/list", {"action": "trash.purge", "database_id": scene.id}).expect(200).data[0]
    assert told["subject"] == database["id"] and [each["id"] for each in told["before"]["along"]] == [definitions["id"]]


def test_what_is_too_old_is_purged_and_told(start_server, own_sandbox):
    server = start_server()
    admin = Api(server.address).sign_up(unique("admin"))
    scene = Scene(admin, own_sandbox)
    admin.delete(f"/databases/{scene.id}").expect(200)
    [entry] = admin.post("/trash/list", {}).expect(200).data
    assert server.stop() == 0
    store = sqlite3.connect(server.file_named("mim.db"), timeout=30)
    with store:
        store.execute("UPDATE trash SET deleted_at = deleted_at - 31 * 86400000")
    store.close()
    server = start_server(server.data)
    admin = admin.again(address=server.address)
    eventually(lambda: admin.post("/trash/list", {}).expect(200).data == [], what="the old entry is purged")
    told = eventually(lambda: admin.post("/audit/list", {"action": "trash.purge"}).expect(200).data, what="it is told")
    assert [(each["outcome"], each["subject"], each["database_id"], each["user_id"], each["address"]) for each in told] == [
        ("done", entry["id"], scene.id, None, None)]
    assert told[0]["before"]["name"] == entry["name"]


def test_an_administrator_purges(server, scene, editor):
    editor.delete(f"/databases/{scene.id}", {"confirm": scene.name}).expect(200)
    entry = entry_named(editor, scene.name)
    editor.delete(f"/trash/{entry['id']}").expect(403)
    server.admin.delete(f"/trash/{entry['id']}").expect(200)
    server.admin.delete(f"/trash/{entry['id']}").expect(200)
    assert entry_named(editor, scene.name) is None
    restore(editor, entry).expect(404)
    server.admin.post(f"/trash/{MISSING_ID}/restore").expect(404)
    Api(server.address).post("/trash/list", {}, token=NO_TOKEN).expect(401)
