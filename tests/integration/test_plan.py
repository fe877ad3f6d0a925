"""The plan: what a sync would do, and nothing done."""
import pytest


def drift(scene):
    """One missing, one changed in place, one redundant."""
    scene.define("c", {"missing": 1})
    scene.define("c", {"ttl": 1}, expire_after_seconds=60)
    scene.db.c.create_index("ttl", expireAfterSeconds=90)
    scene.db.c.create_index("redundant")
    return scene


def actions(plan):
    return {operation["index"]: operation["action"] for operation in plan["operations"]}


def test_operations_in_order_of_execution(scene):
    before = drift(scene).live("c")
    plan = scene.plan()
    names = [operation["index"] for operation in plan["operations"]]
    assert sorted(names) == ["missing_1", "redundant_1", "ttl_1"]
    assert names.index("missing_1") < names.index("redundant_1"), "creates come before drops"
    for operation in plan["operations"]:
        assert operation["collection"] == "c"
        assert operation["statement"] and operation["reason"] and operation["risk"]
        assert operation["index"] in str(operation["statement"])
    assert "create" in actions(plan)["missing_1"] and "drop" in actions(plan)["redundant_1"]
    assert scene.live("c") == before, "a plan changes nothing"


def test_nothing_to_do(scene):
    scene.define("c", {"a": 1})
    scene.db.c.create_index("a")
    plan = scene.plan()
    assert plan["operations"] == [] and plan["fingerprint"]


@pytest.mark.parametrize("option,index", [("option_missing", "missing_1"), ("option_extra", "redundant_1"),
                                          ("option_changed", "ttl_1")])
def test_options_leave_things_alone(scene, option, index):
    drift(scene)
    assert index in actions(scene.plan())
    left = actions(scene.plan(**{"option_changed": 1, option: 0}))
    assert index not in left and len(left) == 2


def test_reverse_options_change_the_registry_only(scene):
    drift(scene)
    plan = scene.plan(option_missing=2, option_extra=2, option_changed=2)
    for action in actions(plan).values():
        assert action not in set(actions(scene.plan()).values())


def test_hide_instead_of_drop(scene):
    drift(scene)
    assert "hide" in actions(scene.plan(drop_mode="hide"))["redundant_1"]


def test_collections_bound_the_plan(scene):
    scene.define("a", {"x": 1})
    scene.define("b", {"x": 1})
    assert {operation["collection"] for operation in scene.plan(collections=["a"])["operations"]} == {"a"}
    assert {operation["collection"] for operation in scene.plan()["operations"]} == {"a", "b"}


def test_unmanaged_collections_are_not_touched_by_a_plan_of_the_database(scene):
    drift(scene)
    scene.db.unmanaged.create_index("x")
    assert {operation["collection"] for operation in scene.plan()["operations"]} == {"c"}


def test_fingerprint_is_stable_and_follows_both_states(scene):
    drift(scene)
    seen = [scene.plan()["fingerprint"]]
    assert scene.plan()["fingerprint"] == seen[0]
    scene.db.c.create_index("other")
    seen.append(scene.plan()["fingerprint"])
    index_id = scene.define("c", {"more": 1})
    seen.append(scene.plan()["fingerprint"])
    seen.append(scene.plan(option_extra=0)["fingerprint"])
    assert len(set(seen)) == 4
    scene.api.delete(f"/indexes/{index_id}")
    assert scene.plan()["fingerprint"] == seen[1]


@pytest.mark.parametrize("options", [{"option_missing": 3}, {"option_missing": -1}, {"option_extra": 9},
                                     {"option_changed": 3}, {"drop_mode": "delete"}, {"drop_mode": ""},
                                     {"collections": ["a", "a"]}], ids=str)
def test_bad_options(scene, options):
    field, = options
    scene.define("a", {"x": 1})
    scene.api.post("/indexes/plan", {"database_id": scene.id, **options}).expect_bad_field(field)
    collections = {} if "collections" in options else {"collections": ["a"]}
    body = {"database_id": scene.id, **collections, **options}
    scene.api.post("/indexes/sync-by-collections", body).expect_bad_field(field)


def test_target_down(down):
    down.define("c", {"a": 1})
    down.api.post("/indexes/plan", {"database_id": down.id}).expect(412)


def test_a_collection_that_nobody_knows_is_not_found(scene):
    """A mistyped name was "nothing to do" once."""
    scene.define("planned", {"a": 1})
    scene.db["wild"].create_index([("a", 1)])
    known, body = ["planned", "wild"], {"database_id": scene.id}
    unknown = {**body, "collections": ["planned", "wlid"]}
    for path in ("plan", "compare-by-collections", "generate-script", "sync-by-collections"):
        reply = scene.api.post(f"/indexes/{path}", unknown).expect_error(404, "Resource not found")
        assert "collections[1]: neither the registry nor the target knows wlid" in reply.body["detail"]
        scene.api.post(f"/indexes/{path}", {**body, "collections": known}).expect(200)
    registry = {**body, "source": "registry"}
    scene.api.post("/indexes/generate-script", {**registry, "collections": ["planned"]}).expect(200)
    scene.api.post("/indexes/generate-script", {**registry, "collections": ["wild"]}).expect_error(404)


def test_a_plan_of_another_fingerprint_is_refused(scene):
    scene.define("c", {"a": 1})
    seen = scene.plan()["fingerprint"]
    assert scene.plan(fingerprint=seen)["fingerprint"] == seen
    scene.define("c", {"b": 1})
    body = {"database_id": scene.id, "fingerprint": seen}
    scene.api.post("/indexes/plan", body).expect_error(409, "Resource conflict")


@pytest.mark.parametrize("sent,changed", [
    ({}, 1), ({"option_missing": 1, "option_extra": 1}, 1), ({"option_missing": 0, "option_extra": 0}, 0),
    ({"option_missing": 2, "option_extra": 2}, 2), ({"option_missing": 1, "option_extra": 0}, 0),
    ({"option_missing": 1, "option_extra": 2}, 0), ({"option_missing": 1}, 0), ({"option_extra": 1}, 0),
    ({"option_missing": 2}, 0), ({"option_missing": 0, "option_extra": 0, "option_changed": 1}, 1),
    ({"option_missing": 1, "option_changed": 2}, 2)])
def test_who_leaves_something_and_says_nothing_of_changes_gets_none(scene, sent, changed):
    scene.define("c", {"a": 1}, expire_after_seconds=60)
    scene.db["c"].create_index([("a", 1)], expireAfterSeconds=90)
    plan = scene.plan(**sent)
    assert plan["fingerprint"] == scene.plan(**{**sent, "option_changed": changed})["fingerprint"]
    assert bool(plan["operations"]) == (changed != 0)
