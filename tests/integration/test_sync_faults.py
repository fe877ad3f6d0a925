"""Syncs under fault: refused commands, dead targets, rivals, and the order of what is done."""
import concurrent.futures
import threading

import pymongo
import pytest

from client import Api
from scene import Scene, fail_point, hold, slow_builds, unique
from waiting import eventually


def rows(sync, status):
    return {row["index"] for row in sync["records"] if row["status"] == status}


def agree_with_target(scene, sync):
    """What the records call done is so in the target."""
    for row in sync["records"]:
        if row["status"] == "completed" and "create" in row["action"]:
            assert row["index"] in scene.names(row["collection"]), row
        if row["status"] == "completed" and "drop" in row["action"]:
            assert row["index"] not in scene.names(row["collection"]), row


def test_duplicates_fail_one_unique_index_and_no_other(scene):
    scene.db.c.insert_many([{"u": 1}, {"u": 1}])
    scene.db.c.create_index("extra")
    scene.define("c", {"u": 1}, is_unique=True)
    scene.define("c", {"a": 1})
    scene.define("d", {"a": 1})
    sync = scene.sync()
    assert sync["status"] == "failed" and rows(sync, "failed") == {"u_1"}
    failed, = [row for row in sync["records"] if row["status"] == "failed"]
    assert failed["error"]["code"] == 11000 and failed["error"]["name"] == "DuplicateKey"
    held, = [row for row in sync["records"] if row["status"] == "skipped"]
    assert held["index"] == "extra_1" and held["error"]["message"].endswith("did not succeed before: create u_1")
    assert scene.names("c") == {"a_1", "extra_1"} and scene.names("d") == {"a_1"}
    agree_with_target(scene, sync)
    careless = scene.sync(on_failure="continue")
    assert rows(careless, "failed") == {"u_1"} and scene.names("c") == {"a_1"}
    agree_with_target(scene, careless)


def test_one_refused_command_does_not_stop_the_others(own_scene, own_sandbox):
    scene = own_scene
    for collection in ("a", "b", "c"):
        scene.define(collection, {"x": 1})
        scene.db[collection].create_index("old")
    with fail_point(own_sandbox, ["createIndexes"], {"times": 1}, errorCode=67):
        sync = scene.sync()
    assert sync["status"] == "failed"
    failed, = [row for row in sync["records"] if row["status"] == "failed"]
    assert failed["error"]["code"] == 67 and failed["error"]["name"] == "CannotCreateIndex"
    for collection in {"a", "b", "c"} - {failed["collection"]}:
        assert scene.names(collection) == {"x_1"}
    assert "x_1" not in scene.names(failed["collection"])
    agree_with_target(scene, sync)


@pytest.mark.parametrize("command,index", [("dropIndexes", "old_1"), ("collMod", "ttl_1")])
def test_refused_drop_or_change(own_scene, own_sandbox, command, index):
    scene = own_scene
    scene.define("c", {"new": 1})
    scene.define("c", {"ttl": 1}, expire_after_seconds=1)
    scene.db.c.create_index("old")
    scene.db.c.create_index("ttl", expireAfterSeconds=2)
    with fail_point(own_sandbox, [command], errorCode=13):
        sync = scene.sync()
    assert sync["status"] == "failed" and rows(sync, "failed") == {index}
    assert [row["error"]["code"] for row in sync["records"] if row["error"]] == [13]
    assert "new_1" in scene.names("c")
    agree_with_target(scene, sync)


def test_retry_after_the_fault_is_gone(own_scene, own_sandbox):
    scene = own_scene
    scene.define("c", {"a": 1})
    with fail_point(own_sandbox, ["createIndexes"], errorCode=67):
        failed = scene.sync()
    assert failed["status"] == "failed" and scene.names("c") == set()
    answer = scene.api.post(f"/indexes/sync-status/{failed['id']}/retry").expect(200, 201).data
    again = scene.finished(answer.get("sync_id", failed["id"]))
    assert again["status"] == "completed" and scene.names("c") == {"a_1"}


def test_retry_of_what_is_running_or_completed_is_refused(own_scene, own_sandbox):
    own_scene.define("c", {"a": 1})
    with hold(own_sandbox, ["createIndexes"], 500):
        sync_id = own_scene.start()
        own_scene.api.post(f"/indexes/sync-status/{sync_id}/retry").expect(409)
    assert own_scene.finished(sync_id)["status"] == "completed"
    # A completed sync has nothing to retry: a conflict or bad input, the contract does not say which.
    own_scene.api.post(f"/indexes/sync-status/{sync_id}/retry").expect(400, 409)


def test_connection_that_closes_in_the_middle(own_scene, own_sandbox):
    scene = own_scene
    for collection in ("a", "b", "c"):
        scene.define(collection, {"x": 1})
    with fail_point(own_sandbox, ["createIndexes"], {"times": 1}, closeConnection=True):
        sync = scene.finished(scene.start(), 60)
    agree_with_target(scene, sync)
    assert (sync["status"] == "completed") == scene.no_drift()
    assert scene.sync()["status"] == "completed" and scene.no_drift()


def test_connection_that_keeps_closing(own_scene, own_sandbox):
    scene = own_scene
    scene.define("c", {"x": 1})
    with fail_point(own_sandbox, ["createIndexes"], closeConnection=True):
        sync = scene.finished(scene.start(), 60)
    assert sync["status"] == "failed" and scene.names("c") == set()
    assert scene.sync()["status"] == "completed"


def test_answer_that_is_lost(own_scene, own_sandbox):
    """A write concern error and a lost answer leave the index there; the records must not say otherwise."""
    scene = own_scene
    scene.define("c", {"x": 1})
    concern = {"code": 64, "errmsg": "waiting for replication timed out", "codeName": "WriteConcernFailed"}
    with fail_point(own_sandbox, ["createIndexes"], {"times": 1}, writeConcernError=concern):
        sync = scene.sync()
    agree_with_target(scene, sync)
    assert scene.names("c") == {"x_1"}
    assert sync["status"] == "completed" or rows(sync, "failed") == {"x_1"}


def test_target_that_dies_in_the_middle(start_server, start_sandbox):
    sandbox = start_sandbox()
    api = Api(start_server(MIM_TARGET_BREAKER_PAUSE_SECONDS=1).address).sign_up(unique("user"))
    scene = Scene(api, sandbox)
    for number in range(6):
        scene.define(f"c{number}", {"x": 1})
    with_delay = {"failCommands": ["createIndexes"], "blockConnection": True, "blockTimeMS": 300}
    sandbox.client.admin.command("configureFailPoint", "failCommand", mode="alwaysOn", data=with_delay)
    sync_id = scene.start()
    scene.running(sync_id)
    sandbox.kill()
    sync = scene.finished(sync_id, 120)
    assert sync["status"] == "failed" and sync["error"]
    scene.try_sync().expect(412)
    scene.sandbox = start_sandbox(held=sandbox.held)
    api.post(f"/databases/{scene.id}/test").expect(200)  # it was left alone for a while: tell that it is back
    assert scene.sync()["status"] == "completed"
    assert all(scene.names(f"c{number}") == {"x_1"} for number in range(6))


def test_create_comes_before_drop(own_scene, own_sandbox):
    """While the drop is held up, the new index must be there already; at no moment are both gone."""
    scene = own_scene
    scene.define("c", {"a": 1, "b": 1})
    scene.db.c.create_index("a")
    seen = []
    with hold(own_sandbox, ["dropIndexes"], 400):
        sync_id = scene.start()

        def look():
            seen.append(scene.names("c"))
            return scene.status(sync_id)["is_finished"]
        eventually(look, 20)
    assert scene.finished(sync_id)["status"] == "completed" and scene.names("c") == {"a_1_b_1"}
    assert {"a_1", "a_1_b_1"} in seen and set() not in seen, seen


def test_database_leads_nowhere_else_while_a_sync_is_active(own_scene, own_sandbox, start_sandbox):
    """What was planned for one place must not be done in another; a new name is no other place."""
    scene, elsewhere = own_scene, start_sandbox()
    scene.define("c", {"x": 1})
    elsewhere.client[scene.db_name].c.create_index("precious")
    path, kept = f"/databases/{scene.id}/", {"name": scene.name, "uri": own_sandbox.uri, "db_name": scene.db_name}
    with slow_builds(own_sandbox, 600_000):
        sync_id = scene.start()
        scene.running(sync_id)
        for change in ({"uri": elsewhere.uri}, {"db_name": unique("other")}):
            scene.api.call("PUT", path, kept | change).expect_error(409, "Resource conflict")
        scene.api.call("PUT", path, kept | {"name": unique("renamed")}).expect(200)
        scene.api.post(f"/indexes/sync-status/{sync_id}/cancel").expect(200)
        assert scene.finished(sync_id, 60)["status"] == "cancelled"
    scene.api.call("PUT", path, kept | {"uri": elsewhere.uri}).expect(200)
    assert {index["name"] for index in elsewhere.client[scene.db_name].c.list_indexes()} == {"_id_", "precious_1"}


def test_second_sync_of_a_database_is_refused(own_scene, own_sandbox):
    scene = own_scene
    scene.define("c", {"a": 1})
    other = Scene(scene.api, own_sandbox)
    other.define("c", {"a": 1})
    with hold(own_sandbox, ["createIndexes"], 800):
        sync_id = scene.start()
        scene.try_sync().expect_error(409, "Resource conflict")
        scene.try_sync(["c"]).expect(409)
        other_id = other.start()
    assert scene.finished(sync_id)["status"] == other.finished(other_id)["status"] == "completed"
    assert scene.sync()["status"] == "completed"


def test_two_at_once_give_one_200_and_one_409(start_server, own_sandbox):
    scene = Scene(Api(start_server(MIM_WORKERS=0).address).sign_up(unique("user")), own_sandbox)
    scene.define("c", {"a": 1})
    rivals = [Scene.__new__(Scene) for _ in range(2)]
    for rival in rivals:
        rival.__dict__.update(scene.__dict__, api=scene.api.again())
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for _ in range(20):
            barrier = threading.Barrier(2)

            def go(rival):
                barrier.wait()
                return rival.try_sync()
            replies = list(pool.map(go, rivals))
            assert sorted(reply.status for reply in replies) == [200, 409]
            winner = next(reply for reply in replies if reply.status == 200)
            sync_id = winner.data["sync_id"]
            scene.api.post(f"/indexes/sync-status/{sync_id}/cancel").expect(200)
            assert scene.finished(sync_id)["status"] == "cancelled"
    assert scene.api.get(f"/indexes/sync-status/by-database/{scene.id}").extra["total"] == 20


def test_change_between_request_and_run_is_seen(own_scene, own_sandbox):
    """The live state is read when the sync runs: an index that appears meanwhile is no error."""
    scene = own_scene
    for number in range(4):
        scene.define(f"c{number}", {"x": 1})
    with hold(own_sandbox, ["createIndexes"], 100):
        sync_id = scene.start()
        with pymongo.MongoClient(own_sandbox.uri) as rival:
            for number in range(4):
                rival[scene.db_name][f"c{number}"].create_index("x")
        assert scene.finished(sync_id)["status"] == "completed"


def test_what_a_rival_undoes_is_noticed_at_the_end(own_scene, own_sandbox):
    """`completed` means that the last look at the target showed no difference."""
    scene = own_scene
    scene.define("a", {"x": 1})
    for number in range(5):
        scene.define(f"b{number}", {"x": 1})
    with hold(own_sandbox, ["createIndexes"], 300):
        sync_id = scene.start()
        first = eventually(lambda: next((row for row in scene.status(sync_id)["records"]
                                         if row["status"] == "completed"), None), 20)
        scene.db[first["collection"]].drop_index("x_1")
        sync = scene.finished(sync_id)
    assert (sync["status"] == "completed") == scene.no_drift(), sync
