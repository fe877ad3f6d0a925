"""Indexes as only MongoDB itself makes and keeps them: imported, compared, left alone."""
import math

import pytest


def imported(scene):
    return scene.api.post("/indexes/sync-from-database", {"database_id": scene.id}).expect(200).data


def notes(scene):
    return {(note["index"], note["code"]) for note in scene.compare(["c"])[0]["notes"]}


def test_several_unique_indexes_on_one_key(scene):
    for name, options in {"plain": {}, "sparse": {"sparse": True},
                          "partial": {"partialFilterExpression": {"b": {"$gt": 5}}},
                          "german": {"collation": {"locale": "de"}}}.items():
        scene.db.c.create_index("a", name=name, unique=True, **options)
    assert imported(scene)["imported_count"] == 4
    assert scene.no_drift() and scene.plan()["operations"] == []
    for name in ("plain", "sparse", "partial", "german"):
        scene.db.c.drop_index(name)
    assert scene.sync()["status"] == "completed" and len(scene.names("c")) == 4 and scene.no_drift()


def test_a_filter_of_all_values(scene):
    every = {"x": {"$all": [1, None, {"a": 1}]}}
    scene.db.c.create_index("a", partialFilterExpression=every)
    scene.define("c", {"b": 1}, partial_filter_expression=every)
    assert imported(scene)["imported_count"] == 1 and scene.sync()["status"] == "completed"
    assert scene.names("c") == {"a_1", "b_1"} and scene.no_drift()


def test_long_names_and_a_dot_at_the_end(scene):
    name = "n" * 1024
    scene.define("c.", {"a": 1}, name)
    assert scene.sync()["status"] == "completed" and scene.no_drift()
    listed = scene.db.command("listIndexes", "c.")["cursor"]["firstBatch"]  # pymongo's own collections take no such name
    assert {index["name"] for index in listed} == {"_id_", name}


@pytest.fixture
def odd_lifetimes(scene, mongod):
    if not mongod.version.startswith("5.0"):
        pytest.skip("newer servers take no such lifetime")
    scene.db.command({"createIndexes": "c", "indexes": [
        {"key": {"a": 1}, "name": "nan", "expireAfterSeconds": math.nan},
        {"key": {"b": 1}, "name": "negative", "expireAfterSeconds": 5},
        {"key": {"w": "text"}, "name": "words", "expireAfterSeconds": 5},
        {"key": {"g": 1}, "name": "good", "expireAfterSeconds": 5}]})
    scene.db.command({"collMod": "c", "index": {"name": "negative", "expireAfterSeconds": -60}})
    return scene


def test_lifetimes_that_are_none(odd_lifetimes):
    scene = odd_lifetimes
    found = {each for each in notes(scene) if each[1].startswith("ttl_")}
    assert found == {("nan", "ttl_deletes_at_once"), ("negative", "ttl_deletes_at_once"), ("words", "ttl_ignored")}
    skipped, = imported(scene)["skipped"]
    assert skipped["name"] == "negative" and "expireAfterSeconds" in skipped["reason"]
    assert scene.sync()["status"] == "completed"
    assert scene.names("c") == {"nan", "negative", "words", "good"}, "what could not be built again stays"
    assert scene.sync(drop_unmanageable=True)["status"] == "completed" and "negative" not in scene.names("c")
