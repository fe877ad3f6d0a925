"""The commands as processes: settings, refusals to start, signals, restarts, shared data folders."""
import os
import re
import signal
import socket
import stat
import subprocess

import pytest

from client import Api
from ports import HeldPort
from processes import BINARY, command
from scene import Scene, hold, unique
from waiting import eventually


def refused(*arguments, names, **settings):
    """The command ends by itself, not with success, and says in one clear line what it does not like."""
    result = command(*arguments, **settings)
    said = result.stdout + result.stderr
    assert result.returncode not in (0, -signal.SIGSEGV, -signal.SIGABRT), said
    lines = [line for line in said.splitlines() if line.strip()]
    assert len(lines) == 1, said
    for name in names:
        assert str(name) in lines[0], said
    return lines[0]


def test_version():
    result = command("--version")
    assert result.returncode == 0 and re.search(r"\d+\.\d+", result.stdout)


def test_help_explains_every_setting_with_its_default():
    result = command("serve", "--help")
    assert result.returncode == 0
    for text in ("--listen", "--data", "8080", "data", "MIM_LISTEN", "MIM_DATA", "MIM_ACCESS_TOKEN_SECONDS", "600",
                 "MIM_LEASE_SECONDS"):
        assert text in result.stdout, text
    assert command("--help").returncode == 0 and "serve" in command("--help").stdout


def test_unknown_command_and_flags(tmp_path):
    assert command("nonsense").returncode != 0
    refused("serve", "--nonsense", "1", names=["nonsense"])
    refused("serve", "--data", tmp_path, "--listne", "127.0.0.1:0", names=["listne"])
    refused("serve", "--listen", names=["listen"])
    refused("sandbox", "--listen", "127.0.0.1:0", "--nonsense", names=["nonsense"])


@pytest.mark.parametrize("name,value", [("MIM_LISTEN", "nowhere"), ("MIM_LISTEN", "127.0.0.1:99999"),
                                        ("MIM_ACCESS_TOKEN_SECONDS", "soon"), ("MIM_ACCESS_TOKEN_SECONDS", "-1"),
                                        ("MIM_ACCESS_TOKEN_SECONDS", "99999999999999999999"),
                                        ("MIM_LEASE_SECONDS", "1x"), ("MIM_NO_SUCH_SETTING", "1")])
def test_bad_environment_is_named(tmp_path, name, value):
    refused("serve", "--data", tmp_path, names=[name], **{name: value})


@pytest.mark.parametrize("listen", ["", "x", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:65536", "::::1"])
def test_bad_listen_address_is_named(tmp_path, listen):
    refused("serve", "--listen", listen, "--data", tmp_path, names=["listen"])


def test_settings_from_the_environment(tmp_path):
    environment = {**{k: v for k, v in os.environ.items() if not k.startswith("MIM_")},
                   "MIM_LISTEN": "127.0.0.1:0", "MIM_DATA": str(tmp_path / "data")}
    with subprocess.Popen([BINARY, "serve"], env=environment, cwd=tmp_path, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL) as process:
        assert "mim listening on http://127.0.0.1:" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert (tmp_path / "data").is_dir()


def test_port_in_use(tmp_path, shared_server):
    refused("serve", "--listen", f"127.0.0.1:{shared_server.port}", "--data", tmp_path, names=[shared_server.port])


def test_sandbox_port_in_use(shared_sandbox):
    refused("sandbox", "--listen", f"127.0.0.1:{shared_sandbox.port}", names=[shared_sandbox.port])


@pytest.mark.parametrize("below", ["", "inside"])
def test_data_folder_that_cannot_be_written(tmp_path, below):
    """A file stands where the folder should be: this stops even a superuser."""
    (tmp_path / "file").write_text("x")
    data = tmp_path / "file" / below if below else tmp_path / "file"
    refused("serve", "--listen", "127.0.0.1:0", "--data", data, names=[data])


@pytest.fixture
def used_folder(start_server, tmp_path):
    """A data folder in which a server has already run."""
    server = start_server(tmp_path / "used")
    assert server.stop() == 0
    return server


@pytest.mark.parametrize("content", ["", "garbage", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_damaged_key(used_folder, content):
    key = used_folder.file_named("private.pem")
    key.write_text(content)
    line = refused("serve", "--listen", "127.0.0.1:0", "--data", used_folder.data, names=["private.pem"])
    assert "AAAA" not in line


def test_damaged_store(used_folder):
    store = max((path for path in used_folder.data.rglob("*") if path.suffix != ".pem" and path.is_file()),
                key=lambda path: path.stat().st_size)
    for extra in ("-wal", "-shm"):
        store.with_name(store.name + extra).unlink(missing_ok=True)
    store.write_bytes(b"this is no database" * 1000)
    refused("serve", "--listen", "127.0.0.1:0", "--data", used_folder.data, names=[store.name])


def test_keys_are_made_once_and_are_private(start_server, tmp_path):
    first = start_server(tmp_path / "data", keys="own")
    keys = [first.file_named(name) for name in ("private.pem", "public.pem")]
    content = [key.read_bytes() for key in keys]
    assert stat.S_IMODE(keys[0].stat().st_mode) == 0o600 and b"PRIVATE KEY" in content[0]
    assert b"PUBLIC KEY" in content[1]
    assert first.stop() == 0
    start_server(tmp_path / "data")
    assert [key.read_bytes() for key in keys] == content


def test_keygen(tmp_path):
    assert command("keygen", "--out", tmp_path).returncode == 0
    private, public = tmp_path / "private.pem", tmp_path / "public.pem"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    derived = subprocess.run(["openssl", "pkey", "-in", private, "-pubout"], stdout=subprocess.PIPE, check=True).stdout
    assert derived.split() == public.read_bytes().split()
    before = private.read_bytes()
    command("keygen", "--out", tmp_path)
    assert private.read_bytes() == before, "existing keys are not overwritten"
    assert command("keygen").returncode != 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_it_well(start_server, number):
    held = HeldPort()  # nobody else's, once the server has ended
    server = start_server(port=held.number)
    Api(server.address).sign_up(unique("user"))
    with socket.create_connection((server.host, server.port)):  # an idle client must not hold it up
        assert server.stop(number) == 0
    with pytest.raises(OSError):
        socket.create_connection((server.host, server.port), 2)


def test_signal_during_a_sync_hands_the_work_back(start_server, own_sandbox, tmp_path):
    first = start_server(tmp_path / "data", MIM_LEASE_SECONDS=1)
    scene = Scene(Api(first.address).sign_up(unique("user")), own_sandbox)
    for number in range(6):
        scene.define(f"c{number}", {"x": 1})
    with hold(own_sandbox, ["createIndexes"], 300):
        sync_id = scene.start()
        scene.running(sync_id)
        assert first.stop() == 0
    second = start_server(tmp_path / "data", MIM_LEASE_SECONDS=1)
    scene.api = scene.api.again(address=second.address)
    assert scene.finished(sync_id)["status"] == "completed"
    assert all(scene.names(f"c{number}") == {"x_1"} for number in range(6))


def test_signal_ends_an_event_stream(start_server, own_sandbox):
    server = start_server(MIM_WORKERS=0)
    scene = Scene(Api(server.address).sign_up(unique("user")), own_sandbox)
    scene.define("c", {"x": 1})
    with scene.api.raw("GET", f"/indexes/sync-status/{scene.start()}/events", stream=True) as stream:
        lines = stream.iter_lines()
        assert next(lines), "it has begun"
        assert server.stop() == 0
        assert not any(b'"completed"' in line for line in lines), "it ends, and tells no end of the sync"


def test_restart_keeps_everything(start_server, shared_sandbox, tmp_path):
    first = start_server(tmp_path / "data")
    api = Api(first.address).sign_up(unique("user"))
    scene = Scene(api, shared_sandbox)
    index_id = scene.define("c", {"a": 1}, expire_after_seconds=5)
    sync = scene.sync()
    logged_out = api.again()
    logged_out.log_in()
    logged_out.post("/auth/logout").expect(200)
    before = [api.get(path).data for path in (f"/databases/{scene.id}", f"/indexes/{index_id}")]
    assert first.stop() == 0
    scene.api = api = api.again(address=start_server(tmp_path / "data").address)
    assert [api.get(path).data for path in (f"/databases/{scene.id}", f"/indexes/{index_id}")] == before
    assert scene.status(sync["id"]) == sync
    api.get("/auth/profile", token=logged_out.access).expect_error(401, "Token is revoked")
    api.new_pair().expect(200)
    api.log_in()


def test_two_servers_on_one_data_folder(start_server, own_sandbox, tmp_path):
    servers = [start_server(tmp_path / "data", MIM_LEASE_SECONDS=2) for _ in range(2)]
    api = Api(servers[0].address).sign_up(unique("user"))
    scenes = [Scene(api.again(address=servers[number % 2].address), own_sandbox) for number in range(8)]
    for scene in scenes:
        scene.define("c", {"x": 1})
        scene.define("c", {"y": 1})
    started = [(scene, scene.start()) for scene in scenes]
    for scene, sync_id in started:
        scene.api = api.again(address=servers[scenes.index(scene) % 2 ^ 1].address)
        sync = scene.finished(sync_id)
        assert sync["status"] == "completed" and len(sync["records"]) == 2
    with hold(own_sandbox, ["createIndexes"], 500):
        scenes[0].db.c.drop_indexes()
        sync_id = scenes[0].start()
        scenes[0].api = api.again(address=servers[0].address)
        scenes[0].try_sync().expect(409)
        assert servers[1].stop() == 0
    assert scenes[0].finished(sync_id)["status"] == "completed"


def test_one_server_takes_over_from_a_dead_one(start_server, own_sandbox, tmp_path):
    first = start_server(tmp_path / "data", MIM_LEASE_SECONDS=1)
    scene = Scene(Api(first.address).sign_up(unique("user")), own_sandbox)
    for number in range(6):
        scene.define(f"c{number}", {"x": 1})
    with hold(own_sandbox, ["createIndexes"], 300):
        sync_id = scene.start()
        scene.running(sync_id)
        second = start_server(tmp_path / "data", MIM_LEASE_SECONDS=1)
        first.kill()
    scene.api = scene.api.again(address=second.address)
    assert scene.finished(sync_id)["status"] == "completed"
    assert eventually(scene.no_drift)


def test_no_sandbox_inside_serve():
    assert "--latency-ms" not in command("serve", "--help").stdout
