"""`mim doctor`: what it finds, what it says to do, and that it changes nothing."""
import json
import os
import re
import sqlite3

import pytest

import planted
from client import Api
from processes import command
from redis_server import PROGRAM, Redis
from scene import Scene, fail_point, unique
from told_privileges import ToldPrivileges

WRITES = {"insert", "update", "delete", "create", "createIndexes", "dropIndexes", "collMod", "drop", "renameCollection"}


def findings(done):
    """(verdict, subject, text, what to do) of each."""
    found = re.findall(r"^(ok|warning|failure) +(.*?): (.*)\n(?: +to do: (.*)\n)?", done.stdout, re.MULTILINE)
    assert done.stdout.splitlines()[-1] == "{} ok, {} warnings, {} failures".format(
        *(sum(verdict == each for verdict, *_ in found) for each in ("ok", "warning", "failure"))), done.stdout
    assert all(todo for verdict, _, _, todo in found if verdict != "ok"), done.stdout
    assert done.returncode == int(any(verdict == "failure" for verdict, *_ in found))
    assert not planted.leaks(done.stdout + done.stderr), done.stdout
    return found


def doctor(data, *arguments, **settings):
    return command("doctor", *arguments, "--data", data, **settings)


def of(found, verdict, text):
    return [each for each in found if each[0] == verdict and text in f"{each[1]}: {each[2]}"]


@pytest.fixture
def served(start_server):
    server = start_server()
    return server, Api(server.address).sign_up(unique("user"))


def test_a_healthy_installation_while_it_runs(served, shared_sandbox):
    server, api = served
    Scene(api, shared_sandbox).db.c.create_index([("a", 1)])
    found = findings(doctor(server.data))
    assert not of(found, "failure", ""), found
    assert of(found, "warning", "") == of(found, "warning", "libraries: libmongoc"), found
    for text in ("settings: they fit", "token keys: they are a pair", "secret keys: the key", "store: ", "1 of 1 are sealed",
                 "queue: 0 jobs wait", "answers in", "its clock is", "can be read"):
        assert of(found, "ok", text), (text, found)


def test_before_the_first_start_it_makes_nothing(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    found = findings(doctor(data))
    assert len(of(found, "warning", "first start")) == 3 and not of(found, "failure", ""), found
    assert list(data.iterdir()) == []


def test_each_target_has_its_own_finding_and_none_is_waited_for_too_long(served, own_sandbox, start_sandbox, closed_port, silent_port):
    server, api = served
    locked = start_sandbox(auth=f"mim:{planted.new_password()}")
    good = Scene(api, own_sandbox)
    wrong = Scene(api, locked, uri=f"mongodb://mim:{planted.new_password()}@127.0.0.1:{locked.port}/")
    nobody = Scene(api, locked)
    down = Scene(api, None, uri=f"mongodb://mim:{planted.new_password()}@127.0.0.1:{closed_port}/")
    silent = Scene(api, None, uri=f"mongodb://127.0.0.1:{silent_port}/")
    found = findings(doctor(server.data, MIM_TARGET_CONNECT_TIMEOUT_MS="1000"))
    assert of(found, "ok", f"target '{good.name}': answers in")
    assert "user and password" in of(found, "failure", f"target '{wrong.name}'")[0][3]
    assert "firewall" in of(found, "failure", f"target '{down.name}'")[0][3]
    assert of(found, "failure", f"target '{silent.name}'")
    assert of(found, "warning", f"target '{nobody.name}'") or of(found, "failure", f"target '{nobody.name}'")


# Longer than any test lasts: only the limit of the whole can end it.
PATIENT = {"MIM_TARGET_CONNECT_TIMEOUT_MS": 600_000, "MIM_TARGET_DEADLINE_SECONDS": 600}


def test_a_target_that_was_not_finished_in_time_is_told_as_such(served, own_sandbox, silent_port):
    server, api = served
    well = Scene(api, own_sandbox)
    silent = [Scene(api, None, uri=f"mongodb://127.0.0.1:{silent_port}/") for _ in range(5)]
    found = findings(doctor(server.data, "--time-limit-seconds", 4, **PATIENT))
    assert of(found, "ok", f"target '{well.name}'"), found
    for each in silent:
        assert len(of(found, "failure", f"target '{each.name}': was not finished within 4 s")) == 1, found
    assert len(of(found, "failure", "")) == len(silent), found


@pytest.mark.parametrize("of_what", [["serve"], ["worker"]])
def test_what_comes_after_a_check_without_end_is_told_as_not_begun(tmp_path, silent_port, of_what):
    key = tmp_path / "secret.key"
    assert command("keygen", "--secret-key", key).returncode == 0
    settings = {"MIM_STORE": f"mongodb://127.0.0.1:{silent_port}/mim?serverSelectionTimeoutMS=600000&connectTimeoutMS=600000",
                "MIM_QUEUE": "redis://127.0.0.1:1", "MIM_SECRET_KEY_FILE": key, **PATIENT}
    found = findings(doctor(tmp_path, *of_what, "--time-limit-seconds", 1, **settings))
    told = {subject: text for verdict, subject, text, _ in found if verdict == "failure"}
    assert told["store"] == "was not finished within 1 s", found
    for later in ("connection_strings", "queue", "targets"):
        assert told[later] == "was not begun within 1 s", found
    done = doctor(tmp_path, *of_what, "--output", "json", "--time-limit-seconds", 1, **settings)
    document = json.loads(done.stdout)
    assert done.returncode == 1 and {"check": "queue", "subject": "queue", "status": "failure",
                                     "message": "was not begun within 1 s"}.items() <= document["findings"][-2].items()


def test_what_lacks_is_named_with_the_grant(served, shared_sandbox):
    server, api = served
    actions = ["listCollections", "listIndexes", "find", "createIndex"]
    status = {"authenticatedUsers": [{"user": "mim", "db": "admin"}], "authenticatedUserRoles": [{"role": "indexer", "db": "admin"}],
              "authenticatedUserPrivileges": [
                  {"resource": {"db": "shop", "collection": ""}, "actions": actions},
                  {"resource": {"db": "shop", "collection": "orders"}, "actions": ["collMod"]},
                  {"resource": {"db": "other", "collection": ""}, "actions": ["dropIndex", "indexStats"]},
                  {"resource": {"cluster": True}, "actions": ["inprog", "getParameter", "listDatabases"]}]}
    tap = ToldPrivileges(shared_sandbox.host, shared_sandbox.port, status)
    scene = Scene(api, shared_sandbox, uri=tap.uri, db_name="shop")
    found = findings(doctor(server.data))
    told = of(found, "failure", f"target '{scene.name}': lacks")
    assert len(told) == 1, found
    assert "dropIndex to drop indexes" in told[0][2] and "createIndex" not in told[0][2]
    assert "collMod to alter indexes in place (it has it on some collections only)" in told[0][2]
    assert 'db.getSiblingDB("admin").grantRolesToUser("mim", [{role: "dbAdmin", db: "shop"}])' in told[0][3]
    assert '{resource: {db: "shop", collection: ""}, actions: ["dropIndex", "collMod", "createCollection"]}' in told[0][3]
    statistics = of(found, "warning", "lacks indexStats")
    assert 'role: "clusterMonitor", db: "admin"' in statistics[0][3]
    assert not WRITES & {next(iter(each)) for each in tap.commands}, "it only reads"
    tap.close()


@pytest.mark.parametrize("deployment", ["standalone", "sharded"])
def test_the_right_to_ask_for_the_feature_version_lacks_only_where_it_was_refused(
        served, start_sandbox, tmp_path, deployment):
    server, api = served
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps({"deployment": deployment, "databases": {}}))
    status = {"authenticatedUsers": [{"user": "mim", "db": "admin"}], "authenticatedUserRoles": [{"role": "all_but_one", "db": "admin"}],
              "authenticatedUserPrivileges": [
                  {"resource": {"db": "", "collection": ""}, "actions": [
                      "listCollections", "listIndexes", "find", "collStats", "indexStats", "createIndex", "dropIndex", "collMod",
                      "createCollection"]},
                  {"resource": {"cluster": True}, "actions": ["inprog", "listDatabases"]}]}
    sandbox = start_sandbox(seed=seed)
    tap = ToldPrivileges(sandbox.host, sandbox.port, status)
    scene = Scene(api, sandbox, uri=tap.uri, db_name="shop")
    with fail_point(sandbox, ["getParameter"], errorCode=13):
        found = findings(doctor(server.data))
    told = of(found, "warning", f"target '{scene.name}': lacks getParameter")
    assert len(told) == (0 if deployment == "sharded" else 1), found
    tap.close()


def test_a_lost_key_is_a_failure_of_each_database(served, shared_sandbox):
    server, api = served
    first, second = Scene(api, shared_sandbox), Scene(api, shared_sandbox)
    key = server.data / "secret.key"
    key.rename(server.data / "kept.key")
    assert of(findings(doctor(server.data)), "failure", "is sealed with the key")
    (server.data / "other.key").write_text("ab" * 32)
    found = findings(doctor(server.data, MIM_SECRET_KEY_FILE=server.data / "other.key"))
    for scene in (first, second):
        assert of(found, "failure", f"connection strings: that of database {scene.id}"), found
    (server.data / "kept.key").rename(key)


def test_keys_and_files_that_cannot_be_used(served):
    server, _ = served
    assert server.stop() == 0
    os.chmod(server.data / "private.pem", 0o644)
    assert "chmod 600" in of(findings(doctor(server.data)), "warning", "may be read by others")[0][3]
    (server.data / "private.pem").write_text("rubbish")
    assert of(findings(doctor(server.data)), "failure", "token keys")
    assert not of(findings(doctor(server.data, "worker")), "failure", "token keys"), "a worker signs nothing"
    with sqlite3.connect(server.data / "mim.db") as file:
        file.execute("INSERT INTO schema_migrations VALUES (999, 'later', 0)")
    file.close()
    assert of(findings(doctor(server.data)), "failure", "version 999")
    (server.data / "mim.db").write_bytes(b"rubbish" * 1000)
    assert "mim store restore" in of(findings(doctor(server.data)), "failure", "mim.db")[0][3]


def test_strings_in_the_clear_and_a_queue_on_redis(served, shared_sandbox, tmp_path):
    server, api = served
    scene = Scene(api, shared_sandbox)
    with sqlite3.connect(server.data / "mim.db") as file:
        file.execute("UPDATE databases SET uri = ? WHERE id = ?", (shared_sandbox.uri, scene.id))
    file.close()
    redis = Redis(tmp_path / "redis", planted.new_password())
    try:
        redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
        found = findings(doctor(server.data, MIM_QUEUE=redis.uri))
        product = "Valkey" if "valkey" in PROGRAM else "Redis"
        assert re.fullmatch(rf"{product} \d+\.\d+\.\d+ answers", of(found, "ok", f"queue: {product}")[0][2])
        assert of(found, "ok", "clock of the queue")
        assert "noeviction" in of(found, "warning", "throw jobs away")[0][3]
        assert of(found, "warning", "1 are in the clear")[0][3] == "mim store rekey"
    finally:
        redis.kill()
    assert of(findings(doctor(server.data, MIM_QUEUE=redis.uri)), "failure", "queue: ")
