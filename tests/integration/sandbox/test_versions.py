"""What a version answers otherwise than the ones after it, as it was seen on MongoDB 5.0.0 where no vector says so."""
import pymongo.errors
import pytest
from bson.int64 import Int64


@pytest.fixture
def at(sandbox_of_version):
    """version -> the empty database t of a sandbox of that version"""
    def get(version):
        client = sandbox_of_version(version)
        client.admin.command("sandboxReset", 1)
        return client.t

    return get


def code(database, *command, **arguments):
    """0 when it is taken."""
    try:
        database.command(*command, **arguments)
    except pymongo.errors.OperationFailure as refused:
        return refused.code
    return 0


def test_clustered_collections_come_with_5_3(at):
    clustered = {"key": {"_id": 1}, "unique": True}
    assert [code(at("5.0"), "create", "c", clusteredIndex=each) for each in (clustered, True, 0)] == [40415, 14, 14]
    assert code(at("5.3"), "create", "c", clusteredIndex=clustered) == 0


def test_fields_of_coll_mod_come_with_6_0(at):
    for version, expected in (("5.0", 40415), ("6.0", 0)):
        database = at(version)
        database.create_collection("c")
        assert code(database, "collMod", "c", changeStreamPreAndPostImages={"enabled": True}) == expected
        assert code(database, "collMod", "c", dryRun=False) == expected


def test_a_collection_that_is_no_text_is_a_bad_value_in_5_0(at):
    assert (code(at("5.0"), "listIndexes", 5), code(at("6.0"), "listIndexes", 5)) == (2, 73)


def test_5_0_refuses_a_lifetime_beyond_the_present(at):
    beyond = [{"key": {"a": 1}, "name": "a_1", "expireAfterSeconds": 2147483647}]
    assert (code(at("5.0"), "createIndexes", "c", indexes=beyond), code(at("5.1"), "createIndexes", "c", indexes=beyond)) == (67, 0)


def test_coll_mod_tells_a_lifetime_in_another_type(at):
    for version, kind in (("5.0", int), ("6.0", Int64)):
        database = at(version)
        database.command("createIndexes", "c", indexes=[{"key": {"a": 1}, "name": "a_1", "expireAfterSeconds": 60}])
        reply = database.command("collMod", "c", index={"name": "a_1", "expireAfterSeconds": 90})
        assert {type(reply["expireAfterSeconds_old"]), type(reply["expireAfterSeconds_new"])} == {kind}


def test_a_capped_collection_has_a_size_in_steps(at):
    database = at("8.2")
    database.command("create", "c", capped=True, size=5000.5)
    assert next(iter(database.list_collections()))["options"]["size"] == 5120
    sizes = {0: 51024, 1: 0, 1 << 50: 0, (1 << 50) + 1: 51024, (1 << 63) - 1: 51024, 1e30: 51024}
    assert [code(database, "create", f"c{size}", capped=True, size=size) for size in sizes] == list(sizes.values())


def test_projections_are_listed_in_normal_form_until_7_0(at):
    sent = {"b.x": 1, "a": 1}
    for version, listed in (("5.0", {"_id": False, "a": True, "b": {"x": True}}), ("7.0", sent)):
        database = at(version)
        database.command("createIndexes", "c", indexes=[{"key": {"$**": 1}, "name": "w", "wildcardProjection": sent}])
        assert database.c.index_information()["w"]["wildcardProjection"] == listed
