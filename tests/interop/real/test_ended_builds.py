"""Builds that somebody ends at a real server while a sync waits for them, and collections that go meanwhile."""
import threading

import pytest

from builds import deployment, scene  # noqa: F401: fixtures
from builds import builds, filled, hangs, held_at, in_progress
from scene import Scene
from waiting import eventually


def told(deployment, command):
    """How often the server was given this command."""
    return deployment.client.admin.command("serverStatus")["metrics"]["commands"].get(command, {}).get("total", 0)


def dropped_index(scene):
    return "dropIndexes", lambda: scene.db.command("dropIndexes", "c", index=["a_1"])


def dropped_collection(scene):
    return "drop", lambda: scene.db.command("drop", "c")


def dropped_database(scene):
    return "dropDatabase", lambda: scene.db.command("dropDatabase")


def killed_operation(scene):
    admin = scene.sandbox.client.admin
    return "killOp", lambda: [admin.command("killOp", op=each["opid"]) for each in in_progress(scene.sandbox.client)]


@pytest.mark.parametrize("way", [dropped_index, dropped_collection, dropped_database, killed_operation])
def test_a_build_that_somebody_ended_is_not_begun_again(scene, deployment, way):
    scene.define("c", {"a": 1})
    command, end = way(scene)
    builds_before, before = told(deployment, "createIndexes"), told(deployment, command)
    with held_at(deployment):
        sync_id = scene.start()
        hangs(scene, sync_id)
        ending = threading.Thread(target=end)
        ending.start()
        eventually(lambda: told(deployment, command) > before, what="the server is told to end the build")
    ending.join()
    sync = scene.finished(sync_id)
    record, = sync["records"]
    assert sync["status"] == "failed" and record["status"] == "failed", sync
    assert record["error"]["code"] in (276, 11601) and "It was not begun again" in record["error"]["message"], record
    assert told(deployment, "createIndexes") == builds_before + 1
    assert not builds(scene) and scene.names("c") == set()
    gone = way in (dropped_collection, dropped_database)
    assert (scene.db.list_collection_names() == []) == gone
    if not gone:
        assert scene.sync()["status"] == "completed" and scene.no_drift()
