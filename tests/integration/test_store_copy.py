"""`mim store copy` from file to file: what it refuses, before it writes anything."""
import re
import shutil
import sqlite3

import pytest

from client import Api
from processes import command
from scene import Scene, unique


def copy(source, target, **environment):
    return command("store", "copy", "--from", source, "--to", target, **environment)


def refused(source, target, *told, **environment):
    done = copy(source, target, **environment)
    assert done.returncode == 1 and len(done.stderr.strip().splitlines()) == 1, done.stdout + done.stderr
    for text in told:
        assert text in done.stderr, done.stderr
    assert "written" not in done.stdout


@pytest.fixture
def filled(start_server, shared_sandbox):
    server = start_server(MIM_ACCESS_TOKEN_SECONDS=3600)
    scene = Scene(Api(server.address).sign_up(unique("user")), shared_sandbox)
    scene.define("orders", {"a": 1})
    scene.api.post("/databases/collections", {"database_id": scene.id, "collection": "fresh"}).expect(201)
    return server, scene


def test_everything_goes_along_and_may_go_again(filled, tmp_path, start_server):
    server, scene = filled
    assert server.stop() == 0
    target = tmp_path / "new" / "copy" / "mim.db"  # with its folders
    for _ in range(2):
        done = copy(server.data / "mim.db", target)
        assert done.returncode == 0 and re.search(r"made collections: 1 items.*equal", done.stdout), done.stdout + done.stderr
    for name in ("secret.key", "private.pem", "public.pem"):
        shutil.copy(server.data / name, target.parent)
    api = scene.api.again(address=start_server(target.parent).address)
    listed = api.post("/databases/collections/list", {"database_id": scene.id}).expect(200).data
    assert {each["collection"]: each["total_indexes"] for each in listed} == {"fresh": 0, "orders": 1}


def test_the_trash_goes_along_with_its_keys(filled, tmp_path, wrong_key, start_server):
    server, scene = filled
    scene.api.call("DELETE", f"/databases/{scene.id}", {"confirm": scene.name}).expect(200)
    assert server.stop() == 0
    source, target = server.data / "mim.db", tmp_path / "copy" / "mim.db"
    refused(source, target, "open none of the connection strings of the source", MIM_SECRET_KEY_FILE=wrong_key)
    for _ in range(2):
        done = copy(source, target)
        assert done.returncode == 0 and re.search(r"trash entries: 1 items.*equal", done.stdout), done.stdout + done.stderr
        assert f"1 connection string needs the key {key_of(server.data)}" in done.stdout, done.stdout
    for name in ("secret.key", "private.pem", "public.pem"):
        shutil.copy(server.data / name, target.parent)
    api = scene.api.again(address=start_server(target.parent).address)
    entry = api.post("/trash/list", {}).expect(200).data[0]
    assert (entry["kind"], entry["name"]) == ("database", scene.name)
    api.post(f"/trash/{entry['id']}/restore").expect(200)
    assert [each["name"] for each in api.post("/indexes/list-by-collection", {
        "database_id": scene.id, "collection": "orders"}).expect(200).data] == ["a_1"]
    assert api.post(f"/databases/{scene.id}/test").expect(200).data["ok"]


def test_what_is_judged_first(filled, tmp_path):
    server, _ = filled
    store = server.data / "mim.db"
    target = tmp_path / "target.db"
    refused(store, target, f"{store} is in use")
    assert server.stop() == 0
    refused(store, store, "are the same store")
    (tmp_path / "link.db").symlink_to(store)
    refused(store, tmp_path / "link.db", "are the same store")
    refused(store, tmp_path, f"{tmp_path} is a folder")
    refused(tmp_path, target, f"{tmp_path} is a folder")
    missing = tmp_path / "folder" / "target.db"
    refused(tmp_path / "none.db", missing, "there is no file")
    assert not missing.parent.exists()
    (tmp_path / "file").write_text("")
    refused(store, tmp_path / "file" / "target.db", f"cannot use the data folder {tmp_path / 'file'}: ")
    refused(tmp_path / "none.db", target, f"there is no file {tmp_path / 'none.db'}")
    for version in (1, 999):
        other = tmp_path / f"version-{version}.db"
        shutil.copy(store, other)
        with sqlite3.connect(other) as file:
            file.execute("DELETE FROM schema_migrations WHERE version > ?", (version,))
            file.execute("INSERT OR IGNORE INTO schema_migrations VALUES (?, 'x', 0)", (version,))
        file.close()
        before = other.read_bytes()
        refused(other, target, str(other), f"version {version}")
        refused(store, other, str(other), f"version {version}")
        assert other.read_bytes() == before
    assert not target.exists()


def test_data_of_another_store_is_kept(filled, start_server):
    server, _ = filled
    other = start_server()
    Api(other.address).sign_up(unique("user"))
    assert server.stop() == 0 and other.stop() == 0

    def users():
        with sqlite3.connect(other.data / "mim.db") as file:
            found = file.execute("SELECT id FROM users").fetchall()
        file.close()
        return found

    before = users()
    refused(server.data / "mim.db", other.data / "mim.db", "holds data that is not of the source", before[0][0],
            MIM_SECRET_KEY_FILE=server.data / "secret.key")
    assert users() == before


def key_of(folder):
    return re.search(r"# key (\S+)", (folder / "secret.key").read_text())[1]


@pytest.fixture
def wrong_key(tmp_path):
    file = tmp_path / "wrong" / "secret.key"
    file.parent.mkdir()
    assert command("keygen", "--secret-key", file).returncode == 0
    return file


def test_a_wrong_key_is_told_before_anything_is_written(filled, tmp_path, wrong_key):
    server, _ = filled
    assert server.stop() == 0
    source, target = server.data / "mim.db", tmp_path / "target" / "mim.db"
    target.parent.mkdir()
    told = ["open none of the connection strings of the source", f"sealed by the key {key_of(server.data)}"]
    refused(source, target, str(wrong_key), *told, MIM_SECRET_KEY_FILE=wrong_key)
    text = wrong_key.read_text().splitlines()[1]
    refused(source, target, "--secret-keys", *told, MIM_SECRET_KEYS=text)
    refused(source, target, "no-such.key", MIM_SECRET_KEY_FILE=tmp_path / "no-such.key")
    shutil.copy(wrong_key, target.parent)
    refused(source, target, str(target.parent / "secret.key"), *told)
    assert not target.exists()
    # The old key as a further line of the new file, and everything goes on.
    with open(target.parent / "secret.key", "a") as file:
        file.write((server.data / "secret.key").read_text())
    assert copy(source, target).returncode == 0 and target.exists()


def test_a_source_with_anothers_key_beside_it_is_told(filled, tmp_path, wrong_key):
    server, _ = filled
    assert server.stop() == 0
    right = (server.data / "secret.key").read_bytes()
    shutil.copy(wrong_key, server.data / "secret.key")
    refused(server.data / "mim.db", tmp_path / "mim.db", str(server.data / "secret.key"), "open none")
    assert not (tmp_path / "mim.db").exists()
    (tmp_path / "right.key").write_bytes(right)
    (tmp_path / "right.key").chmod(0o600)
    done = copy(server.data / "mim.db", tmp_path / "mim.db", MIM_SECRET_KEY_FILE=tmp_path / "right.key")
    assert done.returncode == 0 and f"which {tmp_path / 'right.key'} holds" in done.stdout, done.stdout + done.stderr


def test_a_copy_tells_which_key_it_needs(filled, tmp_path):
    server, _ = filled
    assert server.stop() == 0
    key = key_of(server.data)
    needs = f"1 connection string needs the key {key}"
    done = copy(server.data / "mim.db", tmp_path / "one.db")
    assert done.returncode == 0 and f"{needs}, which {server.data / 'secret.key'} holds: the copy needs the same" in done.stdout
    (server.data / "secret.key").unlink()
    done = copy(server.data / "mim.db", tmp_path / "two.db")
    assert done.returncode == 0 and f"{needs}: give the copy the key file of the source" in done.stdout, done.stdout
