"""API keys: shown once, scoped, bound, expiring, deleted; and what they can never do."""
import re
import sqlite3

import pytest

import planted
from client import NO_TOKEN, Api
from routes import BODIES, DATABASE_ID, ID, PROTECTED
from scene import MISSING_ID, Scene, unique
from waiting import eventually

KEY = re.compile(r"mim_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
BY_KEY_OF = ("/auth/", "/users/", "/invites", "/api-keys", "/audit/")  # what machines have no business with


def make_key(api, **draft):
    return api.post("/api-keys", {"name": unique("key"), "scope": "write", **draft}).expect(201).data


@pytest.fixture
def machine(api):
    """A client by a new key of the shared user."""
    def sign_in(**draft):
        made = make_key(api, **draft)
        client = api.again(access=made["key"])
        client.made = made
        return client

    return sign_in


def test_a_key_is_shown_once_and_known_by_its_prefix(api, machine, shared_server):
    client = machine(name="nightly", expires_in_seconds=3600)
    prefix, secret = KEY.fullmatch(client.made["key"]).groups()
    assert client.made["prefix"] == prefix and client.made["databases"] is None
    client.post("/databases/list", {}).expect(200)
    reply = api.get("/api-keys?limit=200")  # the client looks for keys in every answer: none is there
    listed = next(each for each in reply.expect(200).data if each["prefix"] == prefix)
    assert listed["owner"] == api.username and listed["name"] == "nightly" and listed["scope"] == "write"
    assert listed["last_used_at"] and listed["expires_at"] > listed["created_at"]
    assert secret not in reply.text and "hash" not in reply.text
    for path in shared_server.data.glob("mim.db*"):
        assert secret.encode() not in path.read_bytes(), f"{path.name} holds the key itself"


def test_a_key_that_reads_does_not_write(machine, scene):
    reader = machine(scope="read")
    reader.get(f"/databases/{scene.id}").expect(200)
    reader.post("/indexes", scene.definition("c", {"a": 1})).expect_error(403, "This API key may only read")
    reader.post("/indexes/sync-by-database", {"database_id": scene.id}).expect(403)
    machine(scope="write").post("/indexes", scene.definition("c", {"a": 1})).expect(201)


def test_a_sync_by_a_key_is_its_owners(machine, scene):
    scene.define("c", {"a": 1})
    scene.api = machine(scope="write", databases=[scene.id])
    assert scene.sync()["status"] == "completed" and scene.names("c") == {"a_1"}


def test_a_key_leads_no_database_elsewhere(api, machine, scene):
    stored = api.get(f"/databases/{scene.id}").expect(200).data
    entry = {name: stored[name] for name in ("name", "description", "uri", "db_name")}
    client = machine(scope="write", databases=[scene.id])
    for change in ({"uri": "mongodb://elsewhere.example/"}, {"db_name": "elsewhere"},
                   {"uri": "mongodb://u:" + planted.new_password() + "@elsewhere.example/"}):
        reply = client.put(f"/databases/{scene.id}", {**entry, **change}).expect(403)
        assert "API key" in reply.error and "elsewhere" in reply.error
    assert api.get(f"/databases/{scene.id}").data["uri"] == stored["uri"]
    client.put(f"/databases/{scene.id}", {**entry, "description": "by a machine"}).expect(200)
    api.put(f"/databases/{scene.id}", {**entry, "db_name": "elsewhere"}).expect(200)


@pytest.mark.parametrize("method, path", [route for route in PROTECTED if route[1].startswith(BY_KEY_OF)])
def test_a_key_manages_no_account_and_no_key(machine, method, path):
    status = 401 if path == "/auth/refresh-token" else 403
    machine().call(method, path, BODIES.get((method, path))).expect(status)


def wrong(api):
    yield {"name": "", "scope": "read"}, "name"
    yield {"name": "k"}, "scope"
    yield {"name": "k", "scope": "admin"}, "scope"
    yield {"name": "k", "scope": "read", "expires_in_seconds": 0}, "expires_in_seconds"
    yield {"name": "k", "scope": "read", "databases": []}, "databases"
    yield {"name": "k", "scope": "read", "databases": ["x"]}, "databases"
    yield {"name": "k", "scope": "read", "databases": [MISSING_ID]}, "databases"
    yield {"name": "k", "scope": "read", "database": [MISSING_ID]}, "database"  # mistyped: it must not be unbound


def test_what_makes_no_key(api):
    for body, field in wrong(api):
        api.post("/api-keys", body).expect_bad_field(field)


@pytest.mark.parametrize("spoil", [lambda key: key + "x", lambda key: key[:-1], lambda key: key[:17] + "A" * 43,
                                   lambda key: "mim_" + "0" * 12 + key[16:], lambda key: key.split("_", 2)[2],
                                   lambda key: "mim_", lambda key: "mim_" + "x" * 4000])
def test_only_the_whole_key_opens(machine, visitor, spoil):
    key = machine().made["key"]
    visitor.post("/databases/list", {}, token=spoil(key)).expect(401)


def test_a_deleted_key_opens_nothing_here_at_once_and_elsewhere_soon(start_server, tmp_path):
    first = start_server(tmp_path / "data")
    second = start_server(tmp_path / "data")
    api = Api(first.address).sign_up(unique("user"))
    made = make_key(api)
    here, there = api.again(access=made["key"]), api.again(access=made["key"], address=second.address)
    for client in (here, there):
        client.post("/databases/list", {}).expect(200)
    api.delete(f"/api-keys/{made['id']}").expect(200)
    here.post("/databases/list", {}).expect_error(401, "Token is wrong")
    eventually(lambda: there.post("/databases/list", {}).status == 401, 10, 0.1, "the other server has heard of it")
    api.delete(f"/api-keys/{made['id']}").expect(404)


def test_a_key_expires(machine):
    client = machine(expires_in_seconds=1)
    eventually(lambda: client.post("/databases/list", {}).status == 401, 10, 0.1, "the key has expired")


def test_everybody_has_their_own_and_an_administrator_sees_all(start_server):
    server = start_server()
    admin = Api(server.address).sign_up("ada")
    eve, bob = (Api(server.address).sign_up(name) for name in ("eve", "bob"))
    of_eve, of_bob = make_key(eve), make_key(bob)
    assert [key["owner"] for key in eve.get("/api-keys").data] == ["eve"]
    assert [key["owner"] for key in admin.get("/api-keys").data] == ["bob", "eve"]
    assert admin.get("/api-keys?limit=1&page=2").data[0]["owner"] == "eve"
    eve.delete(f"/api-keys/{of_bob['id']}").expect(404)
    bob.again(access=of_bob["key"]).post("/databases/list", {}).expect(200)
    admin.delete(f"/api-keys/{of_eve['id']}").expect(200)
    eve.again(access=of_eve["key"]).post("/databases/list", {}).expect(401)


def test_the_owners_role_of_today_is_the_limit(start_server):
    """The role is taken from the store at the time of use."""
    server = start_server()
    Api(server.address).sign_up("ada")
    eve = Api(server.address).sign_up("eve")
    made = make_key(eve, scope="write")
    body = {"name": "n", "uri": "mongodb://127.0.0.1:1/", "db_name": "d"}
    eve.again(access=made["key"]).post("/databases", body).expect(201)
    with sqlite3.connect(server.file_named("mim.db")) as store:
        store.execute("UPDATE users SET role = 'viewer' WHERE username = 'eve'")
    client = eve.again(access=made["key"])
    eventually(lambda: client.post("/databases", {**body, "name": "m"}).status == 403, 10, 0.1, "the key is cut down")
    client.post("/databases/list", {}).expect(200)
    eve.log_in().post("/api-keys", {"name": "k", "scope": "write"}).expect_error(403, "viewer")


# ---- bound to some databases


class Things:
    """A database with one of everything that has an id of its own."""

    def __init__(self, api, sandbox):
        self.scene = Scene(api, sandbox)
        self.index = self.scene.define("c", {"a": 1})
        self.sync = self.scene.sync()["id"]

    def path(self, path):
        """The route's path about this database."""
        if path.startswith("/databases/") or "by-database" in path:
            return path.replace(ID, self.scene.id)
        return path.replace(ID, self.sync if "sync-status" in path or "dead-letters" in path else self.index)

    def body(self, route):
        if route not in BODIES:
            return None
        body = {name: self.scene.id if value is DATABASE_ID else value for name, value in BODIES[route].items()}
        if route[1].startswith("/databases") and "uri" in body:
            body = {**body, "name": unique("n"), "uri": self.scene.uri}
        if route == ("DELETE", f"/databases/{ID}"):
            body = {"confirm": self.scene.name}
        return body


OF_MACHINES = [route for route in PROTECTED
               if not route[1].startswith(BY_KEY_OF) and route != ("DELETE", f"/trash/{ID}")]
# Not about one database: the first shows those of the key, the others are nothing for a bound key.
LISTED = ("POST", "/databases/list")
UNBOUNDED = [("POST", "/databases"), ("POST", "/trash/list"), ("POST", f"/trash/{ID}/restore"),
             ("GET", "/queue/dead-letters"), ("DELETE", "/queue/dead-letters")]


@pytest.fixture(scope="module")
def bound(api, shared_sandbox):
    mine, foreign = Things(api, shared_sandbox), Things(api, shared_sandbox)
    made = make_key(api, scope="write", databases=[mine.scene.id])
    return api.again(access=made["key"]), mine, foreign


@pytest.mark.parametrize("route", [route for route in OF_MACHINES if route != LISTED], ids=" ".join)
def test_a_bound_key_reaches_nothing_else(bound, route):
    client, _, foreign = bound
    before = foreign.scene.status(foreign.sync), foreign.scene.defined("c"), foreign.scene.live("c")
    reply = client.call(route[0], foreign.path(route[1]), foreign.body(route)).expect(403)
    assert "bound" in reply.error
    assert before == (foreign.scene.status(foreign.sync), foreign.scene.defined("c"), foreign.scene.live("c"))


@pytest.mark.parametrize("route", [route for route in OF_MACHINES if route not in (LISTED, *UNBOUNDED)], ids=" ".join)
def test_a_bound_key_gets_no_further_by_an_id_of_nothing(bound, route):
    """Nor by a body that is not understood."""
    client, _, _ = bound
    bodies = [{**BODIES[route], "database_id": MISSING_ID}] if "database_id" in BODIES.get(route, {}) else [None]
    bodies += [{**bodies[0], "database_id": 7}, {}] if bodies[0] else []
    for body in bodies:
        client.call(*route, body).expect(400, 403, 404)


def test_a_bound_key_works_on_its_own(api, shared_sandbox):
    mine = Things(api, shared_sandbox)
    client = api.again(access=make_key(api, scope="write", databases=[mine.scene.id])["key"])
    for route in sorted(OF_MACHINES, key=lambda route: (route[0] == "DELETE", len(route[1]))):
        if route in UNBOUNDED or route[1].endswith("/events"):
            continue
        body = mine.body(route)
        if route == ("PUT", f"/databases/{ID}"):
            body = {**body, "uri": mine.scene.uri, "db_name": mine.scene.db_name}  # it leads no database elsewhere
        response = client.raw(route[0], mine.path(route[1]), body)
        assert response.status_code not in (401, 403), (route, response.text)


def test_a_bound_key_lists_its_own(bound, api):
    client, mine, foreign = bound
    listed = client.post("/databases/list", {}).expect(200)
    assert [each["id"] for each in listed.data] == [mine.scene.id] and listed.extra["total"] == 1
    assert client.post("/databases/list", {"query": foreign.scene.name}).data == []
    assert client.post("/databases/list", {"query": foreign.scene.id}).data == []
    assert len(client.post("/databases/list", {"query": mine.scene.name.upper()}).data) == 1
    assert client.post("/databases/list", {"page": 2}).data == []


def test_a_key_stays_bound_when_its_database_is_gone(api, shared_sandbox):
    gone, other = Scene(api, shared_sandbox), Scene(api, shared_sandbox)
    client = api.again(access=make_key(api, databases=[gone.id])["key"])
    api.delete(f"/databases/{gone.id}").expect(200)
    client.get(f"/databases/{other.id}").expect(403)
    assert client.post("/databases/list", {}).data == []


def test_events_are_for_the_key_of_that_database(bound):
    client, mine, _ = bound
    response = client.raw("GET", f"/indexes/sync-status/{mine.sync}/events")
    assert response.status_code == 200 and "event: end" in response.text


def test_no_header_no_key(visitor):
    visitor.post("/api-keys", {"name": "k", "scope": "read"}, token=NO_TOKEN).expect(401)
