"""Server-sent events of a sync, and cancelling."""
import json

import pytest

import shapes
from client import NO_TOKEN
from scene import MISSING_ID, Scene, hold
from waiting import eventually


def events(scene, sync_id, timeout=30):
    """Every event until the server ends the stream."""
    path = f"/indexes/sync-status/{sync_id}/events"
    with scene.api.raw("GET", path, stream=True, timeout=timeout, headers={"Accept": "text/event-stream"}) as response:
        assert response.status_code == 200, response.text
        assert response.headers["Content-Type"].startswith("text/event-stream")
        data, found = [], []
        for line in response.iter_lines(decode_unicode=True):
            if line.startswith("data:"):
                data.append(line[5:].lstrip())
            elif not line and data:
                found.append(json.loads("\n".join(data)))
                data = []
    return [event.get("data", event) for event in found]


def test_events_until_finished(own_scene, own_sandbox):
    for number in range(4):
        own_scene.define(f"c{number}", {"x": 1})
    with hold(own_sandbox, ["createIndexes"], 150):
        sync_id = own_scene.start()
        found = events(own_scene, sync_id)
    assert len(found) >= 2, "progress is told on the way"
    for event in found:
        shapes.check_sync(event)
        assert event["id"] == sync_id
    assert [event["is_finished"] for event in found].index(True) == len(found) - 1
    done = [event["completed_tasks"] for event in found]
    assert done == sorted(done) and done[-1] == 4
    assert found[-1] == own_scene.status(sync_id)


def test_events_of_a_finished_sync(scene):
    scene.define("c", {"a": 1})
    sync = scene.sync()
    assert events(scene, sync["id"])[-1] == sync


def test_events_refusals(scene):
    path = f"/indexes/sync-status/{MISSING_ID}/events"
    scene.api.get(path).expect_error(404, "Resource not found")
    scene.api.get(path, token=NO_TOKEN).expect_error(401, "Token is required")


def test_reader_that_goes_away_does_no_harm(own_scene, own_sandbox):
    own_scene.define("c", {"a": 1})
    with hold(own_sandbox, ["createIndexes"], 500):
        sync_id = own_scene.start()
        for _ in range(5):
            own_scene.api.raw("GET", f"/indexes/sync-status/{sync_id}/events", stream=True).close()
        assert own_scene.finished(sync_id)["status"] == "completed"


def cancel(scene, sync_id):
    return scene.api.post(f"/indexes/sync-status/{sync_id}/cancel")


def test_cancel_of_a_running_sync(own_scene, own_sandbox):
    for number in range(8):
        own_scene.define(f"c{number}", {"x": 1})
    with hold(own_sandbox, ["createIndexes"], 400):
        sync_id = own_scene.start()
        own_scene.running(sync_id)
        assert cancel(own_scene, sync_id).expect(200).data["success"] is True
        sync = own_scene.finished(sync_id)
    assert sync["status"] == "cancelled"
    done = {row["collection"] for row in sync["records"] if row["status"] == "completed"}
    assert len(done) < 8
    for row in sync["records"]:
        assert row["status"] not in ("pending", "running"), "a finished sync has no unfinished rows"
        if row["status"] == "completed":
            assert own_scene.names(row["collection"]) == {"x_1"}
    assert own_scene.sync()["status"] == "completed"


def test_cancel_of_a_pending_sync(api, own_sandbox):
    scenes = [Scene(api, own_sandbox) for _ in range(24)]
    for scene in scenes:
        scene.define("c", {"x": 1})
    with hold(own_sandbox, ["createIndexes"], 1500):
        started = [(scene, scene.start()) for scene in scenes]
        pending = [(scene, sync_id) for scene, sync_id in started if scene.status(sync_id)["status"] == "pending"]
        if not pending:
            pytest.skip(f"all of {len(scenes)} syncs run at once here: none is left pending")
        scene, sync_id = pending[-1]
        cancel(scene, sync_id).expect(200)
        assert scene.finished(sync_id)["status"] == "cancelled"
        for other, other_id in started:
            cancel(other, other_id)
    for other, other_id in started:
        other.finished(other_id)
    assert scene.names("c") == set() and scene.status(sync_id)["status"] == "cancelled"
    assert scene.sync()["status"] == "completed"


def test_cancel_of_a_finished_sync_changes_nothing(scene):
    scene.define("c", {"a": 1})
    sync = scene.sync()
    # A conflict, or a success without effect: the contract does not say.
    cancel(scene, sync["id"]).expect(200, 409)
    assert scene.status(sync["id"]) == sync


def test_cancelled_sync_can_be_retried(own_scene, own_sandbox):
    for number in range(6):
        own_scene.define(f"c{number}", {"x": 1})
    with hold(own_sandbox, ["createIndexes"], 300):
        sync_id = own_scene.start()
        own_scene.running(sync_id)
        cancel(own_scene, sync_id).expect(200)
        eventually(lambda: own_scene.status(sync_id)["is_finished"], 20)
    answer = own_scene.api.post(f"/indexes/sync-status/{sync_id}/retry").expect(200, 201).data
    assert own_scene.finished(answer.get("sync_id", sync_id))["status"] == "completed"
    assert all(own_scene.names(f"c{number}") == {"x_1"} for number in range(6))
