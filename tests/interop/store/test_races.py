"""Two servers on one store, asked at the same moment for what only one of them may do, or must do whole."""
import concurrent.futures

import pytest
from client import Api
from conftest import started
from scene import Scene, unique


@pytest.fixture(params=["secantusdb", "mongod-set"])
def pair(request, serve):
    """An administrator, who speaks to two servers on one store."""
    store = started(request.param)
    uri = f"{store.uri.rstrip('/').partition('?')[0].rstrip('/')}/{unique('races')}"
    first, second = (serve(uri, MIM_WORKERS=0) for _ in range(2))
    ada = Api(first.address).sign_up(unique("ada"))
    yield ada, Api(second.address, access=ada.access)
    store.stop()


def both(calls):
    with concurrent.futures.ThreadPoolExecutor(len(calls)) as pool:
        return [done.result() for done in [pool.submit(call) for call in calls]]


def entry_named(api, name):
    found, = [entry for entry in api.post("/trash/list", {"limit": 200}).expect(200).data if entry["name"] == name]
    return found["id"]


def done_of(api, action):
    return len([entry for entry in api.post("/audit/list", {"action": action, "limit": 200}).expect(200).data
                if entry["outcome"] == "done"])


def test_a_restore_and_a_purge_at_once(pair, sandbox):
    ada, other = pair
    for number in range(1, 11):
        scene = Scene(ada, sandbox)
        for field in "abcdef":
            scene.define("people", {field: 1})
        ada.delete(f"/databases/{scene.id}", {"confirm": scene.name}).expect(200)
        entry = entry_named(ada, scene.name)
        restored, _ = both([lambda: ada.post(f"/trash/{entry}/restore"), lambda: other.delete(f"/trash/{entry}")])
        assert restored.status in (200, 404), restored.text
        there = ada.get(f"/databases/{scene.id}")
        assert there.status == restored.status, there.text
        if restored.status == 200:
            assert len(scene.defined("people")) == 6
        assert done_of(ada, "trash.restore") + done_of(ada, "trash.purge") == number


def test_deletions_of_one_account_at_once(pair):
    ada, other = pair
    for number in range(1, 6):
        bob = Api(ada.address).sign_up(unique("bob"))
        found, = ada.post("/users/list", {"query": bob.username}).expect(200).data
        path = f"/users/{found['id']}"
        late = Api(other.address)
        replies = both([lambda: ada.delete(path, {"confirm": bob.username}),
                        lambda: other.delete(path, {"confirm": bob.username}),
                        lambda: late.post("/auth/login", {"identity": bob.username, "password": bob.password})])
        assert [reply.status for reply in replies[:2]] == [200, 200], [reply.text for reply in replies]
        assert done_of(ada, "account.delete") == number
        ada.post(f"/trash/{entry_named(ada, bob.username)}/restore").expect(200)
        found, = ada.post("/users/list", {"query": bob.username}).expect(200).data
        assert found["disabled"] is False
        bob.get("/auth/profile").expect(401)
        if replies[2].status == 200:
            Api(other.address, access=replies[2].data["access_token"]).get("/auth/profile").expect(401)


def test_an_entry_is_led_to_a_place_and_synced_at_once(pair, sandbox):
    ada, other = pair
    scene, moving = Scene(ada, sandbox), Scene(ada, sandbox)
    for each in (scene, moving):
        each.define("people", {"a": 1})
    scene.start()
    away = {"name": moving.name, "uri": moving.uri, "db_name": moving.db_name}
    for _ in range(10):
        moved, synced = both([lambda: ada.put(f"/databases/{moving.id}", {**away, "db_name": scene.db_name}),
                              lambda: other.post("/indexes/sync-by-database", {"database_id": moving.id})])
        assert sorted((moved.status, synced.status)) == [200, 409], (moved.text, synced.text)
        if synced.status == 200:
            ada.post(f"/indexes/sync-status/{synced.data['sync_id']}/cancel").expect(200)
        ada.put(f"/databases/{moving.id}", away).expect(200)
