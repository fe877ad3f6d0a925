"""Who may do what with the data in MongoDB: the rules hold between servers that share a store."""
import concurrent.futures
import subprocess

import planted
import pytest
from client import NO_TOKEN, Api
from processes import BINARY, clean_environment
from scene import Scene, unique
from waiting import eventually


@pytest.fixture(scope="module")
def store_uri(store):
    return f"{store.uri}{unique('access')}"


def id_of(admin, person):
    return admin.post("/users/list", {"query": person.username}).expect(200).data[0]["id"]


def people(server, admin, role, number):
    found = [Api(server.address).sign_up(unique(role)) for _ in range(number)]
    for person in found:
        admin.put(f"/users/{id_of(admin, person)}/role", {"role": role}).expect(200)
    return found


def test_rules_hold_between_two_servers(store_uri, serve, sandbox):
    first, second = serve(store_uri), serve(store_uri)
    ada = Api(first.address).sign_up(unique("ada"))
    assert ada.get("/auth/profile").data["role"] == "admin"

    # One account of an invite, whichever server is asked.
    token = ada.post("/invites", {"role": "viewer"}).expect(201).data["token"]

    def use(number):
        name = unique("guest")
        body = {"username": name, "email": f"{name}@example.org", "password": planted.new_password(), "invite": token}
        return Api((first, second)[number % 2].address).post("/auth/register", body, token=NO_TOKEN).status

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, range(4))) == [201, 400, 400, 400]

    # A disabled account is out at the other server, too.
    [bob] = people(first, ada, "editor", 1)
    there = Api(second.address, access=bob.access)
    there.get("/auth/profile").expect(200)
    ada.put(f"/users/{id_of(ada, bob)}/status", {"disabled": True}).expect(200)
    eventually(lambda: there.get("/auth/profile").status == 401, 10, 0.05, what="the account is out there")

    # A protected database is one for the other server and its workers.
    scene = Scene(ada, sandbox)
    scene.define("people", {"a": 1})
    scene.db.people.create_index([("old", 1)], name="old_1")
    entry = {"name": scene.name, "uri": scene.uri, "db_name": scene.db_name}
    ada.put(f"/databases/{scene.id}", {**entry, "protected": True}).expect(200)
    [eve] = people(second, ada, "editor", 1)
    fingerprint = scene.plan()["fingerprint"]
    asked = {"database_id": scene.id, "fingerprint": fingerprint}
    assert eve.post("/indexes/sync-by-database", asked).expect(403).body["error_code"] == 40303
    assert scene.sync(fingerprint=fingerprint)["status"] == "completed"

    # Everybody who administers lets go at once, through both servers: one cannot.
    admins = [ada, *people(first, ada, "admin", 3)]
    ids = [id_of(ada, one) for one in admins]

    def leave(number):
        here = admins[number].again(address=(first, second)[number % 2].address)
        change = ("role", {"role": "editor"}) if number < 2 else ("status", {"disabled": True})
        return here.put(f"/users/{ids[number]}/{change[0]}", change[1]).status

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(leave, range(4)))
    assert sorted(ends) == [200, 200, 200, 409], ends
    left = admins[ends.index(409)].again().log_in()
    users = left.post("/users/list").expect(200).data
    assert sum(user["role"] == "admin" and not user["disabled"] for user in users) == 1


def test_the_first_administrator(store, serve):
    uri = f"{store.uri}{unique('first')}"
    server = serve(uri, MIM_REGISTRATION="closed")
    ada = Api(server.address)
    ada.username, ada.password = unique("ada"), planted.new_password()
    made = subprocess.run([BINARY, "user", "create-admin", "--username", ada.username, "--email", "a@example.org"],
                          env=clean_environment(MIM_STORE=uri), input=ada.password + "\n", text=True,
                          capture_output=True, timeout=60)
    assert made.returncode == 0, made.stderr
    assert ada.log_in().get("/auth/profile").data["role"] == "admin"
