"""What is saved is judged by the server that was seen behind its database."""
import pytest

from client import Api
from scene import Scene, fail_point, unique

SINCE_6_0 = {"partial_filter_expression": {"a": {"$in": [1, 2]}}}
NEVER = {"partial_filter_expression": {"a": {"$nin": [1, 2]}}}


@pytest.fixture
def lagging(start_sandbox):
    """A sandbox of 6.0 that follows the rules of 5.0."""
    return start_sandbox(version="6.0", feature_version="5.0")


def raise_to(sandbox, version):
    sandbox.client.admin.command("setFeatureCompatibilityVersion", version)


def server_of(scene):
    return scene.api.get(f"/databases/{scene.id}").expect(200).data.get("server")


def refusal(scene, **options):
    reasons = scene.try_define("c", {"a": 1}, **options).expect(400).error
    return next(iter(reasons.values()))


def test_until_somebody_looks_by_the_newest_rules(api, lagging):
    scene = Scene(api, lagging)
    assert server_of(scene) is None and "by the newest rules" in refusal(scene, **NEVER)
    scene.define("c", {"a": 1}, **SINCE_6_0)


@pytest.mark.parametrize("look", ["test", "compare", "plan", "sync"])
def test_by_the_server_that_answered(api, lagging, look):
    scene = Scene(api, lagging)
    scene.define("c", {"b": 1})
    getattr(scene, look)()
    seen = server_of(scene)
    assert (seen["version"], seen["feature_compatibility_version"]) == ("6.0", "5.0")
    assert "(MongoDB 6.0 with feature compatibility version 5.0)" in refusal(scene, **SINCE_6_0)
    raise_to(lagging, "6.0")
    getattr(scene, look)()
    assert server_of(scene)["feature_compatibility_version"] == "6.0"
    scene.define("c", {"a": 1}, **SINCE_6_0)


def notes(scene):
    return {(note["code"], note["index"]) for note in scene.compare(["c"])[0]["notes"]} - {("collection_missing", "")}


def test_what_became_possible_is_told_until_a_sync_has_run(api, lagging):
    scene = Scene(api, lagging)
    scene.define("c", {"a": 1}, **SINCE_6_0)
    scene.define("c", {"b": 1})
    assert notes(scene) == {("impossible_here", "a_1")}
    assert scene.sync()["status"] == "failed" and scene.names("c") == {"b_1"}
    raise_to(lagging, "6.0")
    assert notes(scene) == {("rules_changed", "a_1")} == notes(scene)
    assert scene.sync()["status"] == "completed" and notes(scene) == set()


def test_an_answer_that_is_sent_back_changes_nothing(api, lagging):
    scene = Scene(api, lagging)
    scene.test()
    entry = api.get(f"/databases/{scene.id}").expect(200).data
    api.put(f"/databases/{scene.id}", {**entry, "server": {**entry["server"], "version": "9.9"}}).expect(200)
    assert server_of(scene) == entry["server"]


def test_another_place_is_another_server(api, lagging, shared_sandbox):
    scene = Scene(api, lagging)
    scene.test()
    api.put(f"/databases/{scene.id}", {"uri": shared_sandbox.uri}).expect(200)
    assert server_of(scene) is None
    scene.define("c", {"a": 1}, **SINCE_6_0)


def test_it_outlives_the_process(start_server, lagging, tmp_path):
    server = start_server(tmp_path / "data")
    scene = Scene(Api(server.address).sign_up(unique("user")), lagging)
    scene.test()
    seen = server_of(scene)
    assert server.stop() == 0
    scene.api.address = start_server(tmp_path / "data").address
    assert server_of(scene) == seen


def test_who_is_not_told_the_feature_compatibility_version_goes_by_the_version(api, lagging):
    with fail_point(lagging, ["getParameter"], errorCode=13):
        scene = Scene(api, lagging)
        scene.test()
    assert server_of(scene)["feature_compatibility_version"] is None
    scene.define("c", {"a": 1}, **SINCE_6_0)
