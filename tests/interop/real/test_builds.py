"""Builds that are under way on a real server: seen, ended, outlived. A test holds them where it wants them by a fail point."""
import contextlib

import pymongo.errors
import pytest

from client import Api
from scene import Scene, unique
from waiting import eventually

DOCUMENTS = 200
HOLD = "hangIndexBuildDuringCollectionScanPhaseBeforeInsertion"


@contextlib.contextmanager
def held_at(server, document=DOCUMENTS // 2):
    """Every build that comes to this document stays there until the end of the block, or of the build."""
    admin = server.client.admin
    admin.command("configureFailPoint", HOLD, mode="alwaysOn", data={"fieldsToMatch": {"_id": document}})
    try:
        yield
    finally:
        admin.command("configureFailPoint", HOLD, mode="off")


def filled(scene):
    scene.db.c.insert_many([{"_id": number, "a": number} for number in range(DOCUMENTS)])
    return scene


def in_progress(client):
    """The builds that a server has under way. It shows their threads among the idle ones, as no client waits on them."""
    stages = [{"$currentOp": {"allUsers": True, "idleConnections": True}}, {"$match": {"msg": {"$regex": "^Index Build"}}}]
    try:
        return list(client.admin.aggregate(stages))
    except pymongo.errors.PyMongoError:
        return []


def builds(scene):
    """Those on the collection of the scene."""
    return [each for each in in_progress(scene.sandbox.client) if each["ns"] == f"{scene.db_name}.c"]


def times_told_to_end(server):
    """How often the server was asked for what ends a build. One that is held obeys as soon as it is let go."""
    told = server.client.admin.command("serverStatus")["metrics"]["commands"]
    return sum(told.get(name, {}).get("total", 0) for name in ("dropIndexes", "killOp"))


def record_of(scene, sync_id):
    return next(iter(scene.status(sync_id)["records"]), None)


def hangs(scene, sync_id):
    """The build stands still at the server, and the sync shows the operation."""
    eventually(lambda: builds(scene), 30, what="the server builds")
    return eventually(lambda: (row := record_of(scene, sync_id)) and row["status"] == "running" and row)


@pytest.fixture
def scene(api, mongod_set):
    made = filled(Scene(api, mongod_set))
    yield made
    mongod_set.client.drop_database(made.db_name)


def test_how_far_a_build_is(scene, mongod_set):
    scene.define("c", {"a": 1})
    with held_at(mongod_set):
        sync_id = scene.start()
        hangs(scene, sync_id)
        shown = eventually(lambda: record_of(scene, sync_id)["progress"], seconds=5, what="progress of the build")
        assert 30 <= shown <= 60, "half of the documents"
    sync = scene.finished(sync_id)
    assert sync["status"] == "completed" and scene.no_drift()


def test_cancelling_ends_the_build(scene, mongod_set):
    scene.define("c", {"a": 1})
    with held_at(mongod_set):
        sync_id = scene.start()
        hangs(scene, sync_id)
        before = times_told_to_end(mongod_set)
        scene.api.post(f"/indexes/sync-status/{sync_id}/cancel").expect(200)
        eventually(lambda: times_told_to_end(mongod_set) > before, what="the server is told to end the build")
    assert scene.finished(sync_id)["status"] == "cancelled"
    eventually(lambda: not builds(scene), what="the server has ended the build")
    assert scene.names("c") == set()
    assert scene.sync()["status"] == "completed"


def test_a_build_beyond_its_deadline_is_ended(start_server, mongod_set):
    server = start_server(MIM_BUILD_DEADLINE_SECONDS=1)
    scene = filled(Scene(Api(server.address).sign_up(unique("user")), mongod_set))
    scene.define("c", {"a": 1})
    before = times_told_to_end(mongod_set)
    with held_at(mongod_set):
        sync_id = scene.start()
        eventually(lambda: times_told_to_end(mongod_set) > before, what="the server is told to end the build")
    sync = scene.finished(sync_id)
    assert sync["status"] == "failed" and sync["records"][0]["status"] == "failed", sync
    eventually(lambda: not builds(scene), what="the server has ended the build")
    assert scene.names("c") == set()


def test_duplicates_that_come_while_building(scene, mongod_set):
    scene.define("c", {"a": 1}, is_unique=True)
    with held_at(mongod_set):
        sync_id = scene.start()
        hangs(scene, sync_id)
        scene.db.c.insert_one({"_id": "late", "a": 1})
    record = scene.finished(sync_id)["records"][0]
    assert record["status"] == "failed" and record["error"]["code"] == 11000, record
    assert scene.names("c") == set()


def test_duplicates_are_told_before_anything_is_built(scene):
    scene.db.c.insert_one({"_id": "twin", "a": 1})
    scene.define("c", {"a": 1}, is_unique=True)
    operation, = scene.plan()["operations"]
    assert operation["duplicates"]["groups"] == [{"values": {"a": 1}, "count": 2}]
    record = scene.sync()["records"][0]
    assert record["error"]["code"] == 11000 and scene.names("c") == set()


def test_mim_is_killed_in_a_build(start_server, mongod_set, tmp_path):
    settings = {"MIM_LEASE_SECONDS": 1}
    server = start_server(tmp_path / "data", **settings)
    scene = filled(Scene(Api(server.address).sign_up(unique("user")), mongod_set))
    scene.define("c", {"a": 1})
    with held_at(mongod_set):
        sync_id = scene.start()
        hangs(scene, sync_id)
        server.kill()
        assert builds(scene), "MongoDB goes on without us"
        server = start_server(tmp_path / "data", **settings)
        scene.api = scene.api.again(address=server.address)
        eventually(lambda: scene.status(sync_id)["status"] == "running", what="somebody takes it over")
    sync = scene.finished(sync_id)
    check_truth(scene, sync)
    assert scene.sync()["status"] == "completed" and scene.no_drift()


def check_truth(scene, sync):
    """What a sync says at its end is so."""
    assert sync["status"] in ("completed", "failed"), sync
    record, = sync["records"]
    assert (record["status"] == "completed") == (sync["status"] == "completed"), sync
    if sync["status"] == "completed":
        assert scene.names("c") == {"a_1"} and scene.no_drift()
    else:
        assert sync["error"] and record["error"], sync


def finish(scene):
    """The next sync brings it to its end, as soon as the deployment answers again."""
    def again():
        reply = scene.try_sync()
        return reply.status == 200 and scene.finished(reply.data["sync_id"])["status"] == "completed"
    eventually(again, 120, pause=0.1, what="a later sync is completed")
    assert scene.names("c") == {"a_1"} and scene.no_drift()


def test_mongodb_is_killed_in_a_build(api, own_mongod_set):
    scene = filled(Scene(api, own_mongod_set))
    scene.define("c", {"a": 1})
    own_mongod_set.client.admin.command("configureFailPoint", HOLD, mode="alwaysOn", data={"fieldsToMatch": {"_id": 9}})
    sync_id = scene.start()
    hangs(scene, sync_id)
    member, = own_mongod_set.members
    member.kill()
    member.launch()
    eventually(own_mongod_set.primary, 90, what="it is there again")
    check_truth(scene, scene.finished(sync_id))
    finish(scene)


def test_the_primary_is_killed_in_a_build(api, three_mongods):
    scene = filled(Scene(api, three_mongods))
    scene.define("c", {"a": 1})
    first = three_mongods.primary()
    first.client.admin.command("configureFailPoint", HOLD, mode="alwaysOn", data={"fieldsToMatch": {"_id": 9}})
    sync_id = scene.start()
    eventually(lambda: record_of(scene, sync_id), what="the operation is begun")
    eventually(lambda: in_progress(first.client), what="the primary builds")
    first.kill()
    # The others go on with the build and do not end it before every member that votes has its part, so the sync waits, too.
    eventually(lambda: three_mongods.client.admin.command("hello")["me"] != first.address, 90, what="another is the primary")
    first.launch()
    eventually(three_mongods.primary, 90, what="all members are there again")
    check_truth(scene, scene.finished(sync_id))
    finish(scene)
