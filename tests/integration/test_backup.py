"""`mim store backup` and `mim store restore`: while a server writes, and where they must refuse."""
import pathlib
import re
import sqlite3
import threading

import pytest

import planted
from client import NO_TOKEN, Api
from processes import command
from scene import Scene, unique

COLLECTIONS = 6


class Writers:
    """Threads that write through the API until they are told to end: each makes a database and its definitions."""

    def __init__(self, api, sandbox, count=4):
        self.api, self.sandbox, self.ending = api, sandbox, threading.Event()
        self.written, self.failed = [], []
        self.began = threading.Barrier(count + 1)
        self.threads = [threading.Thread(target=self._write) for _ in range(count)]
        for thread in self.threads:
            thread.start()
        self.began.wait(30)

    def _write(self):
        api, first = self.api.again(), True
        while not self.ending.is_set():
            try:
                scene = Scene(api, self.sandbox, uri=f"mongodb://u:{planted.new_password()}@127.0.0.1:1/")
                for number in range(COLLECTIONS):
                    scene.define(f"c{number}", {"a": 1, "b": -1})
                self.written.append(scene.id)
            except Exception as failure:  # noqa: BLE001: told at the end, whatever it was
                self.failed.append(failure)
                return
            finally:
                if first:
                    first = False
                    self.began.wait(30)

    def end(self):
        self.ending.set()
        for thread in self.threads:
            thread.join()
        assert not self.failed, self.failed[0]


def backup(data, to):
    return command("store", "backup", "--data", data, "--to", to)


def restore(data, source):
    return command("store", "restore", "--data", data, "--from", source)


@pytest.fixture
def filled(start_server, shared_sandbox):
    server = start_server(MIM_ACCESS_TOKEN_SECONDS=3600)
    api = Api(server.address).sign_up(unique("user"))
    scene = Scene(api, shared_sandbox)
    scene.define("orders", {"a": 1})
    return server, api, scene


def test_a_backup_under_load_is_consistent(filled, tmp_path, shared_sandbox, start_server):
    server, api, scene = filled
    writers = Writers(api, shared_sandbox)
    before = set(writers.written)
    copies = [tmp_path / f"backup-{number}.db" for number in range(3)]
    for copy in copies:
        done = backup(server.data, copy)
        assert done.returncode == 0, done.stdout + done.stderr
        assert re.search(r"copied: \d+ of \d+ pages", done.stdout) and "needs the key" in done.stdout
    writers.end()
    for copy in copies:
        assert copy.stat().st_mode & 0o777 == 0o600
        assert planted.MARK.encode() not in copy.read_bytes()
        with sqlite3.connect(copy) as file:
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert not file.execute("PRAGMA foreign_key_check").fetchall()
            kept = {row[0] for row in file.execute("SELECT id FROM databases")}
        file.close()
        assert before | {scene.id} <= kept
    assert sorted(path.name for path in tmp_path.glob("backup-*")) == [copy.name for copy in copies]
    # Elsewhere, with the same keys, it is the same service.
    elsewhere = tmp_path / "elsewhere"
    done = restore(elsewhere, copies[-1])
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("secret.key", "private.pem", "public.pem"):
        (elsewhere / name).write_bytes((server.data / name).read_bytes())
    again = api.again(address=start_server(elsewhere).address)
    again.log_in()
    assert again.get(f"/databases/{scene.id}").expect(200).data["name"] == scene.name
    assert again.post(f"/databases/{scene.id}/test").expect(200).data["ok"] is True


def test_a_restore_goes_back_and_keeps_what_was_there(filled, tmp_path, start_server):
    server, api, scene = filled
    assert backup(server.data, tmp_path / "b.db").returncode == 0
    later = Scene(api, scene.sandbox)
    refused = restore(server.data, tmp_path / "b.db")
    assert refused.returncode == 1 and "is in use" in refused.stderr, refused.stderr
    api.get(f"/databases/{later.id}").expect(200)
    assert server.stop() == 0
    done = restore(server.data, tmp_path / "b.db")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "roles and API keys are as they were at the backup" in done.stdout
    aside = re.search(r"is kept as (\S+)", done.stdout).group(1)
    with sqlite3.connect(aside) as file:
        assert file.execute("SELECT COUNT(*) FROM databases").fetchone() == (2,)
    file.close()
    assert not list(server.data.glob("*.new-*"))
    back = api.again(address=start_server(server.data).address)
    back.get(f"/databases/{scene.id}").expect(401)  # sessions end: some may have been revoked since
    back.log_in()
    back.get(f"/databases/{scene.id}").expect(200)
    back.get(f"/databases/{later.id}").expect(404)


def test_a_sync_that_was_under_way_does_not_run_again(filled, tmp_path, start_server):
    """It was wished for in another world; nothing is dropped because of it."""
    server, api, scene = filled
    scene.db.orders.create_index([("old", 1)], name="old_1")
    assert server.stop() == 0
    server = start_server(server.data, MIM_WORKERS="0")
    api = api.again(address=server.address)
    sync = api.post("/indexes/sync-by-database", {"database_id": scene.id}).expect(200).data["sync_id"]
    assert backup(server.data, tmp_path / "b.db").returncode == 0
    assert server.stop() == 0
    done = restore(server.data, tmp_path / "b.db")
    assert "1 syncs that were under way are cancelled" in done.stdout, done.stdout + done.stderr
    api = api.again(address=start_server(server.data).address)
    api.log_in()
    ended = api.get(f"/indexes/sync-status/{sync}").expect(200).data
    assert ended["status"] == "cancelled" and "restore of a backup" in ended["error"]
    assert "old_1" in scene.db.orders.index_information()
    api.post("/indexes/sync-by-database", {"database_id": scene.id}).expect(200)


def test_whoever_has_the_file_open_is_noticed(filled, tmp_path):
    """Also one that is no mim: an older version, or somebody's shell."""
    server, _, _ = filled
    assert backup(server.data, tmp_path / "b.db").returncode == 0
    assert server.stop() == 0
    stranger = sqlite3.connect(server.data / "mim.db")
    stranger.execute("SELECT COUNT(*) FROM users").fetchall()
    refused = restore(server.data, tmp_path / "b.db")
    assert refused.returncode == 1 and "is in use" in refused.stderr, refused.stderr
    stranger.close()
    assert restore(server.data, tmp_path / "b.db").returncode == 0


def test_a_damaged_store_can_be_replaced(filled, tmp_path):
    server, _, _ = filled
    assert backup(server.data, tmp_path / "b.db").returncode == 0
    assert server.stop() == 0
    (server.data / "mim.db").write_bytes(b"rubbish" * 1000)
    done = restore(server.data, tmp_path / "b.db")
    assert done.returncode == 0 and "is kept as" in done.stdout, done.stdout + done.stderr


def test_nothing_is_overwritten_or_taken_for_a_backup(filled, tmp_path):
    server, _, _ = filled
    taken = tmp_path / "taken.db"
    taken.write_text("mine")
    done = backup(server.data, taken)
    assert done.returncode == 1 and "exists and is kept" in done.stderr and taken.read_text() == "mine"
    assert "there is no store" in backup(tmp_path / "nowhere", tmp_path / "b.db").stderr
    assert command("store", "backup", "--to", tmp_path / "b.db", MIM_STORE="mongodb://h/x").returncode == 1
    good = tmp_path / "good.db"
    assert backup(server.data, good).returncode == 0
    assert server.stop() == 0
    before = (server.data / "mim.db").read_bytes()
    newer, stranger = tmp_path / "newer.db", tmp_path / "stranger.db"
    newer.write_bytes(good.read_bytes())
    with sqlite3.connect(newer) as file:
        file.execute("INSERT INTO schema_migrations VALUES (999, 'later', 0)")
    file.close()
    with sqlite3.connect(stranger) as file:
        file.execute("CREATE TABLE t (x)")
    file.close()
    cut = tmp_path / "cut.db"
    cut.write_bytes(good.read_bytes()[:-8192])
    for source, reason in ((taken, "damaged or is not one of ours"), (newer, "version 999"), (stranger, "not the data file"),
                           (cut, "damaged"), (pathlib.Path("/nowhere/b.db"), "there is no file")):
        refused = restore(server.data, source)
        assert refused.returncode == 1 and reason in refused.stderr, (source, refused.stderr)
        assert len(refused.stderr.strip().splitlines()) == 1
    assert (server.data / "mim.db").read_bytes() == before
    assert not list(server.data.glob("*.replaced-*")) and not list(server.data.glob("*.new-*"))


def test_a_backup_of_another_key_is_refused(filled, tmp_path, start_server):
    server, _, _ = filled
    assert backup(server.data, tmp_path / "b.db").returncode == 0
    assert server.stop() == 0
    other = start_server()
    Api(other.address).sign_up(unique("user"))
    assert other.stop() == 0
    before = (other.data / "mim.db").read_bytes()
    done = restore(other.data, tmp_path / "b.db")
    key = re.search(r"# key (\S+)", (server.data / "secret.key").read_text()).group(1)
    assert done.returncode == 1 and "was made with another key" in done.stderr and key in done.stderr, done.stderr
    assert str(tmp_path / "b.db") in done.stderr and str(other.data / "secret.key") in done.stderr
    assert (other.data / "mim.db").read_bytes() == before and not list(other.data.glob("*.replaced-*"))
    line = (server.data / "secret.key").read_text()
    (other.data / "secret.key").write_text((other.data / "secret.key").read_text() + line)
    assert restore(other.data, tmp_path / "b.db").returncode == 0


def test_what_cannot_be_restored_makes_nothing(filled, tmp_path):
    server, _, _ = filled
    good, cut, elsewhere = tmp_path / "good.db", tmp_path / "cut.db", tmp_path / "elsewhere"
    assert backup(server.data, good).returncode == 0
    cut.write_bytes(good.read_bytes()[:-8192])
    for source, reason in ((cut, "damaged"), (tmp_path, "is a folder"), (tmp_path / "none.db", "there is no file")):
        refused = restore(elsewhere, source)
        assert refused.returncode == 1 and reason in refused.stderr and str(source) in refused.stderr, refused.stderr
        assert not elsewhere.exists()
    elsewhere.mkdir()
    (elsewhere / "mim.db").mkdir()
    refused = restore(elsewhere, good)
    assert refused.returncode == 1 and f"{elsewhere / 'mim.db'} is a folder" in refused.stderr, refused.stderr


def lose(data, how):
    for beside in ("mim.db-wal", "mim.db-shm"):
        (data / beside).unlink(missing_ok=True)
    if how == "gone":
        (data / "mim.db").unlink()
    else:
        (data / "mim.db").write_bytes(b"")


@pytest.mark.parametrize("how, told", [("gone", "is gone"), ("empty", "is empty (0 bytes)")])
def test_a_lost_store_is_not_begun_anew_silently(filled, tmp_path, start_server, how, told):
    server, api, scene = filled
    assert backup(server.data, tmp_path / "b.db").returncode == 0
    assert server.stop() == 0
    lose(server.data, how)
    for words in (["serve", "--listen", "127.0.0.1:0"], ["worker"]):
        done = command(*words, "--data", server.data)
        assert done.returncode == 1 and f"the store {server.data / 'mim.db'} {told}" in done.stderr, done.stderr
        assert "mim store restore" in done.stderr and "mim store create" in done.stderr
    assert told in command("doctor", "--data", server.data).stdout
    assert restore(server.data, tmp_path / "b.db").returncode == 0
    back = api.again(address=start_server(server.data).address)
    back.log_in()
    back.get(f"/databases/{scene.id}").expect(200)


def test_begun_anew_when_that_is_asked_for(filled, start_server):
    server, api, _ = filled
    kept = command("store", "create", "--data", server.data)
    assert kept.returncode == 1 and "is there and is kept" in kept.stderr, kept.stderr
    assert server.stop() == 0
    lose(server.data, "gone")
    made = command("store", "create", "--data", server.data)
    assert made.returncode == 0 and "which is empty" in made.stdout, made.stdout + made.stderr
    anew = Api(start_server(server.data).address)
    anew.post("/auth/login", {"identity": api.username, "password": api.password}, token=NO_TOKEN).expect(400)
    anew.sign_up(unique("user"))


def test_an_empty_file_alone_is_no_lost_store(tmp_path, start_server):
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    (fresh / "mim.db").write_bytes(b"")
    Api(start_server(fresh).address).sign_up(unique("user"))


# Rows of these come and go with work that is under way, or with work that ended the process.
OF_WORK = {"jobs", "dead_letters", "audit_intents"}


def tables_without_rows(file):
    with sqlite3.connect(file) as store:
        tables = [row[0] for row in store.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        empty = {name for name in tables if store.execute(f"SELECT COUNT(*) FROM {name}").fetchone() == (0,)}
    store.close()
    return empty


def test_a_store_with_rows_of_every_kind_is_backed_up_rekeyed_and_restored(filled, tmp_path):
    """What SQLite reports of a file that is whole is no damage: 3.40 does, of tables whose key comes last."""
    server, admin, scene = filled
    admin.post("/databases/collections", {"database_id": scene.id, "collection": "made"}).expect(201)
    scene.sync()
    admin.post("/invites", {"role": "viewer"}).expect(201)
    admin.post("/api-keys", {"name": unique("key"), "scope": "read"}).expect(201)
    away = Scene(admin, scene.sandbox)
    away.define("orders", {"a": 1})
    admin.post("/databases/collections", {"database_id": away.id, "collection": "made"}).expect(201)
    admin.delete(f"/databases/{away.id}", {"confirm": away.name}).expect(200)
    bob = admin.again().sign_up(unique("bob"))
    [item] = admin.post("/users/list", {"query": bob.username}).expect(200).data
    admin.delete(f"/users/{item['id']}", {"confirm": bob.username}).expect(200)
    done = backup(server.data, tmp_path / "b.db")
    assert done.returncode == 0, done.stdout + done.stderr
    assert tables_without_rows(tmp_path / "b.db") <= OF_WORK
    done = command("store", "rekey", "--data", server.data)
    assert done.returncode == 0, done.stdout + done.stderr
    assert server.stop() == 0
    done = restore(server.data, tmp_path / "b.db")
    assert done.returncode == 0, done.stdout + done.stderr
