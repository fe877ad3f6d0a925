"""Who may do what: roles, disabled accounts, invites, the policy of registration, the first administrator."""
import concurrent.futures
import json
import subprocess

import pytest

import planted
import routes
from client import BASES, NO_TOKEN, Api
from processes import BINARY, Process, Server, clean_environment
from scene import MISSING_ID, Scene, unique
from test_process import refused
from waiting import eventually

ROLES = ("admin", "editor", "viewer")


@pytest.fixture(scope="module")
def server(tmp_path_factory, logs):
    server = Server(tmp_path_factory.mktemp("access"), logs)
    server.admin = Api(server.address).sign_up(unique("admin"))
    yield server
    assert server.stop() == 0


@pytest.fixture(scope="module")
def admin(server):
    return server.admin


@pytest.fixture
def bob(server):
    return Api(server.address).sign_up(unique("bob"))


@pytest.fixture(scope="module")
def people(server, admin):
    """One logged-in client for each role."""
    found = {role: Api(server.address).sign_up(unique(role)) for role in ROLES}
    for role, person in found.items():
        set_role(admin, person, role).expect(200)
    return found


def id_of(admin, person):
    [item] = admin.post("/users/list", {"query": person.username}).expect(200).data
    return item["id"]


def set_role(admin, person, role):
    return admin.put(f"/users/{id_of(admin, person)}/role", {"role": role})


def disable(admin, person, disabled=True):
    return admin.put(f"/users/{id_of(admin, person)}/status", {"disabled": disabled})


def role_of(person):
    return person.get("/auth/profile").expect(200).data["role"]


def register(server, name, **more):
    body = {"username": name, "email": f"{name}@example.org", "password": planted.new_password(), **more}
    return Api(server.address).post("/auth/register", body, token=NO_TOKEN)


def may(role, route):
    return role == "admin" or route not in routes.ADMINISTERING and (role == "editor" or route not in routes.WRITING)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", routes.PROTECTED, ids=lambda route: " ".join(route))
def test_every_route_for_every_role(people, role, route):
    person = people[role].again().log_in() if route == ("POST", "/auth/logout") else people[role]
    body = routes.body_of(route, MISSING_ID) if route in routes.BODIES else None
    reply = person.raw(*route, body)  # an export is no JSON
    assert (reply.status_code == 403) == (not may(role, route)), reply.text
    if reply.status_code == 403:
        assert reply.json()["error_code"] == 40300 and role in reply.json()["error"]


def test_the_document_says_the_same(admin):
    paths = admin.again(base="").get_document("/openapi.json")["paths"]
    needs = {(method.upper(), path.replace("{id}", MISSING_ID).replace("{sync_id}", MISSING_ID)
              .replace("{database_id}", MISSING_ID)): operation["x-need"]
             for path, methods in paths.items() for method, operation in methods.items()}
    assert {route for route, need in needs.items() if need == "write"} == routes.WRITING
    assert {route for route, need in needs.items() if need == "administer"} == routes.ADMINISTERING


def test_roles_begin_as_they_should(server, admin, bob):
    assert role_of(admin) == "admin" and role_of(bob) == "editor"


def test_the_default_role_is_a_setting(start_server):
    server = start_server(MIM_DEFAULT_ROLE="viewer")
    assert role_of(Api(server.address).sign_up(unique())) == "admin"
    assert role_of(Api(server.address).sign_up(unique())) == "viewer"


def test_accounts_are_listed_and_found(admin, bob):
    listed = admin.post("/users/list", {"limit": 1}).expect(200)
    assert listed.extra["limit"] == 1 and listed.extra["total"] >= 2 and len(listed.data) == 1
    [found] = admin.post("/users/list", {"query": bob.email.upper()}).expect(200).data
    assert (found["username"], found["email"], found["role"], found["disabled"]) == (
        bob.username, bob.email, "editor", False)
    assert "password" not in str(found)
    assert admin.post("/users/list", {"query": found["id"]}).expect(200).data == [found]
    assert admin.post("/users/list", {"query": "no such account"}).expect(200).extra["total"] == 0


def test_a_role_holds_at_once_for_tokens_already_issued(admin, bob):
    body = {"name": unique(), "uri": "mongodb://127.0.0.1:1/", "db_name": "d"}
    bob.post("/databases", body).expect(201)
    set_role(admin, bob, "viewer").expect(200)
    bob.post("/databases", {**body, "name": unique()}).expect(403)
    assert role_of(bob) == "viewer"
    set_role(admin, bob, "admin").expect(200)
    bob.post("/users/list").expect(200)
    set_role(admin, bob, "editor").expect(200)
    bob.post("/users/list").expect(403)


def test_another_server_sees_a_role_and_a_disabled_account_soon(server, admin, start_server):
    keys = {name: server.file_named(file) for name, file in
            (("MIM_PRIVATE_KEY", "private.pem"), ("MIM_PUBLIC_KEY", "public.pem"))}
    other = start_server(server.data, **keys)
    there = Api(other.address).sign_up(unique("bob"))
    there.get("/invites").expect(403)
    set_role(admin, there, "admin").expect(200)
    eventually(lambda: there.get("/invites").status == 200, 10, 0.05, what="the new role holds there")
    disable(admin, there).expect(200)
    eventually(lambda: there.get("/invites").status == 401, 10, 0.05, what="the account is out there")
    there.new_pair().expect_error(401, "Token is revoked")


def test_a_disabled_account_is_out(admin, bob):
    disable(admin, bob).expect(200)
    bob.get("/auth/profile").expect_error(401, "Token is revoked")
    bob.again().new_pair().expect_error(401, "Token is revoked")
    login = {"identity": bob.username, "password": bob.password}
    refused_login = bob.post("/auth/login", login, token=NO_TOKEN).expect_error(403, "Account is disabled")
    assert refused_login.body["error_code"] == 40301
    bob.post("/auth/login", {**login, "password": "wrong horse"}, token=NO_TOKEN).expect_error(400, "Wrong credentials")
    disable(admin, bob, False).expect(200)
    bob.get("/auth/profile").expect_error(401, "Token is revoked")
    bob.log_in().get("/auth/profile").expect(200)


def test_bad_changes_of_accounts(admin, bob):
    path = f"/users/{id_of(admin, bob)}"
    admin.put(path + "/role", {}).expect_bad_field("role")
    admin.put(path + "/role", {"role": "root"}).expect_bad_field("role")
    admin.put(path + "/status", {}).expect_bad_field("disabled")
    admin.put(f"/users/{MISSING_ID}/role", {"role": "viewer"}).expect(404)
    admin.put(f"/users/{MISSING_ID}/status", {"disabled": True}).expect(404)
    assert role_of(bob) == "editor"


def offer_reset(admin, person):
    return admin.post(f"/users/{id_of(admin, person)}/password-reset")


def reset(person, token, password):
    return person.post("/auth/password-reset", {"token": token, "new_password": password}, token=NO_TOKEN)


def audited(admin, action):
    return [entry for entry in admin.post("/audit/list", {"action": action, "limit": 200}).expect(200).data]


def test_an_administrator_resets_a_password(admin, bob):
    offered = offer_reset(admin, bob).expect(200).data
    assert set(offered) == {"token", "expires_at"} and offered["token"].startswith("mim_reset_")
    bob.get("/auth/profile").expect(200)
    password = planted.new_password()
    reset(bob, offered["token"], "short").expect_bad_field("new_password")
    reset(bob, offered["token"], password).expect(200)
    bob.get("/auth/profile").expect_error(401, "Token is revoked")
    bob.again().new_pair().expect_error(401, "Token is revoked")
    reset(bob, offered["token"], planted.new_password()).expect_bad_field("token")
    bob.post("/auth/login", {"identity": bob.username, "password": bob.password}, token=NO_TOKEN).expect(400)
    bob.password = password
    bob.log_in()
    for action in ("account.reset_offer", "account.reset"):
        assert any(bob.username in json.dumps(entry) for entry in audited(admin, action)), action


def test_a_reset_is_good_once_and_while_it_is_the_last(admin, bob):
    first, second = (offer_reset(admin, bob).expect(200).data["token"] for _ in range(2))
    used = reset(bob, first, planted.new_password()).expect_bad_field("token")
    invented = reset(bob, "mim_reset_" + "A" * 43, planted.new_password()).expect_bad_field("token")
    assert used.error == invented.error
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(lambda _: reset(bob.again(), second, planted.new_password()).status, range(4)))
    assert sorted(ends) == [200, 400, 400, 400]
    bob.post(f"/users/{id_of(admin, bob)}/password-reset").expect(401)
    admin.post(f"/users/{MISSING_ID}/password-reset").expect(404)


def delete_account(admin, person):
    return admin.delete(f"/users/{id_of(admin, person)}", {"confirm": person.username})


ENDS_OF_AN_OFFERER = {
    "disabled": disable,
    "demoted": lambda admin, person: set_role(admin, person, "editor"),
    "deleted": delete_account,
}


@pytest.mark.parametrize("end", ENDS_OF_AN_OFFERER)
def test_a_reset_is_worth_no_more_than_whoever_offered_it(server, admin, bob, end):
    cyd = Api(server.address).sign_up(unique("cyd"))
    set_role(admin, cyd, "admin").expect(200)
    token = offer_reset(cyd, bob).expect(200).data["token"]
    ENDS_OF_AN_OFFERER[end](admin, cyd).expect(200)
    refused = reset(bob, token, planted.new_password()).expect_bad_field("token")
    invented = reset(bob, "mim_reset_" + "A" * 43, planted.new_password()).expect_bad_field("token")
    assert refused.error == invented.error
    bob.get("/auth/profile").expect(200)  # and no session ended


@pytest.mark.parametrize("role", ("admin", "viewer"))
def test_a_reset_ends_with_the_role_that_it_was_offered_to(admin, bob, role):
    token = offer_reset(admin, bob).expect(200).data["token"]
    set_role(admin, bob, role).expect(200)
    reset(bob, token, planted.new_password()).expect_bad_field("token")


def test_an_administrator_changes_an_address(admin, bob):
    path, address = f"/users/{id_of(admin, bob)}/email", f"{unique('robert')}@example.org"
    admin.put(path, {"email": "nobody"}).expect_bad_field("email")
    admin.put(path, {"email": admin.email.upper()}).expect_error(409, "Resource conflict")
    admin.put(path, {"email": address}).expect(200)
    assert bob.get("/auth/profile").expect(200).data["email"] == address
    bob.log_in(address)
    entry = next(one for one in audited(admin, "account.email") if one["after"]["email"] == address)
    assert entry["before"]["email"] == bob.email and entry["username"] == admin.username


def test_an_administrator_deletes_an_account(server, admin, bob):
    key = bob.post("/api-keys", {"name": "k", "scope": "read"}).expect(201).data["key"]
    path = f"/users/{id_of(admin, bob)}"
    unsure = admin.delete(path).expect_error(409, "Resource conflict")
    assert bob.username in unsure.body["detail"] and "confirm" in unsure.body["detail"]
    admin.delete(path, {"confirm": admin.username}).expect(409)
    admin.delete(path, {"confrim": bob.username}).expect_bad_field("confrim")
    bob.get("/auth/profile").expect(200)
    bob.get("/databases/" + MISSING_ID, token=key).expect(404)  # the server knows the key now
    admin.delete(path, {"confirm": bob.username}).expect(200)
    bob.get("/auth/profile").expect_error(401, "Token is revoked")
    bob.again().new_pair().expect_error(401, "Token is revoked")
    bob.post("/auth/login", {"identity": bob.username, "password": bob.password}, token=NO_TOKEN).expect(400)
    bob.get("/databases/" + MISSING_ID, token=key).expect(401)
    admin.delete(path, {"confirm": bob.username}).expect(200)
    assert any(entry["username"] == bob.username for entry in audited(admin, "account.register"))
    assert any(entry["before"]["username"] == bob.username for entry in audited(admin, "account.delete") if entry["before"])
    Api(server.address).sign_up(bob.username)  # the name is free


def test_keys_follow_their_owner_at_once(admin, bob):
    key = bob.post("/api-keys", {"name": "k", "scope": "write"}).expect(201).data["key"]
    bob.post("/databases/list", {}, token=key).expect(200)
    set_role(admin, bob, "viewer").expect(200)
    bob.delete("/databases/" + MISSING_ID, token=key).expect(403)
    disable(admin, bob).expect(200)
    bob.post("/databases/list", {}, token=key).expect(401)


def test_published_clients_delete_an_account_unasked(server, admin, bob):
    old = admin.again(base=BASES[1])
    wrong = old.delete(f"/users/{id_of(admin, bob)}", {"confirm": admin.username})
    assert wrong.expect_error(409, "Resource conflict").body["error_code"] == 40904
    old.delete(f"/users/{id_of(admin, bob)}").expect(200)
    assert admin.post("/users/list", {"query": bob.username}).expect(200).data == []


ENDS_OF_A_RIGHT = {
    "is disabled": disable,
    "may only read": lambda admin, person: set_role(admin, person, "viewer"),
    "was deleted": delete_account,
}


def end_of_a_sync(admin, scene):
    return admin.post("/audit/list", {"action": "sync.finish", "database_id": scene.id}).expect(200).data


def test_what_an_account_has_queued_ends_with_its_right(start_server, start_worker, own_sandbox):
    server = start_server(MIM_WORKERS=0)
    admin = Api(server.address).sign_up(unique("admin"))
    queued = []
    for why, end in ENDS_OF_A_RIGHT.items():
        eve = Api(server.address).sign_up(unique("eve"))
        scene = Scene(eve, own_sandbox)
        scene.db.c.create_index([("old", 1)], name="old_1")
        scene.define("c", {"a": 1})
        queued.append((why, scene, scene.start(), eve.username))
        end(admin, eve).expect(200)
    start_worker(server)
    for why, scene, sync, username in queued:
        scene.api = admin
        ended = scene.finished(sync)
        assert ended["status"] == "failed" and why in ended["error"] and ended["records"] == [], ended
        assert scene.names("c") == {"old_1"}
        told, = eventually(lambda: end_of_a_sync(admin, scene), what="its end is told")
        assert (told["outcome"], told["username"], told["subject"]) == ("failed", username, sync)


def test_the_last_administrator_cannot_be_deleted(start_server):
    ada = Api(start_server().address).sign_up(unique("ada"))
    refusal = ada.delete(f"/users/{id_of(ada, ada)}", {"confirm": ada.username})
    assert refusal.expect_error(409, "Resource conflict").body["error_code"] == 40906
    ada.get("/auth/profile").expect(200)


def test_somebody_always_administers(start_server):
    server = start_server()
    ada = Api(server.address).sign_up(unique("ada"))
    for refusal in (set_role(ada, ada, "viewer"), disable(ada, ada)):
        assert refusal.expect_error(409, "Resource conflict").body["error_code"] == 40906
    others = [Api(server.address).sign_up(unique("eve")) for _ in range(3)]
    for other in others:
        set_role(ada, other, "admin").expect(200)
    admins = [ada, *others]
    ids = [id_of(ada, one) for one in admins]
    changes = [("role", {"role": "editor"}), ("status", {"disabled": True})] * 2
    with concurrent.futures.ThreadPoolExecutor(4) as pool:  # each lets go of itself
        ends = list(pool.map(lambda one: one[0].put(f"/users/{one[1]}/{one[2][0]}", one[2][1]).status,
                             zip(admins, ids, changes)))
    assert sorted(ends) == [200, 200, 200, 409], ends
    left = admins[ends.index(409)].again().log_in()
    users = left.post("/users/list").expect(200).data
    assert sum(user["role"] == "admin" and not user["disabled"] for user in users) == 1


def test_an_invite_from_begin_to_end(server, admin):
    name = unique("guest")
    made = admin.post("/invites", {"role": "viewer", "email": f"{name}@EXAMPLE.org"}).expect(201).data
    assert made["token"].startswith(made["prefix"]) and len(made["prefix"]) < 20
    listed = admin.get("/invites").expect(200)
    row = next(row for row in listed.data if row["id"] == made["id"])
    assert (row["state"], row["prefix"], row["role"]) == ("open", made["prefix"], "viewer")
    assert made["token"] not in listed.text
    register(server, unique("other"), invite=made["token"]).expect_bad_field("email")
    guest = Api(server.address).sign_up(name, invite=made["token"])
    assert role_of(guest) == "viewer"
    reply = register(server, unique("again"), email=f"{name}+2@example.org", invite=made["token"])
    reply.expect_bad_field("invite")
    assert made["token"] not in reply.text
    row = next(row for row in admin.get("/invites").data if row["id"] == made["id"])
    assert row["state"] == "used" and row["used_by"] == id_of(admin, guest)
    admin.delete(f"/invites/{made['id']}").expect(409)


def test_a_revoked_and_an_invented_invite(server, admin):
    made = admin.post("/invites").expect(201).data
    admin.delete(f"/invites/{made['id']}").expect(200)
    revoked = register(server, unique(), invite=made["token"]).expect_bad_field("invite")
    invented = register(server, unique(), invite="mim_invite_" + "A" * 43).expect_bad_field("invite")
    assert revoked.error == invented.error
    assert next(row for row in admin.get("/invites").data if row["id"] == made["id"])["state"] == "revoked"
    admin.delete(f"/invites/{MISSING_ID}").expect(200)
    for bad in ({"role": "root"}, {"email": "nobody"}, {"expires_in_seconds": 1}, {"expires_in_seconds": 10**9}):
        admin.post("/invites", bad).expect_bad_field(next(iter(bad)))


def test_an_invite_makes_one_account_however_many_try(server, admin):
    token = admin.post("/invites", {"role": "editor"}).expect(201).data["token"]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(lambda _: register(server, unique("crowd"), invite=token).status, range(4)))
    assert sorted(ends) == [201, 400, 400, 400]


def create_admin(data, name, password, *more, **settings):
    return subprocess.run([BINARY, "user", "create-admin", "--username", name, "--email", f"{name}@example.org",
                           *map(str, more)], env=clean_environment(MIM_DATA=data, **settings), input=password, text=True,
                          capture_output=True, timeout=60)


@pytest.mark.parametrize("policy", ["invite", "closed"])
def test_the_first_administrator_where_nobody_may_register(start_server, tmp_path, policy):
    data = tmp_path / policy
    server = start_server(data, MIM_REGISTRATION=policy)
    assert "mim user create-admin" in server.log()
    refusal = register(server, unique())
    assert refusal.expect(403).body["error_code"] == 40302
    name, password = unique("ada"), planted.new_password()
    made = create_admin(data, name, password + "\n")
    assert made.returncode == 0 and name in made.stdout and password not in made.stdout + made.stderr
    ada = Api(server.address)
    ada.username, ada.password = name, password
    assert role_of(ada.log_in()) == "admin"
    register(server, unique()).expect(403)
    invited = ada.post("/invites", {"role": "editor"})
    if policy == "closed":
        assert invited.expect(403).body["error_code"] == 40302
    else:
        assert role_of(Api(server.address).sign_up(unique("bob"), invite=invited.expect(201).data["token"])) == "editor"


def test_create_admin_says_what_is_wrong(tmp_path):
    name = unique("ada")
    for password, names in (("", "password"), ("short\n", "password")):
        failed = create_admin(tmp_path / "data", name, password)
        assert failed.returncode == 1 and names in failed.stderr and failed.stderr.count("\n") == 1, failed.stderr
    assert create_admin(tmp_path / "data", name, "long enough\n").returncode == 0
    taken = create_admin(tmp_path / "data", name.upper(), "long enough\n")
    assert taken.returncode == 1 and "taken" in taken.stderr


def test_create_admin_finds_the_store_by_the_servers_file(tmp_path):
    (tmp_path / "mim.ini").write_text(f"[serve]\ndata = {tmp_path / 'of-the-file'}\n")
    environment = {"MIM_CONFIG": str(tmp_path / "mim.ini")}
    made = subprocess.run([BINARY, "user", "create-admin", "--username", "ada", "--email", "a@example.org"],
                          env=clean_environment(**environment), input="long enough\n", text=True, capture_output=True,
                          cwd=tmp_path, timeout=60)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "of-the-file" / "mim.db").exists() and not (tmp_path / "data").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "[::]", "192.0.2.1", "example.org"])
def test_others_are_let_in_on_purpose_only(tmp_path, host):
    data = tmp_path / "data"
    refused("serve", "--data", data, "--listen", f"{host}:0", names=["--registration", host, "open", "invite", "closed"])
    assert not data.exists()


@pytest.mark.parametrize("policy", ["open", "invite", "closed"])
def test_a_chosen_policy_lets_it_listen_anywhere(tmp_path, logs, policy):
    arguments = ["serve", "--listen", "0.0.0.0:0", "--data", tmp_path / "data", "--registration", policy]
    server = Process("serve", arguments, logs, r"mim listening on http://([^\s:]+):(\d+)", {})
    server.address = f"http://127.0.0.1:{server.port}"
    assert register(server, unique()).status == (201 if policy == "open" else 403)
    assert server.stop() == 0


@pytest.mark.parametrize("host", ["127.0.0.2", "localhost"])
def test_loopback_needs_no_choice(tmp_path, logs, host):
    server = Process("serve", ["serve", "--listen", f"{host}:0", "--data", tmp_path], logs,
                     r"mim listening on http://([^\s:]+):(\d+)", {})
    server.address = f"http://{host}:{server.port}"
    register(server, unique()).expect(201)
    assert server.stop() == 0
