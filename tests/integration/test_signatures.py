"""`key_signature`: equal exactly when MongoDB would hold two definitions to be the same index."""
import pytest

EN = {"locale": "en"}


def partial(filter_):
    return {"partial_filter_expression": filter_}


def projection(fields):
    return {"wildcard_projection": fields}


A, TEXT, ALL, SPHERE, PLANE = {"a": 1}, {"t": "text"}, {"$**": 1}, {"g": "2dsphere"}, {"g": "2d"}

SAME = [
    (A, {}, A, {"is_sparse": False, "is_unique": False, "is_hidden": False}), (A, {}, A, {"is_hidden": True}),
    (A, {}, A, {"expire_after_seconds": 60}), (A, {"expire_after_seconds": 1}, A, {"expire_after_seconds": 2}),
    (A, {}, A, {"collation": {"locale": "simple"}}), (A, {"collation": EN}, A, {"collation": {**EN, "strength": 3}}),
    (A, {"collation": EN}, A, {"collation": {**EN, "backwards": False, "case_first": "off"}}),
    (A, partial({"x": 1, "y": 2}), A, partial({"y": 2, "x": 1})),
    (A, partial({"x": 1, "y": 2}), A, partial({"$and": [{"y": 2}, {"x": 1}]})),
    (A, partial({"x": 1}), A, partial({"x": {"$eq": 1}})),
    (A, {}, A, {"storage_engine": {"wiredTiger": {"configString": "block_compressor=zlib"}}}),
    (TEXT, {}, {"u": "text"}, {}), (TEXT, {}, TEXT, {"weights": {"t": 5}}),
    (TEXT, {}, TEXT, {"default_language": "german"}), (TEXT, {}, TEXT, {"text_index_version": 3}),
    ({"t": "text", "u": "text"}, {}, {"u": "text", "t": "text"}, {}),
    (ALL, projection({"a": 1}), ALL, projection({"_id": 0, "a": 1})),
    (ALL, projection({"a": 1, "b": 1}), ALL, projection({"b": 1, "a": 1})),
    (ALL, projection({"a.b": 1, "a.c": 1}), ALL, projection({"a": {"c": 1, "b": 1}})),
    (SPHERE, {}, SPHERE, {"sphere_index_version": 3}), (PLANE, {}, PLANE, {"bits": 20}),
    (PLANE, {}, PLANE, {"min": -10, "max": 10}),
]

DIFFERENT = [
    (A, {}, {"a": -1}, {}), (A, {}, {"b": 1}, {}), ({"a": 1, "b": 1}, {}, {"b": 1, "a": 1}, {}),
    (A, {}, {"a": 1, "b": 1}, {}), (A, {}, {"a": "hashed"}, {}), (SPHERE, {}, PLANE, {}),
    (A, {}, A, {"is_unique": True}), (A, {}, A, {"is_sparse": True}), (A, {}, A, {"collation": EN}),
    (A, {"collation": EN}, A, {"collation": {"locale": "fr"}}),
    (A, {"collation": EN}, A, {"collation": {**EN, "strength": 2}}),
    (A, {}, A, partial({"x": 1})), (A, {}, A, partial({})), (A, partial({"x": 1}), A, partial({"x": 2})),
    (A, partial({"x": 1}), A, partial({"x": {"$gt": 1}})), (A, partial({"x": 1}), A, partial({"x": "1"})),
    (A, partial({"x": {"$gt": 1, "$lt": 5}}), A, partial({"x": {"$gt": 1}})),
    (ALL, {}, ALL, projection({"a": 1})), (ALL, projection({"a": 1}), ALL, projection({"a": 0})),
    (ALL, projection({"a": 1}), ALL, projection({"_id": 1, "a": 1})), (ALL, {}, {"a.$**": 1}, {}),
    (ALL, {}, {"$**": -1}, {}), ({"a.b": 1}, {}, {"a_b": 1}, {}), ({"a_1_b": 1}, {}, {"a": 1, "b": 1}, {}),
]


def ids(cases):
    return [f"{keys}{options} vs {keys2}{options2}"[:90] for keys, options, keys2, options2 in cases]


@pytest.mark.parametrize("keys,options,keys2,options2", SAME, ids=ids(SAME))
def test_the_same_index(scene, keys, options, keys2, options2):
    first = scene.get(scene.define("c", keys, "first", **options))
    elsewhere = scene.get(scene.define("d", keys2, "second", **options2))
    assert first["key_signature"] == elsewhere["key_signature"]
    scene.try_define("c", keys2, "second", **options2).expect_error(409, "Resource conflict")


@pytest.mark.parametrize("keys,options,keys2,options2", DIFFERENT, ids=ids(DIFFERENT))
def test_another_index(scene, keys, options, keys2, options2):
    first = scene.get(scene.define("c", keys, "first", **options))
    second = scene.get(scene.define("c", keys2, "second", **options2))
    assert first["key_signature"] != second["key_signature"]


def test_several_unique_indexes_on_the_same_keys(scene):
    scene.define("c", A, "first", is_unique=True)
    scene.define("c", A, "second", is_unique=True, is_sparse=True)
    scene.define("c", A, "third", is_unique=True, collation={"locale": "de"})
    scene.try_define("c", A, "again", is_unique=True, is_sparse=True).expect_error(409, "Resource conflict")


def test_signature_is_readable(scene):
    signature = scene.get(scene.define("c", {"customer": 1, "at": -1}, is_unique=True))["key_signature"]
    assert signature.index("customer") < signature.index("at") and "unique" in signature.lower()
