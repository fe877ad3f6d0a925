"""Where targets may be: looked at when the URI is saved, and again at the address that is connected to."""
import socket

import pytest

from client import Api
from hello_server import HelloServer
from processes import Sandbox, command
from scene import Scene, unique

NOT_ALLOWED = 41207
DENIED = "127.0.0.2"


@pytest.fixture
def forbidden():
    """A listener on an address that is denied; it tells whether anybody came."""
    with socket.create_server((DENIED, 0)) as listener:
        listener.setblocking(False)
        yield listener


def nobody_came_to(listener):
    try:
        listener.accept()
    except BlockingIOError:
        return True
    return False


def signed_up(server):
    return Api(server.address).sign_up(unique("user"))


@pytest.fixture
def strict(start_server):
    return signed_up(start_server(MIM_TARGET_DENY=DENIED, MIM_TARGET_ALLOW="127.0.0.0/8"))


def save(api, uri, **more):
    return api.post("/databases/", {"name": unique("db"), "uri": uri, "db_name": "shop", **more})


def compare(scene):
    scene.try_define("c", {"a": 1})  # of a collection that nobody knows there would be nothing to compare
    return scene.api.post("/indexes/compare-by-collections", {"database_id": scene.id, "collections": ["c"]})


@pytest.mark.parametrize("host", ["169.254.169.254", "[::ffff:169.254.169.254]", "[fe80::1]", "[fd00:ec2::254]",
                                  "100.100.100.200", "127.0.0.1:27017,169.254.1.1"])
def test_metadata_and_link_local_addresses_are_denied_by_default(api, host):
    reply = save(api, f"mongodb://{host}/").expect_bad_field("uri")
    assert "--target-allow" in reply.error["uri"]


def test_a_socket_file_is_denied_by_default(api, start_server):
    assert "unix socket" in save(api, "mongodb://%2Frun%2Fdb.sock/").expect_bad_field("uri").error["uri"]
    allowed = signed_up(start_server(MIM_TARGET_ALLOW="/run/db.sock"))
    save(allowed, "mongodb://%2Frun%2Fdb.sock/").expect(201)
    save(allowed, "mongodb://%2Frun%2Fother.sock/").expect_bad_field("uri")


def test_what_is_written_in_the_uri_is_refused_when_it_is_saved(strict, own_sandbox):
    reply = save(strict, f"mongodb://{DENIED}/").expect_bad_field("uri")
    assert "--target-deny" in reply.error["uri"] and DENIED in reply.error["uri"]
    assert "--target-allow" in save(strict, "mongodb://192.0.2.1/").expect_bad_field("uri").error["uri"]
    scene = Scene(strict, own_sandbox)
    strict.put(f"/databases/{scene.id}/", {"name": scene.name, "uri": f"mongodb://{DENIED}/",
                                           "db_name": "shop"}).expect_bad_field("uri")
    compare(scene).expect(200)


def test_the_address_behind_a_name_is_refused_when_it_is_connected_to(strict, forbidden):
    # The old way of writing 127.0.0.2: no address by the rules, so it is looked up like any other name.
    uri = f"mongodb://127.2:{forbidden.getsockname()[1]}/"
    reply = save(strict, uri, is_test_connection=True).expect(412)
    assert reply.body["error_code"] == NOT_ALLOWED and DENIED in reply.error and "--target-deny" in reply.error
    assert number_of_saved(strict, uri) == 0
    assert nobody_came_to(forbidden)


def number_of_saved(api, uri):
    return sum(item["uri"] == uri for item in api.post("/databases/list", {}).expect(200).data)


def test_a_member_that_a_replica_set_names_is_held_to_it(strict, forbidden):
    member = HelloServer(f"{DENIED}:{forbidden.getsockname()[1]}")
    scene = Scene(strict, None, uri=member.uri)
    reply = compare(scene).expect(412)
    assert reply.body["error_code"] == NOT_ALLOWED and DENIED in reply.error
    assert nobody_came_to(forbidden), "neither a call nor a monitor"
    member.close()


def test_a_stored_target_that_was_denied_since_is_refused_at_once(start_server, tmp_path, logs):
    sandbox = Sandbox(logs)
    server = start_server(tmp_path / "kept")
    scene = Scene(signed_up(server), sandbox)
    compare(scene).expect(200)
    assert server.stop() == 0
    server = start_server(tmp_path / "kept", MIM_TARGET_DENY="127.0.0.0/8")
    scene.api.address = server.address
    for reply in (compare(scene), scene.api.post(f"/databases/{scene.id}/test"), scene.try_sync(["c"], option_extra=2)):
        assert reply.expect(412).body["error_code"] == NOT_ALLOWED
    sandbox.kill()


AMBIENT = {"aws": "mongodb://{}/?authMechanism=MONGODB-AWS&authSource=%24external",
           "gssapi": "mongodb://somebody@{}/?authMechanism=GSSAPI&authSource=%24external"}


@pytest.mark.parametrize("mechanism", AMBIENT)
def test_nobody_signs_in_with_the_credentials_of_this_machine(api, start_server, mechanism):
    """Whoever adds a target chooses the server that would get them."""
    uri = AMBIENT[mechanism].format("db.example.com")
    reason = save(api, uri).expect_bad_field("uri").error["uri"]
    assert "--ambient-credentials" in reason and mechanism in reason
    other = "gssapi" if mechanism == "aws" else "aws"
    save(signed_up(start_server(MIM_AMBIENT_CREDENTIALS=other)), uri).expect_bad_field("uri")
    save(signed_up(start_server(MIM_AMBIENT_CREDENTIALS=f"{other}, {mechanism}")), uri).expect(201)


def test_credentials_of_this_machine_are_fetched_only_where_that_is_allowed(start_server, own_sandbox):
    """libmongoc would fetch them from 169.254.169.254, which is denied."""
    allowed = signed_up(start_server(MIM_AMBIENT_CREDENTIALS="aws"))
    uri = AMBIENT["aws"].format(own_sandbox.uri.split("/")[2])
    reply = save(allowed, uri, is_test_connection=True).expect(412)
    assert reply.body["error_code"] == NOT_ALLOWED and "169.254.169.254" in reply.error


def test_files_of_this_machine_are_named_only_in_one_folder(api, start_server, tmp_path):
    folder = tmp_path / "tls"
    folder.mkdir()
    (tmp_path / "secret.pem").write_text("x")
    (folder / "link.pem").symlink_to(tmp_path / "secret.pem")
    inside = f"mongodb://db.example.com/?tls=true&tlsCAFile={folder}/ca.pem"
    reason = save(api, inside).expect_bad_field("uri").error["uri"]
    assert "--target-tls-folder" in reason and str(folder) not in reason
    allowed = signed_up(start_server(MIM_TARGET_TLS_FOLDER=folder))
    save(allowed, inside).expect(201)
    for elsewhere in (tmp_path / "secret.pem", folder / "link.pem", folder / ".." / "secret.pem"):
        for option in ("tlsCAFile", "tlsCertificateKeyFile"):
            save(allowed, f"mongodb://db.example.com/?tls=true&{option}={elsewhere}").expect_bad_field("uri")


def test_a_stored_target_that_names_such_a_file_is_refused_since(start_server, tmp_path):
    folder = tmp_path / "tls"
    folder.mkdir()
    server = start_server(tmp_path / "kept", MIM_TARGET_TLS_FOLDER=folder)
    scene = Scene(signed_up(server), None, uri=f"mongodb://127.0.0.1:1/?tls=true&tlsCAFile={folder}/ca.pem")
    assert server.stop() == 0
    scene.api.address = start_server(tmp_path / "kept").address
    for reply in (compare(scene), scene.api.post(f"/databases/{scene.id}/test")):
        assert reply.expect(412).body["error_code"] == NOT_ALLOWED and "--target-tls-folder" in reply.error
    doctor = command("doctor", "--data", tmp_path / "kept")
    assert "--target-tls-folder" in doctor.stdout


@pytest.mark.parametrize("flag, value", [("--ambient-credentials", "kerberos"), ("--target-tls-folder", "/no/such/folder")])
def test_a_bad_setting_of_it_is_named(tmp_path, flag, value):
    done = command("serve", "--data", tmp_path / "data", flag, value)
    assert done.returncode == 1 and flag in done.stderr and value in done.stderr


@pytest.mark.parametrize("flag", ["--target-allow", "--target-deny"])
def test_a_bad_entry_is_named(tmp_path, flag):
    done = command("serve", "--data", tmp_path / "data", flag, "10.0.0.0/99")
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert flag in done.stderr and "10.0.0.0/99" in done.stderr
