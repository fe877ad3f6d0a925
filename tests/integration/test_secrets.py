"""Connection strings are sealed where they are kept; keys come, go and are lost."""
import pathlib
import re
import sqlite3

import pytest
import requests

import planted
from client import Api
from processes import command
from scene import unique


def bytes_at_rest(data):
    """All of the store's files, whatever of them is there."""
    return b"".join(path.read_bytes() for path in sorted(pathlib.Path(data).glob("mim.db*")))


def stored_uris(data):
    with sqlite3.connect(pathlib.Path(data) / "mim.db") as file:
        return dict(file.execute("SELECT name, uri FROM databases"))


def store_uri(data, name, uri):
    with sqlite3.connect(pathlib.Path(data) / "mim.db") as file:
        assert file.execute("UPDATE databases SET uri = ? WHERE name = ?", (uri, name)).rowcount == 1
    file.close()


class Kept:
    """A server of the test's own with one database, whose target asks for a password."""

    def __init__(self, start_server, start_sandbox):
        self._start, self.password = start_server, planted.new_password()
        self.sandbox = start_sandbox(auth=f"mim:{self.password}")
        self.uri = f"mongodb://mim:{self.password}@127.0.0.1:{self.sandbox.port}/"
        self.server = start_server()
        self.data, self.key_file = self.server.data, self.server.data / "secret.key"
        self.api = Api(self.server.address).sign_up(unique("user"))
        self.name = unique("db")
        self.body = {"name": self.name, "uri": self.uri, "db_name": "x", "is_test_connection": True}
        self.id = self.api.post("/databases/", self.body).expect(201).data["id"]

    def restart(self, **settings):
        self.stop()
        self.server = self._start(self.data, **settings)
        self.api = self.api.again(address=self.server.address)

    def stop(self):
        assert self.server.stop() == 0

    def test(self):
        return self.api.post(f"/databases/{self.id}/test")


@pytest.fixture
def kept(start_server, start_sandbox):
    return Kept(start_server, start_sandbox)


def test_no_password_lies_in_the_store(kept):
    for number in range(30):
        kept.api.post("/databases/", {**kept.body, "name": f"{kept.name}-{number}", "is_test_connection": False}).expect(201)
    kept.api.put(f"/databases/{kept.id}/", {**kept.body, "description": "written again"}).expect(200)
    kept.test().expect(200)
    assert kept.password.encode() not in bytes_at_rest(kept.data)
    assert all(uri.startswith("sealed:") for uri in stored_uris(kept.data).values())
    assert len(set(stored_uris(kept.data).values())) == 31, "no two are sealed alike"
    assert kept.key_file.stat().st_mode & 0o777 == 0o600
    kept.restart()
    kept.test().expect(200)
    assert kept.password.encode() not in bytes_at_rest(kept.data)


def test_what_an_older_version_left_in_the_clear_is_sealed_at_start(kept):
    kept.stop()
    store_uri(kept.data, kept.name, kept.uri)
    assert kept.password.encode() in bytes_at_rest(kept.data)
    kept.restart()
    kept.test().expect(200)
    assert kept.password.encode() not in bytes_at_rest(kept.data)
    assert "secrets.sealed" in kept.server.log()


def test_a_sealed_string_is_worth_nothing_in_another_place(kept):
    other = {**kept.body, "name": unique("db"), "uri": f"mongodb://127.0.0.1:{kept.sandbox.port}/", "is_test_connection": False}
    kept.api.post("/databases/", other).expect(201)
    kept.stop()
    store_uri(kept.data, other["name"], stored_uris(kept.data)[kept.name])
    kept.restart()
    moved = next(each for each in kept.api.post("/databases/list", {}).expect(200).data if each["name"] == other["name"])
    assert moved["uri"] == "" and "moved here" in moved["uri_error"]
    kept.test().expect(200)


def test_a_lost_key_is_told_for_each_database_and_stops_nothing_else(kept):
    key_id = stored_uris(kept.data)[kept.name].split(":")[1]
    kept.stop()
    key = kept.key_file.read_text()
    kept.key_file.unlink()
    kept.restart()
    assert requests.get(kept.server.address + "/readyz", timeout=20).status_code == 200
    assert re.search(rf"secrets.key_missing.*key={re.escape(key_id)}", kept.server.log())
    shown = kept.api.get(f"/databases/{kept.id}").expect(200).data
    assert shown["uri"] == "" and key_id in shown["uri_error"]
    for reply in (kept.test(), kept.api.post("/indexes/compare-by-database", {"database_id": kept.id, "include_unmanaged": True})):
        assert reply.expect(500).body["error_code"] == 50004 and key_id in reply.error
    kept.api.put(f"/databases/{kept.id}/", {**kept.body, "uri": kept.uri.replace(kept.password, "***")}).expect_bad_field("uri")
    another = {**kept.body, "name": unique("db")}
    fresh = kept.api.post("/databases/", another).expect(201).data["id"]
    # The lost key comes back as an older one: both can be read.
    kept.stop()
    kept.key_file.write_text(kept.key_file.read_text() + key)
    kept.restart()
    kept.test().expect(200)
    kept.api.post(f"/databases/{fresh}/test").expect(200)
    # Or the string is written anew.
    kept.stop()
    kept.key_file.write_text(kept.key_file.read_text().removesuffix(key))
    kept.restart()
    kept.api.put(f"/databases/{kept.id}/", kept.body).expect(200)
    kept.test().expect(200)


def test_a_sync_of_an_unreadable_database_fails_and_says_why(kept):
    kept.api.post("/indexes/", {"database_id": kept.id, "collection": "c", "keys": [{"field": "a", "value": 1}], "options": {}}).expect(201)
    kept.stop()
    kept.key_file.unlink()
    kept.restart()
    reply = kept.api.post("/indexes/sync-by-database", {"database_id": kept.id}).expect(500)
    assert reply.body["error_code"] == 50004


def test_keys_are_rotated_while_the_server_runs(kept):
    old = stored_uris(kept.data)[kept.name].split(":")[1]
    made = command("keygen", "--secret-key", kept.key_file)
    assert made.returncode == 0, made.stderr
    new = re.search(r"wrote the key (\S+) to", made.stdout).group(1)
    kept.restart()
    kept.test().expect(200)
    done = command("store", "rekey", "--data", kept.data)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 sealed anew that had an older key" in done.stdout and f"by the key {new}" in done.stdout
    assert stored_uris(kept.data)[kept.name].split(":")[1] == new
    again = command("store", "rekey", "--data", kept.data)
    assert "0 sealed that were in the clear, 0 sealed anew" in again.stdout and "1 were right already" in again.stdout
    kept.stop()
    lines = kept.key_file.read_text().split(f"# key {old}")
    kept.key_file.write_text(lines[0])
    kept.restart()
    kept.test().expect(200)


def test_rekey_leaves_what_it_cannot_read(kept):
    other = kept.api.post("/databases/", {**kept.body, "name": unique("db")}).expect(201).data["id"]
    kept.stop()
    key = re.search(r"# key (\S+)", kept.key_file.read_text()).group(1)
    store_uri(kept.data, kept.name, stored_uris(kept.data)[kept.name].replace(key, key[::-1]))
    before = stored_uris(kept.data)
    done = command("store", "rekey", "--data", kept.data)
    assert done.returncode == 1 and f"database {kept.id} is left as it is" in done.stdout, done.stdout + done.stderr
    assert other not in done.stdout and stored_uris(kept.data)[kept.name] == before[kept.name]


def test_rekey_without_the_key_changes_nothing(kept):
    kept.stop()
    before, lines = stored_uris(kept.data), kept.key_file.read_text()
    key = re.search(r"# key (\S+)", lines).group(1)
    kept.key_file.unlink()
    done = command("store", "rekey", "--data", kept.data)
    assert done.returncode == 1 and str(kept.key_file) in done.stderr and key in done.stderr, done.stderr
    assert not kept.key_file.exists(), "a new key would open nothing"
    assert command("keygen", "--secret-key", kept.key_file).returncode == 0
    done = command("store", "rekey", "--data", kept.data)
    assert done.returncode == 1 and "of another store" in done.stderr and key in done.stderr, done.stderr
    assert stored_uris(kept.data) == before


@pytest.mark.parametrize("damage, reason", [
    (lambda file: file.write_bytes(file.read_bytes()[:-8192]), "damaged"),
    (lambda file: file.write_bytes(b""), "is empty (0 bytes)"),
    (lambda file: file.unlink(), "is gone"),
    (lambda file: (file.unlink(), file.mkdir()), "is a folder")], ids=["cut", "empty", "gone", "folder"])
def test_rekey_names_a_file_that_is_no_store(kept, damage, reason):
    kept.stop()
    with sqlite3.connect(kept.data / "mim.db") as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.close()
    damage(kept.data / "mim.db")
    key = kept.key_file.read_bytes()
    done = command("store", "rekey", "--data", kept.data)
    assert done.returncode == 1 and str(kept.data / "mim.db") in done.stderr and reason in done.stderr, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1 and kept.key_file.read_bytes() == key


def test_keys_may_come_from_the_environment(kept):
    key = next(line for line in kept.key_file.read_text().splitlines() if not line.startswith("#"))
    kept.stop()
    kept.key_file.unlink()
    kept.restart(MIM_SECRET_KEYS=f"{'ab' * 32},{key}")
    kept.test().expect(200)
    assert not kept.key_file.exists()


@pytest.mark.parametrize("settings, reason", [
    ({"MIM_SECRET_KEYS": "S3cr3t-too-short"}, "--secret-keys: key 1 is not a key"),
    ({"MIM_SECRET_KEYS": "ab" * 32 + "," + "ab" * 32}, "key 2 is there twice"),
    ({"MIM_SECRET_KEYS": "ab" * 32, "MIM_SECRET_KEY_FILE": "x"}, "only one of them"),
    ({"MIM_SECRET_KEY_FILE": "/nowhere/secret.key"}, "/nowhere/secret.key"),
])
def test_keys_that_cannot_be_are_refused_in_one_line(tmp_path, settings, reason):
    done = command("serve", "--data", tmp_path, "--listen", "127.0.0.1:0", **settings)
    assert done.returncode == 1 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert reason in done.stderr and "S3cr3t" not in done.stderr and "abab" not in done.stderr, done.stderr
