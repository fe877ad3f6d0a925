"""What one client may ask of a server, and what a server does with those who ask for too much."""
import selectors

import planted
import sockets
from client import NO_TOKEN, Api
from scene import Scene, unique
from waiting import eventually

LOGIN = "/auth/login"


def log_in(api, identity, password):
    return api.post(LOGIN, {"identity": identity, "password": password}, token=NO_TOKEN)


def retry_after(reply):
    return int(reply.headers["Retry-After"])


def test_wrong_passwords_cost_a_wait_and_tell_nothing_of_who_exists(start_server):
    server = start_server(MIM_LOCKOUT_FIRST_SECONDS=300)
    api = Api(server.address)
    owner = Api(server.address).sign_up(unique("user"))
    victim = Api(server.address)
    victim.username, victim.password = unique("user"), planted.new_password()
    body = {"username": victim.username, "email": f"{victim.username}@example.org", "password": victim.password}
    api.post("/auth/register", body, token=NO_TOKEN).expect(201)
    for name in (victim.username, unique("nobody")):
        answers = [log_in(api, name, planted.new_password()) for _ in range(6)]
        assert [answer.status for answer in answers] == [400] * 5 + [429]
        assert answers[5].body["error_code"] == 42901 and 200 < retry_after(answers[5]) <= 300
        assert log_in(api, name.upper(), victim.password).expect(429).error == answers[5].error
    assert sockets.rejected(server, "lockout") == 4
    log_in(api, owner.username, owner.password).expect(200)


def test_every_wait_ends_and_success_begins_a_new_count(start_server):
    owner = Api(start_server().address).sign_up(unique("user"))
    stranger = owner.again()
    assert [log_in(stranger, owner.email, planted.new_password()).status for _ in range(5)] == [400] * 5
    eventually(lambda: log_in(owner, owner.email, owner.password).status == 200, what="the wait is over")
    assert [log_in(stranger, owner.email, planted.new_password()).status for _ in range(4)] == [400] * 4
    log_in(owner, owner.email, owner.password).expect(200)


def test_a_stranger_cannot_shut_out_the_owner(start_server):
    server = start_server(MIM_LOCKOUT_FIRST_SECONDS=300)
    owner = Api(server.address).sign_up(unique("user"))
    content = '{"identity": "%s", "password": "not this one"}' % owner.username
    request = (f"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
               f"Content-Length: {len(content)}\r\nConnection: close\r\n\r\n{content}").encode()
    answers = []
    for _ in range(8):
        with sockets.connect(server, sockets.OTHER_ADDRESS) as stranger:
            stranger.sendall(request)
            answers.append(int(sockets.ends(stranger).split()[1]))
    assert answers == [400] * 5 + [429] * 3
    owner.log_in()


def from_address(api, address, password, **options):
    body = {"identity": api.username, "password": password}
    return api.post(LOGIN, body, headers={"X-Forwarded-For": address}, **{"token": NO_TOKEN, **options})


def test_guesses_from_elsewhere_never_keep_an_owner_out(start_server):
    server = start_server(MIM_LOCKOUT_FIRST_SECONDS=900, MIM_TRUSTED_PROXIES="127.0.0.0/8")
    owner = Api(server.address).sign_up(unique("user"))
    for network in range(25):
        answers = [from_address(owner, f"203.0.{network}.{host}", planted.new_password()).status for host in range(1, 7)]
        assert 429 in answers
    refused = from_address(owner, "203.0.7.99", owner.password).expect(429)
    assert refused.body["error_code"] == 42901 and retry_after(refused) > 0
    from_address(owner, "198.51.100.1", owner.password).expect(200)
    from_address(owner, "2001:db8:1:200::1", owner.password).expect(200)
    # Within a live session of the account even where the guesses come from.
    from_address(owner, "203.0.8.99", owner.password, token=owner.access).expect(200)


def test_very_many_networks_have_a_guess_each(start_server):
    server = start_server(MIM_LOCKOUT_LONGEST_SECONDS=400, MIM_TRUSTED_PROXIES="127.0.0.0/8")
    owner = Api(server.address).sign_up(unique("user"))
    for network in range(101):
        from_address(owner, f"203.0.{network}.1", planted.new_password()).expect(400)
    assert retry_after(from_address(owner, "203.0.100.1", planted.new_password()).expect(429)) > 300
    from_address(owner, "198.51.100.1", planted.new_password()).expect(400)
    from_address(owner, "198.51.100.2", owner.password).expect(429)
    from_address(owner, "198.51.101.1", owner.password).expect(200)


def test_guesses_in_a_stolen_session_do_not_keep_the_owner_from_ending_it(start_server):
    server = start_server(MIM_LOCKOUT_FIRST_SECONDS=300, MIM_RATE_USER=1, MIM_BURST_USER=2)
    owner = Api(server.address).sign_up(unique("user"))
    thief = owner.again()
    owner.log_in()
    next_password = planted.new_password()
    guess = {"current_password": planted.new_password(), "new_password": next_password}
    assert [thief.put("/auth/password", guess).status for _ in range(6)] == [400] * 5 + [429]
    assert 429 in [thief.get("/auth/profile").status for _ in range(8)]
    owner.put("/auth/password", {"current_password": owner.password, "new_password": next_password}).expect(200)
    thief.put("/auth/password", guess).expect_error(401, "Token is revoked")
    owner.password = next_password
    owner.log_in()


def test_rates_of_an_address_and_of_a_user(start_server):
    server = start_server(MIM_RATE_USER=1, MIM_BURST_USER=3, MIM_RATE_CREDENTIALS=1, MIM_BURST_CREDENTIALS=4)
    api = Api(server.address).sign_up(unique("user"))
    profiles = [api.get("/auth/profile") for _ in range(12)]
    assert [reply.status for reply in profiles[:3]] == [200, 200, 200]
    refused = [reply for reply in profiles if reply.status == 429][0]
    assert refused.body["error_code"] == 42900 and retry_after(refused) == 1
    logins = [log_in(api, "", "").status for _ in range(12)]
    assert logins[:2] == [400, 400] and 429 in logins
    eventually(lambda: api.get("/auth/profile").status == 200, what="the bucket holds a token again")
    assert sockets.rejected(server, "rate_user") >= 1 and sockets.rejected(server, "rate_credentials") >= 1


def test_a_team_of_scripts_meets_no_limit(shared_server, api):
    """Two thousand requests without a pause, on one connection, as one user."""
    assert {api.raw("GET", "/auth/profile").status_code for _ in range(2_000)} == {200}


def test_five_thousand_idle_connections_of_one_address(start_server):
    server = start_server(MIM_HEADER_TIMEOUT_SECONDS=600)
    with sockets.many(server, 5_000) as connections, selectors.DefaultSelector() as selector:
        for connection in connections:
            selector.register(connection, selectors.EVENT_READ)
        # Those beyond the limit are told so or closed at once; the others are left alone.
        eventually(lambda: len(selector.select(0)) == 5_000 - 2_048, what="the rest is refused")
        assert sockets.fetch(server, "/healthz") == (200, "ok\n")
        assert sockets.rejected(server, "connections_address") + sockets.rejected(server, "connections") == 5_000 - 2_048
    eventually(lambda: sockets.fetch(server, "/healthz", "127.0.0.1") == (200, "ok\n"), what="their places are free")


def test_slow_headers_and_bodies_are_cut_off_while_others_are_served(start_server):
    server = start_server(MIM_HEADER_TIMEOUT_SECONDS=10, MIM_BODY_TIMEOUT_SECONDS=1)
    with sockets.many(server, 400) as connections:
        for number, connection in enumerate(connections):
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHo" if number % 2 else
                               b"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 15000\r\n\r\n{")
        assert sockets.fetch(server, "/healthz") == (200, "ok\n")
        assert {sockets.ends(connection) for connection in connections} == {b""}
    assert sockets.rejected(server, "header_timeout") == 200
    assert sockets.rejected(server, "body_timeout") == 200


def test_many_active_syncs_are_refused(start_server, start_worker, own_sandbox):
    server = start_server(MIM_MAX_ACTIVE_SYNCS=1, MIM_WORKERS=0)
    api = Api(server.address).sign_up(unique("user"))
    first, second = (Scene(api, own_sandbox) for _ in range(2))
    for scene in (first, second):
        scene.define("orders", {"a": 1})
    waiting = first.start()
    refused = second.try_sync().expect(429)
    assert refused.body["error_code"] == 42902 and retry_after(refused) == 10
    start_worker(server)
    assert first.finished(waiting)["status"] == "completed"
    assert second.sync()["status"] == "completed"
    assert sockets.rejected(server, "syncs") == 1


def test_the_event_streams_of_one_user_are_bounded(start_server, own_sandbox):
    server = start_server(MIM_MAX_EVENT_STREAMS_PER_USER=1, MIM_WORKERS=0)
    scene = Scene(Api(server.address).sign_up(unique("user")), own_sandbox)
    scene.define("orders", {"a": 1})
    path = f"/indexes/sync-status/{scene.start()}/events"
    with scene.api.again().raw("GET", path, stream=True) as first:
        assert first.status_code == 200
        second = scene.api.again().get(path).expect(429)
        assert retry_after(second) == 5


def test_a_revocation_is_seen_by_another_server_of_the_same_store(start_server, tmp_path):
    first = start_server(tmp_path / "shared")
    second = start_server(tmp_path / "shared")
    api = Api(first.address).sign_up(unique("user"))
    elsewhere = Api(second.address, access=api.access)
    elsewhere.get("/auth/profile").expect(200)
    api.post("/auth/logout").expect(200)
    api.get("/auth/profile").expect_error(401, "Token is revoked")
    refusal = eventually(lambda: next((reply for reply in [elsewhere.get("/auth/profile")] if reply.status == 401), None),
                         what="the revocation is seen")
    refusal.expect_error(401, "Token is revoked")
