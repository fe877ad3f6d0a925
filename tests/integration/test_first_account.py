"""Only the first account that a store ever had administers by being first."""
import shutil
import sqlite3
import subprocess

import pytest

from client import Api
from processes import BINARY, clean_environment, command
from redis_server import Redis
from scene import unique


def role_of(api):
    return api.get("/auth/profile").expect(200).data["role"]


def signed_up(server):
    return Api(server.address).sign_up(unique("user"))


def create_admin(*place, **settings):
    name = unique("admin")
    made = subprocess.run([BINARY, "user", "create-admin", "--username", name, "--email", f"{name}@example.org", *place],
                          input="a long password\n", text=True, capture_output=True, timeout=120,
                          env=clean_environment(**settings))
    assert made.returncode == 0, made.stderr
    return name


def test_of_the_embedded_store(start_server, tmp_path):
    data = tmp_path / "data"
    server = start_server(data)
    assert role_of(signed_up(server)) == "admin"
    assert role_of(signed_up(server)) == "editor"
    assert server.stop() == 0
    with sqlite3.connect(next(data.glob("*.db"))) as file:
        file.execute("DELETE FROM users")
    file.close()
    server = start_server(data)
    assert role_of(signed_up(server)) == "editor", "the table is empty, and the store is not new"
    name = create_admin("--data", str(data))
    admin = Api(server.address)
    admin.access = admin.post("/auth/login", {"identity": name, "password": "a long password"}).expect(200).data["access_token"]
    assert role_of(admin) == "admin"


def test_a_restored_store_had_accounts(start_server, tmp_path):
    server = start_server(tmp_path / "data")
    signed_up(server)
    assert server.stop() == 0
    backup = tmp_path / "backup"
    assert command("store", "backup", "--data", tmp_path / "data", "--to", backup).returncode == 0
    restored = tmp_path / "restored"
    done = command("store", "restore", "--data", restored, "--from", backup)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(next(restored.glob("*.db"))) as file:
        file.execute("DELETE FROM users")
    file.close()
    for key in ("secret.key", "private.pem", "public.pem"):
        if (tmp_path / "data" / key).exists() and not (restored / key).exists():
            shutil.copy(tmp_path / "data" / key, restored)
    assert role_of(signed_up(start_server(restored))) == "editor"


@pytest.fixture
def redis(tmp_path):
    server = Redis(tmp_path / "redis")
    yield server
    server.kill()


def test_of_a_store_on_mongodb(start_server, mongod_set, redis, tmp_path):
    settings = {"MIM_STORE": mongod_set.uri_of("mim"), "MIM_QUEUE": redis.uri}
    assert command("keygen", "--secret-key", tmp_path / "secret.key").returncode == 0
    settings["MIM_SECRET_KEY_FILE"] = tmp_path / "secret.key"
    server = start_server(**settings)
    assert role_of(signed_up(server)) == "admin"
    assert server.stop() == 0
    mongod_set.client.mim.drop_collection("users")
    server = start_server(**settings)
    assert role_of(signed_up(server)) == "editor"
    mongod_set.client.mim.drop_collection("had_accounts")  # as a store that is older than the note
    assert server.stop() == 0
    server = start_server(**settings)
    assert server.stop() == 0
    mongod_set.client.mim.drop_collection("users")
    assert role_of(signed_up(start_server(**settings))) == "editor"
