"""Targets by mongodb+srv://: a name server of the tests' own tells where their members are."""
import socket

import pytest

import name_server
import processes
from client import Api
from name_server import A, NameServer, address, asking
from processes import Server
from scene import Scene, unique

WHY_NOT = name_server.why_not()
pytestmark = pytest.mark.skipif(WHY_NOT is not None, reason=str(WHY_NOT))
NOT_ALLOWED, UNREACHABLE = 41207, 41200


@pytest.fixture
def names():
    server = NameServer()
    yield server
    server.close()


@pytest.fixture
def start(names, tmp_path, logs, monkeypatch):
    """Servers that ask `names`; each must end by itself."""
    monkeypatch.setattr(processes, "BINARY", asking(names, tmp_path))
    started = []

    def start(**settings):
        started.append(Server(tmp_path / unique("data"), logs, **settings))
        return Api(started[-1].address).sign_up(unique("user"))
    yield start
    for server in started:
        assert server.stop() == 0, server.log()[-2000:]


def uri_of(name):
    return f"mongodb+srv://{name}/?tls=false"


def try_out(api, uri):
    return api.post("/databases/", {"name": unique("db"), "uri": uri, "db_name": "shop", "is_test_connection": True})


def test_the_members_are_found_by_name(start, names, own_sandbox):
    names.cluster("shop.mongo.test", [("one.mongo.test", own_sandbox.port)], options="authSource=admin")
    scene = Scene(start(), own_sandbox, uri=uri_of("shop.mongo.test"))
    scene.define("orders", {"a": 1})
    assert scene.sync()["status"] == "completed"
    assert "a_1" in own_sandbox.client[scene.db_name].orders.index_information()
    assert ("_mongodb._tcp.shop.mongo.test", name_server.SRV) in names.asked
    assert ("shop.mongo.test", name_server.TXT) in names.asked


def test_each_address_that_a_record_leads_to_is_held_to_the_policy(start, names):
    api = start(MIM_TARGET_DENY="127.0.0.2")
    with socket.create_server(("127.0.0.2", 0)) as forbidden:
        forbidden.setblocking(False)
        names.cluster("shop.mongo.test", [("one.mongo.test", forbidden.getsockname()[1])])
        names.records["one.mongo.test", A] = [address("127.0.0.2")]
        reply = try_out(api, uri_of("shop.mongo.test")).expect(412)
        assert reply.body["error_code"] == NOT_ALLOWED and "127.0.0.2" in reply.text
        with pytest.raises(BlockingIOError):
            forbidden.accept()


def test_a_name_that_nobody_has_is_told(start, names):
    reply = try_out(start(), uri_of("gone.mongo.test"))
    assert reply.body["error_code"] == UNREACHABLE and "gone.mongo.test" in reply.text, reply.text


def test_a_name_service_that_never_answers_is_not_waited_for(start, names):
    api = start(MIM_TARGET_DEADLINE_SECONDS=1)
    names.silent.add("silent.mongo.test")
    reply = try_out(api, uri_of("silent.mongo.test"))
    assert "looking up the hosts of the mongodb+srv:// connection string took longer than allowed" in reply.text
    api.get("/auth/profile").expect(200)


def test_more_hosts_than_a_connection_string_may_name_are_refused(start, names, own_sandbox, tmp_path):
    # For an answer that is longer than its first buffer libmongoc asks again and never closes the first question.
    known_leak = tmp_path / "known-leak"
    known_leak.write_text("leak:res_context_send\n")
    api = start(LSAN_OPTIONS=f"suppressions={known_leak}")
    names.cluster("wide.mongo.test", [(f"m{number}.mongo.test", own_sandbox.port) for number in range(51)])
    reply = try_out(api, uri_of("wide.mongo.test"))
    assert reply.body["error_code"] == UNREACHABLE, reply.text
    assert "the name service tells 51 hosts, where at most 50 are taken" in reply.text
    names.cluster("wide.mongo.test", [(f"m{number}.mongo.test", own_sandbox.port) for number in range(1)])
    try_out(api, uri_of("wide.mongo.test")).expect(201)


def test_a_host_of_another_domain_is_refused(start, names, own_sandbox):
    names.cluster("shop.mongo.test", [("one.other.test", own_sandbox.port)])
    assert try_out(start(), uri_of("shop.mongo.test")).body["error_code"] == UNREACHABLE
    assert ("one.other.test", A) not in names.asked


@pytest.mark.parametrize("label", [b"localhost/?tlsInsecure=true&appName=x", b"localhost/?appName=x", b"localhost,x"])
def test_a_record_cannot_change_the_connection_string(start, names, own_sandbox, label):
    names.cluster("shop.mongo.test", [([label, b"mongo", b"test"], own_sandbox.port)])
    reply = try_out(start(), uri_of("shop.mongo.test"))
    assert reply.body["error_code"] == UNREACHABLE and "a character that no host name can hold" in reply.text, reply.text
