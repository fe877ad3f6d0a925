"""What ails a target is told apart: each cause has its number, and a missing privilege its name."""
import pytest

import planted
from client import Api
from hostile_server import HostileServer
from processes import Server
from scene import Scene, fail_point, hold, unique

UNREACHABLE, AUTHENTICATION, NOT_AUTHORISED, TIMEOUT, REFUSED = 41200, 41201, 41202, 41203, 41204


def number_of(reply):
    return reply.expect(412).body["error_code"]


def compare(scene):
    scene.try_define("c", {"a": 1})  # of a collection that nobody knows there would be nothing to compare
    return scene.api.post("/indexes/compare-by-collections", {"database_id": scene.id, "collections": ["c"]})


@pytest.fixture(scope="module")
def impatient(tmp_path_factory, logs):
    server = Server(tmp_path_factory.mktemp("impatient"), logs, MIM_TARGET_DEADLINE_SECONDS=3,
                    MIM_TARGET_CONNECT_TIMEOUT_MS=1000, MIM_TARGET_BREAKER_FAILURES=0)
    yield Api(server.address).sign_up(unique("user"))
    assert server.stop() == 0, server.log()[-2000:]


def test_unreachable(impatient, closed_port):
    scene = Scene(impatient, None, uri=f"mongodb://127.0.0.1:{closed_port}/")
    assert number_of(compare(scene)) == UNREACHABLE


def test_of_several_hosts_each_is_told_with_what_ails_it(impatient, own_sandbox, closed_port):
    """Also when it is asked again at once, while the driver looks for none of them."""
    mine = f"127.0.0.1:{own_sandbox.port}"
    scene = Scene(impatient, None, uri=f"mongodb://127.0.0.1:{closed_port},{mine}/")
    for _ in range(3):
        reply = impatient.post(f"/databases/{scene.id}/test")
        assert number_of(reply) == UNREACHABLE
        assert f"'127.0.0.1:{closed_port}': connection refused" in reply.error, reply.error
        assert f"'{mine}': is a standalone server" in reply.error, reply.error
    alone = Scene(impatient, None, uri=f"mongodb://{mine}/?replicaSet=rs0")
    assert f"'{mine}': is a standalone server" in impatient.post(f"/databases/{alone.id}/test").expect(412).error
    impatient.post(f"/databases/{Scene(impatient, None, uri=f'mongodb://{mine}/').id}/test").expect(200)


def test_timeout_of_a_host_that_never_speaks(impatient, silent_port):
    scene = Scene(impatient, None, uri=f"mongodb://127.0.0.1:{silent_port}/")
    assert number_of(compare(scene)) == TIMEOUT


def test_timeout_of_a_server_that_hangs(impatient, own_sandbox):
    scene = Scene(impatient, own_sandbox)
    with hold(own_sandbox, ["listCollections"], 60_000):
        assert number_of(compare(scene)) == TIMEOUT


def test_wrong_password_and_no_user_at_all(api, start_sandbox):
    """Asked by a server with time: a build under sanitizers takes seconds to prove a password."""
    password = planted.new_password()
    sandbox = start_sandbox(auth=f"ada:{password}")
    address = f"127.0.0.1:{sandbox.port}/"
    wrong = Scene(api, None, uri=f"mongodb://ada:{planted.new_password()}@{address}")
    assert number_of(compare(wrong)) == AUTHENTICATION
    nobody = compare(Scene(api, None, uri=f"mongodb://{address}"))
    assert number_of(nobody) == AUTHENTICATION and "names none" in nobody.error
    tested = api.post(f"/databases/{Scene(api, None, uri=f'mongodb://{address}').id}/test")
    assert number_of(tested) == AUTHENTICATION and "names none" in tested.error, "it greets anybody"
    compare(Scene(api, None, uri=f"mongodb://ada:{password}@{address}")).expect(200)


def closes(_request):
    raise ConnectionResetError


@pytest.mark.parametrize("trick, number, words", [
    (lambda _request: b"", TIMEOUT, "did not answer the sign-in in time"),
    (closes, UNREACHABLE, "closed the connection during the sign-in"),
], ids=["silent", "closes"])
def test_a_sign_in_without_an_answer_is_no_wrong_password(impatient, trick, number, words):
    server = HostileServer({"saslStart": trick})
    scene = Scene(impatient, None, uri=f"mongodb://ada:{planted.new_password()}@{server.address}/")
    reply = compare(scene)
    assert number_of(reply) == number and f"'{server.address}' {words}" in reply.error, reply.error
    server.close()


def test_a_server_error_keeps_the_servers_words(impatient, own_sandbox):
    scene = Scene(impatient, own_sandbox)
    with fail_point(own_sandbox, ["listCollections"], errorCode=14031, errorMessage="the disk is full"):
        reply = compare(scene)
    assert number_of(reply) == REFUSED and "the disk is full" in reply.error and "14031" in reply.error


def collection(scene, method, **more):
    body = {"database_id": scene.id, "collection": "c", **more}
    return getattr(scene.api, method)("/databases/collections/", body)


@pytest.mark.parametrize("command,privilege,ask", [
    ("listCollections", "listCollections on {}", compare),
    ("listIndexes", "listIndexes on {}.c", compare),
    ("create", "createCollection on {}.n", lambda scene: collection(scene, "post", collection="n")),
    ("renameCollection", "renameCollectionSameDB on {}", lambda scene: collection(scene, "put", new_collection="d")),
    ("count", "find on {}.c", lambda scene: collection(scene, "delete")),
    ("drop", "dropCollection on {}.c", lambda scene: collection(scene, "delete", confirm="c"))])
def test_a_missing_privilege_is_named_with_its_resource(impatient, own_sandbox, command, privilege, ask):
    scene = Scene(impatient, own_sandbox)
    scene.db.c.create_index("x")
    with fail_point(own_sandbox, [command], errorCode=13):
        reply = ask(scene)
    assert number_of(reply) == NOT_AUTHORISED
    assert f"needs the privilege {privilege.format(scene.db_name)} " in reply.error, reply.error


@pytest.mark.parametrize("command,privilege", [("createIndexes", "createIndex"), ("dropIndexes", "dropIndex"),
                                               ("collMod", "collMod")])
def test_a_sync_names_it_in_the_record(impatient, own_sandbox, command, privilege):
    scene = Scene(impatient, own_sandbox)
    scene.define("c", {"new": 1})
    scene.define("c", {"ttl": 1}, expire_after_seconds=1)
    scene.db.c.create_index("old")
    scene.db.c.create_index("ttl", expireAfterSeconds=2)
    with fail_point(own_sandbox, [command], errorCode=13):
        sync = scene.sync()
    failed, = [row["error"] for row in sync["records"] if row["status"] == "failed"]
    assert failed["code"] == 13 and f"needs the privilege {privilege} on {scene.db_name}.c:" in failed["message"]
