"""Nothing that a target sends ends the process, keeps it busy, or fills its memory: it is that target's error."""
import re
import struct

import bson
import pytest
import requests

from client import Api
from hostile_server import (OP_COMPRESSED, HostileServer, answer, cursor, document_of, frame, greeting, nested)
from processes import command, status_of
from scene import Scene, unique

REFUSED = 1_900_000_000
SCRAM = b"r=%s,s=QSXCR+Q6sek8bf92,i=2000000000"


def compressed(request):
    """OP_COMPRESSED that says it unpacks to 1.9 GB."""
    return frame(request, struct.pack("<iiB", 2013, REFUSED, 2) + b"x" * 40, OP_COMPRESSED)


def sections(kinds):
    def send(request):
        document = bson.encode({"ok": 1.0})
        return frame(request, struct.pack("<i", 0) + b"".join(bytes([kind]) + document for kind in kinds))
    return send


def costly_sign_in(request):
    first = request.document["speculativeAuthenticate"]["payload"] if "speculativeAuthenticate" in request.document \
        else request.document["payload"]
    nonce = bytes(first).split(b"r=")[1]
    step = {"conversationId": 1, "done": False, "payload": SCRAM % (nonce + b"abc")}
    if "speculativeAuthenticate" in request.document:
        return answer(request, greeting(speculativeAuthenticate=step))
    return answer(request, {**step, "ok": 1.0})


def without_end(request):
    broken = document_of(b"\x03key\0" + struct.pack("<i", 5) + b"\x01" + b"\x02name\0" + struct.pack("<i", 2) + b"a\0")
    return answer(request, cursor("shop.c", broken))


def deep_index(request):
    return answer(request, cursor("shop.c", document_of(b"\x03key\0" + nested(17_352) + b"\x02name\0\x02\0\0\0a\0")))


def everything_but_greetings(send):
    return {name: send for name in ("ping", "buildInfo", "connectionStatus", "listCollections", "listIndexes", "aggregate")}


NO = {"ok": 0.0, "errmsg": "no", "code": 0}
TRICKS = {
    "an error of code 0": everything_but_greetings(lambda request: answer(request, NO)),
    "a greeting that is an error of code 0": {"greeting": lambda request: answer(request, NO)},
    "a code that is 0 once it has 32 bits": everything_but_greetings(
        lambda request: answer(request, {"ok": 0.0, "errmsg": "no", "code": 2 ** 32})),
    "a compressed greeting": {"greeting": compressed},
    "a compressed answer": everything_but_greetings(compressed),
    "a greeting of 20 bytes": {"greeting": lambda request: frame(request, b"\0\0\0\0")},
    "an answer of 20 bytes": everything_but_greetings(lambda request: frame(request, b"\0\0\0\0")),
    "an answer shorter than a header": everything_but_greetings(lambda request: frame(request, b"", length=3)),
    "an answer of 1.5 GB": everything_but_greetings(lambda request: frame(request, b"\0" * 64, length=1_500_000_000)),
    "a greeting of 1.9 GB": {"greeting": lambda request: frame(request, b"\0" * 64, length=REFUSED)},
    "no section": everything_but_greetings(sections([])),
    "a section of kind 1": everything_but_greetings(sections([1])),
    "a section of kind 7": everything_but_greetings(sections([7])),
    "two sections": everything_but_greetings(sections([0, 0])),
    "members that are no list": {"greeting": lambda request: answer(request, greeting(setName="rs", hosts=5))},
    "members that nobody can connect to": {"greeting": lambda request: answer(request, greeting(
        setName="rs", hosts=["127.0.0.1:0", "127.0.0.1:1"]))},
    "a thousand members": {"greeting": lambda request: answer(request, greeting(
        setName="rs", hosts=[f"127.0.0.1:{port}" for port in range(20_000, 21_000)]))},
    "a sign-in that is no document": {"greeting": lambda request: answer(request, greeting(speculativeAuthenticate=1))},
    "a costly sign-in in the greeting": {"greeting": costly_sign_in},
    "a costly sign-in": {"saslStart": costly_sign_in},
    "a nested document without an end": {"listIndexes": without_end},
    "an index nested 17,352 deep": {"listIndexes": deep_index},
}
TARGET_ERRORS = range(41200, 41300)


@pytest.fixture
def hostile():
    servers = []

    def start(tricks):
        servers.append(HostileServer(tricks))
        return servers[-1]
    yield start
    for server in servers:
        server.close()


@pytest.fixture(scope="module")
def watched(tmp_path_factory, logs):
    from processes import Server
    server = Server(tmp_path_factory.mktemp("hostile"), logs)
    yield server
    assert server.stop() == 0


def is_error_of_the_target(reply):
    return reply.status == 412 and reply.body["error_code"] in TARGET_ERRORS


@pytest.mark.parametrize("name", TRICKS)
def test_it_is_the_error_of_that_target(watched, hostile, name):
    target = hostile(TRICKS[name])
    user = "reader:secret@" if "sign-in" in name else ""
    api = Api(watched.address).sign_up(unique("user"))
    scene = Scene(api, None, uri=f"mongodb://{user}{target.address}/")
    threads = status_of(watched, "Threads")
    replies = [api.post(f"/databases/{scene.id}/test"),
               api.post("/indexes/compare-by-collections", {"database_id": scene.id, "collections": ["c"]})]
    assert any(is_error_of_the_target(reply) for reply in replies), [(reply.status, reply.body) for reply in replies]
    assert all(len(str(reply.body)) < 3_000 for reply in replies)
    assert requests.get(watched.address + "/readyz", timeout=60).status_code == 200
    assert status_of(watched, "Threads") < threads + 40
    assert status_of(watched, "VmHWM") < 400_000, "kilobytes"


@pytest.mark.parametrize("name", TRICKS)
def test_doctor_tells_it(tmp_path, start_server, hostile, name):
    target = hostile(TRICKS[name])
    user = "reader:secret@" if "sign-in" in name else ""
    server = start_server()
    scene = Scene(Api(server.address).sign_up(unique("user")), None, uri=f"mongodb://{user}{target.address}/")
    done = command("doctor", "--data", server.data)
    assert re.search(rf"^(failure|warning) +target '{scene.name}': .*\n +to do: ", done.stdout, re.MULTILINE), done.stdout
    assert re.search(r"\d+ ok, \d+ warnings, \d+ failures", done.stdout), done.stdout


def test_what_it_says_is_cut_and_cleaned(watched, hostile):
    target = hostile(everything_but_greetings(lambda request: answer(
        request, {"ok": 0.0, "errmsg": "no\x1b[31m\r\n" + "x" * 100_000, "code": 1})))
    api = Api(watched.address).sign_up(unique("user"))
    scene = Scene(api, None, uri=f"mongodb://{target.address}/")
    reply = api.post("/indexes/compare-by-collections", {"database_id": scene.id, "collections": ["c"]})
    assert "\\x1b[31m\\x0d\\x0a" in str(reply.error) and "\x1b" not in str(reply.error)
    assert len(str(reply.error)) < 2_500


def test_what_a_real_server_may_list_is_read(watched, hostile):
    """Nested 150 deep, and a field name that is not UTF-8."""
    index = document_of(b"\x03key\0" + bson.encode({"a": 1}) + b"\x02name\0\x02\0\0\0a\0"
                        + b"\x03partialFilterExpression\0" + document_of(b"\x03k\0" + nested(150)))
    target = hostile({"listIndexes": lambda request: answer(request, cursor("shop.c", index))})
    api = Api(watched.address).sign_up(unique("user"))
    scene = Scene(api, None, uri=f"mongodb://{target.address}/")
    api.post("/indexes/compare-by-collections", {"database_id": scene.id, "collections": ["c"]}).expect(200)
