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


def feature_version(database):
    return database.client.admin.command("getParameter", 1, featureCompatibilityVersion=1)["featureCompatibilityVersion"]


def set_feature_version(database, *version, **more):
    return code(database.client.admin, "setFeatureCompatibilityVersion", *version, **more)


def test_rules_are_those_of_the_feature_compatibility_version(at):
    database = at("5.0")
    assert feature_version(database) == {"version": "5.0"} and set_feature_version(database, "4.4") == 0
    assert feature_version(database) == {"version": "4.4"}
    database.c.create_index("a", name="plain")
    unique = [{"key": {"a": 1}, "name": "unique", "unique": True}]
    assert code(database, "createIndexes", "c", indexes=unique) == 85
    assert set_feature_version(database, "5.0") == 0 and code(database, "createIndexes", "c", indexes=unique) == 0


def test_feature_compatibility_versions_that_are_none(at):
    database = at("5.0")
    assert [set_feature_version(database, each) for each in ("4.2", "5.1", "x", "")] == [4926900] * 4
    assert set_feature_version(database, 5.0) == 14 and set_feature_version(database, None) == 40414
    assert set_feature_version(database, "5.0", confirm=True) == 40415
    assert code(database, "setFeatureCompatibilityVersion", "5.0") == 13, "on admin alone"
    assert feature_version(database) == {"version": "5.0"}


def test_from_7_0_on_it_takes_a_confirmation(at):
    database = at("7.0")
    assert set_feature_version(database, "6.0") == 7369100 and feature_version(database) == {"version": "7.0"}
    assert set_feature_version(database, "6.0", confirm=True) == 0 and feature_version(database) == {"version": "6.0"}
    database.client.admin.command("sandboxReset", 1)
    assert feature_version(database) == {"version": "7.0"}


def test_a_sandbox_begins_with_the_feature_compatibility_version_it_is_given(start_sandbox):
    sandbox = start_sandbox("--server-version", "6.0", "--feature-version", "5.0")
    with sandbox.client() as client:
        assert feature_version(client.t) == {"version": "5.0"} and client.server_info()["version"] == "6.0.0"
        client.t.c.create_index("a")
        assert code(client.t, "collMod", "c", index={"name": "a_1", "prepareUnique": True}) == 72


@pytest.mark.parametrize("index, codes", [
    ({"key": {"a": 1}, "expireAfterSeconds": -0.5}, [67, 0, 67, 67]),
    ({"key": {"a": "2d", "$**": 1}}, [67, 0, 67, 67]),
    ({"key": {"a": 1}, "originalSpec": {}}, [197, 197, 0, 0]),
    ({"key": {"a": 1}, "columnstoreProjection": {"a": 1}}, [197, 197, 2, 2]),
    ({"key": {"a": 1}, "storageEngine": None}, [67] * 4),
    ({"key": {"a": 1}, "storageEngine": {"inMemory": {}}}, [72] * 4),
    ({"key": {"a": 1}, "storageEngine": {"devnull": {}}}, [0] * 4),
])
def test_what_5_0_alone_answers(at, index, codes):
    answers = [code(at(version), "createIndexes", "c", indexes=[{**index, "name": "x"}]) for version in ("4.4", "5.0", "6.0", "8.0")]
    assert answers == codes


@pytest.mark.parametrize("version, listed, again", [("4.4", 3600.5, 85), ("7.0", 3600, 85), ("8.0", 3600, 0)])
def test_a_fraction_of_a_second_is_cut_since_7_3(at, version, listed, again):
    database = at(version)
    assert code(database, "createIndexes", "c", indexes=[{"key": {"a": 1}, "name": "x", "expireAfterSeconds": 3600.5}]) == 0
    assert database.c.index_information()["x"]["expireAfterSeconds"] == listed
    assert code(database, "createIndexes", "c", indexes=[{"key": {"a": 1}, "name": "x", "expireAfterSeconds": 3600}]) == again


def test_no_number_of_seconds_is_0_to_5_0_alone(at):
    def listed(version):
        database = at(version)
        database.c.create_index("a", name="x", expireAfterSeconds=float("nan"))
        return database.c.index_information()["x"]["expireAfterSeconds"]

    assert (listed("5.0"), listed("6.0")) == (0, 2147483647)


def test_time_series_come_with_5_0(at):
    options = {"timeseries": {"timeField": "t"}}
    assert [code(at(version), "create", "c", **options) for version in ("4.4", "5.0")] == [40415, 0]


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
