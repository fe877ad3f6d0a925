"""Index definitions: every key type and option, names, and what MongoDB would refuse."""
import pytest

from scene import MISSING_ID, Scene, key_list

KEYS = [
    ({"a": 1}, "a_1"), ({"a": -1}, "a_-1"), ({"a": 1, "b": -1}, "a_1_b_-1"), ({"b": 1, "a": 1}, "b_1_a_1"),
    ({"customer_id": 1, "created_at": -1}, "customer_id_1_created_at_-1"), ({"a.b.c": 1}, "a.b.c_1"),
    ({"t": "text"}, "t_text"), ({"t": "text", "u": "text"}, "t_text_u_text"),
    ({"p": 1, "t": "text", "s": -1}, "p_1_t_text_s_-1"), ({"$**": "text"}, "$**_text"),
    ({"g": "2dsphere"}, "g_2dsphere"), ({"a": 1, "g": "2dsphere"}, "a_1_g_2dsphere"), ({"g": "2d"}, "g_2d"),
    ({"g": "2d", "a": 1}, "g_2d_a_1"), ({"h": "hashed"}, "h_hashed"), ({"a": 1, "h": "hashed"}, "a_1_h_hashed"),
    ({"$**": 1}, "$**_1"), ({"$**": -1}, "$**_-1"), ({"p.$**": 1}, "p.$**_1"), ({"a": 1, "p.$**": 1}, "a_1_p.$**_1"),
    ({"_id": "hashed"}, "_id_hashed"), ({"_id": 1, "a": 1}, "_id_1_a_1"), ({"1": 1, "0": -1}, "1_1_0_-1"),
]

OPTIONS = [
    ({"a": 1}, {"is_unique": True}), ({"a": 1}, {"expire_after_seconds": 0}),
    ({"a": 1}, {"expire_after_seconds": 2147483647}), ({"a": 1}, {"is_sparse": True}), ({"a": 1}, {"is_hidden": True}),
    ({"a": 1}, {"partial_filter_expression": {"a": {"$gt": 5}}}),
    ({"a": 1}, {"partial_filter_expression": {"a": {"$gt": {"$numberLong": "5"}},
                                              "at": {"$lt": {"$date": "2020-01-01T00:00:00Z"}}}}),
    ({"a": 1}, {"partial_filter_expression": {"$or": [{"a": 1}, {"b": {"$in": [1, 2]}}]}}),
    ({"a": 1}, {"partial_filter_expression": {"a": {"$exists": True}, "b": {"$type": "string"}}}),
    ({"a": 1}, {"is_unique": True, "partial_filter_expression": {"a": {"$gte": 0}}}),
    ({"a": 1}, {"collation": {"locale": "en"}}),
    ({"a": 1}, {"collation": {"locale": "fr", "strength": 2, "case_level": True, "case_first": "upper",
                              "numeric_ordering": True, "alternate": "shifted", "max_variable": "space",
                              "normalization": True, "backwards": True}}),
    ({"a": 1}, {"collation": {"locale": "simple"}}),
    ({"t": "text"}, {"weights": {"t": 10}, "default_language": "french", "language_override": "lang"}),
    ({"t": "text", "u": "text"}, {"weights": {"u": 99999}}), ({"t": "text"}, {"text_index_version": 3}),
    ({"t": "text"}, {"default_language": "none"}),
    ({"g": "2dsphere"}, {"sphere_index_version": 3}), ({"g": "2d"}, {"bits": 20, "min": -100, "max": 100.5}),
    ({"$**": 1}, {"wildcard_projection": {"a": 1, "b.c": 1}}), ({"$**": 1}, {"wildcard_projection": {"a": 0}}),
    ({"x": 1, "$**": 1}, {"wildcard_projection": {"x": 0}}),
    ({"a": 1}, {"storage_engine": {"wiredTiger": {"configString": "block_compressor=zlib"}}}),
    ({"a": 1}, {"is_unique": False, "expire_after_seconds": None}),
]

TOO_MANY = {f"f{number}": 1 for number in range(33)}
REFUSED_KEYS = [{}, TOO_MANY, {"": 1}, {"a..b": 1}, {".a": 1}, {"a.": 1}, {"$a": 1}, {"a.$b": 1}, {"a\0b": 1},
                {"a": 0}, {"a": "wildcard"}, {"a": "geoHaystack"}, {"a": "columnstore"}, {"a": "btree"}, {"a": ""},
                {"a": True}, {"a": None}, {"a": []}, {"a": {}}, {"a": "text", "b": "2d"},
                {"a": "hashed", "b": "hashed"}, {"a": 1, "g": "2d"}, {"g": "2d", "h": "2d"},
                {"$**": 1, "b.$**": 1}, {"$**": 1, "a": 1}, {"p": 1, "p.$**": 1}, {"p.a": 1, "p.$**": 1},
                {"$**": 1, "a": "hashed"}, {"t": "text", "b": 1, "u": "text"},
                {"_fts": 1}, {"_id": -1}, {"k" * 2100: 1}]

REFUSED_OPTIONS = [
    ({"a": 1, "b": 1}, {"expire_after_seconds": 1}), ({"a": 1}, {"expire_after_seconds": -1}),
    ({"a": 1}, {"expire_after_seconds": 2147483648}), ({"a": 1}, {"expire_after_seconds": 1.5}),
    ({"a": 1}, {"expire_after_seconds": "1"}), ({"_id": 1}, {"expire_after_seconds": 1}),
    ({"_id": 1}, {"is_unique": True}), ({"$**": 1}, {"expire_after_seconds": 1}), ({"$**": 1}, {"is_unique": True}),
    ({"$**": 1}, {"is_sparse": True}), ({"a": "hashed"}, {"is_unique": True}),
    ({"a": 1}, {"is_sparse": True, "partial_filter_expression": {"a": 1}}),
    *[({"a": 1}, {"partial_filter_expression": bad}) for bad in (
        {"a": {"$ne": 1}}, {"a": {"$exists": False}}, {"a": {"$regex": "x"}}, {"a": {"$not": {"$gt": 1}}},
        {"a": {"$nin": [1]}}, {"$nor": [{"a": 1}]}, {"a": {"$size": 1}}, {"$expr": True}, {"$where": "1"},
        {"a": {"$nonsense": 1}}, "text", [])],
    *[({"a": 1}, {"collation": bad}) for bad in (
        {}, {"strength": 1}, {"locale": "nonsense"}, {"locale": ""}, {"locale": 1}, {"locale": "en", "strength": 0},
        {"locale": "en", "strength": 6}, {"locale": "en", "strength": "1"}, {"locale": "en", "case_first": "x"},
        {"locale": "en", "alternate": "x"}, {"locale": "en", "max_variable": "x"}, {"locale": "en", "case_level": 1},
        "en")],
    ({"t": "text"}, {"collation": {"locale": "en"}}), ({"g": "2d"}, {"collation": {"locale": "en"}}),
    ({"a": 1}, {"weights": {"a": 1}}), ({"t": "text"}, {"weights": {"t": 0}}),
    ({"t": "text"}, {"weights": {"t": 100000}}), ({"t": "text"}, {"weights": {"t": "x"}}),
    ({"t": "text"}, {"weights": []}), ({"t": "text"}, {"default_language": "klingon"}),
    ({"t": "text"}, {"language_override": ""}), ({"t": "text"}, {"language_override": "a.b"}),
    ({"t": "text"}, {"language_override": "$a"}), ({"t": "text"}, {"text_index_version": 9}),
    ({"g": "2dsphere"}, {"sphere_index_version": 9}), ({"g": "2d"}, {"bits": 0}), ({"g": "2d"}, {"bits": 33}),
    ({"g": "2d"}, {"min": "x"}), ({"a": 1}, {"wildcard_projection": {"a": 1}}),
    ({"p.$**": 1}, {"wildcard_projection": {"a": 1}}), ({"$**": 1}, {"wildcard_projection": {}}),
    ({"$**": 1}, {"wildcard_projection": {"a": 1, "b": 0}}), ({"$**": 1}, {"wildcard_projection": "a"}),
    ({"$**": "text"}, {"wildcard_projection": {"a": 1}}), ({"x": 1, "$**": 1}, {"wildcard_projection": {"x": 1}}),
    ({"a": 1}, {"storage_engine": {}}), ({"a": 1}, {"storage_engine": "x"}), ({"a": 1}, {"is_unique": "true"}),
    ({"a": 1}, {"is_sparse": 1}), ({"a": 1}, {"is_hidden": 1}), ({"_id": 1}, {"is_hidden": True}),
]


@pytest.fixture(scope="module")
def shared(api, shared_sandbox):
    """One database for refusals, which store nothing."""
    return Scene(api, shared_sandbox)


@pytest.mark.parametrize("keys,name", KEYS, ids=[name for _, name in KEYS])
def test_key_types_and_default_names(scene, keys, name):
    found = scene.get(scene.define("c", keys))
    assert found["name"] == name and found["keys"] == key_list(keys) and found["collection"] == "c"
    assert found["database_id"] == scene.id and found["is_text"] == ("text" in keys.values())


@pytest.mark.parametrize("keys,options", OPTIONS, ids=[str(options) for _, options in OPTIONS])
def test_options_are_kept(scene, keys, options):
    kept = scene.get(scene.define("c", keys, **options))["options"]
    for name, value in options.items():
        if value is False or value is None or value == {"locale": "simple"}:
            assert not kept.get(name) or kept[name] == value
        elif isinstance(value, dict) and name == "collation":
            assert value.items() <= kept[name].items()
        elif isinstance(value, dict) and name == "weights":
            assert value.items() <= kept[name].items()
        elif name == "partial_filter_expression":
            assert list(kept[name]) == list(value)
        else:
            assert kept[name] == value, name


@pytest.mark.parametrize("keys", REFUSED_KEYS, ids=lambda keys: str(keys)[:40].replace("\0", "NUL"))
def test_keys_that_mongodb_refuses(shared, keys):
    error = shared.try_define("c", keys).expect_error(400).error
    assert any(name.startswith(("keys", "name", "options")) for name in error), error


@pytest.mark.parametrize("keys", ["a_1", {"a": 1}, [1], [{}], [{"field": "a"}], [{"value": 1}],
                                  [{"field": 1, "value": 1}],
                                  [{"field": "a", "value": 1}, {"field": "a", "value": -1}]], ids=str)
def test_keys_of_a_wrong_form(shared, keys):
    body = {**shared.definition("c", {}), "keys": keys}
    shared.api.post("/indexes/", body).expect_bad_field("keys")


@pytest.mark.parametrize("keys,options", REFUSED_OPTIONS, ids=[f"{k} {o}"[:60] for k, o in REFUSED_OPTIONS])
def test_options_that_mongodb_refuses(shared, keys, options):
    error = shared.try_define("c", keys, **options).expect_error(400).error
    assert any(name.startswith(("options", "keys")) or name.split(".")[0] in options for name in error), error


def test_options_are_required_and_may_be_empty(shared):
    body = shared.definition("optional", {"a": 1})
    del body["options"]
    shared.api.post("/indexes/", body).expect_bad_field("options")
    shared.api.post("/indexes/", {**body, "options": None}).expect_bad_field("options")
    shared.api.post("/indexes/", {**body, "options": {}}).expect(201)


def test_every_missing_field_is_named(shared):
    shared.api.post("/indexes/", {}).expect_bad_field("database_id", "collection", "keys", "options")


def test_absent_name_is_the_default_name(shared):
    body = shared.definition("unnamed", {"a": 1})
    del body["name"]
    assert shared.get(shared.api.post("/indexes/", body).expect(201).data["id"])["name"] == "a_1"


@pytest.mark.parametrize("name", ["_id_", "*", "a\0b", "x" * 1025, "ä" * 513], ids=lambda name: repr(name[:12]))
def test_bad_names(shared, name):
    shared.try_define("c", {"a": 1}, name).expect_bad_field("name")


@pytest.mark.parametrize("name", ["x" * 1024, "ä" * 512, "with space", "a.b", "$x", "quo\"te'", "**", "🧮", " "],
                         ids=lambda name: name[:12])
def test_good_names(scene, name):
    assert scene.get(scene.define("c", {"a": 1}, name))["name"] == name


def test_default_name_that_would_be_too_long(shared):
    shared.try_define("c", {"f" * 1023: 1}).expect(400)
    shared.try_define("long", {"f" * 1023: 1}, "short").expect(201)


@pytest.mark.parametrize("collection", ["", "a$b", "system.profile", "a\0b"], ids=repr)
def test_bad_collection_names(shared, collection):
    shared.try_define(collection, {"a": 1}).expect_bad_field("collection")


def test_same_name_is_a_conflict(scene):
    scene.define("c", {"a": 1}, "n")
    scene.try_define("c", {"b": 1}, "n").expect_error(409, "Resource conflict")
    scene.define("d", {"b": 1}, "n")


def test_second_text_index_of_a_collection(scene):
    scene.define("c", {"t": "text"})
    scene.try_define("c", {"u": "text"}).expect(409)
    # MongoDB refuses it as a second text index (bad input), and it conflicts with what is there.
    scene.try_define("c", {"p": 1, "u": "text"}).expect(400, 409)


def test_sixty_fourth_index(scene):
    for number in range(63):
        scene.define("c", {f"f{number}": 1})
    scene.try_define("c", {"more": 1}).expect(400, 409)
    assert len(scene.defined("c")) == 63


def change(scene, index_id, keys, name="", **options):
    return scene.api.put(f"/indexes/{index_id}", {"name": name, "keys": key_list(keys), "options": options})


def test_update(scene):
    index_id = scene.define("c", {"a": 1}, "n")
    before = scene.get(index_id)
    assert change(scene, index_id, {"a": 1, "b": -1}, "m", is_unique=True).expect(200).data["success"] is True
    after = scene.get(index_id)
    assert after["name"] == "m" and after["keys"] == key_list({"a": 1, "b": -1}) and after["options"]["is_unique"]
    assert after["created_at"] == before["created_at"] and after["updated_at"] >= before["updated_at"]
    assert after["key_signature"] != before["key_signature"] and after["collection"] == "c"
    change(scene, index_id, {"a": 1}).expect(200)
    assert scene.get(index_id)["name"] == "a_1"


def test_update_leaves_what_it_does_not_name(scene):
    index_id = scene.define("c", {"a": 1}, is_unique=True, expire_after_seconds=60)
    path = f"/indexes/{index_id}"
    scene.api.put(path, {"keys": key_list({"b": 1})}).expect(200)
    assert scene.get(index_id)["name"] == "b_1" and scene.get(index_id)["options"]["is_unique"] is True
    scene.api.put(path, {"options": {"is_unique": True}}).expect(200)
    assert scene.get(index_id)["options"]["expire_after_seconds"] is None  # a member is replaced whole
    scene.api.put(path, {"name": "mine"}).expect(200)
    scene.api.put(path, {"keys": key_list({"c": 1})}).expect(200)
    assert scene.get(index_id)["name"] == "mine"
    scene.api.put(path, {"options": None, "name": None}).expect(200)
    assert scene.get(index_id)["name"] == "c_1" and scene.get(index_id)["options"]["is_unique"] is False
    scene.api.put(path, {"keys": None}).expect_bad_field("keys")


def test_update_to_itself_is_no_conflict(scene):
    index_id = scene.define("c", {"a": 1}, "n")
    change(scene, index_id, {"a": 1}, "n").expect(200)


def test_update_refusals(scene):
    scene.define("c", {"a": 1}, "first")
    second = scene.define("c", {"b": 1}, "second")
    change(scene, second, {"b": 1}, "first").expect_error(409, "Resource conflict")
    change(scene, second, {"a": 1}, "second").expect_error(409, "Resource conflict")
    change(scene, second, {"a": 0}, "second").expect_bad_field("keys")
    change(scene, second, {"a": 1, "b": 1}, "second", expire_after_seconds=1).expect(400)
    change(scene, MISSING_ID, {"a": 1}).expect_error(404, "Resource not found")
    assert scene.get(second)["keys"] == key_list({"b": 1})


def test_delete(scene):
    index_id = scene.define("c", {"a": 1})
    assert scene.api.delete(f"/indexes/{index_id}").expect(200).data["success"] is True
    scene.api.get(f"/indexes/{index_id}").expect_error(404, "Resource not found")
    scene.define("c", {"a": 1})


def test_list_by_collection(scene):
    for number in range(5):
        scene.define("c", {f"part{number}": 1})
    scene.define("c", {"other": 1})
    scene.define("d", {"part9": 1})
    body = {"database_id": scene.id, "collection": "c"}
    everything = scene.api.post("/indexes/list-by-collection", body).expect(200)
    assert everything.extra == {"limit": 50, "page": 1, "total": 6} and len(everything.data) == 6
    page = scene.api.post("/indexes/list-by-collection", {**body, "query": "part", "page": 2, "limit": 2}).expect(200)
    assert [item["name"] for item in page.data] == ["part2_1", "part1_1"]
    assert page.extra == {"limit": 2, "page": 2, "total": 5}
    one = scene.get(everything.data[0]["id"])
    assert one == everything.data[0]
    scene.api.post("/indexes/list-by-collection", {"database_id": scene.id}).expect_bad_field("collection")
