"""Builds that are under way on a real server: seen, ended, outlived."""
import pytest

from builds import deployment, scene  # noqa: F401: fixtures
from builds import HOLD, builds, filled, hangs, held_at, held_before_scanning, in_progress, record_of, times_told_to_end, waiting_for_one
from client import Api
from scene import Scene, unique
from waiting import eventually


def test_how_far_a_build_is(scene, deployment):
    scene.define("c", {"a": 1})
    with held_at(deployment):
        sync_id = scene.start()
        hangs(scene, sync_id)
        shown = eventually(lambda: record_of(scene, sync_id)["progress"], seconds=5, what="progress of the build")
        assert 30 <= shown <= 60, "half of the documents"
    sync = scene.finished(sync_id)
    assert sync["status"] == "completed" and scene.no_drift()


def test_a_comparison_tells_what_is_being_built(scene, deployment):
    scene.define("c", {"a": 1})
    with held_at(deployment):
        sync_id = scene.start()
        hangs(scene, sync_id)
        item, = scene.compare(["c"])
        assert [index["name"] for index in item["matched_indexes"]] == ["a_1"]
        assert [(note["code"], note["index"]) for note in item["notes"]] == [("building", "a_1")]
    assert scene.finished(sync_id)["status"] == "completed"
    assert scene.compare(["c"])[0]["notes"] == []


def test_cancelling_ends_the_build(scene, deployment):
    scene.define("c", {"a": 1})
    with held_at(deployment):
        sync_id = scene.start()
        hangs(scene, sync_id)
        before = times_told_to_end(deployment)
        scene.api.post(f"/indexes/sync-status/{sync_id}/cancel").expect(200)
        eventually(lambda: times_told_to_end(deployment) > before, what="the server is told to end the build")
    assert scene.finished(sync_id)["status"] == "cancelled"
    eventually(lambda: not builds(scene), what="the server has ended the build")
    assert scene.names("c") == set()
    assert scene.sync()["status"] == "completed"


def test_a_build_beyond_its_deadline_is_ended(start_server, deployment):
    server = start_server(MIM_BUILD_DEADLINE_SECONDS=1)
    scene = filled(Scene(Api(server.address).sign_up(unique("user")), deployment))
    scene.define("c", {"a": 1})
    with held_before_scanning(deployment):
        sync = scene.finished(scene.start())
    assert sync["status"] == "failed" and sync["records"][0]["status"] == "failed", sync
    eventually(lambda: not builds(scene), what="the server has ended the build")
    assert scene.names("c") == set()


def test_duplicates_that_come_while_building(scene, deployment):
    scene.define("c", {"a": 1}, is_unique=True)
    with held_at(deployment):
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


def test_mim_is_killed_in_a_build(start_server, deployment, tmp_path):
    settings = {"MIM_LEASE_SECONDS": 1}
    server = start_server(tmp_path / "data", **settings)
    scene = filled(Scene(Api(server.address).sign_up(unique("user")), deployment))
    scene.define("c", {"a": 1})
    with held_at(deployment):
        sync_id = scene.start()
        hangs(scene, sync_id)
        before = {each["opid"] for each in waiting_for_one(scene)}
        server.kill()
        assert builds(scene), "MongoDB goes on without us"
        server = start_server(tmp_path / "data", **settings)
        scene.api = scene.api.again(address=server.address)
        eventually(lambda: {each["opid"] for each in waiting_for_one(scene)} - before, 60, what="the next one waits for the build")
        assert scene.status(sync_id)["status"] == "running"
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
    eventually(lambda: three_mongods.successor(first), 90, what="another is the primary")
    first.launch()
    eventually(three_mongods.primary, 90, what="all members are there again")
    check_truth(scene, scene.finished(sync_id))
    finish(scene)
