"""Reverse sync and import: the registry learns from the target."""
import pytest


def drift(scene):
    scene.define("c", {"missing": 1})
    scene.define("c", {"ttl": 1}, expire_after_seconds=60)
    scene.db.c.create_index("ttl", expireAfterSeconds=90)
    scene.db.c.create_index([("extra", -1), ("b", 1)], unique=True)
    return scene.live("c")


def reverse(scene, **options):
    chosen = {"option_missing": 0, "option_extra": 0, "option_changed": 0, **options}
    before = scene.live("c")
    sync = scene.sync(**chosen)
    assert sync["status"] == "completed", sync
    assert scene.live("c") == before, "a reverse sync does not touch the target"
    return set(scene.defined("c"))


def test_missing_is_removed_from_the_registry(scene):
    drift(scene)
    assert reverse(scene, option_missing=2) == {"ttl_1"}


def test_extra_is_imported(scene):
    drift(scene)
    assert reverse(scene, option_extra=2) == {"missing_1", "ttl_1", "extra_-1_b_1"}
    imported = scene.defined("c")["extra_-1_b_1"]
    assert imported["keys"] == [{"field": "extra", "value": -1}, {"field": "b", "value": 1}]
    assert imported["options"]["is_unique"] is True


def test_changed_is_taken_over(scene):
    drift(scene)
    index_id = scene.defined("c")["ttl_1"]["id"]
    assert reverse(scene, option_changed=2) == {"missing_1", "ttl_1"}
    taken = scene.defined("c")["ttl_1"]
    assert taken["options"]["expire_after_seconds"] == 90 and taken["id"] == index_id


def test_all_of_it_leaves_no_drift(scene):
    drift(scene)
    assert reverse(scene, option_missing=2, option_extra=2, option_changed=2) == {"ttl_1", "extra_-1_b_1"}
    assert scene.no_drift()


def test_directions_can_be_mixed(scene):
    drift(scene)
    sync = scene.sync(option_missing=1, option_extra=2, option_changed=1)
    assert sync["status"] == "completed" and scene.no_drift()
    assert scene.names("c") == set(scene.defined("c")) == {"missing_1", "ttl_1", "extra_-1_b_1"}
    assert scene.live("c")["ttl_1"]["expireAfterSeconds"] == 60


KINDS = [
    ([("z", 1), ("1", -1), ("0", 1)], {}), ([("u", 1)], {"unique": True, "sparse": True}),
    ([("h", 1)], {"hidden": True}), ([("t", 1)], {"expireAfterSeconds": 5}),
    ([("p", 1)], {"partialFilterExpression": {"p": {"$gt": 1.5}, "q": {"$exists": True}}}),
    ([("c", 1)], {"collation": {"locale": "fr", "strength": 1}}), ([("s", "hashed")], {}),
    ([("b", "text"), ("a", "text")], {"weights": {"a": 2, "other": 3}, "default_language": "french"}),
    ([("g", "2dsphere")], {}), ([("f", "2d")], {"bits": 20, "min": -5, "max": 5}), ([("$**", 1)], {}),
    ([("x.$**", -1)], {}), ([("w", 1)], {"storageEngine": {"wiredTiger": {"configString": ""}}}),
    ([("five", 5)], {}),
]


@pytest.mark.parametrize("keys,options", KINDS, ids=[f"{keys} {options}" for keys, options in KINDS])
def test_import_keeps_everything(scene, keys, options):
    scene.db.c.create_index(keys, name="n", **options)
    answer = scene.api.post("/indexes/sync-from-database", {"database_id": scene.id}).expect(200).data
    assert (answer["imported_count"], answer["skipped_count"], answer["skipped"]) == (1, 0, [])
    assert scene.no_drift() and set(scene.defined("c")) == {"n"}
    before = scene.live("c")
    scene.db.c.drop_index("n")
    assert scene.sync()["status"] == "completed"
    assert scene.live("c") == before, "the registry can rebuild what it has imported"


def test_import_skips_what_is_there_and_says_why(scene):
    scene.define("c", {"a": 1}, expire_after_seconds=1)
    scene.define("c", {"b": 1}, "taken")
    for keys, name, options in (("a", "a_1", {"expireAfterSeconds": 2}), ("x", "taken", {}), ("new", "new_1", {})):
        scene.db.c.create_index(keys, name=name, **options)
    scene.db.d.create_index("new")
    answer = scene.api.post("/indexes/sync-from-database", {"database_id": scene.id}).expect(200).data
    assert (answer["imported_count"], answer["skipped_count"]) == (2, 2)
    assert {(item["collection"], item["name"]) for item in answer["skipped"]} == {("c", "a_1"), ("c", "taken")}
    assert all(item["reason"] for item in answer["skipped"])
    assert scene.defined("c")["a_1"]["options"]["expire_after_seconds"] == 1
    again = scene.api.post("/indexes/sync-from-database", {"database_id": scene.id}).expect(200).data
    assert (again["imported_count"], again["skipped_count"]) == (0, 4)


def test_import_replaces_on_request(scene):
    scene.define("c", {"a": 1}, expire_after_seconds=1)
    scene.db.c.create_index("a", expireAfterSeconds=2)
    body = {"database_id": scene.id, "on_conflict": "replace"}
    scene.api.post("/indexes/sync-from-database", body).expect(200)
    assert scene.defined("c")["a_1"]["options"]["expire_after_seconds"] == 2 and scene.no_drift()


def test_import_refusals(scene, down):
    body = {"database_id": scene.id, "on_conflict": "merge"}
    scene.api.post("/indexes/sync-from-database", body).expect_bad_field("on_conflict")
    down.api.post("/indexes/sync-from-database", {"database_id": down.id}).expect(412)


def test_import_of_an_empty_target(scene):
    answer = scene.api.post("/indexes/sync-from-database", {"database_id": scene.id}).expect(200).data
    assert (answer["imported_count"], answer["skipped_count"]) == (0, 0)
