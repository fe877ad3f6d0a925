"""What a sync dropped or hid, brought back by one call."""
import json

import bson
import pytest
from bson import json_util

from client import Api
from scene import MISSING_ID, Scene, fail_point, unique


@pytest.fixture
def dropped(scene):
    """A sync that dropped indexes of many kinds; `scene.before` is what was there."""
    scene.define("c", {"kept": 1})
    scene.db.c.create_index([("z", 1), ("a", -1), ("1", 1)], unique=True, sparse=True)
    scene.db.c.create_index("at", expireAfterSeconds=60, partialFilterExpression={"n": {"$gt": bson.Int64(5)}})
    scene.db.c.create_index([("t", "text"), ("s", 1)], weights={"t": 3}, default_language="german")
    scene.db.c.create_index("o", collation={"locale": "fr", "strength": 1})
    scene.db.c.create_index([("$**", 1)], wildcardProjection={"w": 1})
    scene.db.d.create_index([("h", "hashed")])
    scene.define("d", {"kept": 1})
    scene.before = {name: scene.live(name) for name in ("c", "d")}
    scene.dropping = scene.sync()
    assert scene.dropping["status"] == "completed" and scene.names("c") == {"kept_1"} == scene.names("d")
    return scene


def restore(scene, sync_id, body=None):
    return scene.api.post(f"/indexes/sync-status/{sync_id}/restore", body)


def restored(scene, sync_id, body=None):
    data = restore(scene, sync_id, body).expect(200).data
    assert data["success"] is True and data["sync_id"] != sync_id
    return scene.finished(data["sync_id"])


def test_everything_at_once(dropped):
    ended = restored(dropped, dropped.dropping["id"])
    assert ended["status"] == "completed" and ended["restored_sync_id"] == dropped.dropping["id"]
    assert ended["collections"] == ["c", "d"]
    for name, before in dropped.before.items():
        now = dropped.live(name)
        assert now.pop("kept_1") and now == before
    assert {record["action"] for record in ended["records"]} == {"create"}
    assert dropped.lists("c")[2], "the registry is as it was, so they are redundant again"


def test_one_of_them(dropped):
    ended = restored(dropped, dropped.dropping["id"], {"collection": "c", "index": "at_1"})
    assert [record["index"] for record in ended["records"]] == ["at_1"]
    assert dropped.names("c") == {"kept_1", "at_1"} and dropped.names("d") == {"kept_1"}
    assert dropped.live("c")["at_1"] == dropped.before["c"]["at_1"]


def test_the_record_holds_the_whole_index(dropped):
    records = {record["index"]: record for record in dropped.dropping["records"] if record["action"] == "drop"}
    definition = records["z_1_a_-1_1_1"]["definition"]
    assert [key["field"] for key in definition["keys"]] == ["z", "a", "1"]
    assert definition["options"]["is_unique"] is True and definition["options"]["is_sparse"] is True
    for index, record in records.items():
        command = json_util.loads(record["definition"]["create_command"])
        assert list(command) == ["createIndexes", "indexes"] and command["createIndexes"] == record["collection"]
        assert json.loads(record["definition"]["create_command"])["indexes"][0]["name"] == index
        dropped.db.command(command)
    for name, before in dropped.before.items():
        now = dropped.live(name)
        assert now.pop("kept_1") and now == before, "the command alone builds them as they were"
    created, = [each for each in dropped.dropping["records"] if each["collection"] == "d" and each["action"] == "create"]
    assert "create_command" not in created["definition"]


def test_hidden_ones_are_shown(scene):
    scene.define("c", {"kept": 1})
    scene.db.c.create_index("a")
    hiding = scene.sync(drop_mode="hide")
    assert scene.live("c")["a_1"]["hidden"] is True
    ended = restored(scene, hiding["id"])
    assert [record["action"] for record in ended["records"]] == ["modify"] and ended["status"] == "completed"
    assert "hidden" not in scene.live("c")["a_1"]


def test_what_is_there_again_needs_nothing(dropped):
    restored(dropped, dropped.dropping["id"])
    again = restored(dropped, dropped.dropping["id"])
    assert again["status"] == "completed" and again["records"] == []


def test_nothing_to_restore(dropped):
    idle = dropped.sync()
    restore(dropped, idle["id"]).expect_bad_field("sync_id")
    sync_id = dropped.dropping["id"]
    restore(dropped, sync_id, {"collection": "c", "index": "kept_1"}).expect_bad_field("collection", "index")
    restore(dropped, sync_id, {"collection": "nope", "index": "at_1"}).expect_bad_field("collection", "index")


@pytest.mark.parametrize("body,field", [({"collection": "c"}, "index"), ({"index": "at_1"}, "collection"),
                                        ({"collection": 1, "index": "at_1"}, "collection"),
                                        ({"collection": "c", "index": ["at_1"]}, "index"),
                                        ({"colection": "c", "index": "at_1"}, "colection"),
                                        ({"force": True}, "force")], ids=str)
def test_bad_bodies(dropped, body, field):
    restore(dropped, dropped.dropping["id"], body).expect_bad_field(field)
    assert dropped.names("c") == {"kept_1"}


def test_unknown_syncs(scene):
    restore(scene, MISSING_ID).expect_error(404, "Resource not found")
    restore(scene, "nonsense").expect(400, 404)


def test_a_replaced_index_cannot_come_back_beside_its_successor(scene):
    scene.db.c.create_index("old", name="mine")
    scene.define("c", {"new": 1}, "mine")
    replacing = scene.sync()
    assert replacing["status"] == "completed"
    restore(scene, replacing["id"], {"collection": "c", "index": "mine"}).expect_bad_field("index")
    restore(scene, replacing["id"]).expect_bad_field("sync_id")


def test_one_sync_at_a_time(start_server, start_worker, own_sandbox):
    server = start_server(MIM_WORKERS=0)
    scene = Scene(Api(server.address).sign_up(unique("user")), own_sandbox)
    scene.define("c", {"kept": 1})
    scene.db.c.create_index("a")
    worker = start_worker(server)
    dropping = scene.sync()
    assert worker.stop() == 0
    scene.define("c", {"more": 1})
    waiting = scene.start()
    restore(scene, dropping["id"]).expect_error(409, "Resource conflict")
    restore(scene, waiting).expect_error(409, "Resource conflict")
    start_worker(server)
    assert scene.finished(waiting)["status"] == "completed"
    assert restored(scene, dropping["id"])["status"] == "completed"


def test_a_refused_restoration_is_told_and_tried_again(own_scene):
    own_scene.define("c", {"kept": 1})
    own_scene.db.c.create_index("a")
    dropping = own_scene.sync()
    with fail_point(own_scene.sandbox, ["createIndexes"], errorCode=67):
        failed = restored(own_scene, dropping["id"])
    assert failed["status"] == "failed" and "not restored" in failed["error"]
    again = own_scene.api.post(f"/indexes/sync-status/{failed['id']}/retry").expect(200).data["sync_id"]
    assert own_scene.finished(again)["restored_sync_id"] == dropping["id"]
    assert own_scene.names("c") == {"kept_1", "a_1"}


def test_the_list_tells_restorations_apart(dropped):
    ended = restored(dropped, dropped.dropping["id"], {"collection": "c", "index": "o_1"})
    listed = dropped.api.get(f"/indexes/sync-status/by-database/{dropped.id}").expect(200).data
    found = {item["id"]: item["restored_sync_id"] for item in listed}
    assert found[ended["id"]] == dropped.dropping["id"] and found[dropped.dropping["id"]] is None


def test_a_unique_one_is_looked_at_for_duplicates(dropped):
    dropped.db.c.insert_many([{"z": 1}, {"z": 1}])
    ended = restored(dropped, dropped.dropping["id"], {"collection": "c", "index": "z_1_a_-1_1_1"})
    record, = ended["records"]
    assert record["error"]["code"] == 11000


def test_a_target_that_is_down(own_scene):
    own_scene.define("c", {"kept": 1})
    own_scene.db.c.create_index("a")
    dropping = own_scene.sync()
    own_scene.sandbox.kill()
    restore(own_scene, dropping["id"]).expect(412)
