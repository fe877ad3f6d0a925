"""The examples of the OpenAPI document are true: each request is sent as it stands there, but for names and ids that are
this test's, and is answered with the status and the fields of the example. And docs/api.md is made of that document."""
import json
import pathlib
import subprocess

import pytest

import planted
from client import Api
from processes import Server
from scene import Scene, fail_point, unique

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = json.loads((ROOT / "src/http/openapi/openapi.json").read_text())
OPERATIONS = [(path, method, operation) for path, methods in DOCUMENT["paths"].items()
              for method, operation in methods.items() if "operationId" in operation]
PASSWORD = "correct horse"
GIVES_TOKENS = ("login", "refreshToken", "createInvite", "createApiKey", "offerPasswordReset")
# Needs a job that failed many times over an hour; tests/integration/test_redis_queue.py has one.
NOTHING_THERE = {"retryDeadLetter": 404}


def test_the_reference_is_up_to_date():
    done = subprocess.run([str(ROOT / "scripts/api-reference"), "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def server(tmp_path_factory, logs):
    server = Server(tmp_path_factory.mktemp("examples"), logs)
    yield server
    assert server.stop() == 0


@pytest.fixture(scope="module")
def first_user(server):
    """Whoever comes first may do the most."""
    return Api(server.address).sign_up(unique("first"))


@pytest.fixture
def world(server, first_user, shared_sandbox):
    """A user, and a database with the definition that the examples speak of."""
    api = Api(server.address).sign_up(unique("ada"), PASSWORD)
    scene = Scene(api, shared_sandbox)
    scene.index_id = scene.define("orders", {"customer_id": 1})
    scene.first_user = first_user
    return scene


def live_collection(scene):
    scene.db["orders"].insert_one({"customer_id": 1})


def running_sync(scene, stack):
    stack.append(fail_point(scene.sandbox, ["createIndexes"], blockConnection=True, blockTimeMS=400))
    stack[-1].__enter__()
    return scene.start()


def failed_sync(scene):
    with fail_point(scene.sandbox, ["createIndexes"], errorCode=67):
        sync = scene.sync()
    assert sync["status"] == "failed"
    return sync["id"]


def sync_that_dropped(scene):
    scene.db["orders"].create_index([("customer_id", 1)])
    scene.define("orders", {"created_at": 1})  # so that the registry still speaks of the collection
    scene.api.delete(f"/indexes/{scene.index_id}").expect(200)
    sync = scene.sync()
    assert sync["status"] == "completed" and "customer_id_1" not in scene.names("orders")
    return sync["id"]


def sync_for(name, scene, stack):
    if name == "cancelSync":
        return running_sync(scene, stack)
    return {"retrySync": failed_sync, "restoreSync": sync_that_dropped}.get(name, lambda one: one.sync()["id"])(scene)


def path_with_ids(path, name, scene, stack):
    if "{sync_id}" in path:
        path = path.replace("{sync_id}", sync_for(name, scene, stack))
    path = path.replace("{database_id}", scene.id)
    return path.replace("{id}", an_id(path.split("/")[1], scene)) if "{id}" in path else path


def trashed(scene):
    scene.api.delete(f"/databases/{scene.id}", {"confirm": scene.name}).expect(200)
    entries = scene.api.post("/trash/list", {"limit": 200}).expect(200).data
    return next(entry["id"] for entry in entries if entry["name"] == scene.name)


def an_id(kind, scene):
    if kind == "users":
        (user,) = scene.first_user.post("/users/list", {"query": scene.api.username}).expect(200).data
        return user["id"]
    if kind == "invites":
        return scene.first_user.post("/invites", {}).expect(201).data["id"]
    if kind == "trash":
        return trashed(scene)
    if kind == "api-keys":
        return scene.api.post("/api-keys", {"name": unique("key"), "scope": "read"}).expect(201).data["id"]
    return scene.id if kind == "databases" else scene.index_id


def offered_reset(scene):
    return scene.first_user.post(f"/users/{an_id('users', scene)}/password-reset").expect(200).data["token"]


def own(name, body, scene):
    """The example with the names and ids of this test; a password stays what it is."""
    mine = {"database_id": scene.id, "uri": scene.uri, "db_name": scene.db_name, "name": body.get("name") and unique("shop"),
            "username": unique("user"), "email": f"{unique('mail')}@example.org", "identity": scene.api.username, "databases": [scene.id]}
    if "fingerprint" in body:
        mine["fingerprint"] = scene.plan()["fingerprint"]
    if name == "resetPassword":
        mine["token"] = offered_reset(scene)
    if name == "deleteUser":
        mine["confirm"] = scene.api.username
    if name == "deleteDatabase":
        mine["confirm"] = scene.name
    if name == "listTrash":
        trashed(scene)
    return {field: mine.get(field, value) for field, value in body.items()}


def answer_of(path, method, operation, scene, stack):
    name = operation["operationId"]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
    api = scene.first_user if operation["x-need"] == "administer" else scene.api
    token = api.refresh if operation["x-need"] == "refresh_token" else None
    path = path_with_ids(path, name, scene, stack)
    if name in ("renameCollection", "deleteCollection"):
        live_collection(scene)
    if "servers" in operation:
        return api._session.request(method, api.address + path, timeout=20)
    return api.raw(method.upper(), path, own(name, body, scene) if body is not None else None, token=token)


def same_kind(documented, answered):
    if isinstance(documented, bool) or isinstance(answered, bool):
        return isinstance(documented, bool) and isinstance(answered, bool)
    numbers = isinstance(documented, (int, float)) and isinstance(answered, (int, float))
    return numbers or type(documented) is type(answered)


def same_fields(documented, answered, where="data"):
    """What the example shows is there, at every depth; a null stands for whatever may be absent."""
    if documented is None or answered is None:
        return
    assert same_kind(documented, answered), f"{where} is {answered!r}"
    if isinstance(documented, dict):
        assert set(documented) <= set(answered), f"{where} has no {set(documented) - set(answered)}: {answered!r}"
        for name, value in documented.items():
            same_fields(value, answered[name], f"{where}.{name}")
    if isinstance(documented, list) and documented and answered:
        same_fields(documented[0], answered[0], f"{where}[0]")


@pytest.mark.parametrize("path,method,operation", OPERATIONS, ids=[each[2]["operationId"] for each in OPERATIONS])
def test_an_example_is_true(path, method, operation, world):
    stack = []
    try:
        response = answer_of(path, method, operation, world, stack)
    finally:
        for entered in stack:
            entered.__exit__(None, None, None)
    (documented,) = [status for status in operation["responses"] if status.startswith("2")]
    expected = NOTHING_THERE.get(operation["operationId"], int(documented))
    assert response.status_code == expected, response.text[:1500]
    assert operation["operationId"] in GIVES_TOKENS or not planted.leaks(response.text)
    media = operation["responses"][documented]["content"]
    kind = response.headers["Content-Type"].split(";")[0]
    if response.status_code == int(documented):
        assert kind in media, kind
        if kind == "application/json" and "example" in media[kind]:
            same_fields(media[kind]["example"]["data"], response.json()["data"])
