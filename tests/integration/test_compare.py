"""The comparison of the registry with a live target."""
import json

import bson

import pytest

from client import BASES
from scene import MISSING_ID, option_name

KINDS = ("missing_indexes", "matched_indexes", "redundant_indexes", "changed_indexes")


def only(scene, collection, **more):
    items = scene.compare([collection], **more)
    assert [item["collection"] for item in items] == [collection]
    return items[0]


def notes_text(item):
    return json.dumps(item["notes"], ensure_ascii=False).lower()


def test_shape_and_the_four_lists(scene):
    scene.define("c", {"missing": 1})
    scene.define("c", {"matched": 1})
    scene.define("c", {"changed": 1}, expire_after_seconds=60)
    scene.db.c.create_index("matched")
    scene.db.c.create_index("redundant")
    scene.db.c.create_index("changed", expireAfterSeconds=90)
    reply = scene.api.post("/indexes/compare-by-collections", {"database_id": scene.id, "collections": ["c"]})
    assert reply.expect(200).extra == {"limit": 0, "page": 0, "total": None}
    assert set(reply.data[0]) >= {"collection", "notes", *KINDS}
    assert scene.lists("c") == (["missing_1"], ["matched_1"], ["redundant_1"], ["changed_1"])
    for kind in KINDS[:3]:
        assert {"name", "keys", "key_signature"} <= set(reply.data[0][kind][0])


def test_published_clients_see_a_changed_index_in_their_three_lists(scene):
    scene.define("c", {"missing": 1})
    scene.define("c", {"changed": 1}, expire_after_seconds=60)
    scene.db.c.create_index("changed", expireAfterSeconds=90)
    scene.db.c.create_index("redundant")
    published = scene.api.again(base=BASES[1])
    for path, more in (("collections", {"collections": ["c"]}), ("database", {})):
        item, = published.post(f"/indexes/compare-by-{path}", {"database_id": scene.id, **more}).expect(200).data
        listed = {kind: [each["name"] for each in item[kind]] for kind in KINDS}
        assert listed == {"missing_indexes": ["changed_1", "missing_1"], "matched_indexes": [],
                          "redundant_indexes": ["changed_1", "redundant_1"], "changed_indexes": ["changed_1"]}
        assert item["missing_indexes"][0]["options"]["expire_after_seconds"] == 60
        assert item["redundant_indexes"][0]["options"]["expire_after_seconds"] == 90


def test_changed_tells_what_differs(scene):
    scene.define("c", {"a": 1}, expire_after_seconds=60)
    scene.db.c.create_index("a", expireAfterSeconds=90)
    changed, = only(scene, "c")["changed_indexes"]
    assert {"name", "keys", "key_signature", "registry", "database", "differences", "resolution"} <= set(changed)
    difference, = changed["differences"]
    assert option_name(difference["option"]) == "expireafterseconds"
    assert (difference["registry"], difference["database"]) == (60, 90)
    assert changed["resolution"] == "modify" and changed["name"] == "a_1"


# (definition's keys and options, live keys and options, options that differ, how it is resolved)
CHANGES = [
    ({"a": 1}, {"expire_after_seconds": 60}, [("a", 1)], {}, {"expireafterseconds"}, "modify"),
    ({"a": 1}, {}, [("a", 1)], {"expireAfterSeconds": 60}, {"expireafterseconds"}, "recreate"),
    ({"a": 1}, {"is_hidden": True}, [("a", 1)], {}, {"hidden"}, "modify"),
    ({"a": 1}, {}, [("a", 1)], {"hidden": True}, {"hidden"}, "modify"),
    ({"a": 1}, {"is_sparse": True}, [("a", 1)], {}, {"sparse"}, "recreate"),
    ({"a": 1}, {}, [("a", 1)], {"unique": True}, {"unique"}, "recreate"),
    ({"a": 1}, {"collation": {"locale": "en"}}, [("a", 1)], {}, {"collation"}, "recreate"),
    ({"a": 1}, {"partial_filter_expression": {"a": {"$gt": 1}}}, [("a", 1)],
     {"partialFilterExpression": {"a": {"$gt": 2}}}, {"partialfilterexpression"}, "recreate"),
    ({"t": "text"}, {"weights": {"t": 5}}, [("t", "text")], {}, {"weights"}, "recreate"),
    ({"t": "text"}, {}, [("t", "text")], {"default_language": "french"}, {"defaultlanguage"}, "recreate"),
    ({"g": "2d"}, {"bits": 20}, [("g", "2d")], {}, {"bits"}, "recreate"),
]


@pytest.mark.parametrize("keys,options,live_keys,live_options,differing,resolution", CHANGES,
                         ids=[f"{case[1]} vs {case[3]}" for case in CHANGES])
def test_changes_of_every_kind(scene, keys, options, live_keys, live_options, differing, resolution):
    scene.define("c", keys, "n", **options)
    scene.db.c.create_index(live_keys, name="n", **live_options)
    item = only(scene, "c")
    assert [len(item[kind]) for kind in KINDS] == [0, 0, 0, 1], item
    changed = item["changed_indexes"][0]
    assert {option_name(difference["option"]) for difference in changed["differences"]} == differing
    assert changed["resolution"] == resolution


def test_same_name_and_other_keys_is_changed(scene):
    scene.define("c", {"a": 1}, "n")
    scene.db.c.create_index("b", name="n")
    assert scene.lists("c") == ([], [], [], ["n"])
    assert only(scene, "c")["changed_indexes"][0]["resolution"] == "recreate"


def test_same_identity_under_another_name_with_other_options_is_changed(scene):
    scene.define("c", {"a": 1}, "wanted", expire_after_seconds=1)
    scene.db.c.create_index("a", name="found", expireAfterSeconds=2)
    missing, matched, redundant, changed = scene.lists("c")
    assert (missing, matched, redundant, len(changed)) == ([], [], [], 1)


def test_another_name_is_matched_with_a_note_unless_names_are_strict(scene):
    scene.define("c", {"a": 1}, "wanted")
    scene.db.c.create_index("a", name="found")
    item = only(scene, "c")
    assert [len(item[kind]) for kind in KINDS] == [0, 1, 0, 0]
    assert "found" in notes_text(item)
    strict = only(scene, "c", strict_names=True)
    assert [len(strict[kind]) for kind in KINDS] == [0, 0, 0, 1]
    assert "name" in {difference["option"] for difference in strict["changed_indexes"][0]["differences"]}


EQUAL = [
    ({"a": 1}, {}, [("a", 1.0)], {}), ({"a": 1}, {}, [("a", 1)], {"sparse": False, "background": True}),
    ({"a": 1}, {"expire_after_seconds": 60}, [("a", 1)], {"expireAfterSeconds": 60.0}),
    ({"a": 1}, {"collation": {"locale": "en", "strength": 2}}, [("a", 1)],
     {"collation": {"locale": "en", "strength": 2}}),
    ({"a": 1}, {"partial_filter_expression": {"x": 1, "y": 2}}, [("a", 1)],
     {"partialFilterExpression": {"$and": [{"y": 2}, {"x": 1}]}}),
    ({"t": "text", "u": "text"}, {"weights": {"u": 3}}, [("t", "text"), ("u", "text")], {"weights": {"u": 3}}),
    ({"p": 1, "t": "text", "s": -1}, {}, [("p", 1), ("t", "text"), ("s", -1)], {}),
    ({"g": "2dsphere"}, {}, [("g", "2dsphere")], {}), ({"g": "2d"}, {"bits": 20}, [("g", "2d")], {"bits": 20}),
    ({"h": "hashed"}, {}, [("h", "hashed")], {}), ({"$**": 1}, {}, [("$**", 1)], {}),
    ({"$**": 1}, {"wildcard_projection": {"a": 1, "_id": 0}}, [("$**", 1)], {"wildcardProjection": {"a": 1}}),
    ({"b": 1, "1": -1}, {}, [("b", 1), ("1", -1)], {}),
]


@pytest.mark.parametrize("keys,options,live_keys,live_options", EQUAL, ids=[f"{c[0]} {c[1]}" for c in EQUAL])
def test_equal_in_mongodbs_eyes(scene, keys, options, live_keys, live_options):
    scene.define("c", keys, "n", **options)
    # As a raw command: pymongo's helper knows fewer key values than the server.
    scene.db.command("createIndexes", "c", indexes=[{"key": bson.SON(live_keys), "name": "n", **live_options}])
    assert scene.lists("c") == ([], ["n"], [], [])


def test_order_of_keys_matters(scene):
    scene.define("c", {"a": 1, "b": 1})
    scene.db.c.create_index([("b", 1), ("a", 1)])
    assert scene.lists("c") == (["a_1_b_1"], [], ["b_1_a_1"], [])


def test_lists_are_sorted_and_the_id_index_never_appears(scene):
    for field in ("z", "a", "m"):
        scene.define("c", {field: 1})
        scene.db.c.create_index(f"{field}x_id_x")
    missing, _, redundant, _ = scene.lists("c")
    assert missing == ["a_1", "m_1", "z_1"] and redundant == ["ax_id_x_1", "mx_id_x_1", "zx_id_x_1"]
    assert '"_id_"' not in json.dumps(scene.compare(["c"]))


def test_collections_come_in_the_order_asked(scene):
    for collection in ("b", "a", "c"):
        scene.define(collection, {"x": 1})
    assert [item["collection"] for item in scene.compare(["c", "a", "b"])] == ["c", "a", "b"]
    assert [item["collection"] for item in scene.compare()] == ["a", "b", "c"]


def test_by_database_shows_unmanaged_collections_on_request(scene):
    scene.define("b", {"x": 1})
    scene.db.a.create_index("x")
    assert [item["collection"] for item in scene.compare()] == ["b"]
    found = {item["collection"]: item for item in scene.compare(include_unmanaged=True)}
    assert list(found) == ["a", "b"]
    assert [index["name"] for index in found["a"]["redundant_indexes"]] == ["x_1"]


def test_by_database_without_definitions_is_empty(scene):
    assert scene.compare() == []


def test_missing_collection_gets_a_note(scene):
    scene.define("nowhere", {"a": 1})
    item = only(scene, "nowhere")
    assert [index["name"] for index in item["missing_indexes"]] == ["a_1"] and "exist" in notes_text(item)


def test_view_gets_a_note(scene):
    scene.db.create_collection("base")
    scene.db.command("create", "seen", viewOn="base", pipeline=[])
    scene.define("seen", {"a": 1})
    assert "view" in notes_text(only(scene, "seen"))


def test_covered_by_a_prefix_gets_a_note(scene):
    scene.define("c", {"a": 1})
    scene.define("c", {"a": 1, "b": 1})
    scene.db.c.create_index("a")
    scene.db.c.create_index([("a", 1), ("b", 1)])
    text = notes_text(only(scene, "c"))
    assert "a_1" in text and "a_1_b_1" in text


def test_unique_prefix_is_not_called_covered(scene):
    scene.db.c.create_index("a", unique=True)
    scene.db.c.create_index([("a", 1), ("b", 1)])
    assert "a_1_b_1" not in notes_text(only(scene, "c"))


def test_hidden_index_gets_a_note(scene):
    scene.define("c", {"a": 1}, is_hidden=True)
    scene.db.c.create_index("a", hidden=True)
    assert "hidden" in notes_text(only(scene, "c"))


def test_near_the_limit_gets_a_note(scene):
    for number in range(62):
        scene.db.c.create_index(f"f{number}")
    assert "64" in notes_text(only(scene, "c"))


def test_usage_is_only_told_on_request(scene):
    scene.define("c", {"a": 1})
    scene.db.c.create_index("a")
    assert "unused" not in notes_text(only(scene, "c"))
    only(scene, "c", include_usage=True)


@pytest.mark.parametrize("collections", [[], ["a", "a"], [""], [1], "a"], ids=str)
def test_bad_collections(scene, collections):
    body = {"database_id": scene.id, "collections": collections}
    scene.api.post("/indexes/compare-by-collections", body).expect_bad_field("collections")


def test_refusals(scene, down):
    for route, body in (("by-database", {}), ("by-collections", {"collections": ["c"]})):
        missing = {"database_id": MISSING_ID, **body}
        scene.api.post(f"/indexes/compare-{route}", missing).expect_error(404, "Resource not found")
        scene.api.post(f"/indexes/compare-{route}", body).expect_bad_field("database_id")
    down.define("c", {"a": 1})
    down.api.post("/indexes/compare-by-database", {"database_id": down.id}).expect(412)
    down.api.post("/indexes/compare-by-collections", {"database_id": down.id, "collections": ["c"]}).expect(412)


def test_many_collections(scene):
    for number in range(60):
        scene.db[f"c{number:02}"].create_index("a")
    found = scene.compare(include_unmanaged=True)
    assert [item["collection"] for item in found] == [f"c{number:02}" for number in range(60)]
    assert all(len(item["redundant_indexes"]) == 1 for item in found)
