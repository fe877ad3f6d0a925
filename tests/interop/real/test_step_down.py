"""A primary of a real replica set that steps down while it builds, and a set that has none."""

import pymongo.errors

from builds import HOLD, filled, record_of
from scene import Scene
from waiting import eventually

INDEXES = 12


def refused_builds(member):
    return member.client.admin.command("serverStatus")["metrics"]["commands"]["createIndexes"]["failed"]


def step_down(member):
    try:
        member.client.admin.command("replSetStepDown", 120, force=True)
    except pymongo.errors.AutoReconnect:
        pass  # it hung up


def test_what_the_set_builds_without_its_old_primary_is_completed(api, three_mongods):
    """The connection string leads to one member alone, and refuses to follow."""
    first = three_mongods.primary()
    scene = filled(Scene(api, three_mongods, uri=f"mongodb://{first.address}/?directConnection=true"))
    for number in range(INDEXES):
        scene.define("c", {f"f{number}": 1})
    follower = next(member for member in three_mongods.members if member is not first)
    # The primary does not end a build before every member that votes has its part.
    follower.client.admin.command("configureFailPoint", HOLD, mode="alwaysOn", data={"fieldsToMatch": {"_id": 100}})
    before = refused_builds(first)
    sync_id = scene.start()
    eventually(lambda: (row := record_of(scene, sync_id)) and row["status"] == "running", what="the build is begun")
    eventually(lambda: len(scene.names("c")) == INDEXES, what="the primary builds")
    step_down(first)
    eventually(lambda: refused_builds(first) > before, 120, what="it was asked, and refused")
    eventually(lambda: three_mongods.primary() not in (None, first), 120, what="another one is the primary")
    assert scene.status(sync_id)["status"] == "running"
    for member in three_mongods.members:
        member.client.admin.command("configureFailPoint", HOLD, mode="off")
    sync = scene.finished(sync_id)
    assert sync["status"] == "completed" and [each["status"] for each in sync["records"]] == ["completed"] * INDEXES, sync


def test_a_member_that_is_no_primary_is_named_as_such(api, three_mongods):
    first = three_mongods.primary()
    follower = next(member for member in three_mongods.members if member is not first)
    filled(Scene(api, three_mongods, db_name="followed"))
    scene = Scene(api, three_mongods, uri=f"mongodb://{follower.address}/?directConnection=true", db_name="followed")
    scene.define("c", {"a": 1})
    record = scene.sync()["records"][0]
    assert record["error"]["code"] == 10107, record
    assert "is not the primary now" in record["error"]["message"] and "directConnection" in record["error"]["message"]


def test_a_set_without_a_primary_is_told_as_such(api, three_mongods):
    scene = filled(Scene(api, three_mongods))
    scene.define("c", {"a": 1})
    first = three_mongods.primary()
    others = [member for member in three_mongods.members if member is not first]
    for member in others:
        member.kill()
    eventually(lambda: three_mongods.hello(first).get("isWritablePrimary") is False, 90, what="nobody is the primary")
    refused = scene.try_sync().expect(412).error
    assert "none of them is the primary now" in refused, refused
    assert all(member.address in refused for member in others), refused
