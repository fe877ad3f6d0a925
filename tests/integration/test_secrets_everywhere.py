"""Each kind of secret, planted where it belongs, is looked for on each path that leads out: by name, not only at the end."""
import json
import re
import subprocess
import urllib.parse

import pytest
import requests

import planted
from apm_server import ApmServer
from certificates import Authority
from client import BASES, Api
from echoing_server import AFTERWARDS, AT_SIGN_IN, EchoingServer
from ports import HeldPort
from processes import command
from redis_server import Redis, Worker
from scene import Scene, unique
from waiting import eventually


def encoded(text):
    return urllib.parse.quote(text, safe="")


def clean(text):
    assert text and not planted.leaks(text), planted.leaks(text)[:3]
    return text


def key_in_hex():
    """A key that seals, with the mark in it."""
    return (planted.MARK.encode() + b"0123456789" * 3)[:32].hex()


# What commands tell.

COMMANDS = {
    "serve": ["serve", "--listen", "127.0.0.1:0"], "worker": ["worker"], "config check": ["config", "check"],
    "config check of a worker": ["config", "check", "worker"], "doctor": ["doctor"], "doctor in JSON": ["doctor", "--output", "json"],
    "store create": ["store", "create"], "store rekey": ["store", "rekey"], "store backup": ["store", "backup", "--to", "b.db"],
    "store restore": ["store", "restore", "--from", "b.db"], "store copy from": ["store", "copy", "--to", "c.db", "--from"],
    "store copy to": ["store", "copy", "--from", "from/mim.db", "--to"],
    "create-admin": ["user", "create-admin", "--username", "u", "--email", "u@example.org"]}
STORES = ["where nobody listens", "that refuses the user", "that refuses all else", "that cannot be parsed"]


@pytest.fixture
def store(request, closed_port):
    password, token = planted.new_awkward_password(), planted.new_awkward_password()
    where = STORES.index(request.param)
    servers = {1: EchoingServer(AT_SIGN_IN), 2: EchoingServer(AFTERWARDS)}
    address = servers[where].address if where in servers else f"127.0.0.1:{closed_port}"
    secret = password if where == 3 else encoded(password)
    options = "authMechanism=PLAIN&authSource=%24external" if where in servers \
        else f"authMechanismProperties=AWS_SESSION_TOKEN:{encoded(token)}&tlsCertificateKeyFilePassword={encoded(token)}"
    yield f"mongodb://ops%40example.org:{secret}@{address}/x?{options}"
    for server in servers.values():
        server.close()


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("store", STORES, indirect=True)
def test_no_command_tells_how_it_signs_in_to_its_store(tmp_path, closed_port, store, name):
    words = COMMANDS[name]
    settings = {"MIM_STORE": store, "MIM_DATA": tmp_path / "data"}
    if words[:2] == ["store", "copy"]:
        if words[-1] == "--to":
            assert command("store", "create", "--data", tmp_path / "from").returncode == 0
        words, settings = [*words, store], {}
    elif words[0] in ("serve", "worker", "config", "doctor"):
        settings |= {"MIM_QUEUE": f"redis://ops:{encoded(planted.new_awkward_password())}@127.0.0.1:{closed_port}/2",
                     "MIM_SECRET_KEYS": key_in_hex(), "MIM_APM_SERVER_URL": f"http://127.0.0.1:{closed_port}",
                     "MIM_APM_SECRET_TOKEN": planted.new_password()}
    elif name == "store rekey":
        settings["MIM_SECRET_KEYS"] = key_in_hex()
    done = command(*(tmp_path / word if word.endswith(".db") else word for word in words),
                   typed=planted.new_password() + "\n", **settings)
    clean(done.stdout + done.stderr)
    assert (done.returncode == 0) == (words[0] == "config" and ":/?#" not in store), done.stdout + done.stderr


def test_nor_what_was_given_for_the_wrong_setting(tmp_path):
    """As it happens with a word in the wrong place: any setting may be given a connection string."""
    uri = f"mongodb://ops:{encoded(planted.new_awkward_password())}@h/?authMechanismProperties=AWS_SESSION_TOKEN:{planted.new_password()}"
    names = set(re.findall(r"^#(MIM_[A-Z_]+)=", command("config", "example").stdout, re.MULTILINE))
    assert {"MIM_STORE", "MIM_TARGET_ALLOW", "MIM_CONFIG"} <= names
    file = tmp_path / "mim.ini"
    for name in sorted(names - {"MIM_DATA"}):  # a folder may be called so
        file.write_text(f"{name.removeprefix('MIM_').lower().replace('_', '-')} = {uri}\n")
        for words in (["config", "check"], ["doctor", "--output", "json"]):
            done = command(*words, MIM_DATA=tmp_path / "data", **{name: uri})
            clean(done.stdout + done.stderr)
        done = command("config", "check", "--config", file, MIM_DATA=tmp_path / "data")
        clean(done.stdout + done.stderr)


@pytest.mark.parametrize("file", ["private.pem", "secret.key"])
def test_nor_what_a_broken_key_file_holds(tmp_path, start_server, file):
    server = start_server()
    assert server.stop() == 0
    (server.data / file).write_text(f"{planted.new_password()}\n")
    for words in (["serve", "--listen", "127.0.0.1:0"], ["doctor"], ["doctor", "--output", "json"], ["store", "rekey"], ["config", "check"]):
        done = command(*words, "--data", server.data)
        text = clean(done.stdout + done.stderr)
        assert words[0] not in ("serve", "doctor") or (done.returncode == 1 and file in text), text
    (server.data / file).unlink()


@pytest.mark.parametrize("renamed", [False, True], ids=["wrong", "no AUTH"])
def test_nor_the_password_of_the_queue(tmp_path, renamed):
    """A Redis that does not know AUTH repeats what it was told."""
    held = HeldPort()
    options = ["--rename-command", "AUTH", ""] if renamed else ["--requirepass", planted.new_password()]
    redis = subprocess.Popen(["redis-server", "--port", str(held.number), "--bind", "127.0.0.1", "--save", "", *options],
                             stdout=subprocess.DEVNULL)
    try:
        queue = f"redis://:{encoded(planted.new_awkward_password())}@127.0.0.1:{held.number}/2"
        for words in (["doctor"], ["doctor", "--output", "json"]):
            text = eventually(lambda: refusal_in(command(*words, MIM_DATA=tmp_path / "data", MIM_QUEUE=queue)),
                              what="redis answers")
            clean(text)
    finally:
        redis.kill()
        redis.wait()
        held.close()


def refusal_in(done):
    text = done.stdout + done.stderr
    return text if "Redis refuses the user or the password" in text else None


# What a server answers, keeps and tells.

class Fleet:
    """A server and a worker over Redis, traced, and a target that wants the awkward password that is in its URI."""

    def __init__(self, folder, logs, start_server, start_sandbox):
        self.redis, self.apm = Redis(folder / "redis", planted.new_password()), ApmServer()
        settings = {"MIM_QUEUE": self.redis.uri, "MIM_APM_SERVER_URL": self.apm.url, "MIM_FEED_INTERVAL_SECONDS": 1,
                    "MIM_APM_SECRET_TOKEN": planted.new_password(), "MIM_LOG_LEVEL": "debug", "MIM_REFRESH_SIBLING_MILLISECONDS": 0}
        password = planted.new_awkward_password()
        self.sandbox = start_sandbox(auth=f"ops:{password}")
        self.server = start_server(folder / "data", MIM_WORKERS=0, **settings)
        self.worker = Worker(folder / "data", logs, **settings)
        self.admin = Api(self.server.address).sign_up(unique("admin"))
        self.scene = Scene(self.admin, self.sandbox, uri=f"mongodb://ops:{encoded(password)}@127.0.0.1:{self.sandbox.port}/")

    def told(self):
        """Everything that leaves it but answers, by its name."""
        page = requests.get(self.server.address + "/metrics", timeout=60).text
        kept = {f"{path.name} in {folder.name}": path.read_bytes().decode("latin-1")
                for folder in (self.server.data, self.redis.folder) for path in folder.rglob("*")
                if path.is_file() and path.name not in ("secret.key", "private.pem") and path.stat().st_size > 0}
        return {"log": self.server.log(), "log of the worker": self.worker.log(), "metrics": page,
                "traces": "".join(self.apm.bodies), **kept}

    def stop(self):
        assert self.worker.stop() == 0
        self.redis.kill()
        self.apm.stop()


@pytest.fixture
def fleet(tmp_path, logs, start_server, start_sandbox):
    fleet = Fleet(tmp_path, logs, start_server, start_sandbox)
    yield fleet
    fleet.stop()


@pytest.mark.parametrize("base", BASES)
def test_a_password_is_used_and_nowhere_told(fleet, base):
    scene = fleet.scene
    scene.api = scene.api.again(base=base)
    scene.define("c", {"a": 1})
    of_database = {"database_id": scene.id}
    assert scene.api.post(f"/databases/{scene.id}/test").expect(200).data["ok"] is True
    assert [item["collection"] for item in scene.compare()] == ["c"] and scene.plan()["operations"]
    for mode in ("registry", "live"):
        scene.api.post("/indexes/generate-script", {**of_database, "source": mode})
    assert scene.api.post("/indexes/generate-script", {**of_database, "pack": True}).expect(200).data["forward"]["script"]
    assert scene.sync()["status"] == "completed" and scene.api.post("/indexes/sync-from-database", of_database).expect(200)
    sync = scene.sync()["id"]
    scene.api.get(f"/indexes/sync-status/by-database/{scene.id}").expect(200)
    # The refresh token is spent and then tried again: a refusal in the audit log.
    spent = scene.api.refresh
    scene.api.new_pair().expect(200)
    scene.api.post("/auth/refresh-token", token=spent).expect(401)
    fleet.admin.log_in()
    entries = fleet.admin.post("/audit/list", {"limit": 200}).expect(200).data
    assert {"account.refresh", "sync.finish"} <= {entry["action"] for entry in entries}
    assert fleet.admin.raw("GET", "/audit/export").status_code == 200
    fleet.apm.wait_for("transaction", name="sync")
    told = fleet.told()
    assert any(sync in text for name, text in told.items() if "redis" in name), "the queue never held the job"
    assert any("mim.db" in name for name in told)
    for name, text in told.items():
        assert not planted.all_leaks(text), f"{name}: {planted.all_leaks(text)[:3]}"


URIS = {
    "awkward": "mongodb://ada%40example.org%2Fops:{}@127.0.0.1:{port}/",
    "not encoded": "mongodb://ada:{raw}@127.0.0.1:{port}/",
    "session token": "mongodb://AKIAIOSFODNN7EXAMPLE:{}@127.0.0.1:{port}/?authMechanism=MONGODB-AWS&authSource=%24external"
                     "&authMechanismProperties=AWS_SESSION_TOKEN:{}",
    "name of the option encoded": "mongodb://127.0.0.1:{port}/?authMechanism%50roperties=AWS_SESSION_TOKEN:{}",
    "passphrase of a key": "mongodb://127.0.0.1:{port}/?tls=true&tlsCertificateKeyFile=/none.pem&tlsCertificateKeyFilePassword={}",
    "of a proxy": "mongodb://127.0.0.1:{port}/?proxyPassword={}"}


def uri_of(form, port):
    secrets = [encoded(planted.new_awkward_password()) for _ in range(2)]
    return form.format(*secrets, raw=planted.new_awkward_password(), port=port)


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("form", URIS)
def test_a_refused_connection_string_is_told_masked(start_server, closed_port, form, base):
    """In the answer, and in the audit log, which keeps what was tried."""
    server = start_server(MIM_LOG_LEVEL="debug")
    api = Api(server.address, base).sign_up(unique("user"))
    scene = Scene(api, None, uri=f"mongodb://127.0.0.1:{closed_port}/")
    body = {"name": scene.name, "uri": uri_of(URIS[form], closed_port), "db_name": "other", "is_test_connection": True}
    assert api.put(f"/databases/{scene.id}", body).status in (400, 412)
    assert api.post("/databases", {**body, "name": unique("db")}).status in (400, 412)
    entries = api.post("/audit/list", {"outcome": "failed"}).expect(200).data
    tried = {entry["action"]: entry for entry in entries}
    for action in ("database.update", "database.create"):
        assert "***" in clean(json.dumps(tried[action]["after"]["uri"])), tried[action]
    export = api.raw("GET", "/audit/export")
    assert export.status_code == 200
    clean(export.text)
    clean(server.log())


def test_the_passphrase_of_a_targets_key_is_never_told(start_server, tmp_path, closed_port):
    authority, passphrase = Authority(tmp_path), planted.new_password()
    certificate, key = authority.issue("client", passphrase=passphrase)
    (tmp_path / "tls").mkdir()
    (tmp_path / "tls" / "client.pem").write_text(certificate.read_text() + key.read_text())
    server = start_server(MIM_TARGET_TLS_FOLDER=tmp_path / "tls", MIM_LOG_LEVEL="debug")
    api = Api(server.address).sign_up(unique("user"))
    for given in (passphrase, planted.new_password()):
        scene = Scene(api, None, uri=f"mongodb://127.0.0.1:{closed_port}/?tls=true&tlsCertificateKeyFile={tmp_path}/tls/client.pem"
                                     f"&tlsCertificateKeyFilePassword={given}")
        api.post(f"/databases/{scene.id}/test").expect(412)
        assert scene.api.get(f"/databases/{scene.id}").data["uri"].endswith("tlsCertificateKeyFilePassword=***")
    for form in ("text", "json"):
        done = command("doctor", "--data", server.data, "--output", form, MIM_TARGET_TLS_FOLDER=tmp_path / "tls")
        assert scene.name in clean(done.stdout + done.stderr)
    clean(server.log())


@pytest.mark.parametrize("base", BASES)
def test_a_token_in_the_wrong_place_is_not_written_down(start_server, base):
    """People paste it into the address."""
    server = start_server(MIM_LOG_LEVEL="debug")
    api = Api(server.address, base).sign_up(unique("user"))
    key = api.post("/api-keys", {"name": "k", "scope": "read"}).expect(201).data["key"]
    for secret in (api.access, api.refresh, key, planted.new_password()):
        for path in (f"/databases/{secret}", f"/nowhere/{secret}", f"/auth/profile?token={secret}"):
            api.raw("GET", path)
        api.raw("GET", "/auth/profile", token="not." + secret)
    text = eventually(lambda: server.log() if server.log().count("http.request") >= 16 else None, what="all are in the log")
    clean(text)
    assert not planted.all_leaks(text)
