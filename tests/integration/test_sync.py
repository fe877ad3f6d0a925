"""Forward sync: the target becomes what the registry says, no more and no less."""
import pytest

from scene import MISSING_ID

COLLATION = {"locale": "en", "caseLevel": False, "caseFirst": "off", "strength": 2, "numericOrdering": False,
             "alternate": "non-ignorable", "maxVariable": "punct", "normalization": False, "backwards": False}
TEXT_DEFAULTS = {"default_language": "english", "language_override": "language", "textIndexVersion": 3}

# (keys, options, the key as MongoDB lists it, the options as MongoDB lists them)
PROMISES = [
    ({"a": 1, "b": -1}, {}, [("a", 1), ("b", -1)], {}),
    ({"u": 1}, {"is_unique": True}, [("u", 1)], {"unique": True}),
    ({"at": 1}, {"expire_after_seconds": 3600}, [("at", 1)], {"expireAfterSeconds": 3600}),
    ({"s": 1}, {"is_sparse": True}, [("s", 1)], {"sparse": True}),
    ({"h": 1}, {"is_hidden": True}, [("h", 1)], {"hidden": True}),
    ({"p": 1}, {"partial_filter_expression": {"p": {"$gt": {"$numberLong": "5"}}}}, [("p", 1)],
     {"partialFilterExpression": {"p": {"$gt": 5}}}),
    ({"c": 1}, {"collation": {"locale": "en", "strength": 2}}, [("c", 1)], {"collation": COLLATION}),
    ({"t": "text", "w": "text"}, {"weights": {"w": 7}}, [("_fts", "text"), ("_ftsx", 1)],
     {"weights": {"t": 1, "w": 7}, **TEXT_DEFAULTS}),
    ({"g": "2dsphere", "x": 1}, {}, [("g", "2dsphere"), ("x", 1)], {"2dsphereIndexVersion": 3}),
    ({"f": "2d"}, {"bits": 20, "min": -10, "max": 10}, [("f", "2d")], {"bits": 20, "min": -10.0, "max": 10.0}),
    ({"k": "hashed"}, {}, [("k", "hashed")], {}),
    ({"$**": 1}, {"wildcard_projection": {"a": 1}}, [("$**", 1)], {"wildcardProjection": {"a": 1}}),
    ({"sub.$**": 1}, {}, [("sub.$**", 1)], {}), ({"z": 1, "1": -1, "0": 1}, {}, [("z", 1), ("1", -1), ("0", 1)], {}),
]


def without_version(spec):
    spec = dict(spec)
    if "collation" in spec:
        spec["collation"] = {name: value for name, value in spec["collation"].items() if name != "version"}
    return spec


def test_target_holds_exactly_what_was_promised(scene):
    expected = {"_id_": {"key": [("_id", 1)]}}
    for number, (keys, options, key, listed) in enumerate(PROMISES):
        scene.define("c", keys, f"index {number}", **options)
        expected[f"index {number}"] = {"key": key, **listed}
    scene.db.c.create_index("unwanted")
    sync = scene.sync()
    assert sync["status"] == "completed", sync
    assert {name: without_version(spec) for name, spec in scene.live("c").items()} == expected
    assert scene.no_drift() and scene.plan()["operations"] == []


def test_progress_records_and_times(scene):
    for field in ("a", "b", "c"):
        scene.define("one", {field: 1})
        scene.define("two", {field: 1})
    scene.db.one.create_index("old")
    planned = [(step["collection"], step["index"], step["action"]) for step in scene.plan()["operations"]]
    sync = scene.sync()
    assert sync["status"] == "completed" and sync["error"] in (None, "")
    assert sync["total_tasks"] == len(planned) == 7
    assert [(row["collection"], row["index"], row["action"]) for row in sync["records"]] == planned
    assert all(row["status"] == "completed" for row in sync["records"])
    assert sorted(sync["collections"]) == ["one", "two"]
    assert sync["created_at"] <= sync["started_at"] <= sync["completed_at"] <= sync["updated_at"]
    assert sync["database_name"] in (scene.name, scene.db_name)


def test_by_collections_leaves_the_others_alone(scene):
    scene.define("a", {"x": 1})
    scene.define("b", {"x": 1})
    scene.db.b.create_index("extra")
    sync = scene.sync(["a"])
    assert sync["status"] == "completed" and sync["collections"] == ["a"]
    assert (scene.names("a"), scene.names("b")) == ({"x_1"}, {"extra_1"})


def test_unmanaged_collections_are_left_alone(scene):
    scene.define("a", {"x": 1})
    scene.db.unmanaged.create_index("x")
    assert scene.sync()["status"] == "completed"
    assert scene.names("unmanaged") == {"x_1"}


CHANGED = [
    ({"a": 1}, {"expire_after_seconds": 60}, {"expireAfterSeconds": 90}, {"expireAfterSeconds": 60}),
    ({"a": 1}, {"expire_after_seconds": 60}, {}, {"expireAfterSeconds": 60}),
    ({"a": 1}, {}, {"expireAfterSeconds": 9}, {}),
    ({"a": 1}, {"is_hidden": True}, {}, {"hidden": True}), ({"a": 1}, {}, {"hidden": True}, {}),
    ({"a": 1}, {"is_unique": True}, {}, {"unique": True}), ({"a": 1}, {}, {"unique": True}, {}),
    ({"a": 1}, {"is_sparse": True}, {}, {"sparse": True}),
]


@pytest.mark.parametrize("keys,options,before,after", CHANGED, ids=[f"{c[2]} to {c[3]}" for c in CHANGED])
def test_changed_indexes_are_altered(scene, keys, options, before, after):
    scene.define("c", keys, "n", **options)
    scene.db.c.create_index("a", name="n", **before)
    assert scene.sync()["status"] == "completed"
    assert scene.live("c")["n"] == {"key": [("a", 1)], **after} and scene.names("c") == {"n"}


def test_same_name_with_other_keys_is_replaced(scene):
    scene.define("c", {"a": 1}, "n")
    scene.db.c.create_index("b", name="n")
    assert scene.sync()["status"] == "completed"
    assert scene.live("c")["n"]["key"] == [("a", 1)]


def test_text_index_is_replaced(scene):
    scene.define("c", {"t": "text"}, weights={"t": 3})
    scene.db.c.create_index([("u", "text")])
    assert scene.sync()["status"] == "completed"
    assert scene.names("c") == {"t_text"} and scene.live("c")["t_text"]["weights"] == {"t": 3}


def test_second_sync_does_nothing(scene):
    scene.define("c", {"a": 1})
    scene.sync()
    sync = scene.sync()
    assert sync["status"] == "completed" and sync["total_tasks"] == 0 and sync["records"] == []


def test_full_collection_is_exchanged_within_the_limit(scene):
    for number in range(60):
        scene.define("c", {f"new{number}": 1})
        scene.db.c.create_index(f"old{number}")
    sync = scene.sync()
    assert sync["status"] == "completed", sync["error"]
    assert scene.names("c") == {f"new{number}_1" for number in range(60)}


def test_id_index_is_never_touched(scene):
    scene.db.create_collection("c", collation={"locale": "en"})
    before = scene.live("c")["_id_"]
    scene.define("c", {"a": 1})
    assert scene.sync()["status"] == "completed"
    scene.api.delete(f"/indexes/{scene.defined('c')['a_1']['id']}")
    assert scene.live("c")["_id_"] == before


def test_hide_instead_of_drop(scene):
    scene.define("c", {"a": 1})
    scene.db.c.create_index("extra")
    assert scene.sync(drop_mode="hide")["status"] == "completed"
    assert scene.live("c")["extra_1"] == {"key": [("extra", 1)], "hidden": True}
    assert scene.names("c") == {"a_1", "extra_1"}


def test_options_leave_things_alone(scene):
    scene.define("c", {"missing": 1})
    scene.define("c", {"ttl": 1}, expire_after_seconds=60)
    scene.db.c.create_index("ttl", expireAfterSeconds=90)
    scene.db.c.create_index("extra")
    before, defined = scene.live("c"), scene.defined("c")
    sync = scene.sync(option_missing=0, option_extra=0, option_changed=0)
    assert sync["status"] == "completed" and sync["total_tasks"] == 0
    assert scene.live("c") == before and scene.defined("c") == defined
    scene.sync(option_missing=1, option_extra=0, option_changed=0)
    assert scene.names("c") == {"missing_1", "ttl_1", "extra_1"}
    scene.sync(option_missing=0, option_extra=0, option_changed=1)
    assert scene.live("c")["ttl_1"]["expireAfterSeconds"] == 60
    scene.sync(option_missing=0, option_extra=1, option_changed=0)
    assert scene.names("c") == {"missing_1", "ttl_1"}


def test_fingerprint(scene):
    scene.define("c", {"a": 1})
    stale = scene.plan()["fingerprint"]
    scene.db.c.create_index("other")
    before = scene.live("c")
    scene.try_sync(fingerprint=stale).expect_error(409)
    assert scene.live("c") == before
    assert scene.sync(fingerprint=scene.plan()["fingerprint"])["status"] == "completed"
    assert scene.names("c") == {"a_1"}


def test_fingerprint_of_other_options_is_refused(scene):
    scene.define("c", {"a": 1})
    scene.db.c.create_index("extra")
    scene.try_sync(fingerprint=scene.plan(option_extra=0)["fingerprint"]).expect(409)


def test_refusals(scene, down):
    scene.try_sync().expect(400)
    scene.try_sync(["nothing"]).expect_error(404, "Resource not found")
    scene.db["wild"].insert_one({})
    scene.try_sync(["wild"]).expect_bad_field("collections")
    for collections in ([], ["a", "a"], [""]):
        scene.try_sync(collections).expect_bad_field("collections")
    scene.api.post("/indexes/sync-by-database", {"database_id": MISSING_ID}).expect_error(404, "Resource not found")
    down.define("c", {"a": 1})
    down.try_sync().expect(412)
    down.try_sync(["c"]).expect(412)
    assert scene.api.get(f"/indexes/sync-status/by-database/{down.id}").expect(200).data == []


def test_history_is_newest_first_and_paged(scene):
    scene.define("c", {"a": 1})
    ids = [scene.sync()["id"] for _ in range(3)]
    path = f"/indexes/sync-status/by-database/{scene.id}"
    found = scene.api.get(path).expect(200)
    assert [item["id"] for item in found.data] == ids[::-1] and found.extra == {"limit": 50, "page": 1, "total": 3}
    for item in found.data:
        assert "records" not in item and item["collections"] == ["c"]
        assert item["database"] == {"id": scene.id, "name": scene.name, "db_name": scene.db_name}
    second = scene.api.get(f"{path}/?page=2&limit=2").expect(200)
    assert [item["id"] for item in second.data] == ids[:1] and second.extra == {"limit": 2, "page": 2, "total": 3}
    assert scene.api.get(f"{path}?page=0&limit=1000").expect(200).extra == {"limit": 200, "page": 1, "total": 3}
    assert scene.api.get(f"{path}?page=&limit=").expect(200, 400)
    scene.api.get(f"{path}?page=x").expect_bad_field("page")


def test_create_on_a_view_fails_and_says_so(scene):
    scene.db.create_collection("base")
    scene.db.command("create", "seen", viewOn="base", pipeline=[])
    scene.define("seen", {"a": 1})
    scene.define("base", {"a": 1})
    sync = scene.sync()
    assert sync["status"] == "failed" and scene.names("base") == {"a_1"}
