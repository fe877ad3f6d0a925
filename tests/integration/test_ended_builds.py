"""Builds that somebody ends at the server while a sync waits for them."""
import pytest

from scene import Scene, slow_builds
from waiting import eventually

NEVER = 600_000  # milliseconds


@pytest.fixture(params=[None, "rs"], ids=["standalone", "replica_set"])
def deployment(request, start_sandbox):
    return start_sandbox(replica_set=request.param)


def dropped_index(scene):
    scene.db.command("dropIndexes", "c", index=["a_1"])


def dropped_collection(scene):
    scene.db.command("drop", "c")


def killed_operation(scene):
    admin = scene.sandbox.client.admin
    builders = [{"$currentOp": {"allUsers": True, "idleConnections": True}}, {"$match": {"msg": {"$regex": "^Index Build"}}}]
    for each in admin.aggregate(builders):
        admin.command("killOp", op=each["opid"])


@pytest.mark.parametrize("end", [dropped_index, dropped_collection, killed_operation])
def test_a_build_that_somebody_ended_is_not_begun_again(api, deployment, end):
    scene = Scene(api, deployment)
    scene.db.create_collection("c")
    scene.define("c", {"a": 1})
    with slow_builds(deployment, NEVER):
        sync_id = scene.start()
        eventually(lambda: scene.names("c") == {"a_1"}, what="the server builds it")
        end(scene)
        sync = scene.finished(sync_id, seconds=30)
    record, = sync["records"]
    assert sync["status"] == "failed" and record["status"] == "failed", sync
    assert record["error"]["code"] in (276, 11601) and "It was not begun again" in record["error"]["message"], record
    assert (scene.db.list_collection_names() == []) == (end is dropped_collection)
    assert scene.names("c") == set()


def test_a_collection_that_was_dropped_before_its_turn_is_not_made_anew(api, deployment):
    scene = Scene(api, deployment)
    for name in ("first", "second"):
        scene.db.create_collection(name)
        scene.define(name, {"a": 1})
    with slow_builds(deployment, NEVER):
        sync_id = scene.start()
        eventually(lambda: scene.names("first") == {"a_1"}, what="the server builds the first")
        scene.db.drop_collection("second")
    sync = scene.finished(sync_id)
    assert [record["status"] for record in sync["records"]] == ["completed", "failed"], sync
    assert "second was dropped since the plan was made" in sync["records"][1]["error"]["message"]
    assert scene.db.list_collection_names() == ["first"]
