"""Duplicates before a unique build: MongoDB itself says whether the search was right, by what it builds."""
import pymongo.errors
import pytest

# Documents of a collection, and the keys of the unique index that is wanted there.
CASES = {
    "an empty array beside null": ([{"a": []}, {"a": None}], ["a"]),
    "an empty array beside nothing": ([{"a": []}, {"b": 1}], ["a"]),
    "two empty arrays": ([{"a": []}, {"a": []}], ["a"]),
    "an array of null beside nothing": ([{"a": [None]}, {"b": 1}], ["a"]),
    "null beside nothing": ([{"a": None}, {"b": 1}], ["a"]),
    "an empty array beside nothing, of two keys": ([{"a": [], "b": 1}, {"b": 1}], ["a", "b"]),
    "an empty array beside null, of two keys": ([{"a": [], "b": 1}, {"a": None, "b": 1}], ["a", "b"]),
    "nothing twice, of two keys": ([{"c": 1}, {"a": None}], ["a", "b"]),
    "an array in an array": ([{"a": [[]]}, {"a": []}], ["a"]),
}


@pytest.mark.parametrize("documents, fields", CASES.values(), ids=CASES)
def test_are_found_where_mongodb_finds_them(scene, documents, fields):
    scene.db.c.insert_many(documents)
    scene.define("c", dict.fromkeys(fields, 1), "wanted", is_unique=True)
    operation, = scene.plan()["operations"]
    try:
        scene.db.c.create_index([(field, 1) for field in fields], unique=True)
        built = True
    except pymongo.errors.DuplicateKeyError:
        built = False
    assert operation["duplicates"]["status"] == ("none" if built else "found")
