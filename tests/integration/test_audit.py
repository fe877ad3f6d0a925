"""The audit log: every change and every refusal, by whom, from where, with before and after; and nothing lost."""
import concurrent.futures
import json
import sqlite3
import threading

import pytest

import planted
from client import NO_TOKEN, Api
from scene import MISSING_ID, Scene, fail_point, hold, unique
from waiting import eventually


class House:
    """A server of its own with an administrator, an editor, and a database."""

    def __init__(self, server, sandbox):
        self.server = server
        self.ada = Api(server.address).sign_up("ada")
        self.eve = Api(server.address).sign_up("eve")
        self.scene = Scene(self.eve, sandbox, uri=sandbox.uri.replace("mongodb://", f"mongodb://u:{planted.MARK}@"))

    def entries(self, **filters):
        return self.ada.post("/audit/list", {"limit": 200, **filters}).expect(200).data

    def last(self, action, **filters):
        return self.entries(action=action, **filters)[0]

    def store(self):
        return sqlite3.connect(self.server.file_named("mim.db"), timeout=30)

    def sql(self, text):
        store = self.store()
        with store:
            store.execute(text)
        store.close()


@pytest.fixture
def house(start_server, start_sandbox):
    return House(start_server(MIM_REFRESH_SIBLING_MILLISECONDS=0), start_sandbox(auth=f"u:{planted.MARK}"))


def act(house):
    """One of every change that needs no fault; the actions in the order in which they end."""
    eve, scene = house.eve, house.scene
    database = {"name": scene.name, "uri": "mongodb://u:***@" + scene.uri.split("@")[1], "db_name": scene.db_name}
    eve.put(f"/databases/{scene.id}", {**database, "description": "new"}).expect(200)
    eve.put("/auth/profile", {"first_name": "Eve"}).expect(200)
    password = planted.new_password()
    eve.put("/auth/password", {"current_password": eve.password, "new_password": password}).expect(200)
    eve.password = password
    for name in ("c", "d"):
        eve.post("/databases/collections", {"database_id": scene.id, "collection": name}).expect(201)
    index = scene.define("c", {"a": 1})
    eve.put(f"/indexes/{index}", {"name": "a_1", "keys": [{"field": "a", "value": 1}],
                                  "options": {"is_unique": True}}).expect(200)
    sync = scene.sync(["c"])
    eve.delete(f"/indexes/{index}").expect(200)
    eve.post("/indexes/sync-from-database", {"database_id": scene.id}).expect(200)
    rename = {"database_id": scene.id, "collection": "c", "new_collection": "e"}
    eve.put("/databases/collections", rename).expect(200)
    eve.delete("/databases/collections", {"database_id": scene.id, "collection": "e", "confirm": "e"}).expect(200)
    eve.delete("/queue/dead-letters").expect(200)
    key = eve.post("/api-keys", {"name": "k", "scope": "read"}).expect(201).data
    eve.delete(f"/api-keys/{key['id']}").expect(200)
    eve.delete(f"/databases/{scene.id}", {"confirm": scene.name}).expect(200)
    eve.post("/auth/logout").expect(200)
    return ["account.register", "account.sign_in", "account.register", "account.sign_in", "database.create",
            "database.update", "account.profile", "account.password", "collection.create", "collection.create",
            "index.create", "index.update", "sync.submit", "sync.finish", "index.delete", "index.import",
            "collection.rename", "collection.delete", "dead_letter.clear", "api_key.create", "api_key.delete",
            "database.delete", "account.sign_out"], sync["id"]


def test_deleting_what_is_not_there_is_not_called_done(house):
    eve, scene = house.eve, house.scene
    before = len(house.entries())
    for path in (f"/indexes/{MISSING_ID}", f"/databases/{MISSING_ID}", f"/queue/dead-letters/{MISSING_ID}"):
        assert eve.delete(path).expect(200).data["success"] is True
    eve.delete("/databases/collections", {"database_id": scene.id, "collection": "never"}).expect(200)
    assert len(house.entries()) == before
    scene.define("planned", {"a": 1})
    eve.delete("/databases/collections", {"database_id": scene.id, "collection": "planned", "confirm": "planned"}).expect(200)
    assert house.last("collection.delete")["outcome"] == "done"


def test_of_many_deletions_at_once_one_is_told(house):
    """Whoever came too late has deleted nothing; they are not refused either."""
    server, access = house.server, house.ada.access

    def told(action):
        return len([entry for entry in house.entries(action=action) if entry["outcome"] == "done"])

    def all_at_once(path, body=None):
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            return list(pool.map(lambda _: Api(server.address, access=access).delete(path, body), range(3)))

    for number in range(1, 11):
        scene = Scene(house.ada, house.scene.sandbox)
        index = scene.define("c", {"a": 1})
        assert {reply.status for reply in all_at_once(f"/indexes/{index}")} == {200}
        assert {reply.status for reply in all_at_once(f"/databases/{scene.id}")} == {200}
        bob = Api(server.address).sign_up(unique("bob"))
        found, = house.ada.post("/users/list", {"query": bob.username}).expect(200).data
        deleted = all_at_once(f"/users/{found['id']}", {"confirm": bob.username})
        assert {reply.status for reply in deleted} == {200}
        assert [told(f"{kind}.delete") for kind in ("index", "database", "account")] == [number] * 3


def test_every_change_is_told(house):
    wanted, sync = act(house)
    entries = house.entries()[::-1]
    told = [entry["action"] for entry in entries]
    assert sorted(told) == sorted(wanted)
    told.remove("sync.finish")  # the worker's; it races the answer of the submission
    assert told == [action for action in wanted if action != "sync.finish"]
    assert {entry["outcome"] for entry in entries} == {"done"}
    by = {entry["action"]: entry for entry in entries}
    for entry in entries[4:]:
        assert entry["username"] == "eve" and entry["began_at"] <= entry["at"] and entry["error"] is None
        if entry["action"] != "sync.finish":
            assert entry["address"] == "127.0.0.1" and entry["role"] == "editor" and entry["request_id"]
        of_database = entry["action"].split(".")[0] in ("database", "collection", "index", "sync")
        assert entry["database_id"] == (house.scene.id if of_database else None), entry
    assert by["account.register"]["after"]["username"] == "eve"
    subjects = {entry["action"]: entry["subject"] for entry in entries}
    own = ("account.register", "account.sign_in", "account.profile", "account.password", "account.sign_out")
    assert {subjects[action] for action in own} == {by["account.register"]["user_id"]}
    for kind in ("database", "api_key", "index", "collection"):
        its = {subject for action, subject in subjects.items() if action.startswith(kind + ".") and action != "index.import"}
        assert len(its) == (3 if kind == "collection" else 1) and None not in its, its
    assert (subjects["collection.create"], subjects["collection.rename"], subjects["collection.delete"]) == ("d", "c", "e")
    assert subjects["index.import"] == house.scene.id and subjects["dead_letter.clear"] is None
    assert subjects["sync.submit"] == subjects["sync.finish"] == sync
    update = by["database.update"]
    assert (update["before"]["description"], update["after"]["description"]) == ("", "new")
    assert "u:***@" in update["after"]["uri"] and "u:***@" in by["database.delete"]["before"]["uri"]
    assert by["account.profile"]["after"]["first_name"] == "Eve"
    change = by["index.update"]
    assert not change["before"]["options"].get("is_unique") and change["after"]["options"]["is_unique"] is True
    assert by["index.delete"]["before"]["name"] == "a_1" and by["index.delete"]["after"] is None
    assert by["index.import"]["after"]["imported_count"] == 1
    assert (by["collection.rename"]["before"], by["collection.rename"]["after"]) == (
        {"collection": "c"}, {"collection": "e"})
    assert by["collection.delete"]["before"]["indexes"][0]["name"] == "a_1"
    assert by["sync.submit"]["after"]["sync_id"] == sync == by["sync.finish"]["after"]["sync_id"]
    assert by["sync.submit"]["after"]["request"]["collections"] == ["c"]
    assert by["sync.finish"]["after"]["status"] == "completed" and by["sync.finish"]["address"] is None
    assert by["sync.finish"]["after"]["completed_operations"] == 1
    assert "key" not in by["api_key.create"]["after"] and by["api_key.create"]["after"]["scope"] == "read"


def test_sign_ins_good_and_bad(house):
    typed = planted.new_password()
    for identity in ("EVE", typed):  # people type their password where the name belongs
        house.eve.post("/auth/login", {"identity": identity, "password": typed}, token=NO_TOKEN).expect(400)
    nobody, eve = house.entries(action="account.sign_in", outcome="refused")
    assert eve["username"] == "eve" and eve["error"] == "wrong_credentials" and eve["address"] == "127.0.0.1"
    assert nobody["username"] is None and nobody["user_id"] is None
    assert len(house.entries(action="account.sign_in", user="eve")) == 2


def test_a_spent_refresh_token_is_told(house):
    old = house.eve.refresh
    house.eve.new_pair().expect(200)
    assert house.entries(action="account.refresh") == []
    house.eve.post("/auth/refresh-token", token=old).expect(401)
    entry = house.last("account.refresh")
    assert entry["outcome"] == "refused" and entry["username"] == "eve" and entry["error"] == "token_revoked"


def test_refusals_and_failures_are_told_and_misunderstandings_are_not(house):
    key = house.eve.post("/api-keys", {"name": "k", "scope": "read"}).expect(201).data
    machine = house.eve.again(access=key["key"])
    definition = house.scene.definition("c", {"a": 1})
    request_id = machine.post("/indexes", definition).expect(403).body["request_id"]
    entry = house.last("index.create")
    assert entry["outcome"] == "refused" and entry["error"] == "forbidden" and entry["request_id"] == request_id
    assert entry["api_key_prefix"] == key["prefix"] and entry["api_key_id"] == key["id"]
    assert entry["username"] == "eve" and entry["role"] == "viewer" and entry["database_id"] == house.scene.id
    machine.post("/api-keys", {"name": "k", "scope": "read"}).expect(403)
    assert house.last("api_key.create")["outcome"] == "refused"
    seen = len(house.entries())
    house.eve.post("/indexes", {**definition, "keys": []}).expect(400)
    house.eve.put(f"/indexes/{MISSING_ID}", definition).expect(404)
    machine.get(f"/databases/{house.scene.id}").expect(200)
    assert len(house.entries()) == seen
    house.scene.define("c", {"a": 1})
    house.eve.post("/indexes", definition).expect(409)
    assert house.last("index.create")["error"] == "already_exists" and house.last("index.create")["outcome"] == "failed"


def test_what_was_refused_or_failed_says_what_it_was_about(house):
    ada, eve, scene = house.ada, house.eve, house.scene
    people = {person["username"]: person["id"] for person in ada.post("/users/list", {}).expect(200).data}
    account = f"/users/{people['ada']}"
    index = scene.define("c", {"a": 1})
    eve.delete(f"/databases/{scene.id}", {"confirm": scene.name}).expect(200)
    [entry] = eve.post("/trash/list", {}).expect(200).data
    eve.post("/databases", {"name": scene.name, "uri": scene.uri, "db_name": scene.db_name}).expect(201)
    invite = ada.post("/invites", {}).expect(201).data["id"]
    made = {action: house.last(action)["subject"] for action in ("database.delete", "database.create", "invite.create")}
    assert made["database.delete"] == scene.id and made["invite.create"] == invite
    assert made["database.create"] == house.last("database.create")["database_id"]
    place = {"database_id": made["database.create"], "collection": "c"}

    attempts = [
        (lambda: eve.delete(account, {"confirm": "ada"}), "account.delete", people["ada"]),
        (lambda: eve.post(f"{account}/password-reset"), "account.reset_offer", people["ada"]),
        (lambda: eve.put(f"{account}/role", {"role": "viewer"}), "account.role", people["ada"]),
        (lambda: ada.delete(account, {"confirm": "eve"}), "account.delete", people["ada"]),
        (lambda: ada.put(account + "/role", {"role": "viewer"}), "account.role", people["ada"]),
        (lambda: ada.put(account + "/email", {"email": eve.email}), "account.email", people["ada"]),
        (lambda: eve.delete(f"/invites/{invite}"), "invite.revoke", invite),
        (lambda: eve.post(f"/trash/{entry['id']}/restore"), "trash.restore", entry["id"]),
        (lambda: eve.delete(f"/trash/{entry['id']}"), "trash.purge", entry["id"]),
        (lambda: eve.delete("/databases/collections", {**place, "confirm": "d"}), "collection.delete", "c"),
    ]
    for attempt, action, subject in attempts:
        attempt().expect(403, 409)
        told = house.last(action)
        assert told["outcome"] in ("refused", "failed") and told["subject"] == subject, told
    assert index not in {told["subject"] for told in house.entries(outcome="refused")}


def test_the_log_of_an_account_that_is_gone_is_found_by_its_name(house):
    ada, eve = house.ada, house.eve
    [account] = ada.post("/users/list", {"query": "eve"}).expect(200).data
    before = house.entries(user="eve")
    assert before and {entry["user_id"] for entry in before} == {account["id"]}
    ada.delete(f"/users/{account['id']}", {"confirm": "eve"}).expect(200)
    for name in ("EVE", account["email"], account["id"]):
        assert house.entries(user=name) == before
    [entry] = [entry for entry in ada.post("/trash/list", {}).expect(200).data if entry["kind"] == "account"]
    ada.delete(f"/trash/{entry['id']}").expect(200)
    assert house.entries(user="eve") == before
    Api(house.server.address).sign_up("eve")  # another one
    both = house.entries(user="eve")
    assert both[-len(before):] == before and len({entry["user_id"] for entry in both}) == 2
    assert export(ada, user="eve")[0] == both[::-1]


def test_what_the_target_left_open_is_told_so(api, own_sandbox):
    scene = Scene(api, own_sandbox)
    with fail_point(own_sandbox, ["create"], closeConnection=True):
        api.post("/databases/collections", {"database_id": scene.id, "collection": "left_open"}).expect(412)
    entry, = api.post("/audit/list", {"action": "collection.create", "database_id": scene.id}).expect(200).data
    assert (entry["outcome"], entry["error"], entry["subject"]) == ("unknown", "target_outcome_unknown", "left_open")


def test_where_somebody_tried_to_lead_a_database_is_told(house, closed_port):
    eve, scene = house.eve, house.scene
    elsewhere = {"name": scene.name, "uri": "mongodb://u:***@elsewhere.example/", "db_name": scene.db_name}
    eve.put(f"/databases/{scene.id}", elsewhere).expect(400)
    entry = house.last("database.update")
    assert (entry["outcome"], entry["error"], entry["database_id"]) == ("failed", "invalid_input", scene.id)
    assert entry["after"]["uri"] == elsewhere["uri"] and entry["before"] is None and entry["username"] == "eve"
    dead = f"mongodb://v:{planted.new_password()}@127.0.0.1:{closed_port}/"
    eve.post("/databases", {**elsewhere, "name": unique("db"), "uri": dead, "is_test_connection": True}).expect(412)
    entry = house.last("database.create")
    assert entry["outcome"] == "failed" and entry["after"]["uri"] == f"mongodb://v:***@127.0.0.1:{closed_port}/"
    eve.post("/databases", {**elsewhere, "db_name": "a/b"}).expect(400)
    assert house.last("database.create")["after"]["db_name"] == "a/b"
    eve.put(f"/databases/{scene.id}", {**elsewhere, "uri": dead}).expect(200)
    eve.post(f"/databases/{scene.id}/test").expect(412)
    entry = house.last("database.test")
    assert (entry["outcome"], entry["database_id"]) == ("failed", scene.id)
    assert entry["after"]["uri"] == f"mongodb://v:***@127.0.0.1:{closed_port}/"


def test_only_an_administrator_reads_it(house):
    key = house.ada.post("/api-keys", {"name": "k", "scope": "write"}).expect(201).data["key"]
    for client in (house.eve, house.ada.again(access=key)):
        client.post("/audit/list", {}).expect(403)
        client.get("/audit/export").expect(403)


def test_filters_and_pages(house):
    act(house)
    everything = house.entries()
    of = {name: [entry for entry in everything if entry["username"] == name] for name in ("ada", "eve")}
    assert house.entries(user="ADA") == of["ada"] and house.entries(user=of["eve"][0]["user_id"]) == of["eve"]
    assert house.entries(user="nobody") == []
    at = everything[10]["at"]
    newer = [entry for entry in everything if entry["at"] >= at]
    assert house.entries(**{"from": at}) == newer
    assert house.entries(to=at) == everything[len(newer):]
    own = house.entries(database_id=house.scene.id)
    assert own == [entry for entry in everything if entry["database_id"] == house.scene.id] and own
    assert house.entries(database_id=house.scene.id, action="index.delete", user="eve", outcome="done")
    page = house.ada.post("/audit/list", {"limit": 5, "page": 2}).expect(200)
    assert page.data == everything[5:10] and page.extra["total"] == len(everything)
    for field, value in (("action", "index.destroy"), ("outcome", "good"), ("from", "yesterday"), ("to", 5),
                         ("database_id", "x")):
        house.ada.post("/audit/list", {field: value}).expect_bad_field(field)


def export(api, **parameters):
    """All parts of it, as a collector asks for them."""
    lines, parts, after = [], 0, {}
    while True:
        response = api.raw("GET", "/audit/export", params={**parameters, **after})
        assert response.status_code == 200 and response.headers["Content-Type"] == "application/x-ndjson"
        assert not planted.leaks(response.text)
        lines += [json.loads(line) for line in response.text.splitlines()]
        parts += 1
        if "X-Next-After" not in response.headers:
            return lines, parts
        after = {"after": response.headers["X-Next-After"]}


def test_the_export_is_the_list_in_parts(house):
    act(house)
    everything = house.entries()[::-1]
    assert export(house.ada) == (everything, 1)
    lines, parts = export(house.ada, limit=4)
    assert lines == everything and parts > 5
    assert export(house.ada, limit=3, user="eve", action="collection.create")[0] == [
        entry for entry in everything if entry["action"] == "collection.create"]
    for query in ("limit=0", "limit=1001", "after=x", "from=x", "action=x", "limit=2&limit=3", "limit=&limit=2", "limit=", "from="):
        house.ada.get(f"/audit/export?{query}").expect_bad_field(query.split("=")[0])


def refuse_insertions(house, table):
    house.sql(f"CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'full'); END")


def test_no_change_without_its_announcement(house):
    refuse_insertions(house, "audit_intents")
    house.eve.post("/indexes", house.scene.definition("c", {"a": 1})).expect(500)
    house.sql("DROP TRIGGER broken")
    assert house.scene.defined("c") == {}


def test_a_change_whose_outcome_is_lost_is_said_so_and_shows_later(house):
    refuse_insertions(house, "audit_log")
    reply = house.eve.post("/indexes", house.scene.definition("c", {"a": 1})).expect(500)
    assert reply.body["error_code"] == 50003 and "The change was made" in reply.error
    assert "a_1" in house.scene.defined("c")
    line = next(line for line in house.server.log().splitlines() if "audit.incomplete" in line)
    assert reply.body["request_id"] in line and "index.create" in line
    house.sql("DROP TRIGGER broken")
    house.sql("UPDATE audit_intents SET began_at = began_at - 3600000")  # an hour later
    entry = house.last("index.create")
    assert entry["outcome"] == "unknown" and entry["username"] == "eve" and entry["database_id"] == house.scene.id
    assert entry["request_id"] == reply.body["request_id"]
    # No sign-in goes past the log either.
    refuse_insertions(house, "audit_log")
    house.eve.post("/auth/login", {"identity": "eve", "password": house.eve.password}, token=NO_TOKEN).expect(500)
    house.sql("DROP TRIGGER broken")


def test_a_server_that_is_killed_leaves_the_announcement(house, start_server, start_sandbox):
    slow = start_sandbox()
    scene = Scene(house.eve, slow)
    body = {"database_id": scene.id, "collection": unique("c")}
    with hold(slow, ["create"], 60_000):
        def ask():
            try:
                house.eve.again().raw("POST", "/databases/collections", body)
            except OSError:
                pass  # it is killed meanwhile

        asking = threading.Thread(target=ask)
        asking.start()
        store = house.store()
        eventually(lambda: store.execute("SELECT COUNT(*) FROM audit_intents").fetchone()[0] == 1, 20, 0.02,
                   "the change is announced")
        store.close()
        house.server.kill()
        asking.join()
    house.sql("UPDATE audit_intents SET began_at = began_at - 3600000")
    house.server = start_server(house.server.data)
    # Though nobody reads the log.
    store = house.store()
    eventually(lambda: store.execute("SELECT COUNT(*) FROM audit_intents").fetchone()[0] == 0, what="it is concluded")
    store.close()
    house.ada = house.ada.again(address=house.server.address)
    entry = house.last("collection.create")
    assert entry["outcome"] == "unknown" and entry["username"] == "eve" and entry["database_id"] == scene.id


def test_the_data_file_itself_keeps_the_entries(house):
    seen = house.entries()
    for attempt in ("DELETE FROM audit_log", "UPDATE audit_log SET action = 'x'"):
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            house.sql(attempt)
    assert house.entries()[-len(seen):] == seen
