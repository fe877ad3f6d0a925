"""Whether an index is ready: a standalone lists what it still builds like a ready index, a replica set marks it."""
import pytest

from scene import Scene, fail_point, slow_builds
from waiting import eventually

NEVER = 600_000  # milliseconds
QUESTIONS = ["$collStats", "$indexStats", "$currentOp"]


@pytest.fixture(params=[None, "rs"], ids=["standalone", "replica_set"])
def deployment(request, start_sandbox):
    return start_sandbox(replica_set=request.param)


@pytest.fixture
def building(api, deployment):
    """Its sync waits for an index that does not get ready."""
    scene = Scene(api, deployment)
    scene.define("c", {"a": 1})
    with slow_builds(deployment, NEVER):
        scene.sync_id = scene.start()
        eventually(lambda: scene.names("c") == {"a_1"}, what="the server builds it")
        yield scene
        if not scene.status(scene.sync_id)["is_finished"]:
            cancelled(scene)


def cancelled(scene):
    scene.api.post(f"/indexes/sync-status/{scene.sync_id}/cancel").expect(200)
    return scene.finished(scene.sync_id)


def notes(scene):
    item, = scene.compare(["c"])
    assert [index["name"] for index in item["matched_indexes"]] == ["a_1"]
    return {(note["code"], note["index"]): note["text"] for note in item["notes"]}


def test_a_comparison_tells_what_is_being_built(building):
    assert set(notes(building)) == {("building", "a_1")}


@pytest.mark.parametrize("question", QUESTIONS)
def test_any_one_question_is_enough(building, deployment, question):
    with fail_point(deployment, [each for each in QUESTIONS if each != question], errorCode=13):
        assert set(notes(building)) == {("building", "a_1")}


def test_an_account_that_may_not_ask_is_told(building, deployment):
    with fail_point(deployment, QUESTIONS, errorCode=13):
        told = notes(building)
    if deployment.client.admin.command("hello").get("setName"):
        assert set(told) == {("building", "a_1")}
    else:
        assert f"collStats on {building.db_name}.c" in told["readiness_unknown", ""] and len(told) == 1


def test_a_cancel_ends_what_is_being_built(building):
    sync = cancelled(building)
    assert sync["status"] == "cancelled" and sync["records"][0]["status"] == "cancelled", sync
    assert building.names("c") == set()
    assert ("readiness_unknown", "") not in {(note["code"], note["index"]) for note in building.compare(["c"])[0]["notes"]}
