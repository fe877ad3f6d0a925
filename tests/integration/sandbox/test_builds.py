"""Index builds that take time: how they show, how they end."""

import threading

import pymongo
import pymongo.errors
import pytest
from bson.son import SON

LONG = 600_000  # milliseconds: such a build never ends by itself in a test


class Building:
    """createIndexes in a thread of its own; `outcome` is the reply or the error."""

    def __init__(self, client, *names, collection="c", **options):
        self.outcome = None
        indexes = [{"key": {name: 1}, "name": f"{name}_1"} for name in names]
        command = SON([("createIndexes", collection), ("indexes", indexes), *options.items()])
        self.thread = threading.Thread(target=self.run, args=(client, command), daemon=True)
        self.thread.start()

    def run(self, client, command):
        try:
            self.outcome = client.t.command(command)
        except pymongo.errors.PyMongoError as error:
            self.outcome = error

    def join(self):
        self.thread.join(timeout=30)
        assert not self.thread.is_alive()
        return self.outcome


def until(question):
    for _ in range(100_000):
        answer = question()
        if answer:
            return answer
    raise AssertionError("it never came true")


def progress(client):
    return list(client.admin.aggregate([
        {"$currentOp": {"allUsers": True, "idleConnections": True}}, {"$match": {"msg": {"$regex": "^Index Build"}, "ns": "t.c"}}]))


def building(client, millis):
    client.admin.command("sandboxBuild", {"millis": millis})


def test_a_build_takes_its_time_and_then_is_ready(client):
    building(client, 50)
    reply = Building(client, "a").join()
    assert reply["numIndexesBefore"] == 1 and reply["numIndexesAfter"] == 2
    assert client.t.command(SON([("listIndexes", "c"), ("includeBuildUUIDs", True)]))["cursor"]["firstBatch"][1]["name"] == "a_1"


def test_a_running_build_shows_everywhere(client):
    client.t.c.insert_many([{"n": each} for each in range(50)])
    building(client, LONG)
    build = Building(client, "a")
    operation = until(lambda: progress(client))[0]
    assert operation["msg"].startswith("Index Build: scanning collection")
    assert operation["progress"]["total"] == 50 and 0 <= operation["progress"]["done"] <= 50
    assert operation["command"]["createIndexes"] == "c" and operation["command"]["indexes"][0]["name"] == "a_1"
    of_builds = ("command.createIndexes", {"$exists": True})
    active = client.admin.command(SON([("currentOp", 1), of_builds]))["inprog"]
    assert ["msg" in each for each in active] == [False], "the thread that builds counts as idle while it scans"
    assert len(client.admin.command(SON([("currentOp", 1), ("$all", True), of_builds]))["inprog"]) == 2
    listed = client.t.command("listIndexes", "c")["cursor"]["firstBatch"]
    assert [each["name"] for each in listed] == ["_id_", "a_1"], "indistinguishable unless asked"
    statistics = {each["name"]: each for each in client.t.c.aggregate([{"$indexStats": {}}])}
    assert statistics["a_1"]["building"] is True and "building" not in statistics["_id_"]
    assert client.t.command("collStats", "c")["indexBuilds"] == ["a_1"]
    client.t.command("dropIndexes", "c", index="a_1")
    assert build.join().code == 276
    assert list(client.t.c.index_information()) == ["_id_"]


def listed(client, asked):
    return client.t.command(SON([("listIndexes", "c"), (asked, True)]))["cursor"]["firstBatch"]


def test_a_standalone_lists_an_unfinished_index_like_a_ready_one(client):
    building(client, LONG)
    Building(client, "a")
    until(lambda: progress(client))
    assert [each["name"] for each in listed(client, "includeBuildUUIDs")] == ["_id_", "a_1"]
    assert [list(each) for each in listed(client, "includeIndexBuildInfo")] == [["spec"], ["spec"]]


def test_a_replica_set_marks_an_unfinished_index(set_client):
    building(set_client, LONG)
    Building(set_client, "a")
    until(lambda: progress(set_client))
    ready, unfinished = listed(set_client, "includeBuildUUIDs")
    assert ready["name"] == "_id_" and unfinished["spec"]["name"] == "a_1" and "buildUUID" in unfinished
    ready, unfinished = listed(set_client, "includeIndexBuildInfo")
    assert "indexBuildInfo" not in ready and "buildUUID" in unfinished["indexBuildInfo"]


@pytest.mark.parametrize("quorum", ["majority", "votingMembers", 0, 1])
def test_a_replica_set_tells_the_quorum_of_what_it_built(set_client, quorum):
    for commit_quorum in ({"commitQuorum": quorum}, {}):
        reply = Building(set_client, "a", **commit_quorum).join()
        assert reply.get("commitQuorum") == commit_quorum.get("commitQuorum"), "nothing was built by the second command"
    assert Building(set_client, "b").join()["commitQuorum"] == "votingMembers"


@pytest.mark.parametrize("quorum, code", [(2, 278), (51, 9), (-1, 9), ("", 9), ("nope", 79), (True, 14), ([], 14)])
def test_a_replica_set_refuses_a_quorum_it_cannot_have(set_client, quorum, code):
    assert Building(set_client, "a", commitQuorum=quorum).join().code == code


@pytest.mark.parametrize("quorum, code", [("majority", 2), (1, 2), (-1, 9), (True, 14)])
def test_a_standalone_refuses_any_quorum(client, quorum, code):
    assert Building(client, "a", commitQuorum=quorum).join().code == code
    assert "commitQuorum" not in Building(client, "a", commitQuorum=None).join()


@pytest.mark.parametrize("options, code", [({"allUsers": 1}, 14), ({"idleConnections": 1}, 9), ({"other": True}, 9), ([], 14)])
def test_current_op_refuses_what_it_does_not_know(client, options, code):
    with pytest.raises(pymongo.errors.OperationFailure) as refused:
        client.admin.aggregate([{"$currentOp": options}])
    assert refused.value.code == code


@pytest.mark.parametrize("shown_as", ["command", "worker"])
def test_killing_the_operation_ends_the_build(client, shown_as):
    building(client, LONG)
    build = Building(client, "a")
    until(lambda: progress(client))
    operations = client.admin.command(SON([("currentOp", 1), ("$all", True), ("command.createIndexes", "c")]))["inprog"]
    chosen = [each for each in operations if ("msg" in each) == (shown_as == "worker")]
    client.admin.command(SON([("killOp", 1), ("op", chosen[0]["opid"])]))
    assert build.join().code == 11601


def test_a_time_limit_ends_the_build(client):
    building(client, LONG)
    assert Building(client, "a", maxTimeMS=30).join().code == 50
    assert list(client.t.c.index_information()) == ["_id_"]


def test_the_same_command_again_waits_for_the_build(client):
    building(client, 100)
    first, second = Building(client, "a"), Building(client, "a")
    replies = sorted((each.join() for each in (first, second)), key=lambda reply: "note" in reply)
    assert "note" not in replies[0] and replies[1]["note"] == "all indexes already exist"


def test_what_a_running_build_forbids(client):
    client.t.command("createIndexes", "c", indexes=[{"key": {"ready": 1}, "name": "ready_1"}])
    building(client, LONG)
    build = Building(client, "a", "b")
    until(lambda: progress(client))
    for name in ("a_1", "ready_1"):
        with pytest.raises(pymongo.errors.OperationFailure) as refused:
            client.t.command("dropIndexes", "c", index=name)
        assert refused.value.code == 12587
    client.t.command("dropIndexes", "c", index="*")
    assert build.join().code == 276
    assert list(client.t.c.index_information()) == ["_id_"]


def test_dropping_the_collection_ends_the_build(client):
    building(client, LONG)
    build = Building(client, "a")
    until(lambda: progress(client))
    client.t.drop_collection("c")
    assert build.join().code == 276


def test_duplicates_that_come_while_building_fail_the_build(client):
    client.admin.command("sandboxBuild", {"millis": LONG, "ns": "t.other"})
    client.t.c.insert_many([{"_id": 1, "a": 1}, {"_id": 2, "a": 1}])
    with pytest.raises(pymongo.errors.OperationFailure) as refused:
        client.t.command("createIndexes", "c", indexes=[{"key": {"a": 1}, "name": "a_1", "unique": True}])
    assert refused.value.code == 11000 and refused.value.details["keyValue"] == {"a": 1}
    assert list(client.t.c.index_information()) == ["_id_"]
