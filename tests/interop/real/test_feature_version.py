"""A server whose feature compatibility version stays behind its binary: it follows the older rules, and so does mim."""
import pymongo.errors
import pytest

from scene import Scene


def raise_to(scene, version):
    scene.sandbox.client.admin.command("setFeatureCompatibilityVersion", version)


@pytest.fixture
def lagging(api, own_mongod_set):
    """As after an upgrade from 4.4 that nobody has finished."""
    if not own_mongod_set.version.startswith("5.0"):
        pytest.skip("only a 5.0 runs with 4.4")
    scene = Scene(api, own_mongod_set)
    raise_to(scene, "4.4")
    return scene


def counts(scene):
    """Missing, matched, redundant, changed."""
    return [len(names) for names in scene.lists("c")]


def test_it_is_asked_for_and_followed(lagging):
    answer = lagging.test()
    assert answer["server_version"].startswith("5.0.") and answer["feature_compatibility_version"] == "4.4"
    lagging.db.c.create_index("a", name="plain")
    with pytest.raises(pymongo.errors.OperationFailure) as refused:
        lagging.db.c.create_index("a", name="sparse", sparse=True)
    assert refused.value.code == 85, "the two cannot live side by side"
    lagging.define("c", {"a": 1}, "sparse", is_sparse=True)
    assert counts(lagging) == [0, 0, 0, 1], "so one is the other, changed"
    raise_to(lagging, "5.0")
    assert counts(lagging) == [1, 0, 1, 0]


def test_what_it_refuses_is_told_and_what_an_upgrade_makes_possible(lagging):
    lagging.define("c", {"a": 1}, "plain")
    lagging.define("c", {"a": 1}, "unique", is_unique=True)
    lagging.db.c.create_index("a", name="plain")

    def told():
        return [(note["code"], note["index"]) for note in lagging.compare(["c"])[0]["notes"]]

    assert told() == [("impossible_here", "unique")]
    raise_to(lagging, "5.0")
    assert told() == [("rules_changed", "unique")]
    assert lagging.sync()["status"] == "completed" and told() == []


def test_what_is_saved_is_judged_by_it(lagging):
    lagging.define("c", {"a": 1}, "plain")
    lagging.test()
    refused = lagging.try_define("c", {"a": 1}, "unique", is_unique=True).expect_bad_field("keys").error["keys"]
    assert "MongoDB 5.0 with feature compatibility version 4.4" in refused
    raise_to(lagging, "5.0")
    lagging.test()
    lagging.define("c", {"a": 1}, "unique", is_unique=True)
    assert lagging.sync()["status"] == "completed" and lagging.names("c") == {"plain", "unique"}
