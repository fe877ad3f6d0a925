"""Connecting, authenticating, malformed input, fail points and latency."""

import concurrent.futures
import os
import random
import socket
import struct
import subprocess
import time

import bson
import pymongo.errors
import pytest
from bson.son import SON

from conftest import BINARY


def message(body, flags=0, op_code=2013):
    payload = struct.pack("<I", flags) + body
    return struct.pack("<iiii", 16 + len(payload), 1, 0, op_code) + payload


def exchange(sandbox, raw):
    """What the sandbox answers to these bytes before it closes; none when it keeps the connection without a reply."""
    with socket.create_connection((sandbox.host, sandbox.port), timeout=20) as wire:
        answer = b""
        try:
            wire.sendall(raw)
            wire.shutdown(socket.SHUT_WR)
            while piece := wire.recv(65536):
                answer += piece
        except OSError:  # closed by the other side already
            pass
        return answer


def test_a_client_connects_and_sees_a_standalone(client):
    hello = client.admin.command("hello")
    assert hello["isWritablePrimary"] is True and hello["maxWireVersion"] == 21
    assert "setName" not in hello
    assert client.server_info()["versionArray"] == [7, 0, 0, 0]
    assert client.admin.command("ping")["ok"] == 1.0


def test_a_client_discovers_the_member_of_a_replica_set(replica_set, set_client):
    address = f"{replica_set.host}:{replica_set.port}"
    hello = set_client.admin.command("hello")
    assert hello["setName"] == "rs" and hello["hosts"] == [address] and hello["me"] == hello["primary"] == address
    assert set_client.admin.command("isMaster")["secondary"] is False
    set_client.t.c.insert_one({"_id": 1})
    assert set_client.primary == (replica_set.host, replica_set.port) and set_client.t.c.find_one() == {"_id": 1}


@pytest.mark.parametrize("name, arguments, code", [
    ("noSuchThing", {}, 59), ("atlasVersion", {}, 59), ("listIndexes", {"wrong": 1}, 40415), ("create", {"wrong": 1}, 40415),
    ("getLog", {"value": "nothing"}, 96)])
def test_refusals_of_commands(client, name, arguments, code):
    value = arguments.pop("value", "c")
    with pytest.raises(pymongo.errors.OperationFailure) as refused:
        client.admin.command(SON([(name, value), *arguments.items()]))
    assert refused.value.code == code


def test_an_unknown_command_is_named(client):
    with pytest.raises(pymongo.errors.OperationFailure, match="no such command: 'noSuchThing'"):
        client.t.command("noSuchThing")


def test_both_kinds_of_sections_and_the_checksum_are_read(sandbox):
    ping = bson.encode(SON([("ping", 1), ("$db", "admin")]))
    plain = exchange(sandbox, message(b"\x00" + ping))
    assert bson.decode(plain[21:])["ok"] == 1.0
    insert = bson.encode(SON([("insert", "kinds"), ("$db", "t")]))
    documents = bson.encode({"_id": 1}) + bson.encode({"_id": 2})
    name = b"documents\x00"
    sequence = b"\x01" + struct.pack("<i", 4 + len(name) + len(documents)) + name + documents
    assert bson.decode(exchange(sandbox, message(b"\x00" + insert + sequence))[21:])["n"] == 2
    assert exchange(sandbox, message(b"\x00" + ping + b"\x00\x00\x00\x00", flags=1)) == b"", "a wrong checksum"


def test_a_message_that_wants_no_reply_gets_none(sandbox, client):
    insert = bson.encode(SON([("insert", "quiet"), ("documents", [{"_id": 1}]), ("$db", "t")]))
    ping = bson.encode(SON([("ping", 1), ("$db", "admin")]))
    answer = exchange(sandbox, message(b"\x00" + insert, flags=2) + message(b"\x00" + ping))
    assert len(answer) == struct.unpack("<i", answer[:4])[0], "exactly one reply"
    assert client.t.quiet.count_documents({}) == 1


def nested(depth):
    total = 5 + 8 * depth
    heads = (struct.pack("<i", total - 8 * level) + b"\x03a\x00" for level in range(depth))
    return b"".join(heads) + b"\x05\x00\x00\x00\x00" + b"\x00" * depth


@pytest.mark.parametrize("raw", [
    b"\x00" * 16, b"\xff" * 64, struct.pack("<iiii", 48_000_001, 1, 0, 2013), struct.pack("<iiii", 15, 1, 0, 2013),
    message(b""), message(b"\x07"), message(b"\x00\x05\x00\x00\x00"), message(b"\x01\x04\x00\x00\x00"),
    message(b"\x00" + bson.encode({"ping": 1})), message(b"\x00" + bson.encode({"ping": 1, "$db": 5})),
    message(b"\x00" + bson.encode({"ping": 1, "$db": "a"}), flags=4), message(b"\x00" + nested(200_000)),
    message(b"\x00" + b"\x10\x00\x00\x00\x02a\x00\xff\xff\xff\x7fxx\x00\x00"), message(b"", op_code=2012)],
    ids=lambda raw: f"{len(raw)}-bytes")
def test_malformed_bytes_close_the_connection(sandbox, client, raw):
    assert exchange(sandbox, raw) == b""
    assert client.admin.command("ping")["ok"] == 1.0


def test_random_damage_never_ends_the_sandbox(sandbox, client):
    seed = int(os.environ.get("MIM_TEST_SEED", "1"))
    chance = random.Random(seed)
    whole = message(b"\x00" + bson.encode(SON([("createIndexes", "c"), ("indexes", [{"key": {"a": 1}, "name": "n"}]),
                                               ("$db", "t")])))
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        damaged[0:4] = struct.pack("<i", len(damaged))
        exchange(sandbox, bytes(damaged))
    assert client.admin.command("ping")["ok"] == 1.0, f"MIM_TEST_SEED={seed}"


def test_a_password_is_asked_for_and_checked(start_sandbox):
    guarded = start_sandbox("--auth", "keeper:secret")
    with guarded.client() as stranger, pytest.raises(pymongo.errors.OperationFailure) as refused:
        stranger.t.command("listCollections")
    assert refused.value.code == 13
    for user, password in (("keeper", "wrong"), ("nobody", "secret")):
        with guarded.client(username=user, password=password) as intruder, \
                pytest.raises(pymongo.errors.OperationFailure) as refused:
            intruder.t.command("listCollections")
        assert refused.value.code == 18
    with guarded.client(username="keeper", password="secret") as keeper:
        keeper.t.command("create", "c")
        assert keeper.t.list_collection_names() == ["c"]
        users = keeper.admin.command("connectionStatus")["authInfo"]["authenticatedUsers"]
        assert users == [{"user": "keeper", "db": "admin"}]


def fail_command(client, mode, **data):
    return client.admin.command(SON([("configureFailPoint", "failCommand"), ("mode", mode), ("data", data)]))


def test_a_fail_point_fails_commands_as_often_as_told(client):
    fail_command(client, {"times": 2}, failCommands=["listCollections"], errorCode=112, errorLabels=["Odd"])
    for _ in range(2):
        with pytest.raises(pymongo.errors.OperationFailure) as refused:
            client.t.command("listCollections")
        assert refused.value.code == 112 and refused.value.has_error_label("Odd")
    client.t.command("listCollections")
    assert fail_command(client, "off")["count"] == 2


def test_a_fail_point_may_concern_one_collection_only(client):
    client.t.command("create", "a")
    client.t.command("create", "b")
    fail_command(client, "alwaysOn", failCommands=["listIndexes"], errorCode=13, namespace="t.a")
    with pytest.raises(pymongo.errors.OperationFailure, match="not authorized on t to execute command") as refused:
        client.t.command("listIndexes", "a")
    assert refused.value.details["codeName"] == "Unauthorized"
    client.t.command("listIndexes", "b")


def test_a_fail_point_closes_and_blocks_connections(client):
    fail_command(client, {"times": 1}, failCommands=["create"], closeConnection=True)
    with pytest.raises(pymongo.errors.AutoReconnect):
        client.t.command("create", "c")
    assert client.t.list_collection_names() == []
    fail_command(client, {"times": 1}, failCommands=["create"], blockConnection=True, blockTimeMS=150)
    started = time.monotonic()
    client.t.command("create", "c")
    assert time.monotonic() - started >= 0.14


def test_a_write_concern_error_comes_beside_an_ordinary_reply(client):
    error = {"code": 64, "errmsg": "waiting for replication timed out"}
    fail_command(client, {"times": 1}, failCommands=["createIndexes"], writeConcernError=error)
    reply = client.t.command("createIndexes", "c", indexes=[{"key": {"a": 1}, "name": "a_1"}])
    assert reply["ok"] == 1.0 and reply["writeConcernError"] == error
    assert "a_1" in client.t.c.index_information()


def test_latency_delays_every_reply_but_clients_wait_side_by_side(client, sandbox):
    several = [sandbox.client() for _ in range(10)]
    for each in several:
        each.admin.command("ping")
    client.admin.command("sandboxSetLatency", {"millis": 1_000})
    started = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(len(several)) as pool:
        list(pool.map(lambda each: each.admin.command("ping"), several))
    assert 0.99 <= time.monotonic() - started < 10 * 1 * 0.75, "one latency, not ten"
    client.admin.command("sandboxSetLatency", {"millis": 0})
    for each in several:
        each.close()


@pytest.mark.parametrize("seed, place", [
    ("{", "seed: the file"), ('{"databases": {"a b": {}}}', "seed: databases.a b"),
    ('{"databases": {"d": {"c": {"indexes": [{"key": {"a": 1}}, {"key": {"a": 0}}]}}}}', "databases.d.c.indexes[1]"),
    ('{"databases": {"d": {"c": {"documents": -1}}}}', "databases.d.c.documents"),
    ('{"databases": {"d": {"c": {"documents": [{"_id": 1}, {"_id": 1}]}}}}', "databases.d.c.documents[1]"),
    ('{"databases": {"d": {"c": {"options": {"capped": true}}}}}', "databases.d.c.options"),
    ('{"databases": {"d": {"c": {"index": []}}}}', "databases.d.c.index")])
def test_a_bad_seed_names_the_place(tmp_path, seed, place):
    file = tmp_path / "seed.json"
    file.write_text(seed)
    ended = subprocess.run([BINARY, "sandbox", "--listen", "127.0.0.1:0", "--seed", str(file)], capture_output=True,
                           text=True, timeout=30, check=False)
    assert ended.returncode != 0
    assert place in ended.stderr


def test_a_seed_fills_databases(start_sandbox, tmp_path):
    file = tmp_path / "seed.json"
    file.write_text("""{"databases": {"shop": {
        "orders": {"indexes": [{"key": {"at": 1}, "expireAfterSeconds": 60}, {"key": {"t": "text"}}], "documents": 1000},
        "people": {"options": {"collation": {"locale": "en", "strength": 2}},
                   "documents": {"count": 3, "template": {"email": "p{n}@example.org", "n": "{n}"}},
                   "indexes": [{"key": {"email": 1}, "unique": true}]}}}}""")
    with start_sandbox("--seed", str(file)).client() as client:
        assert client.shop.orders.count_documents({}) == 1000
        assert sorted(client.shop.orders.index_information()) == ["_id_", "at_1", "t_text"]
        assert client.shop.people.find_one({"n": 2})["email"] == "p2@example.org"
        assert client.shop.people.index_information()["email_1"]["collation"]["strength"] == 2


# As measured on MongoDB 5.0; `own` stands for the server's own process id.
AWAITED = [
    ({"topologyVersion": {"processId": "own", "counter": 0}}, 31368),
    ({"maxAwaitTimeMS": 10}, 31368),
    ({"topologyVersion": 3, "maxAwaitTimeMS": 10}, 14),
    ({"topologyVersion": {"processId": 3, "counter": 0}, "maxAwaitTimeMS": 10}, 14),
    ({"topologyVersion": {"processId": "own", "counter": 1.5}, "maxAwaitTimeMS": 10}, 14),
    ({"topologyVersion": {"processId": "own"}, "maxAwaitTimeMS": 10}, 40414),
    ({"topologyVersion": {"processId": "own", "counter": 0, "more": 1}, "maxAwaitTimeMS": 10}, 40415),
    ({"topologyVersion": {"processId": "own", "counter": 0}, "maxAwaitTimeMS": "x"}, 14),
    ({"topologyVersion": {"processId": "own", "counter": 0}, "maxAwaitTimeMS": -1}, 51024),
    ({"topologyVersion": {"processId": "own", "counter": -1}, "maxAwaitTimeMS": 10}, 31372),
    ({"topologyVersion": {"processId": "own", "counter": 5}, "maxAwaitTimeMS": 10}, 51764),
    ({"topologyVersion": {"processId": "own", "counter": 0}, "maxAwaitTimeMS": 0}, None),
    ({"topologyVersion": {"processId": "own", "counter": 0}, "maxAwaitTimeMS": 1.5}, None),
    ({"topologyVersion": {"processId": bson.ObjectId(), "counter": 0}, "maxAwaitTimeMS": 3_600_000}, None),
]


def awaiting(own, arguments):
    """The command, whose counter is a long where it is a whole number."""
    version = arguments.get("topologyVersion")
    if isinstance(version, dict):
        version = {name: bson.Int64(value) if name == "counter" and isinstance(value, int) else value for name, value in version.items()}
        version = {name: own if value == "own" else value for name, value in version.items()}
        arguments = {**arguments, "topologyVersion": version}
    return SON([("hello", 1), *arguments.items()])


@pytest.mark.parametrize("arguments, code", AWAITED)
def test_awaiting_a_change_is_judged(client, arguments, code):
    own = client.admin.command("hello")["topologyVersion"]["processId"]
    if code is None:
        assert client.admin.command(awaiting(own, arguments))["isWritablePrimary"]
        return
    with pytest.raises(pymongo.errors.OperationFailure) as refused:
        client.admin.command(awaiting(own, arguments))
    assert refused.value.code == code


def test_hello_awaits_the_next_change_of_what_the_client_knows(sandbox, client):
    own = client.admin.command("hello")["topologyVersion"]["processId"]
    known = {"topologyVersion": {"processId": "own", "counter": 0}, "maxAwaitTimeMS": 3_600_000}
    with socket.create_connection((sandbox.host, sandbox.port), timeout=20) as wire:
        wire.sendall(message(b"\0" + bson.encode(SON([*awaiting(own, known).items(), ("$db", "admin")]))))
        for _ in range(100):  # each is answered after whatever was sent before
            client.admin.command("ping")
        wire.setblocking(False)
        with pytest.raises(BlockingIOError):
            wire.recv(1)
