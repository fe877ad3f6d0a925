"""The statements of docs/privileges.md, word for word, on a server that asks who somebody is; and what each action is for."""
import os
import subprocess

import pymongo
import pytest

import planted
import mongosh_shell
from builds import builds, filled, held_at
from client import Api
from documents import code_blocks
from processes import ROOT, command
from scene import Scene, unique
from waiting import eventually

PAGE = ROOT / "docs" / "privileges.md"
BASIC = {"listCollections", "listIndexes", "createIndex", "dropIndex", "collMod"}
NOT_AUTHORISED = 41202


def statements(heading):
    return [block for block in code_blocks(PAGE, heading) if block.startswith("use ")]


@pytest.fixture(scope="module")
def say(guarded_mongod, tmp_path_factory):
    """Types statements into MongoDB's shell, where `passwordPrompt()` is answered with a password; returns that."""
    folder = tmp_path_factory.mktemp("mongosh")

    def typed(text):
        if not mongosh_shell.SHELL.exists():
            pytest.skip("mongosh is not installed: run scripts/setup-mongosh")
        password = planted.new_password()
        done = subprocess.run([mongosh_shell.SHELL, "--quiet", guarded_mongod.uri], text=True, timeout=240,
                              env={**os.environ, "HOME": str(folder)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              input=f'globalThis.passwordPrompt = () => "{password}"\n{text}\n')
        assert done.returncode == 0 and "Error" not in done.stdout, done.stdout[-2000:]
        return password

    return typed


class Account:
    """A user of the server, as a scene wants a deployment: mim comes as this user, the test looks as one who may do all."""

    def __init__(self, server, name, password, source):
        self.client = server.client
        self.uri = f"mongodb://{name}:{password}@{server.address}/?authSource={source}"


def accounts(server):
    """Makes a user who has exactly these actions on a database of its own."""
    made = []

    def make(actions, database, more=()):
        name, password = unique("u"), planted.new_password()
        privileges = [{"resource": {"db": database, "collection": ""}, "actions": sorted(actions)}, *more]
        server.client.admin.command("createRole", name, privileges=privileges, roles=[])
        server.client.admin.command("createUser", name, pwd=password, roles=[name])
        made.append(database)
        return Account(server, name, password, "admin")

    yield make
    for database in made:
        server.client.drop_database(database)


@pytest.fixture
def with_actions(guarded_mongod):
    yield from accounts(guarded_mongod)


@pytest.fixture
def with_actions_alone(guarded_standalone):
    """On a standalone, which does not list what it still builds as such."""
    yield from accounts(guarded_standalone)


def drifted(scene):
    """One index to be created, one to be changed in place, one to be dropped."""
    scene.db.c.insert_many([{"new": number} for number in range(3)])
    scene.db.c.create_index("old")
    scene.db.c.create_index("ttl", expireAfterSeconds=90)
    scene.define("c", {"new": 1}, is_unique=True)
    scene.define("c", {"ttl": 1}, expire_after_seconds=60)
    return scene


def test_the_role_for_a_target_is_enough(api, guarded_mongod, say):
    password = say(statements("For a target")[0])
    scene = drifted(Scene(api, Account(guarded_mongod, "mim", password, "shop"), db_name="shop"))
    api.post(f"/databases/{scene.id}/test").expect(200)
    scene.compare(["c"], include_usage=True)
    planned = {operation["index"]: operation["duplicates"] for operation in scene.plan()["operations"]}
    assert planned["new_1"]["status"] == "not_checked", "that takes find"
    sync = scene.sync()
    assert sync["status"] == "completed", sync["records"]
    assert scene.names("c") == {"new_1", "ttl_1"} and scene.no_drift()
    assert scene.compare(["c"])[0]["notes"] == []
    api.post("/databases/collections/", {"database_id": scene.id, "collection": "n"}).expect(412)
    guarded_mongod.client.drop_database("shop")


def test_the_role_with_all_additions_is_enough_for_all(api, guarded_mongod, say):
    say(statements("For a target")[1])
    name, password = unique("u"), planted.new_password()
    guarded_mongod.client.admin.command("createUser", name, pwd=password, roles=["mimEverything"])
    scene = drifted(Scene(api, Account(guarded_mongod, name, password, "admin"), db_name="shop"))
    planned = {operation["index"]: operation["duplicates"] for operation in scene.plan()["operations"]}
    assert planned["new_1"]["status"] == "none"
    assert scene.sync()["status"] == "completed"
    matched = scene.compare(["c"], include_usage=True)[0]["matched_indexes"]
    assert len(matched) == 2 and all(index["usage"] for index in matched), matched
    body = {"database_id": scene.id, "collection": "n"}
    api.post("/databases/collections/", body).expect(200, 201)
    api.put("/databases/collections/", {**body, "new_collection": "m"}).expect(200)
    api.delete("/databases/collections/", {**body, "collection": "m", "confirm": "m"}).expect(200)
    assert guarded_mongod.client.shop.list_collection_names() == ["c"]
    guarded_mongod.client.drop_database("shop")


@pytest.mark.parametrize("action,resource", [("listCollections", "{}"), ("listIndexes", "{}.c")])
def test_nothing_works_without_looking(api, with_actions, action, resource):
    database = unique("t")
    scene = drifted(Scene(api, with_actions(BASIC - {action}, database), db_name=database))
    reply = api.post("/indexes/compare-by-database", {"database_id": scene.id}).expect(412)
    assert reply.body["error_code"] == NOT_AUTHORISED
    assert f"needs the privilege {action} on {resource.format(database)} " in reply.error, reply.error


@pytest.mark.parametrize("action,index", [("createIndex", "new_1"), ("dropIndex", "old_1"), ("collMod", "ttl_1")])
def test_an_operation_without_its_action_fails_and_says_so(api, with_actions, action, index):
    database = unique("t")
    scene = drifted(Scene(api, with_actions(BASIC - {action}, database), db_name=database))
    sync = scene.sync()
    failed = {row["index"]: row["error"] for row in sync["records"] if row["status"] == "failed"}
    assert sync["status"] == "failed" and set(failed) == {index}
    assert failed[index]["code"] == 13
    assert f"needs the privilege {action} on {database}.c:" in failed[index]["message"]


def test_who_only_looks_sees_all(api, with_actions):
    database = unique("t")
    scene = drifted(Scene(api, with_actions({"listCollections", "listIndexes"}, database), db_name=database))
    assert scene.lists("c") == (["new_1"], [], ["old_1"], ["ttl_1"])


@pytest.mark.parametrize("right", ["collStats", "indexStats", "inprog", None])
def test_any_of_three_rights_tells_what_is_being_built(api, with_actions_alone, guarded_standalone, right):
    database = unique("t")
    on_cluster = [{"resource": {"cluster": True}, "actions": ["inprog"]}] if right == "inprog" else []
    account = with_actions_alone(BASIC | {right} - {"inprog", None}, database, on_cluster)
    scene = filled(Scene(api, account, db_name=database))
    scene.define("c", {"a": 1})
    with held_at(guarded_standalone):
        sync_id = scene.start()
        eventually(lambda: builds(scene), 30, what="the server builds")
        told = {note["code"]: note["text"] for note in scene.compare(["c"])[0]["notes"]}
        assert set(told) == {"building" if right else "readiness_unknown"}, told
        assert right or f"collStats on {database}.c" in told["readiness_unknown"]
    assert scene.finished(sync_id)["status"] == "completed", "MongoDB answers our own command when the index is ready"


def test_the_feature_compatibility_version_takes_a_right_on_the_cluster(api, with_actions, guarded_mongod):
    database = unique("t")
    on_cluster = {"resource": {"cluster": True}, "actions": ["getParameter"]}
    told = [Scene(api, with_actions(BASIC, database, more), db_name=database).test()["feature_compatibility_version"]
            for more in ([], [on_cluster])]
    assert told == [None, ".".join(guarded_mongod.version.split(".")[:2])]


def test_a_connection_without_a_user_does_not_pass_its_test(api, guarded_mongod):
    nobody = Scene(api, None, uri=f"mongodb://{guarded_mongod.address}/")
    refused = api.post(f"/databases/{nobody.id}/test").expect(412)
    assert refused.body["error_code"] == 41201 and "names none" in refused.error, "MongoDB greets anybody"


def test_a_build_that_nobody_may_see_is_not_called_ended(api, with_actions_alone, guarded_standalone):
    database = unique("t")
    scene = filled(Scene(api, with_actions_alone(BASIC, database), db_name=database))
    scene.define("c", {"a": 1})
    with held_at(guarded_standalone):
        sync_id = scene.start()
        eventually(lambda: builds(scene), 30, what="the server builds")
        scene.api.post(f"/indexes/sync-status/{sync_id}/cancel").expect(200)
        sync = scene.finished(sync_id)
        assert builds(scene), "it goes on"
    record, = sync["records"]
    assert sync["status"] == "cancelled" and record["status"] == "failed", sync
    assert "may go on" in record["error"]["message"] and f"collStats on {database}.c" in record["error"]["message"], record


def test_the_store_needs_read_write_on_its_database_alone(guarded_mongod, say, redis, start_server, tmp_path):
    password = say(statements("For the store of `mim`")[0])
    key = tmp_path / "secret.key"
    assert command("keygen", "--secret-key", key).returncode == 0
    store = f"mongodb://manager:{password}@{guarded_mongod.address}/db_manager"
    server = start_server(MIM_STORE=store, MIM_QUEUE=redis.uri, MIM_SECRET_KEY_FILE=key)
    scene = Scene(Api(server.address).sign_up(unique("user")), None, uri=f"mongodb://127.0.0.1:{redis.port}/")
    assert scene.define("c", {"a": 1}) and set(scene.defined("c")) == {"a_1"}
    with pymongo.MongoClient(store) as manager, pytest.raises(pymongo.errors.OperationFailure):
        manager.other.c.insert_one({})
    assert server.stop() == 0
    guarded_mongod.client.drop_database("db_manager")
