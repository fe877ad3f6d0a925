"""Collections of a target, seen from the registry."""
import pytest

from client import Api
from scene import Scene, unique

LIST = "/databases/collections/list"
PATH = "/databases/collections/"
BAD_NAMES = ["", "a$b", "$a", "system.users", "a\u0000b", "a" * 300]


def listed(scene, **more):
    found = scene.api.post(LIST, {"database_id": scene.id, **more}).expect(200)
    return {item["collection"]: item for item in found.data}


def named(scene, collection, **more):
    return {"database_id": scene.id, "collection": collection, **more}


def test_list_counts_definitions(scene):
    scene.define("orders", {"a": 1})
    scene.define("orders", {"b": 1})
    scene.define("users", {"a": 1})
    scene.db.create_collection("live_only")
    assert {name: item["total_indexes"] for name, item in listed(scene).items()} == {"orders": 2, "users": 1}


def test_list_with_live_collections(scene):
    scene.define("both", {"a": 1})
    scene.define("registry_only", {"a": 1})
    scene.db.both.create_index("a")
    scene.db.live_only.create_index("a")
    scene.db.command("create", "view", viewOn="both", pipeline=[])
    found = listed(scene, include_live=True)
    assert set(found) == {"both", "registry_only", "live_only", "view"}
    assert {name: item["total_indexes"] for name, item in found.items()} == \
        {"both": 1, "registry_only": 1, "live_only": 0, "view": 0}
    assert found["both"]["live_indexes"] in (1, 2)  # with or without _id_: the contract does not say
    assert not found["registry_only"]["live_indexes"]
    assert (found["both"]["type"], found["view"]["type"]) == ("collection", "view")


def test_list_searches_and_pages(scene):
    for number in range(5):
        scene.define(f"part{number}", {"a": 1})
    scene.define("other", {"a": 1})
    reply = scene.api.post(LIST, {"database_id": scene.id, "query": "part", "page": 2, "limit": 2}).expect(200)
    assert [item["collection"] for item in reply.data] == ["part2", "part3"]
    assert reply.extra == {"limit": 2, "page": 2, "total": 5}
    assert scene.api.post(LIST, {"database_id": scene.id, "limit": 1000}).extra["limit"] == 200


def test_create(scene):
    assert scene.api.post(PATH, named(scene, "new")).expect(201).data["success"] is True
    assert scene.db.list_collection_names() == ["new"]
    scene.api.post(PATH, named(scene, "new")).expect_error(409, "Resource conflict")


def test_what_was_made_is_listed_before_it_has_definitions(scene):
    scene.api.post(PATH, named(scene, "new")).expect(201)
    assert listed(scene) == {"new": {"collection": "new", "total_indexes": 0}}
    scene.define("new", {"a": 1})
    assert listed(scene)["new"]["total_indexes"] == 1
    scene.api.put(PATH, named(scene, "new", new_collection="newer")).expect(200)
    assert set(listed(scene)) == {"newer"}
    scene.api.delete(PATH, named(scene, "newer", confirm="newer")).expect(200)
    assert listed(scene) == {}


def test_what_only_the_registry_knows_is_renamed_there(scene):
    index_id = scene.define("planned", {"a": 1})
    scene.db.create_collection("live")
    scene.api.put(PATH, named(scene, "planned", new_collection="live")).expect_error(409, "Resource conflict")
    assert scene.api.put(PATH, named(scene, "planned", new_collection="later")).expect(200).data["success"] is True
    assert scene.get(index_id)["collection"] == "later" and scene.db.list_collection_names() == ["live"]


@pytest.mark.parametrize("name", BAD_NAMES, ids=repr)
def test_bad_names(scene, name):
    scene.api.post(PATH, named(scene, name)).expect_bad_field("collection")
    scene.api.put(PATH, named(scene, "a", new_collection=name)).expect_bad_field("new_collection")


def test_strange_names_that_mongodb_takes(scene):
    for name in ("a b", "a.b", "ä", "a'b\"c", "1", "a/b", "%41"):
        scene.api.post(PATH, named(scene, name)).expect(201)
        assert name in scene.db.list_collection_names()


def test_rename_moves_the_definitions(scene):
    index_id = scene.define("old", {"a": 1})
    scene.db.old.insert_one({"a": 1})
    scene.db.old.create_index("a")
    assert scene.api.put(PATH, named(scene, "old", new_collection="new")).expect(200).data["success"] is True
    assert scene.db.list_collection_names() == ["new"] and scene.names("new") == {"a_1"}
    assert scene.get(index_id)["collection"] == "new"
    assert scene.defined("old") == {} and scene.no_drift(["new"])


def test_rename_refusals(scene):
    scene.db.create_collection("a")
    scene.db.create_collection("b")
    scene.define("a", {"x": 1})
    scene.api.put(PATH, named(scene, "nothing", new_collection="c")).expect_error(404, "Resource not found")
    scene.api.put(PATH, named(scene, "a", new_collection="b")).expect_error(409, "Resource conflict")
    assert set(scene.db.list_collection_names()) == {"a", "b"} and set(scene.defined("a")) == {"x_1"}


def test_rename_to_a_name_that_has_definitions(scene):
    scene.db.create_collection("a")
    scene.define("a", {"x": 1})
    scene.define("b", {"y": 1})
    scene.api.put(PATH, named(scene, "a", new_collection="b")).expect(409)
    assert scene.db.list_collection_names() == ["a"]


def test_delete_of_an_empty_collection(scene):
    index_id = scene.define("c", {"a": 1})
    scene.db.c.create_index("a")
    assert scene.api.delete(PATH, named(scene, "c", confirm="c")).expect(200).data["success"] is True
    assert scene.db.list_collection_names() == []
    scene.api.get(f"/indexes/{index_id}").expect(404)


def test_delete_of_documents_wants_the_name_repeated(scene):
    scene.define("c", {"a": 1})
    scene.db.c.insert_one({"a": 1})
    scene.api.delete(PATH, named(scene, "c")).expect_error(409, "Resource conflict")
    scene.api.delete(PATH, named(scene, "c", confirm="d")).expect(400, 409)  # a wrong confirmation is none
    scene.api.delete(PATH, named(scene, "c", confirm="")).expect(400, 409)
    scene.api.delete(PATH, named(scene, "c", confrim="c")).expect_bad_field("confrim")
    assert scene.db.c.count_documents({}) == 1 and set(scene.defined("c")) == {"a_1"}
    scene.api.delete(PATH, named(scene, "c", confirm="c")).expect(200)
    assert scene.db.list_collection_names() == [] and scene.defined("c") == {}


def test_target_down(down):
    scene = down
    scene.api.post(LIST, {"database_id": scene.id}).expect(200)
    scene.api.post(LIST, {"database_id": scene.id, "include_live": True}).expect(412)
    scene.api.post(PATH, named(scene, "a")).expect(412)
    scene.api.put(PATH, named(scene, "a", new_collection="b")).expect(412)
    scene.api.delete(PATH, named(scene, "a")).expect(412)


def test_database_is_not_deleted_under_an_active_sync(start_server, start_worker, own_sandbox):
    server = start_server(MIM_WORKERS=0)
    scene = Scene(Api(server.address).sign_up(unique("user")), own_sandbox)
    scene.define("c", {"a": 1})
    sync_id = scene.start()
    scene.api.delete(f"/databases/{scene.id}", {"confirm": scene.name}).expect_error(409, "Resource conflict")
    start_worker(server)
    assert scene.finished(sync_id)["status"] == "completed"
    scene.api.delete(f"/databases/{scene.id}", {"confirm": scene.name}).expect(200)
