"""Duplicates before a unique build: told by the plan, and stopped by the sync, over a real connection."""
import datetime

import bson
import pytest

from client import Api
from scene import Scene, fail_point, hold, unique

SECRET = "very-private-value@example.org"


@pytest.fixture
def doubled(scene):
    scene.db.c.insert_many([{"mail": SECRET}, {"mail": SECRET}, {"mail": "other"}, {"n": 1}])
    scene.define("c", {"mail": 1}, is_unique=True)
    return scene


def report(scene, index="mail_1", **options):
    found, = [each for each in scene.plan(**options)["operations"] if each["index"] == index]
    return found["duplicates"]


def test_the_plan_shows_samples(doubled):
    assert report(doubled) == {"status": "found", "reason": None, "has_more": False,
                               "groups": [{"values": {"mail": SECRET}, "count": 2}]}
    assert doubled.names("c") == set()


def set_up(api, scene, **changes):
    stored = api.get(f"/databases/{scene.id}").expect(200).data
    names = ("name", "description", "uri", "db_name", "show_duplicates")
    api.put(f"/databases/{scene.id}", {**{name: stored[name] for name in names}, **changes}).expect(200)
    return api.get(f"/databases/{scene.id}").data["show_duplicates"]


def test_the_database_says_whether_values_are_shown(start_server, shared_sandbox):
    api = Api(start_server().address).sign_up(unique("admin"))
    scene = Scene(api, shared_sandbox)
    scene.db.c.insert_many([{"mail": SECRET}, {"mail": SECRET}])
    scene.define("c", {"mail": 1}, is_unique=True)
    shown, hidden = ([{"values": values, "count": 2}] for values in ({"mail": SECRET}, None))
    assert set_up(api, scene) is True and report(scene)["groups"] == shown
    assert set_up(api, scene, show_duplicates=False) is False and report(scene)["groups"] == hidden
    api.put(f"/databases/{scene.id}", {"show_duplicates": None}).expect_bad_field("show_duplicates")
    api.put(f"/databases/{scene.id}", {"description": "as it is"}).expect(200)
    assert report(scene)["groups"] == hidden
    assert set_up(api, scene, show_duplicates=True) is True and report(scene)["groups"] == shown
    assert set_up(api, scene, protected=True) is False and report(scene)["groups"] == hidden
    assert set_up(api, scene, show_duplicates=True) is False, "not while it is protected"
    assert set_up(api, scene, protected=False, show_duplicates=True) is True


def test_only_of_unique_builds(doubled):
    doubled.define("c", {"n": 1})
    doubled.define("c", {"other": 1, "mail": 1}, is_unique=True, is_sparse=True)
    assert report(doubled, "n_1") is None
    assert report(doubled, "other_1_mail_1")["status"] == "found"
    doubled.db.c.delete_many({})
    assert report(doubled) == {"status": "none", "reason": None, "groups": [], "has_more": False}


def test_values_are_extended_json(scene):
    values = {"i": bson.Int64(5), "o": bson.ObjectId("0123456789abcdef01234567"),
              "d": datetime.datetime(2020, 1, 1), "x": {"deep": [1, "two"]}}
    scene.db.c.insert_many([{"k": values}, {"k": values}])
    scene.define("c", {"k": 1}, is_unique=True)
    group, = report(scene, "k_1")["groups"]
    assert group == {"count": 2, "values": {"k": {
        "i": {"$numberLong": "5"}, "o": {"$oid": "0123456789abcdef01234567"},
        "d": {"$date": "2020-01-01T00:00:00Z"}, "x": {"deep": [1, "two"]}}}}


def test_many_groups_are_a_few_samples(scene):
    scene.db.c.insert_many([{"k": number // 2} for number in range(40)])
    scene.define("c", {"k": 1}, is_unique=True)
    found = report(scene, "k_1")
    assert len(found["groups"]) == 5 and found["has_more"] is True


@pytest.mark.parametrize("keys", [{"t": "text"}, {"p": "2dsphere"}, {"user.$id": 1}], ids=str)
def test_what_only_mongodb_knows_is_not_checked(scene, keys):
    scene.db.c.insert_many([{"t": "x"}, {"t": "x"}])
    scene.define("c", keys, "i", is_unique=True)
    found = report(scene, "i")
    assert found["status"] == "not_checked" and found["reason"] and found["groups"] == []


def test_arrays_on_the_way(scene):
    scene.db.c.insert_many([{"a": [{"b": 1}]}, {"a": {"b": 2}}])
    scene.define("c", {"a.b": 1}, is_unique=True)
    assert report(scene, "a.b_1")["status"] == "not_checked" and "array" in report(scene, "a.b_1")["reason"]
    scene.db.c.insert_one({"a": {"b": 2}})
    assert report(scene, "a.b_1")["groups"] == [{"values": {"a.b": 2}, "count": 2}]


@pytest.mark.parametrize("code", [13, 50, 40324])
def test_a_server_that_refuses_fails_no_plan(own_scene, code):
    own_scene.db.c.insert_many([{"k": 1}, {"k": 1}])
    own_scene.define("c", {"k": 1}, is_unique=True)
    before = report(own_scene, "k_1")["status"]
    with fail_point(own_scene.sandbox, ["aggregate"], errorCode=code, namespace=f"{own_scene.db_name}.c"):
        found = report(own_scene, "k_1")
    assert before == "found" and found["status"] == "not_checked" and "aggregate" in found["reason"]


def test_a_slow_server_is_not_waited_for(start_server, own_sandbox):
    server = start_server(MIM_TARGET_DEADLINE_SECONDS=2)
    scene = Scene(Api(server.address).sign_up(unique("user")), own_sandbox)
    scene.define("c", {"k": 1}, is_unique=True)
    with hold(own_sandbox, ["aggregate"], 20_000):
        found = report(scene, "k_1")
    assert found["status"] == "not_checked" and found["reason"]


def test_the_sync_begins_no_such_build(doubled):
    doubled.define("c", {"n": 1})
    ended = doubled.sync()
    assert ended["status"] == "failed" and SECRET not in ended["error"]
    records = {record["index"]: record for record in ended["records"]}
    assert records["n_1"]["status"] == "completed" and records["n_1"]["error"] is None
    error = records["mail_1"]["error"]
    assert (error["code"], error["name"]) == (11000, "DuplicateKey") and SECRET not in error["message"]
    assert set(error) == {"code", "name", "message"} and SECRET not in str(ended["records"])
    assert doubled.names("c") == {"n_1"}
    doubled.db.c.delete_one({"mail": SECRET})
    assert doubled.sync()["status"] == "completed"
    assert doubled.names("c") == {"n_1", "mail_1"}


def test_nothing_is_dropped_for_a_build_that_cannot_be(scene):
    scene.db.c.insert_many([{"k": 1}, {"k": 1}])
    scene.db.c.create_index("old", name="mine")
    scene.define("c", {"k": 1}, "mine", is_unique=True)
    before = scene.live("c")
    ended = scene.sync()
    assert [(record["action"], record["status"]) for record in ended["records"]] == [
        ("drop", "skipped"), ("create", "failed")]
    assert ended["records"][1]["error"]["code"] == 11000 and scene.live("c") == before


def test_the_conversion_to_unique_is_stopped_before_it_begins(scene):
    scene.db.c.insert_many([{"k": 1}, {"k": 1}])
    scene.db.c.create_index("k")
    scene.define("c", {"k": 1}, is_unique=True)
    before = scene.live("c")
    assert report(scene, "k_1")["status"] == "found"
    record, = scene.sync()["records"]
    assert record["action"] == "modify" and record["error"]["code"] == 11000
    assert scene.live("c") == before, "not even prepareUnique"


def test_no_value_in_any_log(doubled, shared_server):
    doubled.plan()
    doubled.sync()
    with fail_point(doubled.sandbox, ["aggregate"], errorCode=13, namespace=f"{doubled.db_name}.c"):
        ended = doubled.sync()
    assert ended["status"] == "failed", "the server itself refuses then"
    assert ended["records"][0]["error"]["code"] == 11000 and SECRET not in ended["error"]
    assert SECRET not in str(ended["records"]) and "mail_1" in ended["records"][0]["error"]["message"]
    for path in shared_server.data.glob("mim.db*"):
        assert SECRET.encode() not in path.read_bytes(), f"{path.name} keeps a document's value"
    assert SECRET not in shared_server.log()
